"""Starting a report and saving its answers: nothing that was typed is lost, whoever typed it at the same time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from servanda.office.common.operations import audit_line
from servanda.office.obligations.queries import current_law
from servanda.treaty.dates import PartialDate
from servanda.treaty.errors import DateRefused
from servanda.treaty.forms import SINCE, STANDING, Value, asked_of

from ..choices import ANNUAL, CONFLICT, DRAFT, KINDS, SAVED, SUBMITTED, WEB, WRITABLE
from ..errors import AlreadyStarted, NoSuchField, NotInThisStanding, NotWritable, PeriodRefused
from ..models import Answer, AnswerHistory, ReportFile
from ..queries.written import form_of, last_revision, last_submitted, newest_edition

# Said anew every year, so not taken over from the report before.
_SAID_ANEW = {STANDING, SINCE, "period_from", "period_to"}


@dataclass(frozen=True)
class Saved:
    """What stands after a save; `conflict` when another answer stands and this one waits beside it."""

    version: int
    value: Value
    conflict: bool = False


def on_audit(report: ReportFile) -> str:
    return f"report-files/{report.pk}"


def checked_period(kind: str, period: str) -> str:
    """A year, or two dates with a slash where the report is not annual; raises PeriodRefused."""
    period = period.strip()
    first, slash, last = period.partition("/")
    try:
        whole = [PartialDate(part) for part in ((first, last) if slash else (first,))]
    except DateRefused:
        raise PeriodRefused(period=period) from None
    backwards = slash and whole[1].last < whole[0].first
    if backwards or (not slash and whole[0].precision != "year") or (kind == ANNUAL and slash):
        raise PeriodRefused(period=period)
    return period


@transaction.atomic
def start_report(*, iso3: str, kind: str, period: str, on_behalf: bool = False, by: str, at: datetime) -> ReportFile:
    """A draft, filled with what the State said last; raises AlreadyStarted, PeriodRefused, UnknownState.

    One that came on paper may be written here too: submitted, it takes the place of the paper.
    """
    iso3, period = current_law().state(iso3).iso3, checked_period(kind, period)
    same = ReportFile.objects.filter(state=iso3, kind=kind, period=period)
    if kind not in KINDS or same.filter(standing=DRAFT).exists() or same.filter(standing=SUBMITTED, channel=WEB).exists():
        raise AlreadyStarted(period=period)
    before = last_submitted(iso3, period)
    report = ReportFile.objects.create(
        state_id=iso3,
        kind=kind,
        period=period,
        edition=newest_edition(),
        on_behalf=on_behalf,
        previous=before,
        started_at=at,
        started_by=by,
    )
    taken = _take_over(report, before, by, at)
    after = {"state": iso3, "kind": kind, "period": period, "prefilled": taken}
    audit_line(act="report started", on=on_audit(report), by=by, at=at, after=after).save()
    return report


def _take_over(report: ReportFile, before: ReportFile | None, by: str, at: datetime) -> int:
    """Copy the last report's answers to the fields that this edition has too; returns their number."""
    revision = last_revision(before) if before else None
    held = revision.content["answers"] if revision else {}
    taken = [
        Answer(report=report, section=section.id, field=field.id, value=held[section.id][field.id], changed_at=at, changed_by=by)
        for section in form_of(report).sections
        for field in section.fields
        if field.id not in _SAID_ANEW and held.get(section.id, {}).get(field.id)
    ]
    made = Answer.objects.bulk_create(taken)
    AnswerHistory.objects.bulk_create(AnswerHistory(answer=answer, version=1, value=answer.value, at=at, by=by) for answer in made)
    return len(taken)


@transaction.atomic
def save_answer(*, report: ReportFile, section: str, field: str, value: Value, based_on: int, by: str, at: datetime) -> Saved:
    """Save one answer that was typed over version `based_on` (0: none).

    When another was saved meanwhile, the newer stays and this one is kept beside it until somebody chooses.
    Raises NoSuchField, NotWritable.
    """
    held = ReportFile.objects.select_for_update().get(pk=report.pk)
    if held.standing not in WRITABLE:
        raise NotWritable()
    asked = form_of(held).section(section)
    if asked is None or field not in {one.id for one in asked_of(asked)}:
        raise NoSuchField()
    answer = held.answers.filter(section=section, field=field).first()
    if answer is None:
        return _first(held, section, field, value, by, at) if value else Saved(0, value)
    if value == answer.value:
        return Saved(answer.version, answer.value)
    if based_on != answer.version:
        return _beside(answer, value, based_on, by, at)
    return _over(answer, value, by, at)


def _first(report: ReportFile, section: str, field: str, value: Value, by: str, at: datetime) -> Saved:
    answer = Answer.objects.create(report=report, section=section, field=field, value=value, changed_at=at, changed_by=by)
    return _kept(answer, by, at)


def _over(answer: Answer, value: Value, by: str, at: datetime) -> Saved:
    answer.value, answer.version, answer.changed_at, answer.changed_by = value, answer.version + 1, at, by
    answer.save()
    return _kept(answer, by, at)


def _kept(answer: Answer, by: str, at: datetime) -> Saved:
    AnswerHistory.objects.create(answer=answer, kind=SAVED, version=answer.version, value=answer.value, at=at, by=by)
    _say("answer saved", answer, by, at)
    return Saved(answer.version, answer.value)


def _beside(answer: Answer, value: Value, based_on: int, by: str, at: datetime) -> Saved:
    """Keep the other answer beside the newer one; a page that sends back what it was shown has changed nothing."""
    if _was_shown(answer, value, based_on):
        return Saved(answer.version, answer.value)
    waiting = answer.history.filter(kind=CONFLICT, settled_at=None)
    if not any(one.value == value for one in waiting):
        AnswerHistory.objects.create(answer=answer, kind=CONFLICT, version=based_on, value=value, at=at, by=by)
        _say("answer beside another", answer, by, at)
    return Saved(answer.version, answer.value, conflict=True)


def _was_shown(answer: Answer, value: Value, based_on: int) -> bool:
    if based_on == 0:
        return not value
    return any(one.value == value for one in answer.history.filter(kind=SAVED, version=based_on))


def _say(act: str, answer: Answer, by: str, at: datetime) -> None:
    after = {"section": answer.section, "field": answer.field, "version": answer.version}
    audit_line(act=act, on=f"report-files/{answer.report_id}", by=by, at=at, after=after).save()


@transaction.atomic
def settle_conflict(*, report: ReportFile, conflict: int, keep: str, by: str, at: datetime) -> Answer:
    """Say which of two answers stays: `mine` is the one kept beside, `theirs` the one that stands. Both stay in the history."""
    report = ReportFile.objects.select_for_update().get(pk=report.pk)
    rows = AnswerHistory.objects.filter(kind=CONFLICT, settled_at=None, answer__report=report)
    row = rows.filter(pk=conflict).select_related("answer").first()
    if row is None or report.standing not in WRITABLE or keep not in ("mine", "theirs"):
        raise NotInThisStanding()
    row.settled_at, row.settled_by = at, by
    row.save()
    _say(f"conflict settled, kept {keep}", row.answer, by, at)
    if keep == "mine":
        _over(row.answer, row.value, by, at)
    return row.answer


@transaction.atomic
def save_all(*, report: ReportFile, section: str, typed: Sequence[tuple[str, Value, int]], by: str, at: datetime) -> list[Saved]:
    """Save what a whole page holds: (field, value, version it was typed over) each."""
    who = {"report": report, "section": section, "by": by, "at": at}
    return [save_answer(field=field, value=value, based_on=based_on, **who) for field, value, based_on in typed]
