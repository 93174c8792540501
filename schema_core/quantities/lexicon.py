"""The words that people write around a number, and what each does to its meaning."""

from collections.abc import Iterator
from functools import cache
from typing import Final

SIDES: Final = {
    "left": "left, left side, left hemisphere, lh, lhs, lt, on the left",
    "right": "right, right side, right hemisphere, rh, rhs, rt, on the right",
}
INITIALS: Final = {"L": "left", "R": "right"}
"""Sides by their letter, where it can be no unit."""

DIRECTIONS: Final = {
    "anterior": "anterior, ant, rostral, rost, in front of, frontal",
    "posterior": "posterior, post, caudal, caud, behind",
    "lateral": "lateral, lat, laterally",
    "medial": "medial, med, medially",
    "dorsal": "dorsal, above, up, over",
    "ventral": "ventral, vent, below, beneath, under, underneath, deep, deeper, down",
}
REFERENCES: Final = {
    "bregma": "bregma",
    "lambda": "lambda",
    "dura/pia": "dura, pia, dura/pia, dura mater, pia mater, pial surface, dural surface, brain surface, "
    "cortical surface, "
    "surface of the brain, surface of brain, surface of the cortex, surface of cortex, cortex surface, "
    "dura surface, pia surface, cortex, "
    "surface of the dura, surface of dura, surface of the pia, surface of pia, brain, pial",
    "skull": "skull, skull surface, surface of the skull, surface of skull, bone, bone surface, cranium",
    "sinus": "sinus, ts, transverse sinus, sagittal sinus, superior sagittal sinus, sss, rostral rhinal vein, rrv",
    "calamus": "calamus, calamus scriptorius, obex",
}
FILLERS: Final = (
    "from, of, at, the, relative, rel, ref, reference, with, respect, with respect to, wrt, re, is, in, "
    "measured, coordinate, coordinates, depth of, at a depth of, at depth, for, midline, to midline, "
    "from midline, from the midline, off midline, of midline, of the midline"
)
EACH: Final = (
    "each, per depth, per site, per injection, per location, per position, per hole, per spot, per track, per probe, "
    "per animal, per side, per hemisphere, at each depth, each depth, each site, every depth, "
    "at every depth, for each depth, "
    "at each site, each injection, each time, in each, apiece, single, bolus, single bolus, one bolus, "
    "as single bolus, "
    "as a single bolus, once, only"
)
SEPARATORS: Final = "and, then, and then, followed by, plus"
RANGES: Final = "until, till, through, up to, upto, between"
APPROXIMATE: Final = (
    "about, approx, approximately, around, roughly, ca, circa, almost, nearly, at least, at most, max, "
    "min of, maximum, "
    "minimum, less than, more than, up to about, maybe, probably, perhaps"
)
CHOICES: Final = "or"
TOTALS: Final = "total, in total, altogether, overall, total of, in all, all together, sum"
BOTH_SIDES: Final = (
    "both, both sides, bilateral, bilaterally, each side, either side, both hemispheres, left and right, bilat"
)
OFF: Final = "off"
COUNTED: Final = (
    "depths, depth, sites, site, injections, injection, locations, positions, holes, spots, tracks, probes, hole, spot"
)
UNCOUNTED: Final = "times, time, repeats, reps, pulses, pulse, repetitions, doses, dose"
NOTHING: Final = (
    "na, n/a, n.a., nan, none, nil, null, nothing, unknown, unk, tbd, tba, tbc, not applicable, "
    "not given, not recorded, "
    "not known, missing, empty, blank, no, ?, ??, ???, -, --, ---, .,  .., x, /, \\, _, __, *, #n/a"
)
SAMES: Final = (
    'same, same as above, ditto, see above, as above, idem, ", same as before, as before, see notes, see comments'
)
USUAL: Final = (
    "normal, default, standard, usual, typical, std, as usual, perpendicular, vertical, straight, straight down"
)
DIGITS: Final = "zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, half, a half, quarter"
LABELS: Final = {
    "length": "AP, A/P, ML, M/L, DV, D/V, y, z, depth, depths, diameter, length, size, thickness",
    "volume": "volume, vol, amount, injected, inject",
    "current": "current, iontophoresis, ionto",
    "titer": "titer, titre",
    "concentration": "concentration, conc, dilution",
    "angle": "angle, tilt, rotation, pitch, yaw, roll",
    "duration": "duration, time, for, age",
    "mass": "weight, mass, wt, bw, body weight, weighs, weighed",
    "rate": "rate, speed, flow, flow rate",
    "percent": "level, iso, isoflurane",
    "power": "power, laser power",
    "frequency": "frequency, freq, rate, frame rate, sampling rate",
    "temperature": "temperature, temp",
}
AXES: Final = {"ap": "AP", "a/p": "AP", "ml": "ML", "m/l": "ML", "dv": "DV", "d/v": "DV"}
"""Labels that name an axis."""

LONGEST: Final = 5
"""Words in the longest phrase."""


@cache
def phrases(kind: str) -> dict[str, tuple[str, str]]:
    """Index phrases in small letters for one kind of quantity: what sort they are, and what they say."""
    return dict(_phrases(kind))


def _phrases(kind: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for sort, listed in (
        ("filler", FILLERS),
        ("each", EACH),
        ("separator", SEPARATORS),
        ("range", RANGES),
        ("rough", APPROXIMATE),
        ("choice", CHOICES),
        ("total", TOTALS),
        ("both", BOTH_SIDES),
        ("off", OFF),
        ("digits", DIGITS),
        ("to", "to"),
    ):
        yield from ((phrase, (sort, phrase)) for phrase in _split(listed))
    yield "on", ("on", "on")
    for sort, table in (("side", SIDES), ("direction", DIRECTIONS), ("reference", REFERENCES)):
        for said, listed in table.items():
            yield from ((phrase, (sort, said)) for phrase in _split(listed))
    yield from ((phrase.casefold(), ("label", phrase)) for phrase in _split(LABELS[kind]))


def _split(listed: str) -> list[str]:
    return [phrase.strip() for phrase in listed.split(",")]


@cache
def words(listed: str) -> frozenset[str]:
    """Give a list of phrases as a set."""
    return frozenset(_split(listed))
