"""What to ask when a text cannot be read for certain: the words that are unclear, and how to write what is meant."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from schema_core.quantities import units
from schema_core.quantities.lexer import shown

_EXAMPLES: Final = {
    "length": "2.7",
    "volume": "150",
    "current": "5",
    "titer": "2.5e12",
    "concentration": "10",
    "angle": "15",
    "duration": "8",
    "mass": "27.5",
    "rate": "100",
    "percent": "1.5",
    "power": "10",
    "frequency": "30",
    "temperature": "37",
}


class Asker:
    """Words questions about one field."""

    def __init__(self, text: str, kind: str, unit: str) -> None:
        self.text = shown(text)
        self.kind = kind
        self.symbol = units.symbol(unit, kind)

    def _write(self, *numbers: Decimal) -> str:
        """Show how to write what is meant."""
        return (
            f"write {'; '.join(f'{entry:f}' for entry in numbers)} {self.symbol}" if numbers else f"write {self._such}"
        )

    @property
    def _such(self) -> str:
        """Give an example."""
        return f"{_EXAMPLES[self.kind]} {self.symbol}"

    def nothing(self) -> str:
        """Ask where nothing is typed."""
        return f"Which {self.kind}? Nothing is typed: {self._write()}, or leave the field empty."

    def placeholder(self) -> str:
        """Ask about NA, none, a dash."""
        return f"“{self.text}” gives no {self.kind}: is there none? Then leave the field empty; else {self._write()}."

    def same(self) -> str:
        """Ask about a text that points elsewhere."""
        return f"“{self.text}” points elsewhere: which {self.kind} is it here? For example {self._such}."

    def usual(self) -> str:
        """Ask about normal, default."""
        zero = ", perpendicular (0 °)" if self.kind == "angle" else ""
        return f"“{self.text}”: which {self.kind} is that here{zero}? Give the number: {self._write()}."

    def spelled(self) -> str:
        """Ask about a number in words."""
        return f"Is “{self.text}” a number? Then type it in digits: {self._write()}."

    def no_number(self) -> str:
        """Ask where there are only words."""
        return (
            f"“{self.text}” has no number: which {self.kind} is it, in {self.symbol}? "
            f"For example {self._such}; words belong in the notes."
        )

    def grid(self) -> str:
        """Ask where a pattern of places is described."""
        return f"“{self.text}” describes several places: which {self.kind} has each of them? Write one number for each."

    def date(self) -> str:
        """Ask about a day."""
        return f"“{self.text}” looks like a date: which {self.kind} belongs here? For example {self._such}."

    def times(self) -> str:
        """Ask about a product."""
        return f"“{self.text}” multiplies: which number results? Write it as one, such as {self._such}."

    def span_of(self) -> str:
        """Ask about a range in words."""
        return f"“{self.text}” is a range: which {self.kind} was used? Write that number alone."

    def inconvertible(self, text: str) -> str:
        """Ask about a unit that cannot be turned into the one of the field."""
        return (
            f"“{shown(text)}” cannot be turned into {self.symbol}: how much is it in {self.symbol}, or is the "
            "unit of the field to be changed?"
        )

    def labels(self) -> str:
        """Ask about several labelled numbers in one field."""
        return f"“{self.text}” has numbers for more than one field: which one belongs here? Write that one alone."

    def other_axis(self, word: str, axis: str) -> str:
        """Ask about a word that belongs to another axis."""
        return (
            f"“{word}” does not belong to this axis ({axis}): is the number in the right field? Write it without "
            f"“{word}”."
        )

    def leftover(self, words: Sequence[str]) -> str:
        """Ask about words that were not understood."""
        said = ", ".join(f"“{shown(word)}”" for word in words[:4])
        return (
            f"What does {said} mean for this {self.kind}? Write the number alone, such as {self._such}, and the "
            "rest in the notes."
        )

    def rough(self, word: str, value: Decimal) -> str:
        """Ask about an approximate number."""
        return (
            f"“{word}” is not exact: does {value:f} stand here? Then {self._write(value)}, and say “{word}” in "
            "the notes."
        )

    def tolerance(self, value: Decimal) -> str:
        """Ask about a tolerance, or about both sides."""
        return (
            f"Is {value:f} meant? Then {self._write(value)}, and what follows ± in the notes; two sides are two places."
        )

    def doubt(self) -> str:
        """Ask about a question mark."""
        return f"“{self.text}” has a question mark: is the number sure? Then type it without."

    def choice(self) -> str:
        """Ask about alternatives."""
        return f"“{self.text}” gives a choice: which {self.kind} was it?"

    def total(self) -> str:
        """Ask about a total."""
        return f"Which number of “{self.text}” belongs here: that of each one, or the total? Write that one alone."

    def both(self) -> str:
        """Ask about both sides."""
        return f"“{self.text}”: which of the two sides is this one? Each side is entered by itself."

    def repeat(self, count: Decimal) -> str:
        """Ask about a bare count."""
        if 10**2 < count < 10**3 * 2 and str(count).startswith("10"):
            return f"Is “{self.text}” a power of ten that lost its raised digits? Write it as {self._such}."
        return (
            f"“{self.text}”: what is counted {count} times? Write one {self.kind} for each place, separated "
            "by semicolons, "
            "or the sum alone."
        )

    def counts_differ(self, count: Decimal, given: int) -> str:
        """Ask where a count and the numbers given do not agree."""
        return f"“{self.text}” speaks of {count}, but gives {given} numbers: which {self.kind} has each one?"

    def foreign(self, text: str, dimension: str) -> str:
        """Ask about a unit of something else."""
        what = _SPOKEN.get(dimension, "")
        said = f"is {what}" if what else "has a unit that is not one of this field"
        return f"“{shown(text)}” {said}: which {self.kind} in {self.symbol} belongs here? Write that alone."

    def unsure_unit(self, text: str) -> str:
        """Ask about a unit that can be two."""
        return (
            f"The unit in “{shown(text)}” can be read in two ways: which one is meant? Write it out, or "
            f"{self._write()}."
        )

    def large(self, text: str, value: Decimal) -> str:
        """Ask about a unit that probably lacks a letter."""
        return (
            f"“{shown(text)}” would be {value:f} {self.symbol}: is a letter of the unit missing? Write the unit "
            "in full."
        )

    def alternation(self) -> str:
        """Ask about on and off times in another field."""
        if self.kind == "duration":
            return f"“{self.text}”: how long on, how long off? Write it like 7 s on / 7 s off."
        return (
            f"“{self.text}” has on and off times: which {self.kind} is it? Write that alone, the times in their "
            "own field."
        )

    def comma(self, left: str, right: str) -> str:
        """Ask about a decimal comma."""
        if "." in left + right:
            return (
                f"How is “{left},{right}” meant? Write one number with a point alone, or two with a semicolon between "
                "them."
            )
        thousand = f"{left}{right} or " if len(right) == 3 else ""  # noqa: PLR2004 - digits of a group
        return (
            f"Is “{left},{right}” one number or two? Write {thousand}{left}.{right} for one, {left}; {right} for two."
        )

    def several(self, one: str, other: str) -> str:
        """Ask about numbers with nothing between them."""
        return (
            f"Are “{shown(one)}” and “{shown(other)}” one {self.kind} or two? Write two with a semicolon between them."
        )

    def span(self, one: str, other: str) -> str:
        """Ask about a range, or a minus that could be a dash."""
        low, high = shown(one), shown(other)
        return f"Is “{self.text}” a range from {low} to {high}? Write the one that was used, or {low}; {high} for two."

    def dash(self, value: Decimal) -> str:
        """Ask about a dash before a number."""
        return f"Is the dash in “{self.text}” a minus? Write -{value:f} (minus) or {value:f}."

    def fraction(self, one: str, other: str) -> str:
        """Ask about a slash between whole numbers."""
        return (
            f"Is “{one}/{other}” a fraction, or are {one} and {other} two numbers? Write the decimal number, or "
            f"{one}; {other}."
        )

    def missing_item(self) -> str:
        """Ask about an empty place in a list."""
        return f"A number is missing between two separators in “{self.text}”: which one?"

    def which_unit(self) -> str:
        """Ask about a list where only some numbers have a unit."""
        return f"Which unit has each number in “{self.text}”? Give every number its unit."

    def clock(self) -> str:
        """Ask about h:mm or m:ss."""
        return f"Is “{self.text}” hours and minutes or minutes and seconds? Write 1 h 30 min or 1 min 30 s."

    def one_or_two(self) -> str:
        """Ask about "1 h and 30 min"."""
        return f"Is “{self.text}” one duration or two? Write 1 h 30 min for one, 60 min; 30 min for two."

    def sides(self) -> str:
        """Ask about two sides in one field."""
        return f"“{self.text}” names both sides: which number is this one? Each side is entered by itself."

    def side_against_sign(self, sign: str, side: str) -> str:
        """Ask where sign and side contradict each other."""
        usual = "left" if sign == "-" else "right"
        return (
            f"“{self.text}”: {sign} usually is {usual}, but {side} is said. Which one is right? Correct the sign "
            "or the side."
        )

    def needs_side(self) -> str:
        """Ask for the side of a number across the midline."""
        return f"“{self.text}”: left or right? Write the side behind the number (L or R), or a sign before it."

    def direction_against_sign(self, sign: str, word: str) -> str:
        """Ask where sign and direction contradict each other, or cannot be put together."""
        return (
            f"“{self.text}”: how does the sign {sign} go with “{word}”? Write the number with the sign that the "
            "axis has."
        )

    def needs_sign(self, word: str) -> str:
        """Ask for the sign that a direction has."""
        return f"“{self.text}”: which sign has “{word}” here, + or -? Write it before the number."

    def references(self) -> str:
        """Ask about two references in one field."""
        return f"“{self.text}” names two references: from which one is this {self.kind} measured?"


_SPOKEN: Final = {
    "length": "a length",
    "pixels": "a number of pixels",
    "volume": "a volume",
    "mass": "a mass",
    "time": "a duration",
    "months": "a number of months, which differ in length",
    "years": "a number of years, which differ in length",
    "current": "a current",
    "power": "a power",
    "frequency": "a frequency",
    "molarity": "a concentration",
    "angle": "an angle",
    "temperature": "a temperature",
    "percent": "a percentage",
    "voltage": "a voltage",
    "pressure": "a pressure",
    "volume/time": "a rate",
    "length/time": "a speed",
    "mass/time": "a rate",
    "mass/volume": "a concentration",
    "mass/mass": "a dose",
    "genomes/volume": "a titer",
    "genomes": "a number of genomes without “per mL”",
    "viral particles/volume": "a count of particles, not of genome copies",
    "transducing units/volume": "a count of transducing units, not of genome copies",
    "infectious units/volume": "a count of infectious units, not of genome copies",
    "plaques/volume": "a count of plaques, not of genome copies",
}
