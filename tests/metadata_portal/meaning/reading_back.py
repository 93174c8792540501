"""What a stranger understands of a metadata.json: rebuilt from the file alone, with geometry of its own.

It shares no code with the portal or the library. Where the tip is follows from the transforms as the standard defines
them (`tests.e2e.tips`); the side, the lean and the depth follow from the tip and the entry point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from tests.e2e.tips import named_system, tip

LITRES = {"nanoliter": 1e-9, "microliter": 1e-6, "milliliter": 1e-3, "picoliter": 1e-12}
AMPERES = {"microamps": 1e-6, "milliamps": 1e-3}
SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "millisecond": 1e-3}
GRAMS = {"gram": 1.0, "milligram": 1e-3, "kilogram": 1e3}


@dataclass(frozen=True)
class Given:
    """What was given at one tip: millimetres from the origin, nanolitres, microampere, minutes."""

    tip: tuple[float, float, float]
    depth: float
    volume_nl: float | None
    current_ua: float | None
    minutes: float | None


@dataclass(frozen=True)
class Track:
    """One injection as read back."""

    structure: str
    origin: str
    side: str
    right_of_origin: float
    front_of_origin: float
    angle: float
    given: list[Given]
    viruses: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Read:
    """One surgery as read back."""

    subject: str
    day: str
    experimenters: list[str]
    before_g: float
    after_g: float
    isoflurane: float
    asleep_min: float
    tracks: list[Track]


def read(metadata: dict[str, Any]) -> Read:
    """Read the one surgery of a metadata document."""
    procedures = metadata["procedures"]
    assert procedures["subject_id"] == metadata["subject"]["subject_id"]
    (surgery,) = procedures["subject_procedures"]
    sleep, grams = surgery["anaesthesia"], GRAMS[surgery["weight_unit"]]
    return Read(
        subject=procedures["subject_id"],
        day=surgery["start_date"],
        experimenters=surgery["experimenters"],
        before_g=surgery["animal_weight_prior"] * grams,
        after_g=surgery["animal_weight_post"] * grams,
        isoflurane=sleep["level"] if sleep["anaesthetic_type"].lower() == "isoflurane" else math.nan,
        asleep_min=sleep["duration"] * SECONDS[sleep["duration_unit"]] / 60,
        tracks=[track(injection, surgery, procedures) for injection in surgery["procedures"]],
    )


def track(injection: dict[str, Any], surgery: dict[str, Any], procedures: dict[str, Any]) -> Track:
    """Read one injection; its depths lie along one track."""
    system = named_system(injection["coordinate_system_name"], surgery, procedures)
    entries = {_point(tip(steps[:1], system)) for steps in injection["coordinates"]}
    (entry,) = entries
    tips = [_point(tip(steps, system)) for steps in injection["coordinates"]]
    assert len(tips) == len(injection["dynamics"])
    given = [_given(end, entry, dose) for end, dose in zip(tips, injection["dynamics"], strict=True)]
    across, along, up = (end - start for end, start in zip(tips[-1], entry, strict=True))
    assert up < 0, "The tip is above the place where the needle enters."
    return Track(
        structure=injection["targeted_structure"]["name"],
        origin=system["origin"],
        side="right" if entry[0] > 0 else "left",
        right_of_origin=entry[0],
        front_of_origin=entry[1],
        angle=math.degrees(math.atan2(math.hypot(across, along), -up)),
        given=given,
        viruses=[
            (virus["name"], virus["tars_identifiers"]["prep_lot_number"], virus["titer"])
            for virus in injection["injection_materials"]
        ],
    )


def _given(end: tuple[float, float, float], entry: tuple[float, float, float], dose: dict[str, Any]) -> Given:
    return Given(
        tip=end,
        depth=math.dist(end, entry),
        volume_nl=_scaled(dose, "volume", LITRES, 1e-9),
        current_ua=_scaled(dose, "injection_current", AMPERES, 1e-6),
        minutes=_scaled(dose, "duration", SECONDS, 60),
    )


def _scaled(dose: dict[str, Any], name: str, units: dict[str, float], to: float) -> float | None:
    value = dose.get(name)
    return None if value is None else value * units[dose[f"{name}_unit"]] / to


def _point(found: Any) -> tuple[float, float, float]:
    return found.right, found.anterior, found.superior
