"""Whatever way a quantity is written in, it reads back the same; whatever else is typed gets a question."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema_core.quantities import KINDS, LONGEST, read
from schema_core.registries import units

MINUSES = ("-", "\N{MINUS SIGN}", "\N{EN DASH}", "- ")
SPACES = ("", " ", "\N{NO-BREAK SPACE}", "\N{THIN SPACE}", "  ")
# spellings, what one is in the unit asked for
SPELLED = {
    ("length", "millimeter"): [
        (("mm", "MM", "millimeter", "millimeters", "millimetres", " (mm)"), "1"),
        (("um", "\N{MICRO SIGN}m", "\N{GREEK SMALL LETTER MU}m", "micron", "microns", "micrometers", "u"), "0.001"),
        (("cm", "centimeters"), "10"),
        (("in", "inch", "inches"), "25.4"),
    ],
    ("volume", "nanoliter"): [
        (("nl", "nL", "NL", "nanoliter", "nanolitres", "n"), "1"),
        (("ul", "uL", "\N{MICRO SIGN}l", "microliters", "u"), "1000"),
        (("mL", "ml", "milliliter"), "1000000"),
    ],
    ("current", "microamps"): [
        (("uA", "\N{MICRO SIGN}A", "microamps", "microamperes"), "1"),
        (("nA", "nanoamps"), "0.001"),
    ],
    ("angle", "degrees"): [(("°", "deg", "degrees", "degree", "\N{MASCULINE ORDINAL INDICATOR}"), "1")],
    ("duration", "second"): [
        (("s", "sec", "secs", "seconds"), "1"),
        (("min", "mins", "minutes", "m"), "60"),
        (("h", "hr"), "3600"),
    ],
    ("mass", "gram"): [(("g", "gm", "grams"), "1"), (("mg", "milligrams"), "0.001"), (("kg",), "1000")],
    ("rate", "nanoliter per minute"): [
        (("nL/min", "nl / min", "nL per minute", "nanoliters/min", "nl min-1", "nL min⁻¹"), "1"),
        (("uL/min",), "1000"),
        (("nL/s", "nl/sec"), "60"),
    ],
    ("percent", "percent"): [(("%", "percent", "pct"), "1")],
    ("power", "milliwatt"): [(("mW", "mw", "milliwatts"), "1"), (("uW", "\N{MICRO SIGN}W"), "0.001"), (("W",), "1000")],
    ("frequency", "hertz"): [(("Hz", "hz", "hertz", "fps", "/s"), "1"), (("kHz", "khz", "kilohertz"), "1000")],
    ("temperature", "Celsius"): [(("°C", "C", "deg C", "degrees Celsius", "celsius", "\N{DEGREE CELSIUS}"), "1")],
    ("titer", "gc/mL"): [(("gc/mL", "vg/ml", "GC / mL", "genome copies per mL", "/mL"), "1"), (("gc/uL",), "1000")],
    ("concentration", "molar"): [
        (("M", "molar"), "1"),
        (("mM", "millimolar"), "0.001"),
        (("uM", "\N{MICRO SIGN}M"), "0.000001"),
    ],
}
ASKED = sorted(SPELLED)

positive = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(9999), places=3)
signed = st.decimals(min_value=Decimal(-999), max_value=Decimal(999), places=2)


@st.composite
def written(draw, asked):
    """Draw a text for a number, and what it says in the unit asked for."""
    value = draw(positive if asked[0] != "titer" else st.decimals(min_value=1, max_value=10, places=2))
    number = draw(st.sampled_from(ways(value)))
    if draw(st.booleans()):
        return f"{draw(st.sampled_from(SPACES))}{number}", value
    spellings, one = draw(st.sampled_from(SPELLED[asked]))
    return f"{number}{draw(st.sampled_from(SPACES))}{draw(st.sampled_from(spellings))}", value * Decimal(one)


def ways(value):
    """Write a positive number in every way that is accepted."""
    digits, power = f"{value.scaleb(-3):f}", "³"
    short = f"{value.normalize():f}"
    return [
        f"{value}",
        short,
        f"+{short}",
        short.removeprefix("0") if short.startswith("0.") else f"0{short}",
        f"{value:E}",
        f"{digits}e3",
        f"{digits} x 10^3",
        f"{digits}\N{MULTIPLICATION SIGN}10{power}",
        f"{digits}*10^3",
    ]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[0])
@given(data=st.data())
def test_a_quantity_written_in_any_accepted_way_reads_back_the_same(asked, data):
    text, value = data.draw(written(asked))
    reading = read(text, kind=asked[0], unit=asked[1])
    assert (reading.question, reading.values) == (None, (value,))


@given(
    values=st.lists(signed, min_size=1, max_size=6),
    minus=st.sampled_from(MINUSES),
    between=st.sampled_from([", ", "; ", ";", " & ", " and ", "\n", " then "]),
    unit=st.sampled_from(["", " mm", "mm"]),
    shared=st.booleans(),
)
def test_a_list_reads_back_in_its_order(values, minus, between, unit, shared):
    numbers = [f"{value}".replace("-", minus) for value in values]
    text = between.join(numbers) + unit if shared else between.join(number + unit for number in numbers)
    reading = read(text, kind="length", unit="millimeter")
    assert (reading.question, reading.values) == (None, tuple(value or abs(value) for value in values))


@given(value=positive, side=st.sampled_from(["left", "right"]), data=st.data())
def test_a_side_reads_back(value, side, data):
    word = data.draw(
        st.sampled_from([side, side.title(), f"({side[0].upper()})", f"({side})", f"{side} hemisphere", side[0]])
    )
    text = data.draw(st.sampled_from([f"{value} {word}", f"{value} mm {word}", f"{word} {value}"]))
    reading = read(text, kind="length", unit="millimeter")
    assert (reading.question, reading.values, reading.side) == (None, (value,), side)
    placed = read(text, kind="length", unit="millimeter", toward="right")
    assert placed.values == (value if side == "right" else -value,)


@given(
    whole=st.integers(0, 999), part=st.from_regex(r"[0-9]{1,2}", fullmatch=True), sign=st.sampled_from(["", "-", "+"])
)
def test_a_decimal_comma_is_never_guessed(whole, part, sign):
    text = f"{sign}{whole},{part}"
    assert f"{sign}{whole}.{part}" in read(text, kind="length", unit="millimeter").question
    assert read(text, kind="length", unit="millimeter", decimal_comma=True).values == (
        Decimal(f"{sign}{whole}.{part}") + 0,
    )


def standard_words():
    """Give each unit of the standard with its kind."""
    enums = {
        "length": units.SizeUnit,
        "volume": units.VolumeUnit,
        "current": units.CurrentUnit,
        "concentration": units.ConcentrationUnit,
        "angle": units.AngleUnit,
        "duration": units.TimeUnit,
        "mass": units.MassUnit,
        "power": units.PowerUnit,
        "frequency": units.FrequencyUnit,
        "temperature": units.TemperatureUnit,
        "rate": units.SpeedUnit,
        "percent": units.UnitlessUnit,
    }
    return [(kind, entry.value) for kind, enum in enums.items() for entry in enum]


@pytest.mark.parametrize(("kind", "unit"), standard_words())
def test_every_unit_of_the_standard_is_known_by_its_word(kind, unit):
    assert read(f"3.5 {unit}", kind=kind, unit=unit).values == (Decimal("3.5"),)


PARTS = [
    *"0123456789.,;/-+()%&=~?°\N{MICRO SIGN}\N{EN DASH}'\"<>#@ \t\n",
    *("e", "E", "x", "10^", "mm", "um", "nL", "uA", "min", "h", "s", "gc/mL", "L", "R", "left", "pia", "from", "each"),
    *("to", "and", "total", "on", "off", "per depth", "2 sites", "1e5", "\0", "\N{RIGHT-TO-LEFT OVERRIDE}", "½", "NA"),
]


@given(
    text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PARTS), max_size=14).map("".join)),
    kind=st.sampled_from(sorted(KINDS)),
)
def test_any_text_is_read_or_asked_about(text, kind):
    unit = next((unit for known, unit in ASKED if known == kind), "percent")
    reading = read(text, kind=kind, unit=unit)
    assert bool(reading.values) != bool(reading.question)
    assert reading.question is None or reading.question.isprintable()
    assert all(value.is_finite() for value in reading.values)


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "1\0",
        "1\N{RIGHT-TO-LEFT OVERRIDE}5",
        "1\N{ZERO WIDTH SPACE}5",
        "\ud800",
        "9" * 1_000_000,
        "1, " * 300_000,
        "-" * 399,
        "1 " * 199,
        "(" * 399,
        "1e" * 199,
        "1e999999999",
        "10^999999999",
        "1x10^-99999",
        "150 nL x 1000000000 depths",
        "\N{ARABIC-INDIC DIGIT THREE}",
        "\N{ROMAN NUMERAL FOUR}",
        "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 50,
        "<script>1</script>",
        "NaN",
        "Infinity",
        "1_000",
        "0x1F",
        "{{1}}",
    ],
)
def test_hostile_text_is_asked_about(text):
    reading = read(text, kind="volume", unit="nanoliter")
    assert reading.values == ()
    assert reading.question
    assert len(reading.question) < LONGEST
