"""Where we and the peer may part, each as narrow as it can be told: `docs/divergences.md` in code.

A difference is excused in one of two ways. A crash of the peer is named by its exception and the function that it came
from. Anything else is set aside: the document is changed so that the one thing we differ in is gone, and both must
agree on what is left.
"""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

NOT_FINITE = {"nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity", "+nan", "-nan"}
HUMAN = "National Center for Biotechnology Information (NCBI)"


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def without_human_species(document: Any) -> bool:
    """Human subjects whose species is the human one: without it both fill it in."""
    changed = False
    for node in nodes(document):
        species = node.get("species")
        if node.get("object_type") == "Human subject" and isinstance(species, dict):
            del node["species"]
            changed = True
    return changed


def without_planar_sections(document: Any) -> bool:
    """Planar sections said to be plain ones, without what only a planar one may have."""
    changed = False
    for node in nodes(document):
        sections = node.get("sections")
        for section in sections if isinstance(sections, list) else ():
            if isinstance(section, dict) and section.get("object_type") == "Planar section":
                section["object_type"] = "Section"
                changed = True
    return changed


def without_sorted_letters(document: Any) -> bool:
    """Specimens of a perfusion that are no list: a number instead, which both refuse."""
    changed = False
    for node in nodes(document):
        if isinstance(node.get("output_specimen_ids"), str | dict):
            node["output_specimen_ids"] = 5
            changed = True
    return changed


def without_words_for_no_number(document: Any) -> bool:
    """Texts that only Python reads as numbers: one letter more, and no one does."""
    changed = False
    for here, key in slots(document):
        if isinstance(here[key], str) and here[key].strip().lower() in NOT_FINITE:
            here[key] = f"{here[key]}!"
            changed = True
    return changed


def without_fractions_before_1970(document: Any) -> bool:
    """Times given as a negative number of seconds with a fraction: the whole seconds, which both read alike."""
    changed = False
    for here, key in slots(document):
        value = here[key]
        if not isinstance(key, str) or not any(word in key for word in ("time", "date")):
            continue
        if isinstance(value, float) and value < 0 and math.isfinite(value) and value % 1:
            here[key] = math.floor(value)
            changed = True
    return changed


def with_texts_as_tags(document: Any) -> bool:
    """Tags that are no text: a text that is no tag instead."""
    changed = False
    for node in nodes(document):
        if isinstance(node.get("object_type"), dict | list):
            node["object_type"] = "Nonsense"
            changed = True
    return changed


def slots(document: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a document: container and key."""
    waiting = [document]
    while waiting:
        here = waiting.pop()
        for key in list(here) if isinstance(here, dict) else range(len(here)):
            yield here, key
            if isinstance(here[key], dict | list):
                waiting.append(here[key])


@dataclass(frozen=True)
class Divergence:
    """One line of docs/divergences.md; `aside` takes what we differ in out of a document and says whether it did."""

    where: str
    aside: Callable[[Any], bool]


ASIDE = (
    Divergence("`HumanSubject.species`", without_human_species),
    Divergence("`PlanarSectioning.sections`", without_planar_sections),
    Divergence("`Perfusion.output_specimen_ids` given as one text or an object", without_sorted_letters),
    Divergence("a time given as seconds before 1970 with a fraction", without_fractions_before_1970),
    Divergence("NaN and infinity", without_words_for_no_number),
    Divergence("`Metadata` with a broken core file in which an `object_type` is an object or list", with_texts_as_tags),
)
CRASHES = {
    ("AttributeError", "_compare_active_devices"): (
        "an `ExternalDataStream` beside an instrument, in `Metadata` and `InstrumentAcquisitionCompatibility`"
    ),
    ("OneOfError", "check_one_of_end_thickness"): "a plain `Section` with a start, but neither end nor thickness",
    ("AttributeError", "recursive_coord_system_check"): "a free object with a field named like a coordinate system",
}
"""The peer's exceptions on documents that we accept, by the function they came from."""
BROKEN_FILE = "`Metadata` with a broken core file"
RAW_TAG = "a wrong `object_type`"


def set_aside(document: Any, chosen: tuple[Divergence, ...]) -> Any | None:
    """A copy without what these divergences are about; None where it has nothing of the kind."""
    changed = copy.deepcopy(document)
    done = [divergence.aside(changed) for divergence in chosen]
    return changed if all(done) else None


def applying(document: Any) -> tuple[Divergence, ...]:
    """The divergences that a document gives occasion to."""
    return tuple(divergence for divergence in ASIDE if set_aside(document, (divergence,)) is not None)


def reordered(text: str) -> Any:
    """JSON as values with the order of keys, but for the tables that the peer fills in the order of a set."""
    values = json.loads(text)
    for node in nodes(values):
        if node.get("object_type") == "Quality control" and isinstance(node.get("status"), dict):
            node["status"] = dict(sorted(node["status"].items()))
    return json.loads(json.dumps(values), object_pairs_hook=list)


def untagged(text: str, files: list[str]) -> str:
    """A record's JSON without the tags in these files: the peer has written over those that were given."""
    record = json.loads(text)
    for name in files:
        for node in nodes(record[name]):
            node.pop("object_type", None)
    return json.dumps(record)
