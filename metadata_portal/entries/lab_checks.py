"""Warnings that the lab's registries give rise to: ethics protocols, lots past their day, terms only proposed.

They never change the standard's verdict and never stand in the way of submitting.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from metadata_portal.entries.terms_used import places_of_terms
from metadata_portal.registries import overlay
from metadata_portal.registries.lab.ethics_protocols import ETHICS_PROTOCOLS, not_covered, out_of_force
from metadata_portal.registries.lab.materials import LOT_FIELDS, lot_of
from schema_core import paths, registries
from schema_core.errors import Problem
from schema_core.registries.entries import Entry

ETHICS_DATE: Final = "portal-ethics-date"
ETHICS_COVER: Final = "portal-ethics-cover"
EXPIRED: Final = "portal-expired"
PROPOSED: Final = "portal-proposed-term"

_HOLDER: Final = "Surgery"
"""What is covered by what is done in it."""


def lab_problems(kind: str, document: Mapping[str, Any]) -> Iterator[Problem]:
    """Every warning of a record's document."""
    yield from _proposed(kind, document)
    if kind == "procedures":
        items = document.get("subject_procedures")
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                path = f"subject_procedures.{index}"
                yield from _ethics_of_procedure(path, item)
                yield from _expired(path, item, read_day(item.get("start_date")))
    elif kind == "acquisition":
        yield from _ethics_of_acquisition(document)


def _proposed(kind: str, document: Mapping[str, Any]) -> Iterator[Problem]:
    """Terms that nobody has approved yet, where they stand; not looked for while there are none."""
    if not any(term.status == "proposed" for terms in overlay.snapshot().terms.values() for term in terms):
        return
    # words that stand as plain text are told by the one, terms that are not written out yet by the other
    places = {*places_of_terms(kind, document), *registries.local_terms(dict(document))}
    for path, name, key in sorted(places):
        entry = registries.vocabulary(name).find(key)
        if entry is not None and entry.status == "proposed":
            message = f"{entry.label} is proposed: a registry manager has not looked at it yet."
            yield Problem(path, PROPOSED, message, "warning")


def read_day(value: Any) -> dt.date | None:
    """The day of a date or of a moment as documents hold them."""
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _ethics_of_procedure(path: str, item: Mapping[str, Any]) -> Iterator[Problem]:
    protocol = _protocol(item.get("ethics_review_id"))
    if protocol is None:
        return
    at = f"{path}.ethics_review_id"
    day = read_day(item.get("start_date"))
    if day is not None and (message := out_of_force(protocol, day)):
        yield Problem(at, ETHICS_DATE, message, "warning", (f"{path}.start_date",))
    for message, where in _uncovered(protocol, path, item):
        yield Problem(at, ETHICS_COVER, message, "warning", (where,))


def _uncovered(protocol: Entry, path: str, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each kind of procedure that a protocol does not cover, once, with where it is first done."""
    steps: dict[str, str] = {}
    inner = item.get("procedures") if item.get("object_type") == _HOLDER else None
    for index, step in enumerate(inner if isinstance(inner, list) else ()):
        if isinstance(step, dict) and isinstance(step.get("object_type"), str):
            steps.setdefault(step["object_type"], f"{path}.procedures.{index}")
    if inner is None and isinstance(item.get("object_type"), str):
        steps[item["object_type"]] = path
    for kind, where in steps.items():
        if message := not_covered(protocol, kind):
            yield message, where


def _ethics_of_acquisition(document: Mapping[str, Any]) -> Iterator[Problem]:
    day, named = read_day(document.get("acquisition_start_time")), document.get("ethics_review_id")
    for index, number in enumerate(named if isinstance(named, list) else ()):
        protocol = _protocol(number)
        if protocol is not None and day is not None and (message := out_of_force(protocol, day)):
            yield Problem(f"ethics_review_id.{index}", ETHICS_DATE, message, "warning", ("acquisition_start_time",))


def _protocol(number: Any) -> Entry | None:
    return ETHICS_PROTOCOLS.find(number) if isinstance(number, str) else None


def _expired(path: str, node: Any, day: dt.date | None) -> Iterator[Problem]:
    """Materials below a node that were used after the last day on their label."""
    if day is None:
        return
    if isinstance(node, dict) and node.get("object_type") in LOT_FIELDS:
        if found := _last_day(path, node):
            at, last, what = found
            if last < day:
                yield Problem(at, EXPIRED, f"{what} expired on {last} and was used on {day}.", "warning")
        return
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        if isinstance(value, dict | list):
            yield from _expired(paths.child(path, key), value, day)


def _last_day(path: str, node: Mapping[str, Any]) -> tuple[str, dt.date, str] | None:
    """Where the last day of a material is known from: its own field, else the registry; the day; what it is of."""
    if last := read_day(node.get("expiration_date")):
        return paths.child(path, "expiration_date"), last, str(node.get("name") or "This material")
    lot = lot_of(node)
    last = read_day(lot.data.get("expiration_date")) if lot else None
    if lot is None or last is None:
        return None
    at = paths.join((*paths.split(path), *LOT_FIELDS[node["object_type"]]))
    return at, last, f"Lot {lot.key}"
