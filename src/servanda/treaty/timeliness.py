"""Reports that were due: which are on record, which came in time, which late and by how many days (Article 7).

A list of reports is never known to be whole. So what is not on record here is counted as that and not as missing, and a day known only to
the month or the year makes a report late only when every day it can be is late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from .law import Law
from .obligations import Obligation, obligations

FORMS = ("report-initial", "report-annual")


@dataclass(frozen=True)
class Timeliness:
    """Of `due` reports: in time, late, on record without a day that tells, and not on record; `median_late` days among the late."""

    due: int
    in_time: int
    late: int
    undated: int
    absent: int
    median_late: int | None

    @property
    def on_record(self) -> int:
        return self.in_time + self.late + self.undated


def reports_due(law: Law, on: date) -> tuple[Obligation, ...]:
    """Every report that was due before a day, by State and due date; raises BeforeAdoption."""
    law.require_day(on)
    forms = {provision.id for provision in law.provisions.values() if provision.role in FORMS}
    return tuple(item for item in obligations(law, on) if item.id in forms and item.due.last < on)


def days_late(item: Obligation) -> tuple[int, int] | None:
    """Days from the due date to the fulfilment, at least and at most; not above 0 when in time. None where no day is on record."""
    if item.fulfilled is None:
        return None
    return (item.fulfilled.first - item.due.last).days, (item.fulfilled.last - item.due.last).days


def in_time(item: Obligation) -> bool | None:
    """Whether an obligation that is met was met in time; None where its day does not tell, or nothing is on record."""
    span = days_late(item)
    if item.state != "met" or span is None:
        return None
    return True if span[1] <= 0 else False if span[0] > 0 else None


def timeliness(items: Iterable[Obligation]) -> Timeliness:
    """The counts of these reports; they add up to `due`."""
    held = list(items)
    told = [in_time(item) for item in held]
    on_record = sum(item.state == "met" for item in held)
    late = [span[0] for item in held if in_time(item) is False and (span := days_late(item))]
    return Timeliness(
        due=len(held),
        in_time=told.count(True),
        late=len(late),
        undated=on_record - told.count(True) - len(late),
        absent=len(held) - on_record,
        median_late=median_low(late) if late else None,
    )
