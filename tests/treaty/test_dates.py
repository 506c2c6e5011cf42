from datetime import date

import pytest

from servanda.treaty.dates import PartialDate, add_months, add_years, first_day_of_month, parse_day
from servanda.treaty.errors import DateRefused


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-09-06", 6, "2025-03-06"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2022-08-31", 6, "2023-02-28"),
        ("2026-09-14", -9, "2025-12-14"),
        ("2020-11-30", -9, "2020-02-29"),
        ("2024-02-29", 120, "2034-02-28"),
        ("2010-12-01", 1, "2011-01-01"),
    ],
)
def test_months_keep_the_day_number_or_take_the_last_day(day, months, expected):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_ten_years_from_29_february_end_on_28_february():
    assert add_years(date(2024, 2, 29), 10) == date(2034, 2, 28)


@pytest.mark.parametrize(
    ("deposit", "expected"),
    [("2010-02-16", "2010-08-01"), ("2025-09-05", "2026-03-01"), ("2012-08-31", "2013-02-01"), ("2012-02-29", "2012-08-01")],
)
def test_first_day_of_the_sixth_month_after_the_month_of_deposit(deposit, expected):
    assert first_day_of_month(date.fromisoformat(deposit), 6) == date.fromisoformat(expected)


@pytest.mark.parametrize("text", ["2026-13-01", "2026-02-30", "01/31/2012", "2026", "today", "", "2026-2-3"])
def test_what_is_not_a_day_is_refused_in_a_sentence(text):
    with pytest.raises(DateRefused, match="write year, month and day"):
        parse_day(text)


def test_a_partial_date_keeps_what_is_known():
    year, month, day = PartialDate("2026"), PartialDate("2026-02"), PartialDate("2026-02-03")
    assert [found.precision for found in (year, month, day)] == ["year", "month", "day"]
    assert [found.day for found in (year, month, day)] == [None, None, date(2026, 2, 3)]
    assert (year.first, year.last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (month.first, month.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert sorted([day, year, month]) == [year, month, day]


@pytest.mark.parametrize("text", ["2026-00", "26", "2026-02-31", "2026-1", ""])
def test_an_impossible_partial_date_is_refused(text):
    with pytest.raises(DateRefused):
        PartialDate(text)
