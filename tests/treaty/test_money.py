from fractions import Fraction

import pytest

from servanda.treaty.errors import AmountRefused, CurrencyMismatch, NothingToShare
from servanda.treaty.money import Currency, Money

CHF, JPY, KWD = Currency("CHF", 2), Currency("JPY", 0), Currency("KWD", 3)


@pytest.mark.parametrize(
    ("text", "currency", "units", "shown"),
    [
        ("0", CHF, 0, "0.00"),
        ("0.01", CHF, 1, "0.01"),
        ("1250", CHF, 125000, "1250.00"),
        ("1250.5", CHF, 125050, "1250.50"),
        ("1000000000000", CHF, 10**14, "1000000000000.00"),
        ("7", JPY, 7, "7"),
        ("7.125", KWD, 7125, "7.125"),
    ],
)
def test_amounts_are_read_to_the_minor_unit(text, currency, units, shown):
    assert Money.parse(text, currency) == Money(units, currency)
    assert str(Money(units, currency)) == shown


@pytest.mark.parametrize("text", ["-1", "1e3", "1.005", "1,000", "", "CHF 5", "٥", ".5", "+1", "1.", "NaN"])
def test_what_is_not_an_amount_is_refused_with_the_remedy(text):
    with pytest.raises(AmountRefused, match="is not an amount in CHF"):
        Money.parse(text, CHF)


def test_a_float_never_becomes_money():
    with pytest.raises(TypeError):
        Money(1.5, CHF)
    with pytest.raises(TypeError):
        Money(True, CHF)


def test_currencies_do_not_mix_even_at_zero():
    with pytest.raises(CurrencyMismatch):
        Money(0, CHF) + Money(0, JPY)
    with pytest.raises(CurrencyMismatch):
        Money.total([Money(1, JPY)], CHF)


def test_largest_remainder_adds_up_and_breaks_ties_by_key():
    shares = Money(100, CHF).split({"CCC": 1, "AAA": 1, "BBB": 1})
    assert shares == {"AAA": Money(34, CHF), "BBB": Money(33, CHF), "CCC": Money(33, CHF)}


def test_a_pool_smaller_than_the_payers_goes_to_the_largest_remainders():
    assert Money(1, CHF).split({"A": Fraction(1, 3), "B": Fraction(2, 3)}) == {"A": Money(0, CHF), "B": Money(1, CHF)}


def test_nothing_can_be_shared_without_a_weight():
    for weights in ({}, {"A": 0}):
        with pytest.raises(NothingToShare):
            Money(1, CHF).split(weights)


def test_negative_amounts_print_with_their_sign():
    assert str(Money(0, CHF) - Money(5, CHF)) == "-0.05"
