"""The titer of each material in what was injected, worked out from its stock, its dilution and its share of the mix.

Exact decimals throughout; what was entered stands in the formula, so that a person can follow it before confirming.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import Final

from metadata_portal.errors import FormError
from schema_core.quantities import read

_EXACT: Final = Context(prec=50, rounding=ROUND_HALF_EVEN)
_MOST: Final = Decimal(10) ** 20
_NUMBER: Final = r"(\d+(?:\.\d+)?)"
_ONE_IN: Final = re.compile(rf"1\s*(?::|/|in)\s*{_NUMBER}", re.IGNORECASE)
_PLUS: Final = re.compile(rf"{_NUMBER}\s*\+\s*{_NUMBER}")
_TIMES: Final = re.compile(
    rf"{_NUMBER}\s*[x\N{{MULTIPLICATION SIGN}}]|[x\N{{MULTIPLICATION SIGN}}]\s*{_NUMBER}", re.IGNORECASE
)
_UNDILUTED: Final = frozenset({"", "1", "none", "no", "undiluted", "neat", "1x"})
_BARE: Final = re.compile(_NUMBER)


@dataclass(frozen=True, slots=True)
class Dilution:
    """How many times thinner than its stock a material went into the mix, and how that is said."""

    factor: Decimal = Decimal(1)
    said: str = "undiluted"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of something went into the mix; ``unit`` is empty for parts without one."""

    value: Decimal
    unit: str = ""

    def __str__(self) -> str:
        return f"{plain(self.value)} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Component:
    """One material of a mix: its stock titer if it has one, its dilution, and how much of the dilution was taken."""

    name: str
    stock: Decimal | None
    unit: str
    dilution: Dilution = Dilution()
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """The titer of one material as it was injected, an integer as the standard has it, and how it came about."""

    name: str
    titer: int
    unit: str
    formula: str
    rounded: bool = False


def effective_titers(components: Sequence[Component], rest: Amount | None = None) -> list[Effective | None]:
    """Give the titer of each component that has a stock titer; ``rest`` is what else is in the mix: a buffer, a dye.

    Raises FormError naming the component (``amount-0``, …) where an amount is lacking or in another unit.
    """
    if len(components) == 1 and components[0].amount is None and rest is None:
        return [_effective(components[0], "", Decimal(1))]
    amounts = [_given(component, index) for index, component in enumerate(components)]
    everything = [*amounts, *([rest] if rest else [])]
    units = {amount.unit for amount in everything}
    if len(units) > 1:
        raise FormError(
            "Give all amounts of the mix in one way: as volumes, or as parts without a unit.", field="amount-0"
        )
    with localcontext(_EXACT):
        total = sum((amount.value for amount in everything), Decimal(0))
        sums = " + ".join(plain(amount.value) for amount in everything)
        return [
            _effective(component, f"{plain(amount.value)}/({sums})", amount.value / total)
            for component, amount in zip(components, amounts, strict=True)
        ]


def _given(component: Component, index: int) -> Amount:
    if component.amount is None:
        raise FormError(
            f"How much of {component.name} went into the mix? Give a volume (2 µL) or parts (1) for each.",
            field=f"amount-{index}",
        )
    return component.amount


def _effective(component: Component, share: str, part: Decimal) -> Effective | None:
    if component.stock is None:
        return None
    with localcontext(_EXACT):
        exact = component.stock / component.dilution.factor * part
        titer = exact.to_integral_value()
        said = f"{scientific(component.stock)} {component.unit}"
        if component.dilution.factor != 1:
            said += f" \N{DIVISION SIGN} {plain(component.dilution.factor)}"
        if share:
            said += f" \N{MULTIPLICATION SIGN} {share}"
        rounded = titer != exact
        sign = "\N{ALMOST EQUAL TO}" if rounded or scientific(titer, digits=6) != scientific(titer) else "="
        formula = f"{said} {sign} {scientific(titer, digits=6)} {component.unit}"
    return Effective(component.name, int(titer), component.unit, formula, rounded)


def read_stock(text: str, unit: str = "gc/mL", *, field: str = "stock") -> Decimal:
    """Read a stock titer as people write it, in the unit wanted; FormError with the question where it is unclear."""
    found = read(text, kind="titer", unit="gc/mL")
    if found.question or len(found.values) != 1:
        raise FormError(found.question or f"{text[:40]!r} is no titer: write for example 2.5e13.", field=field)
    if found.unit is not None and unit != "gc/mL" and not text.casefold().replace(" ", "").endswith(unit.casefold()):
        raise FormError(f"This lot is in {unit}: write the titer in that unit.", field=field)
    value = found.values[0]
    if not 0 < value <= _MOST:
        raise FormError("A titer is above zero and at most 1e20.", field=field)
    return value


def read_dilution(text: str, *, field: str = "dilution") -> Dilution:
    """Read a dilution: 1:10 and 1/10 are one part in ten, 1+9 the same, 10x ten times thinner, empty undiluted."""
    asked = text.strip()
    if asked.casefold().replace(" ", "") in _UNDILUTED:
        return Dilution()
    if found := _ONE_IN.fullmatch(asked):
        factor = Decimal(found[1])
        if factor == 1:
            raise FormError("1:1 may mean undiluted or half and half: leave it empty, or write 1+1.", field=field)
        said = f"1 part in {plain(factor)}"
    elif found := _PLUS.fullmatch(asked):
        stock, diluent = Decimal(found[1]), Decimal(found[2])
        if not stock:
            raise FormError("A dilution has some of the stock in it.", field=field)
        with localcontext(_EXACT):
            factor = (stock + diluent) / stock
        said = f"{plain(stock)} part{'' if stock == 1 else 's'} and {plain(diluent)} of diluent"
    elif found := _TIMES.fullmatch(asked):
        factor = Decimal(found[1] or found[2])
        said = f"{plain(factor)} times thinner"
    else:
        raise FormError(
            f"How far was it diluted? {asked[:40]!r} may mean several things: write 1:10 (one part in ten), 1+9,"
            " or 10x; nothing for undiluted.",
            field=field,
        )
    if not 1 <= factor <= _MOST:
        raise FormError("A dilution makes thinner: 1:10, not 10:1 or 0.1x.", field=field)
    return Dilution(factor, said)


def read_amount(text: str, *, field: str = "amount") -> Amount | None:
    """Read how much went into the mix: a volume with its unit, kept in microliters, or parts without one."""
    asked = text.strip()
    if not asked:
        return None
    if _BARE.fullmatch(asked):
        amount = Amount(Decimal(asked))
    else:
        found = read(asked, kind="volume", unit="microliter")
        if found.question or len(found.values) != 1 or found.unit is None:
            raise FormError(
                found.question or f"{asked[:40]!r} is no amount: write a volume (2 µL) or parts (1).", field=field
            )
        amount = Amount(found.values[0], "µL")
    if not 0 < amount.value <= _MOST:
        raise FormError("An amount is above zero; leave it empty where there is none.", field=field)
    return amount


def plain(value: Decimal) -> str:
    """Give a number without an exponent and without zeros behind its last digit."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scientific(value: Decimal, digits: int = 0) -> str:
    """Give a number as titers are written: 2.5e13; ``digits`` are the most to show, all of them where it is 0."""
    shown = Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(value) if digits else value
    bare = shown.normalize(_EXACT)
    if not bare:
        return "0"
    if -4 < bare.adjusted() < 4:  # noqa: PLR2004 - short enough to be written out
        return plain(bare)
    mantissa = plain(bare.scaleb(-bare.adjusted()))
    return f"{mantissa}e{bare.adjusted()}"
