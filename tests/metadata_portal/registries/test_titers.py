"""The effective titer: exact, with its formula, and a question wherever what was entered may mean two things."""

from decimal import Decimal

import pytest

from metadata_portal.errors import FormError
from metadata_portal.registries.titers import (
    Amount,
    Component,
    Dilution,
    effective_titers,
    read_amount,
    read_dilution,
    read_stock,
    scientific,
)


def component(stock: str, dilution: str = "", amount: str = "", name: str = "VT5182G") -> Component:
    return Component(name, Decimal(stock), "gc/mL", read_dilution(dilution), read_amount(amount))


def test_one_material_alone_is_its_stock_through_its_dilution():
    (found,) = effective_titers([component("2.5e13", "1:10")])
    assert (found.titer, found.unit, found.rounded) == (2_500_000_000_000, "gc/mL", False)
    assert found.formula == "2.5e13 gc/mL ÷ 10 = 2.5e12 gc/mL"


def test_each_lot_of_a_mix_has_its_own_titer_by_its_share():
    mix = [component("5e12", amount="2 uL", name="VT5182G"), component("3e13", "1+9", "500 nL", name="VT2220S")]
    first, second = effective_titers(mix, read_amount("2.5 µL"))
    assert (first.titer, second.titer) == (2_000_000_000_000, 300_000_000_000)
    assert first.formula == "5e12 gc/mL \N{MULTIPLICATION SIGN} 2/(2 + 0.5 + 2.5) = 2e12 gc/mL"
    assert second.formula == "3e13 gc/mL ÷ 10 \N{MULTIPLICATION SIGN} 0.5/(2 + 0.5 + 2.5) = 3e11 gc/mL"


def test_a_titer_that_is_no_integer_is_rounded_once_at_the_end_and_says_so():
    (found, _) = effective_titers([component("1e12", amount="1"), component("1e12", amount="2")])
    assert found.titer == 333_333_333_333
    assert found.rounded
    assert found.formula.endswith("≈ 3.33333e11 gc/mL")


def test_large_titers_lose_no_digit():
    (found,) = effective_titers([component("12345678901234567890", "1:2")])
    assert found.titer == 6_172_839_450_617_283_945
    assert effective_titers([component("7e13", "1:7")])[0].titer == 10_000_000_000_000


@pytest.mark.parametrize(
    ("amounts", "rest", "field"),
    [
        (("1", ""), "", "amount-1"),
        (("", ""), "", "amount-0"),
        (("1", "2 µL"), "", "amount-0"),
        (("",), "3", "amount-0"),
    ],
)
def test_shares_are_never_guessed(amounts, rest, field):
    with pytest.raises(FormError) as refused:
        effective_titers([component("1e12", amount=amount) for amount in amounts], read_amount(rest))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("", "1"),
        ("neat", "1"),
        ("1:10", "10"),
        ("1/4", "4"),
        ("1 in 5", "5"),
        ("1+9", "10"),
        ("2 + 3", "2.5"),
        ("10x", "10"),
        ("x3", "3"),
        ("2.5\N{MULTIPLICATION SIGN}", "2.5"),
    ],
)
def test_dilutions_as_people_write_them(text, factor):
    assert read_dilution(text).factor == Decimal(factor)


@pytest.mark.parametrize(
    "text", ["10", "0.1", "10:1", "10%", "0+9", "1:0", "1:0.5", "-2x", "one in ten", "1:10:10", "1:1"]
)
def test_a_dilution_that_may_mean_two_things_is_asked_about(text):
    with pytest.raises(FormError) as refused:
        read_dilution(text, field="dilution-0")
    assert refused.value.field == "dilution-0"


def test_amounts_are_volumes_in_one_unit_or_parts():
    assert read_amount("500 nL") == Amount(Decimal("0.5"), "µL")
    assert read_amount("3") == Amount(Decimal(3))
    assert read_amount(" ") is None
    assert Dilution().said == "undiluted"


@pytest.mark.parametrize("text", ["0", "-1", "2 mg", "1:10", "2-3 uL"])
def test_an_amount_that_is_none_is_asked_about(text):
    with pytest.raises(FormError):
        read_amount(text)


def test_a_stock_is_read_as_titers_are_written():
    assert read_stock("2.5x10^13") == Decimal("2.5e13")
    assert read_stock("3e9 gc/uL") == Decimal("3e12")
    assert scientific(Decimal(25000000000000)) == "2.5e13"
    for text in ("", "high", "2e12-3e12", "0", "1e30"):
        with pytest.raises(FormError):
            read_stock(text)
