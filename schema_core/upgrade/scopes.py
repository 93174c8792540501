"""Which coordinate systems hold around a node, and where a node keeps transforms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schema_core.upgrade.walk import Place

Transform = dict[str, Any]
Chain = list[Transform]

GLOBAL: Final = "global_coordinate_system"
LOCAL: Final = "local_coordinate_system"
NUMBERS: Final = {"Translation": "translation", "Rotation": "angles", "Scale": "scale", "Affine": "affine_transform"}
"""The kinds of transform, and the field with their numbers."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The systems around a node: that of the animal, rig or volume, and that of the device."""

    whole: dict[str, Any] | None
    device: dict[str, Any] | None
    owner: Place | None

    def axes_for(self, transform: Transform) -> int | None:
        """How many numbers 3.0 wants in a transform; None where nothing says it."""
        local = transform.get("reference_coordinate_system") == "local"
        system = self.device if (local or self.whole is None) and self.device is not None else self.whole
        return len(axes_of(system)) or None


def axes_of(system: Any) -> list[dict[str, Any]]:
    """The axes of a system, as far as they can be read."""
    axes = system.get("axes") if isinstance(system, dict) else None
    return [axis for axis in axes if isinstance(axis, dict)] if isinstance(axes, list) else []


def scope_of(place: Place) -> Scope:
    """The nearest systems; a system of the whole ends the reach of a device's outside it."""
    device = None
    for here in place.around():
        device = device or (here.values.get(LOCAL) if LOCAL in here.cls.model_fields else None)
        system = here.values.get(GLOBAL) if GLOBAL in here.cls.model_fields else None
        if isinstance(system, dict) and axes_of(system):
            return Scope(system, device, here)
    return Scope(None, device, None)


def kind_of_transform(value: Any) -> str | None:
    """The kind of a transform, by its tag or its numbers; None for anything else."""
    if not isinstance(value, dict) or "coordinate_system" in value:  # a point of an atlas brings its own system
        return None
    tag = value.get("object_type")
    if tag is not None:
        return tag if isinstance(tag, str) and tag in NUMBERS else None
    return next((kind for kind, numbers in NUMBERS.items() if numbers in value), None)


def is_chain(value: Any) -> bool:
    """Whether a value is a list of transforms."""
    return isinstance(value, list) and bool(value) and all(kind_of_transform(item) for item in value)


Steps = tuple[str | int, ...]


def chains(place: Place) -> Iterator[tuple[Steps, Chain]]:
    """The transforms that a node holds itself, as lists to be edited; a single one is a list of its own."""
    for name, value in place.values.items():
        if name != "dimensions":  # sizes in pixels, not places in a system
            yield from _chains_in(value, (name,))


def _chains_in(value: Any, steps: Steps) -> Iterator[tuple[Steps, Chain]]:
    if is_chain(value):
        yield steps, value
    elif kind_of_transform(value):
        yield steps, [value]
    elif isinstance(value, list):
        yield from (((*steps, index), item) for index, item in enumerate(value) if is_chain(item))
    elif isinstance(value, dict) and "object_type" not in value:
        yield from (((*steps, key), [item]) for key, item in value.items() if kind_of_transform(item))


def is_single(place: Place, steps: Steps) -> bool:
    """Whether what stands there is a transform alone, and no list of them."""
    return not isinstance(place.values[str(steps[0])], list)


def numbers_of(transform: Transform) -> list[Any]:
    """The numbers of a transform, for a person to edit in place; empty where they cannot be read."""
    numbers = transform.get(NUMBERS[kind_of_transform(transform) or "Translation"])
    return numbers if isinstance(numbers, list) else []
