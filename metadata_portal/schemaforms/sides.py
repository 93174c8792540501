"""Left or right: a number across the midline that was typed without a sign is asked about until somebody says which.

The standard has no place for *not said*, so what was typed counts, and the origin beside it remembers that nobody said
the side. A sign, a word, or a press of the button at the field answers; zero, and axes that run elsewhere, ask nothing.
"""

from collections.abc import Iterator
from typing import Any, Final

from metadata_portal.schemaforms import depths, measures
from metadata_portal.schemaforms.controls import VECTORS
from metadata_portal.schemaforms.documents import get
from metadata_portal.schemaforms.measures import Measure
from metadata_portal.schemaforms.scope import axes_at
from schema_core import paths

CODE: Final = "portal-side"
UNSIGNED: Final = "unsigned"
"""The kind of origin of a number that was typed without a sign."""

_SIDES: Final = ("left", "right")


def side_of(measure: Measure | None, number: Any) -> str:
    """Say on which side of the midline a number lies; empty on it, and along any other axis."""
    if measure is None or measure.toward not in _SIDES or not number:
        return ""
    return measure.toward if number > 0 else next(side for side in _SIDES if side != measure.toward)


def is_unsigned(measure: Measure | None, value: Any, text: str) -> bool:
    """Say whether a plain number across the midline was typed without its side."""
    return _lies_aside(measure, value) and "+" not in text


def question_at(document: Any, address: str) -> str:
    """Ask for the side of what stands at an address; empty where no unsigned number across the midline stands."""
    for measure, value in _numbers_at(document, address):
        if _lies_aside(measure, value):
            return (
                f"Left or right? Typed without a sign, {value:g} is {side_of(measure, value)} of the midline: write "
                f"{value:g} L or {value:g} R, or say that the sign is as typed."
            )
    return ""


def _lies_aside(measure: Measure | None, value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and value > 0 and bool(side_of(measure, value))


def _numbers_at(document: Any, address: str) -> Iterator[tuple[Measure | None, Any]]:
    """Give the numbers of a control with what each measures: one of a needle, or those along the axes."""
    control = depths.control_at(document, address)
    if control is not None:
        yield control.measure, get(document, address)
        return
    name, value = paths.split(address)[-1], get(document, address)
    if name in VECTORS and isinstance(value, list):
        axes = axes_at(document, address)
        for index, number in enumerate(value):
            yield measures.along(name, axes, index), number
