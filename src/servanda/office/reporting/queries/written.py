"""What is written of a report: its form, its answers with their versions, the report before it, the day it is due."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from servanda.office.obligations.queries import current_law
from servanda.treaty.form_checks import checks
from servanda.treaty.forms import Earlier, Form, Note, Value, editions, load_form, missing
from servanda.treaty.obligations import obligations

from ..choices import INITIAL, PUBLISHED, ROLES_OF_KINDS
from ..models import ReportFile, Revision

_OFFICE = ZoneInfo("Europe/Zurich")


def form_of(report: ReportFile) -> Form:
    return load_form(settings.TREATY, report.edition)


def newest_edition() -> str:
    return editions(settings.TREATY)[-1]


def office_day(at: datetime) -> date:
    """The day of a moment in Geneva, where reports are counted as received."""
    return at.astimezone(_OFFICE).date()


@dataclass(frozen=True)
class Written:
    """The answers as they stand, and the version of each."""

    answers: dict[str, dict[str, Value]]
    versions: dict[tuple[str, str], int]

    def value(self, section: str, field: str) -> Value:
        return self.answers.get(section, {}).get(field, "")


def written(report: ReportFile) -> Written:
    """One query."""
    found = Written({}, {})
    for section, field, value, version in report.answers.values_list("section", "field", "value", "version"):
        found.answers.setdefault(section, {})[field] = value
        found.versions[section, field] = version
    return found


def last_revision(report: ReportFile) -> Revision | None:
    return report.revisions.order_by("number").last()


def last_submitted(iso3: str, period: str) -> ReportFile | None:
    """The report a State submitted last for a period that began before this one."""
    return ReportFile.objects.filter(state=iso3, standing__in=PUBLISHED, period__lt=period).order_by("period", "received", "pk").last()


def earlier_than(report: ReportFile) -> Earlier | None:
    """What the report before said, and when it was received: one query, none where there was none."""
    before = report.previous
    if before is None or before.received is None or before.standing not in PUBLISHED:
        return None
    revision = last_revision(before)
    return Earlier(revision.content["answers"] if revision else {}, before.received)


def missing_of(report: ReportFile, answers: dict[str, Any]) -> tuple[Note, ...]:
    return missing(form_of(report), answers, initial=report.kind == INITIAL)


def doubts_of(report: ReportFile, answers: dict[str, Any], earlier: Earlier | None) -> tuple[Note, ...]:
    return checks(form_of(report), answers, earlier, report.period, initial=report.kind == INITIAL)


def due_day(report: ReportFile, on: date) -> date | None:
    """The day the report is due as the treaty has it; None where the State owes none of the kind for the period."""
    law = current_law()
    provision = law.provision(ROLES_OF_KINDS.get(report.kind, ""))
    if provision is None:
        return None
    owed = obligations(law, on, iso3=report.state_id, article=provision.article)
    days = [item.due.last for item in owed if item.id == provision.id and item.period in (None, report.period)]
    return days[0] if days else None


def late_days(report: ReportFile, received: date) -> int | None:
    """Days after the due date, 0 when in time; None where nothing was due."""
    due = due_day(report, received)
    return None if due is None else max(0, (received - due).days)
