"""The spellings of units: symbols with prefixes, words, and what follows no pattern."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from schema_core.quantities.conversion import Unit

_RADIAN: Final = Fraction(180) / Fraction("3.141592653589793238462643383279502884197")

_PREFIXES: Final[dict[str, tuple[str, Fraction]]] = {
    "G": ("giga", Fraction(10**9)),
    "M": ("mega", Fraction(10**6)),
    "k": ("kilo", Fraction(10**3)),
    "d": ("deci", Fraction(1, 10)),
    "c": ("centi", Fraction(1, 10**2)),
    "m": ("milli", Fraction(1, 10**3)),
    "u": ("micro", Fraction(1, 10**6)),
    "n": ("nano", Fraction(1, 10**9)),
    "p": ("pico", Fraction(1, 10**12)),
    "f": ("femto", Fraction(1, 10**15)),
}

# dimension, symbols, words, prefixes that people use with it
_BASES: Final = (
    ("length", ("m",), ("meter", "metre"), "kcmunp"),
    ("volume", ("L",), ("liter", "litre"), "dcmunpf"),
    ("mass", ("g",), ("gram", "gramme"), "kmunp"),
    ("time", ("s", "sec"), ("second",), "munp"),
    ("current", ("A", "amp"), ("ampere", "amp"), "munp"),
    ("power", ("W",), ("watt",), "kmunp"),
    ("frequency", ("Hz",), ("hertz", "hz"), "GMkm"),
    ("molarity", ("M",), ("molar",), "munpf"),
    ("angle/radian", ("rad",), ("radian",), "mu"),
)

_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86400

# dimension, factor, spellings; the first one is the symbol that we write
OTHERS: Final[tuple[tuple[str, Fraction, tuple[str, ...]], ...]] = (
    ("length", Fraction(1, 10**6), ("µm", "micron", "microns", "mic", "mics")),
    ("length", Fraction(254, 10**4), ("in", "inch", "inches")),
    ("pixels", Fraction(1), ("px", "pixel", "pixels", "pix")),
    ("volume", Fraction(1, 10**3), ("mL", "cc", "ccs")),
    ("mass", Fraction(1), ("g", "gm", "gms")),
    ("mass", Fraction(1, 10**6), ("µg", "mcg")),
    ("time", Fraction(1), ("s", "secs")),
    ("time", Fraction(1, 10**3), ("ms", "msecs")),
    ("time", Fraction(_MINUTE), ("min", "mins", "minute", "minutes", "m")),
    ("time", Fraction(_HOUR), ("h", "hr", "hrs", "hour", "hours")),
    ("time", Fraction(_DAY), ("d", "day", "days")),
    ("time", Fraction(7 * _DAY), ("wk", "wks", "week", "weeks")),
    ("months", Fraction(1), ("months", "month", "mo", "mos")),
    ("years", Fraction(1), ("years", "year", "yr", "yrs")),
    ("angle", Fraction(1), ("°", "deg", "degs", "degree", "degrees")),
    ("temperature", Fraction(1), ("K", "kelvin", "kelvins")),
    ("power", Fraction(1, 1000), ("mW", "mw")),
    ("power", Fraction(10**6), ("MW", "megawatt", "megawatts")),
    ("percent", Fraction(1), ("%", "percent", "per cent", "pct")),
    ("cycle", Fraction(1), ("fraction of cycle",)),
    ("mass/mass", Fraction(1, 100), ("% m/m", "% w/w", "percent m/m", "percent w/w")),
    ("volume/volume", Fraction(1, 100), ("% v/v", "percent v/v")),
    ("mass/volume percent", Fraction(1), ("% w/v", "% m/v", "percent w/v")),
    ("turns/time", Fraction(1, _MINUTE), ("rpm", "rotations per minute", "revolutions per minute")),
    ("frequency", Fraction(1), ("Hz", "fps", "frames per second", "frame per second")),
    ("voltage", Fraction(1), ("V", "volt", "volts")),
    ("voltage", Fraction(1, 1000), ("mV", "millivolt", "millivolts")),
    ("pressure", Fraction(1), ("Pa", "pascal", "pascals")),
    ("pressure", Fraction(1, 1000), ("mPa", "millipascal", "millipascals")),
    ("pressure", Fraction(1000), ("kPa", "kilopascal", "kilopascals")),
    ("pressure", Fraction(6894757293168, 10**9), ("psi",)),
    ("loudness", Fraction(1), ("dB", "decibel", "decibels")),
    ("genomes", Fraction(1), ("gc", "vg", "genomes", "genome copies", "viral genomes", "genome copy", "copies")),
    ("viral particles", Fraction(1), ("vp", "particles", "viral particles")),
    ("transducing units", Fraction(1), ("tu", "transducing units")),
    ("infectious units", Fraction(1), ("iu", "ifu", "infectious units")),
    ("plaques", Fraction(1), ("pfu",)),
    ("pure", Fraction(1), ("events", "frames", "cycles")),
)

_CELSIUS: Final = Unit("temperature", Fraction(1), Fraction(27315, 100))
_FAHRENHEIT: Final = Unit("temperature", Fraction(5, 9), Fraction(27315, 100) - Fraction(160, 9))
TEMPERATURES: Final = (
    (_CELSIUS, ("°C", "C", "Celsius", "degC", "centigrade")),
    (_FAHRENHEIT, ("°F", "F", "Fahrenheit", "degF")),
)
_DEGREES: Final = ("deg", "degree", "degrees", "°")


def spellings() -> Iterator[tuple[str, Unit]]:
    """Give every spelling with its unit."""
    for name, symbols, words, prefixes in _BASES:
        dimension, scale = ("angle", _RADIAN) if name == "angle/radian" else (name, Fraction(1))
        base = Unit(dimension, scale)
        for symbol in symbols:
            yield symbol, base
            yield from ((prefix + symbol, _times(base, _PREFIXES[prefix][1])) for prefix in prefixes)
        for word in words:
            for prefix, factor in (("", Fraction(1)), *(_PREFIXES[entry] for entry in prefixes)):
                yield from ((prefix + word + end, _times(base, factor)) for end in ("", "s"))
    for dimension, factor, known in OTHERS:
        yield from ((spelling.replace("µ", "u"), Unit(dimension, factor)) for spelling in known)
    for unit, known in TEMPERATURES:
        yield from ((spelling, unit) for spelling in known)
        yield from ((f"{word} {name}", unit) for word in _DEGREES for name in known if "deg" not in name)


def _times(unit: Unit, factor: Fraction) -> Unit:
    return Unit(unit.dimension, unit.factor * factor)
