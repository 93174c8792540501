"""What was done to an animal, in the order of time, read from its procedures document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Which values tell one procedure from another, by object type; a path that leads nowhere is left out, and two names in
# one path are a number and its unit.
_TELLING: Mapping[str, tuple[str, ...]] = {
    "Brain injection": ("targeted_structure.name", "injection_materials.*.name"),
    "Injection": ("targeted_structure.name", "injection_materials.*.name"),
    "Non surgical injection": ("injections.*.targeted_structure.name", "injections.*.injection_materials.*.name"),
    "Craniotomy": ("craniotomy_type", "size size_unit"),
    "Headframe": ("headframe_type", "headframe_part_number"),
    "Probe implant": ("implanted_device.name",),
    "Device implant": ("implanted_device.name",),
    "Catheter implant": ("implanted_device.name", "targeted_structure.name"),
    "Myomatrix insertion": ("implanted_device.name",),
    "Sample collection": ("sample_type",),
    "Perfusion": ("output_specimen_ids.*",),
    "Generic surgery procedure": ("description",),
    "Generic subject procedure": ("description",),
    "Training protocol": ("training_name",),
    "Water restriction": ("target_fraction_weight target_fraction_weight_unit",),
    "Specimen procedure": ("procedure_type", "specimen_id"),
}
# How units are written beside a number; a unit that is not here is written out.
_UNITS = {
    "gram": "g",
    "milligram": "mg",
    "kilogram": "kg",
    "millimeter": "mm",
    "micrometer": "µm",
    "percent": "%",
}
_LISTS = ("subject_procedures", "specimen_procedures")


@dataclass(frozen=True, slots=True)
class Step:
    """One procedure inside an event, with the path to it."""

    path: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the procedures document: a surgery or another procedure, with its steps."""

    path: str
    title: str
    detail: str
    date: str
    people: str
    end_date: str = ""
    weights: str = ""
    steps: list[Step] = field(default_factory=list)


def events(document: Mapping[str, Any]) -> list[Event]:
    """Return what was done, earliest first; undated entries come last."""
    found = [
        _event(f"{name}.{index}", entry)
        for name in _LISTS
        for index, entry in enumerate(_list(document.get(name)))
        if isinstance(entry, dict)
    ]
    return sorted(found, key=lambda event: (not event.date, event.date))


def _event(path: str, entry: Mapping[str, Any]) -> Event:
    steps = [
        Step(f"{path}.procedures.{index}", _title(inner), _detail(inner))
        for index, inner in enumerate(_list(entry.get("procedures")))
        if isinstance(inner, dict)
    ]
    weights = [_text(entry.get(name)) for name in ("animal_weight_prior", "animal_weight_post")]
    unit = _UNITS.get(_text(entry.get("weight_unit")) or "gram", "")
    return Event(
        path=path,
        title=_title(entry),
        detail=_detail(entry),
        date=_text(entry.get("start_date")),
        end_date=_text(entry.get("end_date")),
        people=", ".join(_text(person) for person in _list(entry.get("experimenters"))),
        weights=f"{' → '.join(filter(None, weights))} {unit}".strip() if any(weights) else "",
        steps=steps,
    )


def _title(entry: Mapping[str, Any]) -> str:
    return _text(entry.get("object_type")) or "Not chosen yet"


def _detail(entry: Mapping[str, Any]) -> str:
    telling = _TELLING.get(_title(entry), ("description", "name"))
    parts = [", ".join(dict.fromkeys(_values(entry, path.split(".")))) for path in telling]
    depths = len(_list(entry.get("dynamics")))
    if depths and entry.get("object_type") in {"Brain injection", "Injection"}:
        parts.append(f"{depths} {'depth' if depths == 1 else 'depths'}")
    return " · ".join(part for part in parts if part)


def _values(node: Any, path: list[str]) -> Iterator[str]:
    """Yield the texts at a path, `*` standing for every item of a list."""
    if not path:
        if text := _text(node):
            yield text
    elif path[0] == "*":
        for item in _list(node):
            yield from _values(item, path[1:])
    elif isinstance(node, dict) and " " in path[0]:
        value, unit = path[0].split(" ")
        number, word = _text(node.get(value)), _text(node.get(unit))
        if number:
            yield f"{number} {_UNITS.get(word, word)}".strip()
    elif isinstance(node, dict):
        yield from _values(node.get(path[0]), path[1:])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
