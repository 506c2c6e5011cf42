"""Rates and scales: exact percentages, kept as the publisher printed them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .errors import RateRefused

_RATE = re.compile(r"\d{1,3}(?:\.\d{1,12})?")


@dataclass(frozen=True)
class Citation:
    """Where a rule or a fact stands: document, place in it, address when there is one."""

    document: str
    place: str = ""
    url: str = ""

    def __str__(self) -> str:
        return f"{self.document}, {self.place}" if self.place else self.document


@dataclass(frozen=True)
class Rate:
    """A percentage: `text` as published, `percent` exact."""

    text: str
    percent: Fraction

    @classmethod
    def parse(cls, text: str) -> Rate:
        """Read `0.011`; raises RateRefused for a sign, an exponent or anything that is not a plain decimal."""
        if not _RATE.fullmatch(text):
            raise RateRefused(text=text)
        return cls(text, Fraction(text))

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Scale:
    """A scale of assessments for `period` (first and last year, both included).

    `rates` holds members and States outside the membership; `outside` names the latter, whose notional rates
    do not count towards `total`.
    """

    resolution: str
    period: tuple[int, int]
    rates: Mapping[str, Rate]
    outside: frozenset[str]
    notes: Mapping[str, str]
    cite: Citation

    @property
    def total(self) -> Fraction:
        """The sum of the members' rates in percent."""
        return sum((rate.percent for iso3, rate in self.rates.items() if iso3 not in self.outside), Fraction(0))

    def covers(self, year: int) -> bool:
        return self.period[0] <= year <= self.period[1]


def percent_text(value: Fraction, places: int) -> str:
    """`value` rounded half-up to `places` decimals, as text; exact arithmetic throughout."""
    scaled = value * 10**places
    whole = (abs(scaled.numerator) * 2 + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).zfill(places + 1)
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 and whole else text
