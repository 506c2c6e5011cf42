"""Reports in time, late and not on record; a day that is not known exactly is late only when it must be."""

from dataclasses import replace
from datetime import date

import pytest

from servanda.treaty.dates import PartialDate
from servanda.treaty.law import load_law
from servanda.treaty.timeliness import days_late, in_time, reports_due, timeliness

LAW = load_law("ccm")
ON = date(2026, 11, 23)
ITEM = next(item for item in reports_due(LAW, ON) if item.iso3 == "AFG" and item.period == "2014")


def test_a_report_is_late_by_the_days_between_its_date_and_30_april():
    assert (str(ITEM.due), str(ITEM.fulfilled), days_late(ITEM), in_time(ITEM)) == ("2015-04-30", "2015-04-28", (-2, -2), True)


@pytest.mark.parametrize(
    ("received", "span", "told"),
    [
        ("2015-04-30", (0, 0), True),
        ("2015-05-01", (1, 1), False),
        ("2015-04", (-29, 0), True),
        ("2015-06", (32, 61), False),
        ("2015", (-119, 245), None),
        ("2016", (246, 611), False),
    ],
)
def test_a_day_that_is_not_known_exactly_is_late_only_when_it_must_be(received, span, told):
    item = replace(ITEM, fulfilled=PartialDate(received))
    assert (days_late(item), in_time(item)) == (span, told)


def test_what_has_no_day_is_on_record_and_tells_nothing():
    counts = timeliness([replace(ITEM, fulfilled=None)])
    assert (counts.due, counts.on_record, counts.undated, counts.absent) == (1, 1, 1, 0)


def test_the_counts_add_up_to_what_was_due_on_the_real_record():
    due = reports_due(LAW, ON)
    counts = timeliness(due)
    assert counts.due == len(due) == counts.in_time + counts.late + counts.undated + counts.absent
    assert all(item.due.last < ON for item in due)
    by_form = [timeliness(item for item in due if item.id == form) for form in {item.id for item in due}]
    assert sum(form.on_record for form in by_form) == counts.on_record > 0
    assert timeliness([]).median_late is None


def test_nothing_is_due_before_anyone_is_bound():
    assert reports_due(LAW, date(2010, 7, 31)) == ()
