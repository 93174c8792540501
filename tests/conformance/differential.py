"""Documents with faults of every kind, evenly, compared with the peer; and what came of it, in a table."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import TYPE_CHECKING, Any

from schema_core import KINDS
from tests.conformance.documents import document_of, valid_document_of
from tests.conformance.faults import FAULTS, broken
from tests.conformance.peer import CORE_FILES
from tests.conformance.records import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.comparing import Court

NONE = "none"
TRIES = 30
TWICE = 0.15
"""How often a document gets a second fault."""
NAMES = (NONE, *(fault.__name__ for fault in FAULTS))


class Run:
    """One kind of document, one seed."""

    def __init__(self, kind: str, examples: dict[str, tuple[str, str]], seed: int) -> None:
        self.kind, self.seed = kind, seed
        self.random = random.Random(f"{kind} {seed}")
        self.shipped = [(name, json.loads(text)) for name, text in examples.values()]
        self.shipped += [("metadata", record) for record in records(examples)]
        self.own = [document for name, document in self.shipped if name == kind]
        self.counted: Counter[str] = Counter()
        self.valid: Counter[str] = Counter()
        self.differing: list[tuple[str, str, Any]] = []

    def base(self) -> Any:
        """A document to break: a shipped one, a made-up valid one, or a made-up one that may be anything."""
        how = self.random.random()
        if how < 0.5:
            document = self.random.choice(self.own)
            return self.lessened(document) if self.kind == "metadata" else document
        if how < 0.85:
            return valid_document_of(self.kind, self.random) or self.random.choice(self.own)
        return document_of(KINDS[self.kind], self.random)

    def lessened(self, record: Any) -> Any:
        """A record without some of its files: with all of them, one is like another."""
        left = [name for name in CORE_FILES if self.random.random() < 0.3]
        return {key: value for key, value in record.items() if key not in left}

    def cases(self) -> Iterator[tuple[str, Any]]:
        """Documents with one fault, seldom two, each kind of fault as often as any other."""
        while True:
            yield NONE, self.base()
            for fault in FAULTS:
                document = self.faulty(fault)
                if document is not None:
                    yield fault.__name__, document

    def faulty(self, fault: Any) -> Any:
        """A document with this fault; None where no document of this kind seems to have a place for it."""
        for _ in range(TRIES):
            document = broken(self.base(), fault, self.random, self.lender())
            if document is not None:
                break
        if document is not None and self.random.random() < TWICE:
            document = broken(document, self.random.choice(FAULTS), self.random, self.lender()) or document
        return document

    def lender(self) -> Any:
        """A document of any kind to take parts from."""
        return self.random.choice(self.shipped)[1]

    def compare(self, court: Court, count: int) -> None:
        """Put so many documents before both."""
        for (fault, document), _ in zip(self.cases(), range(count), strict=False):
            found = court.difference(self.kind, document)
            self.counted[fault] += 1
            self.valid[fault] += court.valid
            if found is not None:
                self.differing.append((fault, found, document))

    def figures(self) -> dict[str, Any]:
        """What was compared and what agreed, for the table at the end of a run."""
        off = Counter(fault for fault, _, _ in self.differing)
        agreed = {name: self.counted[name] - off[name] for name in NAMES}
        return {
            "kind": self.kind,
            "seed": self.seed,
            "agreed": agreed,
            "compared": dict(self.counted),
            "valid": sum(self.valid.values()),
        }


def table(figures: list[dict[str, Any]]) -> list[str]:
    """For each kind of document and of fault how many documents agreed of how many; the share of valid ones; seeds."""
    lines = [f"{'agreed/compared':<17}{''.join(f'{name:>11}' for name in NAMES)}{'valid':>7}"]
    for kind in sorted({figure["kind"] for figure in figures}):
        own = [figure for figure in figures if figure["kind"] == kind]
        agreed, compared = Counter[str](), Counter[str]()
        for figure in own:
            agreed.update(figure["agreed"])
            compared.update(figure["compared"])
        cells = [f"{agreed[name]}/{compared[name]}" if compared[name] else "-" for name in NAMES]
        share = sum(figure["valid"] for figure in own) / compared.total()
        seeds = " ".join(str(figure["seed"]) for figure in own)
        lines.append(f"{kind:<17}{''.join(f'{cell:>11}' for cell in cells)}{share:>7.0%}  seed {seeds}")
    return lines
