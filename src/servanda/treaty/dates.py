"""Days, months and dates of known precision. Every rule that counts time goes through here."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property, total_ordering

from .errors import DateRefused

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def parse_day(text: str) -> date:
    """A whole day from `YYYY-MM-DD`; any other text raises DateRefused."""
    if not _DAY.fullmatch(text.strip()):
        raise DateRefused(text=text)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DateRefused(text=text) from None


def add_months(day: date, months: int) -> date:
    """The same day number `months` later (or earlier), or that month's last day (treaty practice for every clock in months)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The anniversary; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def first_day_of_month(day: date, months_after: int) -> date:
    """The first day of the month that lies `months_after` months after the month of `day` (Article 17)."""
    return add_months(day.replace(day=1), months_after)


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date known to the year, the month or the day: `2026`, `2026-03` or `2026-03-05`."""

    text: str

    def __post_init__(self) -> None:
        match = _PARTIAL.fullmatch(self.text)
        if not match:
            raise DateRefused(text=self.text)
        try:
            date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            raise DateRefused(text=self.text) from None

    @property
    def precision(self) -> str:
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]

    @property
    def day(self) -> date | None:
        """The day when it is known, else None: a day is never guessed."""
        return date.fromisoformat(self.text) if len(self.text) == 10 else None

    @cached_property
    def first(self) -> date:
        """The earliest day it can be."""
        return date.fromisoformat((self.text + "-01-01")[:10])

    @cached_property
    def last(self) -> date:
        """The latest day it can be."""
        if len(self.text) == 4:
            return date(int(self.text), 12, 31)
        if len(self.text) == 7:
            year, month = int(self.text[:4]), int(self.text[5:])
            return date(year, month, monthrange(year, month)[1])
        return self.first

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first, self.last) < (other.first, other.last)

    def __str__(self) -> str:
        return self.text
