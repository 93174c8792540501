"""A fourth axis for depth, which the standard gives up: entry point, tilt, and a step along the needle instead.

    Translation [AP, ML, SI, depth], Rotation [...]
    →  Translation [AP, ML, SI], Rotation [...] about the needle's own axes, Translation [0, 0, depth] along the needle

The needle ends at the same point: it enters where it entered, the tilt is the same turn, and the step follows the axis
that runs up and down, with the sign that leads where the depth axis led. Turns about fixed axes are turns about the
needle's own axes in reverse order. What cannot be carried over for certain is left as it is, and refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schema_core.rules.needles import downward
from schema_core.upgrade.scopes import (
    GLOBAL,
    NUMBERS,
    Chain,
    Scope,
    Transform,
    axes_of,
    chains,
    is_single,
    kind_of_transform,
    numbers_of,
    scope_of,
)
from schema_core.upgrade.steps import step
from schema_core.upgrade.systems import OLD

if TYPE_CHECKING:
    from schema_core.upgrade.steps import Log
    from schema_core.upgrade.walk import Place

DEPTH: Final = "Depth"
_CODE: Final = "upgrade-depth"
_METRES: Final = {"meter": 1.0, "centimeter": 1e-2, "millimeter": 1e-3, "micrometer": 1e-6, "nanometer": 1e-9}


@dataclass(frozen=True, slots=True)
class Given:
    """A depth axis that was given up: where it stood among how many, where it led, and the names before and after."""

    index: int
    count: int
    down: int
    old: str
    new: str


class Unclear(Exception):
    """Why an entry cannot be carried over for certain."""


def without_depth(name: str, index: int, count: int) -> str:
    """The name of a system without its depth axis: BREGMA_ARID is BREGMA_ARI then."""
    head, line, letters = name.rpartition("_")
    if len(letters) != count or not letters.isupper():
        return name
    return head + line + letters[:index] + letters[index + 1 :]


@step("forward", "Acquisition", "Instrument", "Procedures", "Surgery", "PlanarSectioning")
def depth_axis_goes(place: Place, log: Log) -> None:
    """A system gives up its depth axis; the transforms in it follow when the walk meets them."""
    system = place.values.get(GLOBAL)
    axes = axes_of(system)
    names = [axis.get("name") for axis in axes]
    if DEPTH not in names or not isinstance(system, dict) or len(axes) != len(system["axes"]):
        return
    index, old = names.index(DEPTH), str(system.get("name", ""))
    given = Given(
        index, len(axes), downward(str(axes[index].get("direction"))), old, without_depth(old, index, len(axes))
    )
    place.known[DEPTH] = given
    del system["axes"][index]
    system["name"] = given.new
    log.lost(
        place.at(GLOBAL, "axes", index),
        _CODE,
        f"3.0 gives up the Depth axis: {old!r} is {given.new!r} now, and a depth is a step along the needle "
        "(the tip stays where it was; the way back does not restore the axis)",
    )
    log.explain(place.at(GLOBAL))
    log.explain(place.at(OLD))


@step("forward", "DataModel")
def depths_become_steps(place: Place, log: Log) -> None:
    """Every transform in a system that gave up its depth axis."""
    scope = scope_of(place)
    given = scope.owner.known.get(DEPTH) if scope.owner else None
    if given is None:
        return
    named = place.values.get("coordinate_system_name")
    if isinstance(named, str) and named and named in given.old:
        place.values["coordinate_system_name"] = given.new
        log.explain(place.at("coordinate_system_name"))
    for steps, chain in chains(place):
        if steps[0] == "local_axis_positions" and scope.device:
            continue
        alone = is_single(place, steps)
        try:
            new = carried(chain, given, scope, alone=alone)
        except Unclear as why:
            log.refused(place.at(*steps), _CODE, str(why))
            continue
        if new != chain:
            log.changed(place.at(*steps), _told(new), f"{given.new!r} has no Depth axis")
            log.explain(place.at(*steps))
            if alone:
                chain[0].update(new[0])
            else:
                chain[:] = new


def _told(chain: Chain) -> str:
    return ", then ".join(f"{kind_of_transform(part)} {numbers_of(part)}" for part in chain)


def carried(chain: Chain, given: Given, scope: Scope, *, alone: bool) -> Chain:
    """A chain of transforms without the depth axis; raises Unclear."""
    new: Chain = []
    depth = 0.0
    for part in chain:
        own = scope.device is not None and part.get("reference_coordinate_system") == "local"
        if kind_of_transform(part) == "Translation" and len(numbers_of(part)) == given.count and not own:
            if depth:
                raise Unclear("Two of these steps have a depth: say in one of them how deep the needle went")
            depth = _number(numbers_of(part)[given.index])
        new.append(part if own else _without_depth(part, given, scope, tilts=bool(depth)))
    if not depth:
        return new
    if alone:
        raise Unclear(f"This place is a point and cannot have a depth of {depth:g}: write it without")
    if any(kind_of_transform(part) not in {"Translation", "Rotation"} for part in new):
        raise Unclear("A depth beside a stretch or a matrix has two readings: write it as a step along the needle")
    return _in_full(new, given, scope, depth)


def _without_depth(part: Transform, given: Given, scope: Scope, *, tilts: bool) -> Transform:
    """One transform without the numbers of the depth axis."""
    kind, numbers = kind_of_transform(part), numbers_of(part)
    if kind == "Rotation":
        return _turn(part, given, scope, tilts=tilts)
    if kind == "Affine" and len(numbers) >= given.count:
        raise Unclear("This matrix has a Depth axis, which 3.0 gives up: write it for three axes")
    if kind == "Affine" or len(numbers) != given.count:
        return part
    if kind == "Scale" and numbers[given.index] != 1:
        raise Unclear("This stretches the Depth axis, which 3.0 gives up: write it along three axes")
    return {**part, NUMBERS[str(kind)]: numbers[: given.index] + numbers[given.index + 1 :]}


def _in_full(chain: Chain, given: Given, scope: Scope, depth: float) -> Chain:
    """Entry, tilt and step along the needle; no tilt is a tilt of zero."""
    if not any(kind_of_transform(part) == "Rotation" for part in chain):
        chain.append(
            {
                "object_type": "Rotation",
                "angles": [0.0] * (given.count - 1),
                "angles_unit": "degrees",
                "axis_order": "xyz",
                "reference_coordinate_system": "local",
                "rotation_direction": "right_hand",
                "pivot": "local",
            }
        )
    chain.append(
        {
            "object_type": "Translation",
            "translation": _along(depth, given, scope),
            "reference_coordinate_system": "local",
        }
    )
    return chain


def _along(depth: float, given: Given, scope: Scope) -> list[float]:
    """The step along the needle, in the axes of the device where it has its own."""
    system = scope.device or scope.whole
    axes = axes_of(system)
    ways = [downward(str(axis.get("direction"))) for axis in axes]
    if not given.down or sum(map(abs, ways)) != 1:
        raise Unclear("It cannot be told which axis runs down: write the depth as a step along the needle")
    factor = _units(scope)
    return [depth * factor * given.down * way if way else 0.0 for way in ways]


def _units(scope: Scope) -> float:
    """What a length of the whole is in the unit of the device."""
    whole, device = (system.get("axis_unit") if system else None for system in (scope.whole, scope.device))
    if device is None or device == whole:
        return 1.0
    if whole not in _METRES or device not in _METRES:
        raise Unclear(f"A depth in {whole} cannot be written in {device}: write it as a step along the needle")
    return float(f"{_METRES[whole] / _METRES[device]:.12g}")


def _turn(part: Transform, given: Given, scope: Scope, *, tilts: bool) -> Transform:
    """A turn without the angle of the depth axis; about the needle's own axes where it tilts a needle."""
    angles = list(numbers_of(part))
    if len(angles) == given.count:
        if _number(angles[-1]):
            raise Unclear("A fourth angle turns about no axis: take it out")
        angles = angles[:-1]
    new = {**part, "angles": angles}
    if not tilts:
        return new
    new["pivot"] = "local"
    if part.get("reference_coordinate_system", "global") == "global" and _aligned(scope):
        new["reference_coordinate_system"] = "local"
        if sum(map(bool, angles)) > 1:
            order = str(part.get("axis_order", "xyz"))[: len(angles)]
            new["angles"], new["axis_order"] = angles[::-1], order[::-1]
    return new


def _aligned(scope: Scope) -> bool:
    """Whether the letters x, y, z mean the same axes for the device as for the whole."""
    return scope.device is None or [axis.get("direction") for axis in axes_of(scope.device)] == [
        axis.get("direction") for axis in axes_of(scope.whole)
    ]


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise Unclear(f"{value!r} is no number") from None
