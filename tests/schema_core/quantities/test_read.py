"""What people type, by way of writing: read for certain, or answered with a question. The strings are our own."""

from decimal import Decimal

import pytest

from schema_core.quantities import read

LENGTH = {"kind": "length", "unit": "millimeter"}
VOLUME = {"kind": "volume", "unit": "nanoliter"}
TITER = {"kind": "titer", "unit": "gc/mL"}
DURATION = {"kind": "duration", "unit": "minute"}
SECONDS = {"kind": "duration", "unit": "second"}


def numbers(text, **asked):
    reading = read(text, **asked)
    assert reading.question is None, reading.question
    return [str(value.normalize() + 0) if value else "0" for value in reading.values]


def question(text, **asked):
    reading = read(text, **asked)
    assert reading.values == ()
    assert reading.question is not None
    return reading.question


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.45", ["3.45"]),
        (" 3.45\t", ["3.45"]),
        (".45", ["0.45"]),
        ("3.", ["3"]),
        ("3.45.", ["3.45"]),
        ("-1.15", ["-1.15"]),
        ("+1.15", ["1.15"]),
        ("- 1.15", ["-1.15"]),
        ("\N{MINUS SIGN}1.15", ["-1.15"]),
        ("\N{EN DASH}1.15 mm", ["-1.15"]),
        ("\N{FULLWIDTH DIGIT THREE}.\N{FULLWIDTH DIGIT FOUR}", ["3.4"]),
        ("2½", ["2.5"]),
        ("1e-1", ["0.1"]),
        ("-0.0", ["0"]),
        ("0", ["0"]),
    ],
)
def test_a_number_is_read_in_every_way_it_is_written(text, expected):
    assert numbers(text, **LENGTH) == expected


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("450um", LENGTH, "0.45"),
        ("450 \N{MICRO SIGN}m", LENGTH, "0.45"),
        ("450 \N{GREEK SMALL LETTER MU}m", LENGTH, "0.45"),
        ("450 microns", LENGTH, "0.45"),
        ("450 micrometres", LENGTH, "0.45"),
        ("450 UM", LENGTH, "0.45"),
        ("0.3 cm", LENGTH, "3"),
        ("4.5 (mm)", LENGTH, "4.5"),
        ("mm: 4.5", LENGTH, "4.5"),
        ("0.1 inch", LENGTH, "2.54"),
        ("0.35 ul", VOLUME, "350"),
        ("0.35 microliters", VOLUME, "350"),
        ("60NL", VOLUME, "60"),
        ("60n", VOLUME, "60"),
        ("0.002 mL", VOLUME, "2000"),
        ("4 uA", {"kind": "current", "unit": "microamps"}, "4"),
        ("0.004mA", {"kind": "current", "unit": "microamps"}, "4"),
        ("4 microamperes", {"kind": "current", "unit": "microamps"}, "4"),
        ("-12°", {"kind": "angle", "unit": "degrees"}, "-12"),
        ("12 deg.", {"kind": "angle", "unit": "degrees"}, "12"),
        ("2.4 %", {"kind": "percent", "unit": "percent"}, "2.4"),
        ("0.0263 kg", {"kind": "mass", "unit": "gram"}, "26.3"),
        ("26.3gms", {"kind": "mass", "unit": "gram"}, "26.3"),
        ("1.5 nL/s", {"kind": "rate", "unit": "nanoliter per minute"}, "90"),
        ("0.09 \N{MICRO SIGN}l min-1", {"kind": "rate", "unit": "nL/min"}, "90"),
        ("250 uW", {"kind": "power", "unit": "milliwatt"}, "0.25"),
        ("12.5 kHz", {"kind": "frequency", "unit": "hertz"}, "12500"),
        ("60 fps", {"kind": "frequency", "unit": "hertz"}, "60"),
        ("60/s", {"kind": "frequency", "unit": "hertz"}, "60"),
        ("36.5 °C", {"kind": "temperature", "unit": "Celsius"}, "36.5"),
        ("309.65 K", {"kind": "temperature", "unit": "Celsius"}, "36.5"),
        ("97.7F", {"kind": "temperature", "unit": "Celsius"}, "36.5"),
        ("15 mM", {"kind": "concentration", "unit": "molar"}, "0.015"),
        ("4 ug/uL", {"kind": "concentration", "unit": "mg/mL"}, "4"),
        ("4%", {"kind": "concentration", "unit": "% v/v"}, "4"),
    ],
)
def test_units_are_converted_exactly(text, asked, expected):
    assert numbers(text, **asked) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "3.1e12",
        "3.1E+12 gc/mL",
        "3.1x10^12",
        "3.1 \N{MULTIPLICATION SIGN} 10¹² vg/ml",
        "3.1*10^12 GC/mL",
        "3.1 e12",
        "3.1e9 gc/uL",
        "3.1e12/mL",
    ],
)
def test_a_titer_is_read_in_every_way_it_is_written(text):
    assert read(text, **TITER).values == (Decimal("3.1e12"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-1.1, -1.3, -1.55", ["-1.1", "-1.3", "-1.55"]),
        ("-1.1,-1.3", ["-1.1", "-1.3"]),
        ("-1.10; -1.30", ["-1.1", "-1.3"]),
        ("-1.1; - 1.3;", ["-1.1", "-1.3"]),
        ("1.1/1.3 mm", ["1.1", "1.3"]),
        ("1.1 and 1.3", ["1.1", "1.3"]),
        (".4 & .8", ["0.4", "0.8"]),
        ("1.1 then 1.3", ["1.1", "1.3"]),
        ("1, 2, and 3", ["1", "2", "3"]),
        ("400 um, 0.8 mm", ["0.4", "0.8"]),
        ("400, 800 microns", ["0.4", "0.8"]),
        ("-1.1\n-1.3", ["-1.1", "-1.3"]),
        ("1.1mm 1.3mm", ["1.1", "1.3"]),
        ("1.1 1.3 1.5", ["1.1", "1.3", "1.5"]),
        ("depths: 1.1, 1.3", ["1.1", "1.3"]),
    ],
)
def test_a_list_keeps_its_order(text, expected):
    assert numbers(text, **LENGTH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80nl each", ["80"]),
        ("80 nL/depth", ["80"]),
        ("300 nL single bolus", ["300"]),
        ("80 nL x 3 depths", ["80", "80", "80"]),
        ("2 sites x 80 nL", ["80", "80"]),
        ("80 nL at 2 depths", ["80", "80"]),
        ("50 nL + 70 nL", ["50", "70"]),
    ],
)
def test_volumes_say_for_what_they_are(text, expected):
    assert numbers(text, **VOLUME) == expected


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("6s on/6s off", SECONDS, ["6"]),
        ("6 on, 6 off", SECONDS, ["6"]),
        ("6/6", SECONDS, ["6"]),
        ("6 s on / 9 s off", SECONDS, ["6", "9"]),
        ("1 h 15 min", DURATION, ["75"]),
        ("1h15", DURATION, ["75"]),
        ("1:15:00", DURATION, ["75"]),
        ("1:15 h", DURATION, ["75"]),
        ("90 s", DURATION, ["1.5"]),
        ("4m", DURATION, ["4"]),
        ("9 min and 9 min", DURATION, ["9", "9"]),
    ],
)
def test_durations_are_read_as_clocks_and_alternations_too(text, asked, expected):
    assert numbers(text, **asked) == expected


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("450 microns from pia", "dura/pia"),
        ("-1.1 from dural surface", "dura/pia"),
        ("-1.1 from dura surface", "dura/pia"),
        ("1.1 (brain surface)", "dura/pia"),
        ("1.1 below the dura", "dura/pia"),
        ("1.1 from lambda", "lambda"),
        ("bregma 1.1", "bregma"),
        ("1.1 relative to bregma", "bregma"),
        ("1.1 (TS)", "sinus"),
        ("1.1 from the transverse sinus", "sinus"),
        ("1.1 from skull surface", "skull"),
        ("1.1 anterior to calamus", "calamus"),
    ],
)
def test_a_reference_is_kept(text, reference):
    reading = read(text, **LENGTH)
    assert (reading.reference, reading.question) == (reference, None)


@pytest.mark.parametrize(
    ("text", "side"),
    [("-1.1 (Left)", "left"), ("1.1 L", "left"), ("R1.1", "right"), ("1.1mm right hemisphere", "right"), ("1.1", None)],
)
def test_a_side_is_kept(text, side):
    reading = read(text, **LENGTH)
    assert (reading.side, reading.question) == (side, None)


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [
        ("", LENGTH, "Nothing is typed"),
        ("n/a", LENGTH, "“n/a” gives no length"),
        ("none", VOLUME, "gives no volume"),
        ("-", LENGTH, "gives no length"),
        ("usual", {"kind": "angle", "unit": "degrees"}, "which angle is that here"),
        ("same as above", VOLUME, "points elsewhere"),
        ("three", DURATION, "in digits"),
        ("back of the window", LENGTH, "has no number"),
        ("70nl", LENGTH, "“70nl” is a volume"),
        ("70 ml", LENGTH, "is a volume"),
        ("70 nL, 50 nL/min", VOLUME, "“50 nL/min” is a rate"),
        ("1e9 TU/mL", TITER, "transducing units"),
        ("3e12 gc", TITER, "without “per mL”"),
        ("15 mM", {"kind": "concentration", "unit": "mg/mL"}, "cannot be turned into mg/mL"),
        ("70l", VOLUME, "is a letter of the unit missing"),
        ("2.5m", LENGTH, "is a letter of the unit missing"),
        ("5 MW", {"kind": "power", "unit": "milliwatt"}, "is a letter of the unit missing"),
        ("5 mhz", {"kind": "frequency", "unit": "hertz"}, "two ways"),
        ("2,4", LENGTH, "Write 2.4 for one, 2; 4 for two"),
        ("1,200", VOLUME, "Write 1200 or 1.200 for one"),
        ("1.200,5", VOLUME, "How is “1.200,5” meant"),
        ("2-3", LENGTH, "a range from 2 to 3"),
        ("2 to 3 mm", LENGTH, "a range from 2 to 3"),
        ("between 2 and 3", LENGTH, "is a range"),
        ("AP - 2.5", LENGTH, "Is the dash"),
        ("3/4", LENGTH, "a fraction"),
        ("2.5 3", LENGTH, "one length or two"),
        ("2.5.6", LENGTH, "one length or two"),
        ("1 200", VOLUME, "one volume or two"),
        ("2.5,,3.5", LENGTH, "missing between two separators"),
        ("400 um, 700", LENGTH, "Which unit has each number"),
        ("~2.5", LENGTH, "“~” is not exact"),
        ("about 2.5", LENGTH, "“about” is not exact"),
        ("2.5 ± 0.2", LENGTH, "what follows ±"),
        ("2.5?", LENGTH, "question mark"),
        ("2 or 3", LENGTH, "gives a choice"),
        ("30nl x 3 times, 90nl in total", VOLUME, "or the total"),
        ("30 nL x3", VOLUME, "counted 3 times"),
        ("2.5x1012", TITER, "lost its raised digits"),
        ("2.5x10e12", TITER, "multiplies"),
        ("6 points in a grid, 500 um apart", LENGTH, "several places"),
        ("2.5 (was 2.7)", LENGTH, "What does “was” mean"),
        ("3 nL of dye", VOLUME, "What does “dye” mean"),
        ("=2+2", LENGTH, "What does “=” mean"),
        ("1:15", DURATION, "hours and minutes or minutes and seconds"),
        ("1 h and 15 min", DURATION, "one duration or two"),
        ("4 uA 6/6", {"kind": "current", "unit": "microamps"}, "one current or two"),
        ("overnight", DURATION, "has no number"),
        ("2 months", DURATION, "cannot be turned into min"),
        ("bilateral 2.5", LENGTH, "which of the two sides"),
        ("2.5 L, 2.6 R", LENGTH, "names both sides"),
        ("+2.5 left", LENGTH, "usually is right, but left"),
        ("-2.5 right", LENGTH, "usually is left, but right"),
        ("-3.1, rostral to lambda", LENGTH, "how does the sign - go with “rostral”"),
        ("2.5 posterior", LENGTH, "which sign has “posterior”"),
        ("2.5 lateral", LENGTH, "left or right"),
        ("9 degrees lateral", {"kind": "angle", "unit": "degrees"}, "which sign has “lateral”"),
        ("2.5 from bregma, lambda", LENGTH, "two references"),
        ("AP 2.5, ML 1.5", LENGTH, "more than one field"),
        ("03/04/2024", LENGTH, "looks like a date"),
        ("1e400", LENGTH, "beyond what can be measured"),
    ],
)
def test_what_is_not_certain_is_asked(text, asked, words):
    assert words in question(text, **asked)


def test_a_decimal_comma_is_read_where_the_language_has_one():
    assert numbers("2,4", **LENGTH, decimal_comma=True) == ["2.4"]
    assert numbers("-2,4 mm; -2,6 mm", **LENGTH, decimal_comma=True) == ["-2.4", "-2.6"]
    assert numbers("2.4", **LENGTH, decimal_comma=True) == ["2.4"]
    assert numbers("2,4, 2,6", **LENGTH, decimal_comma=True) == ["2.4", "2.6"]
    assert "meant" in question("1.200,5", **LENGTH, decimal_comma=True)


@pytest.mark.parametrize(
    ("text", "toward", "expected"),
    [
        ("1.4 L", "right", ["-1.4"]),
        ("1.4 L", "left", ["1.4"]),
        ("1.4 R", "right", ["1.4"]),
        ("-1.4 left", "right", ["-1.4"]),
        ("+1.4 left", "left", ["1.4"]),
        ("-1.4", "right", ["-1.4"]),
        ("+1.4", "right", ["1.4"]),
        ("0", "right", ["0"]),
        ("1.4 lateral, left", "right", ["-1.4"]),
        ("1.4", "anterior", ["1.4"]),
        ("1.4 posterior", "anterior", ["-1.4"]),
        ("-1.4 caudal", "anterior", ["-1.4"]),
        ("1.4 rostral to lambda", "posterior", ["-1.4"]),
        ("1.4 deep", "dorsal", ["-1.4"]),
        ("1.4 below pia", "ventral", ["1.4"]),
    ],
)
def test_side_and_direction_settle_the_sign_on_an_axis(text, toward, expected):
    assert numbers(text, **LENGTH, toward=toward) == expected


@pytest.mark.parametrize(
    ("text", "toward", "words"),
    [
        ("1.4", "right", "left or right"),
        ("1.4, -1.6", "right", "left or right"),
        ("-1.4 right", "right", "Which one is right"),
        ("+1.4 right", "left", "Which one is right"),
        ("1.4 left", "anterior", "does not belong to this axis (AP)"),
        ("+1.4 posterior", "anterior", "how does the sign + go"),
        ("ML 1.4", "anterior", "“ML” does not belong to this axis (AP)"),
        ("1.4 lateral", "anterior", "does not belong"),
    ],
)
def test_a_side_is_asked_for_and_checked_on_an_axis(text, toward, words):
    assert words in question(text, **LENGTH, toward=toward)


def test_an_unknown_unit_measures_itself_alone():
    assert numbers("4", kind="concentration", unit="drops") == ["4"]
    assert "cannot be turned into drops" in question("4 mM", kind="concentration", unit="drops")


def test_an_unknown_kind_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        read("4", kind="loudness", unit="decibels")


def test_the_typed_unit_is_told():
    assert read("3 uL", **VOLUME).unit == read("4 µl", **VOLUME).unit
    assert read("3", **VOLUME).unit is None
