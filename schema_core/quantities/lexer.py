"""Typed text -> tokens: numbers, words and marks, after look-alikes were brought into one form."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Final

LONGEST: Final = 400
"""Characters that are read at all; longer text is no quantity."""

_DIGITS: Final = 40
_EXPONENT: Final = 20
_SUPERSCRIPTS: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
_EXACT: Final = Context(prec=200)
_VULGAR: Final = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⅛": "0.125",
    "⅜": "0.375",
    "⅝": "0.625",
    "⅞": "0.875",
    "⅕": "0.2",
}
_DASHES: Final = "\u2212\u2013\u2010\u2011\u2012\u2014\ufe63\uff0d\u2043"
_CROSSES: Final = "\u00d7\u2715\u2716\u2a2f\u2217\u22c5\u00b7\u2022"
_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys("µμ", "u"),
        **dict.fromkeys("º˚", "°"),
        **dict.fromkeys(_CROSSES, "x"),
        **dict.fromkeys("\u2044\u2215", "/"),
    }
)
_TIMES: Final = frozenset({"x", "X", "*"})
_KEPT: Final = frozenset(_VULGAR)
_POWER: Final = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")
_INVERSE: Final = re.compile(r"(?:\s?[x*]\s?|\s|\b)(min|sec|s|h|hr|mL|ml|uL|ul|L)\s?\^?-1(?![0-9.])")
_TOKEN: Final = re.compile(
    r"(?P<number>(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)"
    r"|(?P<fraction>[½¼¾⅛⅜⅝⅞⅕])"
    r"|(?P<word>(?i:(?<![^\W\d_])(?:a/p|m/l|d/v|n/a|dura/pia|pia/dura|[vwm]/[vwm])(?![^\W\d_])|w\.r\.t\.?)|°\s?[CFcf](?![^\W\d_])|[%°]|[^\W\d_]++)"
    r"|(?P<mark>\+\s?/\s?-|\S)"
)
_WITH_COMMA: Final = re.compile(
    r"(?P<comma>(?<![0-9,.])[0-9]++,[0-9]++(?![0-9.]|,[0-9])(?:[eE][+-]?[0-9]++)?)|" + _TOKEN.pattern
)


@dataclass(frozen=True, slots=True)
class Token:
    """One number, word or mark, and where in the cleaned text it stands."""

    kind: str
    text: str
    start: int
    end: int
    value: Decimal | None = None


class Unreadable(ValueError):
    """The text cannot be read; the message asks for what is needed."""


def clean(text: str) -> str:
    """Bring look-alikes into one form; characters that cannot be seen are asked about."""
    for place, character in enumerate(text):
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} and character not in "\t\n\r":
            raise Unreadable(
                f"Character {place + 1} cannot be seen (U+{ord(character):04X}): is it meant? Type the text without it."
            )
    raised = _POWER.sub(lambda found: "^" + "".join(_SUPERSCRIPTS[entry] for entry in found[0]), text)
    same = "".join(
        entry
        if entry in _KEPT or entry.isascii()
        else unicodedata.normalize("NFKC", entry.translate(_ALIKE)).translate(_ALIKE)
        for entry in raised
    )
    lines = ";".join(line for line in re.split(r"[\n\r]+", same) if line.strip())
    return _INVERSE.sub(r"/\1", " ".join(lines.split()))


def tokens(text: str, *, decimal_comma: bool = False) -> list[Token]:
    """Take a cleaned text apart; with ``decimal_comma`` 1,5 is one number."""
    pattern = _WITH_COMMA if decimal_comma else _TOKEN
    found = [
        Token(
            "number" if match.lastgroup == "comma" else match.lastgroup or "",
            match[0],
            match.start(),
            match.end(),
            _value(match),
        )
        for match in pattern.finditer(text)
    ]
    return _joined(text, found)


def _value(match: re.Match[str]) -> Decimal | None:
    if match.lastgroup in ("number", "comma"):
        return bounded(match[0].replace(",", "."))
    return Decimal(_VULGAR[match[0]]) if match.lastgroup == "fraction" else None


def bounded(text: str) -> Decimal:
    """Read a plain number; one that no instrument shows is asked about."""
    digits, _, exponent = text.lower().partition("e")
    if len(digits) > _DIGITS or len(exponent) > 4 or abs(int(exponent or 0)) > _EXPONENT:  # noqa: PLR2004 - "+999"
        raise Unreadable(f"Is “{shown(text)}” meant? It is beyond what can be measured: write a number of usual size.")
    return Decimal(text)


def shown(text: str) -> str:
    """Quote typed text in a question: short, and without anything that cannot be seen."""
    plain = "".join(entry if entry.isprintable() else "\N{REPLACEMENT CHARACTER}" for entry in text[:61]).strip()
    return plain if len(text) <= 60 else plain[:60] + "…"  # noqa: PLR2004


# Numbers of several tokens -------------------------------------------------------------------------------------------


def _joined(text: str, found: list[Token]) -> list[Token]:
    """Join what is one number: ``2.5 x 10^12``, ``10^12``, ``2.5 e12``, ``1½``."""
    joined: list[Token] = []
    place = 0
    while place < len(found):
        first, used, value = found[place], 0, found[place].value
        if first.kind in ("number", "fraction") and value is not None:
            used, value = _number(first, found[place + 1 : place + 6], value)
            end = found[place + used].end
            first = Token("number", text[first.start : end], first.start, end, value)
        joined.append(first)
        place += 1 + used
    return joined


def _number(first: Token, rest: list[Token], value: Decimal) -> tuple[int, Decimal]:
    """Give how many more tokens belong to a number, and its value."""
    texts = [entry.text for entry in rest]
    if rest and rest[0].kind == "fraction" and rest[0].value is not None and first.text.isdigit():
        return 1, value + rest[0].value
    if len(texts) > 2 and texts[0] in _TIMES and texts[1] == "10":  # noqa: PLR2004 - x 10 ^
        used, power = _power(texts[2:])
        return (2 + used, _scaled(value, power)) if used else (0, value)
    if first.text == "10" and texts[:1] == ["^"]:
        used, power = _power(texts)
        return (used, _scaled(Decimal(1), power)) if used else (0, value)
    if texts[:1] in (["e"], ["E"]) and first.end < rest[0].start:
        used, power = _power(["^", *texts[1:]])
        close = used and rest[used - 1].end - rest[0].start == sum(map(len, texts[:used]))
        return (used, _scaled(value, power)) if close else (0, value)
    return 0, value


def _power(texts: list[str]) -> tuple[int, int]:
    """Read ``^ 12`` or ``^ - 3``: how many tokens it takes, and the exponent."""
    if texts[:1] != ["^"] or len(texts) < 2:  # noqa: PLR2004
        return 0, 0
    if texts[1].isdigit():
        return 2, int(texts[1][:9])
    if len(texts) > 2 and texts[1] in "+-" and texts[2].isdigit():  # noqa: PLR2004
        return 3, int(texts[1] + texts[2][:9])
    return 0, 0


def _scaled(value: Decimal, power: int) -> Decimal:
    if abs(power) > _EXPONENT:
        raise Unreadable(
            f"Is 10 to the power of {power} meant? It is beyond what can be measured: write a number of usual size."
        )
    return value.scaleb(power, context=_EXACT)
