"""The face: one text, one kind of quantity, one reading."""

import re
from typing import Final

from schema_core.quantities import lexicon, units
from schema_core.quantities.grammar import Source, pieces
from schema_core.quantities.lexer import LONGEST, Unreadable, clean, tokens
from schema_core.quantities.questions import Asker
from schema_core.quantities.reading import Reading, judge
from schema_core.quantities.typed import Toward, Typed

_STRIPPED: Final = " .,;:()[]"
_DAY: Final = re.compile(
    r"(?:[0-9]{1,2}[/.-]){2}(?:19|20)[0-9]{2}(?![0-9])|(?<![0-9])(?:19|20)[0-9]{2}(?:[/.-][0-9]{1,2}){2}(?![0-9])"
)


def read(text: str, *, kind: str, unit: str, decimal_comma: bool = False, toward: Toward | None = None) -> Reading:
    """Read what was typed as numbers in a unit; the reading has a question where that is not certain.

    ``decimal_comma``: the person's language writes 1.5 as 1,5. ``toward``: where the positive end of the axis is that
    the numbers lie on; sides and directions then settle the sign.
    Raises KeyError for an unknown kind, never for a text.
    """
    goal = units.wanted(unit, kind)
    ask = Asker(text[: LONGEST + 1], kind, unit)
    if len(text) > LONGEST:
        return Reading(question=f"Is all of this {kind}? {len(text)} characters are too many for a number.")
    if not text.strip():
        return Reading(question=ask.nothing())
    try:
        cleaned = clean(text)
        question = _without_number(cleaned, ask)
        if question is not None:
            return Reading(question=question)
        found = tokens(cleaned, decimal_comma=decimal_comma)
    except Unreadable as error:
        return Reading(question=str(error))
    return judge(Typed(pieces(Source(cleaned, found, kind, goal)), kind, goal, ask, toward))


def _without_number(text: str, ask: Asker) -> str | None:
    """Ask about texts that stand for no number, or for one that is elsewhere."""
    if _DAY.search(text):
        return ask.date()
    word = text.casefold()
    bare = word.strip(_STRIPPED) or word
    for listed, question in (
        (lexicon.NOTHING, ask.placeholder),
        (lexicon.SAMES, ask.same),
        (lexicon.USUAL, ask.usual),
        (lexicon.DIGITS, ask.spelled),
    ):
        if {word, bare} & lexicon.words(listed):
            return question()
    return None
