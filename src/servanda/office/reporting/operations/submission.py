"""Submitting a report: answers frozen with a checksum and a receipt, and a fact of the record that every page follows."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from servanda.office.archive.operations.sources import file_source
from servanda.office.common.operations import audit_line
from servanda.office.obligations.models import Report
from servanda.office.obligations.operations import end_fact, record_fact
from servanda.office.obligations.queries import current_law

from ..choices import CONFLICT, DRAFT, PUBLISHED, READERS, SENT, SUBMITTED, SUPERSEDED, WITHDRAWN, WRITABLE
from ..errors import AlreadyStarted, ConflictsOpen, DayAhead, NothingChanged, NotInThisStanding, ReasonNeeded
from ..models import AnswerHistory, ReportFile, Revision
from ..queries.written import (
    doubts_of,
    earlier_than,
    last_revision,
    last_submitted,
    late_days,
    missing_of,
    newest_edition,
    office_day,
    written,
)
from .answers import checked_period, on_audit


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way in which content is written for its checksum: keys in order, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@transaction.atomic
def submit(*, report: ReportFile, note: str = "", by: str, at: datetime) -> Revision:
    """Submit a draft; what is missing, doubtful or late is recorded and never refused. Raises ConflictsOpen, NotInThisStanding."""
    report = ReportFile.objects.select_for_update().get(pk=report.pk)
    if report.standing != DRAFT:
        raise NotInThisStanding()
    _no_conflicts(report)
    received = report.received or office_day(at)
    same = ReportFile.objects.filter(state=report.state_id, kind=report.kind, period=report.period, standing=SUBMITTED)
    for other in same:
        audit_line(act="report replaced", on=on_audit(other), by=by, at=at, after={"by": report.pk}).save()
    same.update(standing=SUPERSEDED)
    report.standing, report.received = SUBMITTED, received
    revision = _freeze(report, note, by, at)
    report.fact = _fact(report, revision, by, at)
    report.save()
    return revision


@transaction.atomic
def correct(*, report: ReportFile, note: str, by: str, at: datetime) -> Revision:
    """A new revision of a submitted report; those before it are kept. Raises ReasonNeeded, NothingChanged, ConflictsOpen."""
    report = ReportFile.objects.select_for_update().get(pk=report.pk)
    last = last_revision(report)
    if report.standing != SUBMITTED or last is None:
        raise NotInThisStanding()
    if not note.strip():
        raise ReasonNeeded()
    _no_conflicts(report)
    if last.content["answers"] == written(report).answers:
        raise NothingChanged()
    return _freeze(report, note, by, at)


def _no_conflicts(report: ReportFile) -> None:
    if AnswerHistory.objects.filter(answer__report=report, kind=CONFLICT, settled_at=None).exists():
        raise ConflictsOpen()


def _freeze(report: ReportFile, note: str, by: str, at: datetime) -> Revision:
    last = last_revision(report)
    number, answers = (last.number + 1 if last else 1), written(report).answers
    content = {"report": report.pk, "revision": number, "state": report.state_id, "kind": report.kind, "period": report.period}
    content |= {"edition": report.edition, "document": report.document, "answers": answers}
    revision = Revision.objects.create(
        report=report,
        number=number,
        content=content,
        sha256=hashlib.sha256(canonical(content)).hexdigest(),
        receipt=f"A7-{report.state_id}-{report.period[:4]}-{report.pk}.{number}",
        note=note.strip(),
        submitted_at=at,
        submitted_by=by,
        late_days=last.late_days if last else late_days(report, report.received),
    )
    earlier = earlier_than(report)
    after = {"receipt": revision.receipt, "sha256": revision.sha256, "late_days": revision.late_days, "note": revision.note}
    after |= {"missing": len(missing_of(report, answers)), "doubts": len(doubts_of(report, answers, earlier))}
    audit_line(act="report submitted" if number == 1 else "report corrected", on=on_audit(report), by=by, at=at, after=after).save()
    return revision


def _fact(report: ReportFile, revision: Revision, by: str, at: datetime) -> Report:
    """The row of the record that says that the report was received, with its receipt and its document as the source."""
    document = f", documents/{report.document}" if report.document else ""
    source = f"Received by the Unit, receipt {revision.receipt} (reports/files/{report.pk}{document})"
    values = {"iso3": report.state_id, "kind": report.kind, "received": report.received.isoformat(), "covers": report.period}
    return record_fact(table="reports", values={**values, "source": source}, by=by, at=at)


@transaction.atomic
def withdraw(*, report: ReportFile, reason: str, by: str, at: datetime) -> ReportFile:
    """Take back a draft or a submitted report for a reason; its revisions stay, the fact that it became counts no more."""
    report = ReportFile.objects.select_for_update().get(pk=report.pk)
    if report.standing not in WRITABLE:
        raise NotInThisStanding()
    if not reason.strip():
        raise ReasonNeeded()
    before = {"standing": report.standing}
    report.standing = WITHDRAWN
    report.save()
    if report.fact_id and report.fact.standing:
        end_fact(iso3=report.state_id, table="reports", number=report.fact_id, reason=reason, by=by, at=at)
    audit_line(act="report withdrawn", on=on_audit(report), by=by, at=at, before=before, after={"reason": reason.strip()}).save()
    return report


@transaction.atomic
def publish(*, report: ReportFile, visibility: str, by: str, at: datetime) -> ReportFile:
    """The State's choice who reads the report once it is submitted: anyone, or States Parties."""
    report = ReportFile.objects.select_for_update().get(pk=report.pk)
    if visibility not in READERS or report.standing not in (DRAFT, *PUBLISHED):
        raise NotInThisStanding()
    before = {"visibility": report.visibility}
    report.visibility = visibility
    report.save()
    audit_line(act="report readers chosen", on=on_audit(report), by=by, at=at, before=before, after={"visibility": visibility}).save()
    return report


def enter_on_behalf(
    *, iso3: str, kind: str, period: str, channel: str, received: date, sent: UploadedFile, visibility: str, by: str, at: datetime
) -> ReportFile:
    """Enter a report that came by e-mail, post or fax: its document is filed, the day it came counts. Raises DayAhead, AlreadyStarted."""
    iso3, period = current_law().state(iso3).iso3, checked_period(kind, period)
    if received > office_day(at):
        raise DayAhead(day=received.isoformat())
    if channel not in SENT or visibility not in READERS:
        raise NotInThisStanding()
    if ReportFile.objects.filter(state=iso3, kind=kind, period=period, standing=SUBMITTED).exists():
        raise AlreadyStarted(period=period)
    document = file_source(sent, origin=f"report of {iso3} for {period}", by=by, at=at)
    with transaction.atomic():
        report = ReportFile.objects.create(
            state_id=iso3,
            kind=kind,
            period=period,
            edition=newest_edition(),
            standing=SUBMITTED,
            channel=channel,
            on_behalf=True,
            received=received,
            visibility=visibility,
            document=document,
            previous=last_submitted(iso3, period),
            started_at=at,
            started_by=by,
        )
        report.fact = _fact(report, _freeze(report, "", by, at), by, at)
        report.save()
    return report
