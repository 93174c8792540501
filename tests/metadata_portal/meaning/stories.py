"""What happened in a surgery, in words of the room and not of any schema; made up from a seed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

STRUCTURES = (
    "Primary motor area",
    "Caudoputamen",
    "Dentate gyrus",
    "Field CA1",
    "Lateral hypothalamic area",
    "Ventral tegmental area",
    "Retrosplenial area",
    "Primary visual area",
)
VIRUSES = ("AAV2-Retro-hSyn-Cre", "AAV1-CAG-FLEX-GCaMP8m", "pAAV-hSyn-DIO-ChrimsonR-tdT", "AAV9.Ef1a.fDIO.EYFP µ-lot")
ORIGINS = {"ARI": "Bregma", "RAS": "Bregma", "LAMBDA": "Lambda"}
LEFT, RIGHT, FRONT, BACK = "left", "right", "forward", "back"


@dataclass(frozen=True)
class Virus:
    """One preparation in the pipette, with the titer that reached the brain."""

    name: str
    lot: str
    titer: int


@dataclass(frozen=True)
class Delivery:
    """What was given at one depth: nanolitres, or microampere for some minutes."""

    volume_nl: Decimal | None = None
    current_ua: Decimal | None = None
    minutes: Decimal | None = None


@dataclass(frozen=True)
class Site:
    """One track of the needle: millimetres from the origin, where the tip leans to, and how deep it went along it."""

    structure: str
    side: str
    off_midline: Decimal
    front_of_origin: Decimal
    leans: str
    angle: Decimal
    depths: tuple[Decimal, ...]
    deliveries: tuple[Delivery, ...]
    viruses: tuple[Virus, ...]

    @property
    def right_of_origin(self) -> Decimal:
        """Millimetres to the right; to the left they are below zero."""
        return self.off_midline if self.side == RIGHT else -self.off_midline

    def tip(self, depth: Decimal) -> tuple[float, float, float]:
        """Millimetres to the right, to the front and up of the origin, at one depth along the track."""
        lean = float(depth) * math.sin(math.radians(self.angle))
        sideways = {RIGHT: lean, LEFT: -lean}.get(self.leans, 0.0)
        forwards = {FRONT: lean, BACK: -lean}.get(self.leans, 0.0)
        down = float(depth) * math.cos(math.radians(self.angle))
        return float(self.right_of_origin) + sideways, float(self.front_of_origin) + forwards, -down


@dataclass(frozen=True)
class Story:
    """One surgery of one animal."""

    subject: str
    day: date
    system: str
    origin: str
    experimenter: str
    before_g: Decimal
    after_g: Decimal
    isoflurane: Decimal
    asleep_min: Decimal
    sites: tuple[Site, ...] = field(default=())


def surgery(rng: Random, number: int) -> Story:
    """Make up a surgery; another number is another animal."""
    system = rng.choice(sorted(ORIGINS))
    return Story(
        subject=str(700000 + number),
        day=date(2026, 1, 5) + timedelta(days=rng.randrange(300)),
        system=system,
        origin=ORIGINS[system],
        experimenter=rng.choice(("J. Moreno", "Ana Núñez-Ortega", "李 明", "O'Brien, K.")),
        before_g=_between(rng, 180, 350, 10),
        after_g=_between(rng, 180, 350, 10),
        isoflurane=_between(rng, 10, 30, 10),
        asleep_min=Decimal(rng.randrange(20, 180)),
        sites=tuple(_site(rng, system) for _ in range(rng.randint(1, 3))),
    )


def _site(rng: Random, system: str) -> Site:
    is_current = rng.random() < 0.25
    depths = tuple(sorted(_between(rng, 30, 480, 100) for _ in range(rng.randint(1, 3))))
    deliveries = tuple(_current(rng) if is_current else _volume(rng) for _ in depths)
    sideways = system != "RAS"
    return Site(
        structure=rng.choice(STRUCTURES),
        side=rng.choice((LEFT, RIGHT)),
        off_midline=_between(rng, 20, 420, 100),
        front_of_origin=_between(rng, -600, 300, 100),
        leans=rng.choice((LEFT, RIGHT) if sideways else (FRONT, BACK)),
        angle=rng.choice((Decimal(0), Decimal(10), Decimal("7.5"), Decimal(20))),
        depths=tuple(dict.fromkeys(depths)),
        deliveries=deliveries[: len(dict.fromkeys(depths))],
        viruses=tuple(_virus(rng) for _ in range(rng.randint(1, 2))),
    )


def _volume(rng: Random) -> Delivery:
    return Delivery(volume_nl=_between(rng, 200, 6000, 10))


def _current(rng: Random) -> Delivery:
    return Delivery(current_ua=_between(rng, 10, 70, 10), minutes=Decimal(rng.randrange(5, 16)))


def _virus(rng: Random) -> Virus:
    name, lot = rng.choice(VIRUSES), f"VT{rng.randrange(1000, 9999)}G"
    return Virus(name, lot, rng.randrange(10, 99) * 10 ** rng.randint(10, 12))


def _between(rng: Random, low: int, high: int, parts: int) -> Decimal:
    """A number with a few decimals: what a scale on a frame shows."""
    return Decimal(rng.randint(low, high)) / parts
