"""Money as integer minor units of one currency. No float ever reaches an amount."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from .errors import AmountRefused, CurrencyMismatch, NothingToShare, sentence

_AMOUNT = re.compile(r"(\d{1,15})(?:\.(\d+))?")

_PLAIN = sentence("write digits, with a point before the decimals, as in 1250.00")
_NEGATIVE = sentence("an amount cannot be negative here")
_DECIMALS = sentence("this currency has {places} decimals")


@dataclass(frozen=True, order=True)
class Currency:
    """An ISO 4217 code and the number of decimals of its minor unit."""

    code: str
    places: int

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Money:
    """`units` of the smallest coin of `currency`: Money(125000, CHF) is CHF 1,250.00."""

    units: int
    currency: Currency

    def __post_init__(self) -> None:
        if type(self.units) is not int:
            raise TypeError(f"money is an integer of minor units, not {type(self.units).__name__}")

    @classmethod
    def parse(cls, text: str, currency: Currency) -> Money:
        """Read `1250.00`; raises AmountRefused for a sign, an exponent, or more decimals than the currency has."""
        match = _AMOUNT.fullmatch(text.strip()) if text.isascii() else None
        if match is None:
            remedy = _NEGATIVE if text.strip().startswith(("-", "−")) else _PLAIN
            raise AmountRefused(text=text, currency=currency.code, remedy=remedy)
        decimals = match[2] or ""
        if len(decimals) > currency.places:
            raise AmountRefused(text=text, currency=currency.code, remedy=_DECIMALS.format(places=currency.places))
        return cls(int(match[1] + decimals.ljust(currency.places, "0")), currency)

    @classmethod
    def zero(cls, currency: Currency) -> Money:
        return cls(0, currency)

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: Currency) -> Money:
        """The sum; refuses a mixture of currencies, even of zeros."""
        return sum(amounts, cls.zero(currency))

    def __str__(self) -> str:
        sign, digits = ("-" if self.units < 0 else ""), str(abs(self.units))
        if not self.currency.places:
            return sign + digits
        digits = digits.zfill(self.currency.places + 1)
        return f"{sign}{digits[: -self.currency.places]}.{digits[-self.currency.places :]}"

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(left=self.currency.code, right=other.currency.code)
        return other.units

    def __add__(self, other: Money) -> Money:
        return Money(self.units + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.units - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.units, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.units < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.units <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.units > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.units >= self._same(other)

    def at_least_zero(self) -> Money:
        return self if self.units > 0 else Money(0, self.currency)

    def split(self, weights: Mapping[str, Fraction | int]) -> dict[str, Money]:
        """Shares in proportion to `weights` that add up to this amount exactly.

        Largest remainder: each share is cut to whole units and the units left go to the largest remainders,
        ties in ascending order of key. Raises NothingToShare when no weight is positive.
        """
        units = largest_remainder(self.units, weights)
        return {key: Money(value, self.currency) for key, value in units.items()}


def largest_remainder(total: int, weights: Mapping[str, Fraction | int]) -> dict[str, int]:
    """Whole numbers proportional to `weights` whose sum is `total` (not negative); ties go to the smaller key."""
    common = _common_denominator(weights.values())
    whole = {key: int(weight * common) for key, weight in weights.items()}
    base = sum(whole.values())
    if base <= 0 or min(whole.values()) < 0:
        raise NothingToShare(why=sentence("no payer has a weight above zero"), remedy=sentence("check the payers and their rates"))
    cut = {key: divmod(total * weight, base) for key, weight in whole.items()}
    left = total - sum(quotient for quotient, _ in cut.values())
    order = sorted(cut, key=lambda key: (-cut[key][1], key))
    lucky = set(order[:left])
    return {key: quotient + (key in lucky) for key, (quotient, _) in cut.items()}


def _common_denominator(weights: Iterable[Fraction | int]) -> int:
    return lcm(*(weight.denominator for weight in weights))
