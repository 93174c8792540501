"""Where the problems of a broken document land: looked up on the pages that its links lead to, as a person would."""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import schema_core
from metadata_portal.schemaforms.documents import ensure_ids, within
from metadata_portal.schemaforms.doubts import doubts, joined
from metadata_portal.schemaforms.editor import Editor, FormContext
from metadata_portal.schemaforms.twins import shown_path
from schema_core.introspect import Union, describe, places
from tests.metadata_portal.schemaforms.seen import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schema_core.errors import Problem
    from tests.metadata_portal.schemaforms.breaking import Broken

CONTEXT = FormContext(save_url="/save/")
OF_THE_KIND = ("unknown-field", "extra-forbidden", "kind-unknown", "kind-missing", "alternative")


def problems_of(kind: str, document: Any) -> list[Problem]:
    """What the portal says of a document: the standard's problems, and its own doubts."""
    return joined(schema_core.validate(copy.deepcopy(document), kind), doubts(kind, document))


class Shown:
    """The pages of one document, each drawn once."""

    def __init__(self, kind: str, document: Any, found: list[Problem]) -> None:
        self.kind, self.document, self.found = kind, document, found
        self.ids = ensure_ids(document, {})
        self.first = self.editor("")
        self.problems = self.first.placement.problems
        self._pages: dict[str, Page] = {}

    def editor(self, at: str) -> Editor:
        """The form, opened at an address."""
        return Editor(self.kind, self.document, self.ids, self.found, at, CONTEXT)

    def page(self, at: str) -> Page:
        """The page that the link to an address opens."""
        editor = self.editor(at)
        if editor.page.path not in self._pages:
            self._pages[editor.page.path] = Page(editor.drawn)
        return self._pages[editor.page.path]

    def shows(self, problem: Problem, at: str) -> bool:
        """Whether a problem stands beside the control or group of an address, on the page of that address."""
        return self.page(at).shows(at, " ".join(problem.message.split()))

    def same_place(self, one: str, other: str) -> bool:
        """Whether two addresses are shown by one control or group."""
        return self.page(one).place_of(one) == self.page(other).place_of(other)


@dataclass
class Figures:
    """What was found of so many messages, by kind of fault."""

    faults: Counter[str] = field(default_factory=Counter)
    messages: Counter[str] = field(default_factory=Counter)
    drawn: int = 0
    wrong: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seen: list[tuple[str, str, Any]] = field(default_factory=list)

    def note(self, name: str, what: str, said: Any) -> None:
        """Count something that went wrong, and keep it to be read."""
        self.wrong[what][name] += 1
        self.seen.append((what, name, said))

    def of(self, what: str) -> list[Any]:
        """What went wrong in one way."""
        return [(name, said) for kind, name, said in self.seen if kind == what]

    @property
    def beside(self) -> float:
        """The share of all drawn messages that stand beside the control or group of their address."""
        return 1 - self.wrong["misplaced"].total() / max(1, self.drawn)

    @property
    def at_fault(self) -> float:
        """The share of the messages that a fault gave rise to that are about what was broken."""
        return 1 - self.wrong["elsewhere"].total() / max(1, self.messages.total())

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the table at the end of a run."""
        wrong = {what: dict(counted) for what, counted in self.wrong.items() if counted}
        return {"faults": dict(self.faults), "messages": dict(self.messages), "drawn": self.drawn, "wrong": wrong}


def table(figures: list[dict[str, Any]]) -> list[str]:
    """For each kind of fault: how many were made, what they gave rise to, and how much of it landed."""
    faults, messages, off = Counter[str](), Counter[str](), Counter[str]()
    for figure in figures:
        faults.update(_by_sort(figure["faults"]))
        messages.update(_by_sort(figure["messages"]))
        off.update(_by_sort(figure["wrong"].get("elsewhere", {})))
    lines = [f"{'fault':<16}{'made':>7}{'messages':>10}{'landed':>9}"]
    for name in sorted(faults):
        landed = messages[name] - off[name]
        lines.append(f"{name:<16}{faults[name]:>7}{messages[name]:>10}{landed:>9}")
    drawn = sum(figure["drawn"] for figure in figures)
    wrong = Counter(
        what for figure in figures for what, held in figure["wrong"].items() for _ in range(sum(held.values()))
    )
    wrong_said = ", ".join(f"{what} {count}" for what, count in wrong.items()) or "nothing wrong"
    return [
        *lines,
        f"{faults.total()} faults, {messages.total()} messages; {drawn} looked up: {wrong_said}",
    ]


def _by_sort(counted: dict[str, int]) -> Counter[str]:
    """Rules have a line together: there are eighty."""
    found: Counter[str] = Counter()
    for name, count in counted.items():
        found["rules" if " " in name else name] += count
    return found


def check(figures: Figures, name: str, broken: Broken, before: Any) -> None:
    """Look up every problem of a broken document; those that the fault gave rise to must stand where it was made."""
    kind, document = broken.kind, broken.state.json
    found = problems_of(kind, document)
    shown = Shown(kind, document, found)
    known = Counter((one.path, one.code) for one in Shown(kind, document, problems_of(kind, before)).problems)
    figures.faults[name] += 1
    for lost in _lost(found, shown):
        figures.note(name, "lost", lost)
    for problem in shown.problems:
        _look_up(figures, name, shown, problem)
        known[problem.path, problem.code] -= 1
        if known[problem.path, problem.code] < 0:
            figures.messages[name] += 1
            addresses = (problem.path, *problem.also)
            if not any(meets(shown, at, broke) for at in addresses for broke in broken.touched):
                where = sorted(broken.touched)[:3]
                figures.note(name, "elsewhere", (kind, where, problem.path, problem.code, problem.also))
    for wrong in miscounted(shown):
        figures.note(name, "miscounted", (kind, *wrong))


def _look_up(figures: Figures, name: str, shown: Shown, problem: Problem) -> None:
    """A problem stands on its own page and on that of every field it is about, and is of the chosen alternative."""
    figures.drawn += 1
    if not shown.shows(problem, problem.path):
        figures.note(name, "misplaced", (shown.kind, problem.path, problem.code, problem.message[:60]))
    for other in problem.also:
        if not shown.shows(problem, other):
            figures.note(name, "unmarked", (shown.kind, other, problem.path, problem.code))
    if not of_chosen(shown.kind, shown.document, problem):
        figures.note(name, "unchosen", (shown.kind, problem.path, problem.code))


def _lost(found: Iterable[Problem], shown: Shown) -> Iterator[Any]:
    """Problems that are not in the list of the page."""
    listed = {(entry.problem.path, entry.problem.message) for entry in shown.first.problem_list}
    for problem in found:
        if (shown_path(shown.first.root, shown.document, problem.path), problem.message) not in listed:
            yield shown.kind, problem.path, problem.code


def meets(shown: Shown, at: str, broke: str) -> bool:
    """Whether an address is what was broken, lies below it, or is shown by the same control or group."""
    return within(at, broke) if not broke else within(at, broke) or shown.same_place(at, broke)


def of_chosen(kind: str, document: Any, problem: Problem) -> bool:
    """Whether the models know the address along the alternatives that the document has chosen."""
    if problem.code in OF_THE_KIND:
        return True
    root = describe(schema_core.KINDS[kind])
    try:
        way = places(root, document, problem.path)
    except schema_core.UnknownPath:
        return False
    return not any(isinstance(place.shape, Union) and isinstance(place.value, dict) for place in way[:-1])


def miscounted(shown: Shown) -> Iterator[tuple[str, int, int]]:
    """Closed children whose badges count other than the problems at and below them."""
    for path, counted in shown.page("").counted.items():
        wanted = sum(within(problem.path, path) for problem in shown.problems)
        if counted != wanted:
            yield path, counted, wanted
