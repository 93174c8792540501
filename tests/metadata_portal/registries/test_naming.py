"""Names that nobody can tell apart, names that hide something, and names that say nearly the same."""

import unicodedata

import pytest

from metadata_portal.registries.naming import gist, mixed_script, name_clean, name_fault, skeletons
from schema_core.registries import vocabularies


def alike(one: str, other: str) -> bool:
    return not set(skeletons(name_clean(one))).isdisjoint(skeletons(name_clean(other)))


LOOKALIKES = [
    ("Allen Institute", "\u0410llen Institute"),  # Cyrillic A
    ("Allen Institute", "Allen Institute".replace("e", "\u0435")),  # Cyrillic e
    ("Allen Institute", "ALLEN  institute"),
    ("Allen Institute", "Allen\u00a0Institute"),
    ("Allen Institute", "Allen \u2160nstitute"),  # Roman numeral one
    ("C57BL/6J", "\u042157BL/6J"),
    ("C57BL/6J", "\uff23\uff15\uff17BL/6J"),  # full width
    ("AAV1", "AAVl"),
    ("AAVI", "AAV1"),
    ("O2", "02"),
    ("Caf\u00e9 optics", "Cafe\u0301 optics"),
    ("pro\ufb01le", "profile"),  # ligature
    ("Neuropixels-2", "Neuropixels\u20102"),  # another hyphen
]
APART = [("BALB/c", "BALB/cJ"), ("VI", "VL"), ("fi", "FL"), ("IC", "LC"), ("Cre", "Cer"), ("AAV1", "AAV2")]


@pytest.mark.parametrize(("one", "other"), LOOKALIKES)
def test_names_that_look_the_same_share_a_skeleton(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_differ_to_the_eye_share_none(one, other):
    assert not alike(one, other)


UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\u061c\u00ad"
    "\ufeff\u034f\u3164\ufe0f\u115f\u0007\u000a\u0009\u2028\ue000\ufff9\U000e0041"
)


@pytest.mark.parametrize("character", UNSEEN, ids=lambda character: f"U+{ord(character):04X}")
def test_a_character_that_nobody_sees_is_refused_by_name(character):
    assert f"U+{ord(character):04X}" in name_fault(f"FVB{character}/NJ")


def test_piles_of_accents_are_refused_and_ordinary_accents_kept():
    assert "accents" in name_fault("a" + "\u0301" * 4)
    for name in (
        "Universität Zürich",
        "Żółć",
        "Ångström",
        "Việt Nam",
        "\u03b1-synuclein",
        "日本大学",
        "dF/F estimation",
    ):
        assert name_fault(name) is None


def test_mixed_alphabets_are_warned_of():
    assert "Cyrillic \u0410" in mixed_script("\u0410llen Institute")
    assert "Greek \u03b1" in mixed_script("\u03b1-synuclein")
    assert mixed_script("Universität Zürich, 2.5 µm") == ""
    assert mixed_script("東京") == ""


def test_names_are_kept_composed_with_single_blanks():
    assert name_clean(" Cafe\u0301\u00a0 optics ") == "Café optics"
    assert unicodedata.is_normalized("NFC", name_clean("Cafe\u0301"))


def test_near_names_say_the_same():
    for near in ("allen institute, the", "Institute Allen", "Allén Institute", "Allen Institute Inc."):
        assert gist(near) == gist("The Allen Institute")
    assert gist("Max Planck Institute for Brain Research") != gist("Max Planck Institute for Psychiatry")
    assert gist("The") == "the"


def test_no_packaged_name_hides_anything():
    names = {entry.label for vocabulary in vocabularies().values() for entry in vocabulary.stock}
    assert [name for name in names if name_fault(name)] == []
