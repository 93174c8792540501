"""Names that look like what they are: how they are kept, what they may not hold, and when two of them look the same."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from metadata_portal.foundation.text import describe_character

# signs that hardly anybody tells apart in a list: where case is gone, and where a capital I stands for an l
_ALIKE: Final = str.maketrans({"0": "o", "1": "l", "|": "l"})
_ALIKE_AS_TYPED: Final = str.maketrans({"0": "O", "1": "l", "|": "l", "I": "l"})
# they take no room on the screen, though Unicode counts them as letters or marks
_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKS: Final = re.compile("[\u0300-\u036f]{4}")
_WORD: Final = re.compile(r"\w+")
# words that say little of which one is meant
_LITTLE: Final = frozenset(
    ("a", "an", "and", "ag", "bv", "co", "company", "corp", "corporation", "de", "for", "gmbh", "inc", "limited", "llc")
) | {"ltd", "of", "plc", "s", "sa", "the"}
_ANY_SCRIPT: Final = frozenset({"COMMON", "INHERITED"})


def name_clean(text: str) -> str:
    """Return a name as it is kept: composed (NFC), with single plain blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def name_fault(text: str) -> str | None:
    """Return what a name may not hold because nobody would see it, or None: said as a sentence for people."""
    for character in text:
        if unicodedata.category(character) in _UNSEEN or _BLANK.match(character):
            return (
                f"There is a character that cannot be seen: {describe_character(character)}."
                " Type the name instead of pasting it."
            )
    if _MARKS.search(unicodedata.normalize("NFD", text)):
        return "More than three accents stand on one letter: leave them away."
    return None


def mixed_script(text: str) -> str:
    """Return a warning where a name mixes alphabets, as one with a Cyrillic A among Latin letters; else nothing."""
    from confusable_homoglyphs.categories import alias  # noqa: PLC0415 - 50 KB of tables, for managers only

    scripts: dict[str, str] = {}
    for character in text:
        script = alias(character)
        if script not in _ANY_SCRIPT:
            scripts[script] = scripts.get(script, "") + character
    if len(scripts) < 2:  # noqa: PLR2004 - one alphabet
        return ""
    most = max(scripts, key=lambda script: len(scripts[script]))
    others = ", ".join(
        f"{script.capitalize()} {' '.join(dict.fromkeys(letters))}"
        for script, letters in scripts.items()
        if script != most
    )
    return f"“{text}” mixes alphabets: {most.capitalize()} letters with {others}. Check that this is meant."


@lru_cache(maxsize=50_000)
def skeletons(text: str) -> tuple[str, str]:
    """Return what a name looks like: two names that share a skeleton cannot be told apart at a glance."""
    if text.isascii():
        seen = text
    else:
        plain = unicodedata.normalize("NFKC", text)
        seen = "".join(_looks().get(character, character) for character in unicodedata.normalize("NFC", plain))
    seen = " ".join(seen.split())
    return seen.casefold().translate(_ALIKE), seen.translate(_ALIKE_AS_TYPED)


@lru_cache(maxsize=50_000)
def gist(text: str) -> str:
    """Return what a name says, without accents, punctuation, order and words that say little: near names share it."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = set(_WORD.findall(bare.replace("&", " and ").replace("'", "").replace("_", " ")))
    return " ".join(sorted(words - _LITTLE or words))


@cache
def _looks() -> Mapping[str, str]:
    """The letter that each letter of other alphabets is taken for, from Unicode's table of confusable characters."""
    from confusable_homoglyphs.utils import load  # noqa: PLC0415 - read once, by whoever first sees such a name

    found: dict[str, str] = {}
    for character, alike in load("confusables.json").items():
        if len(character) != 1 or character.isascii():
            continue
        others = [entry["c"].strip("\u200e") for entry in alike]
        plain = next((text for text in others if text.isascii()), None)
        found[character] = plain or min([character, *(text for text in others if len(text) == 1)])
    return found
