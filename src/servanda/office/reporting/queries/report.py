"""One report: for its writers and the Unit where it stands, for everybody else what was submitted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext, ngettext

from servanda.office.common.policies import Viewer, may
from servanda.office.common.queries import day_text, number_text
from servanda.treaty.forms import Field, Form, Note, asked_of

from ..choices import CHANNELS, CONFLICT, DRAFT, PUBLISHED, READERS, SECTION_STANDINGS, STANDINGS, SUBMITTED, WRITABLE
from ..models import AnswerHistory, Question, ReportFile, Revision
from ..policies import may_for
from .files import report_name
from .shown import NoteShown, SectionShown, field_label, notes_shown, section_name, sections_shown, value_line
from .written import Written, doubts_of, due_day, earlier_than, form_of, late_days, missing_of, office_day, written


@dataclass(frozen=True)
class Progress:
    """A section, where it stands, and what is missing or doubtful in it."""

    id: str
    name: str
    article: str
    standing: str
    missing: str
    doubts: str


@dataclass(frozen=True)
class ConflictShown:
    """Two answers to one field: the one that stands and the one kept beside it, and who wrote each."""

    number: int
    where: str
    theirs: str
    their_by: str
    mine: str
    my_by: str


@dataclass(frozen=True)
class RevisionShown:
    number: int
    receipt: str
    sha256: str
    day: str
    by: str
    note: str
    late: str


@dataclass(frozen=True)
class QuestionShown:
    number: int
    section: str
    text: str
    asked: str
    answer: str
    answered: str


@dataclass(frozen=True)
class ReportPage:
    """`works`: the viewer writes it or reviews it. `said` is what was submitted last, for every reader."""

    number: int
    iso3: str
    name: str
    standing: str
    standing_text: str
    facts: tuple[tuple[str, str], ...]
    writes: bool
    reviews: bool
    is_draft: bool
    may_correct: bool
    may_withdraw: bool
    document: str
    visibility: str
    readers: tuple[tuple[str, str], ...]
    progress: tuple[Progress, ...]
    missing: tuple[NoteShown, ...]
    doubts: tuple[NoteShown, ...]
    conflicts: tuple[ConflictShown, ...]
    revisions: tuple[RevisionShown, ...]
    questions: tuple[QuestionShown, ...]
    sections: tuple[tuple[str, str], ...]
    said: tuple[SectionShown, ...]
    has_earlier: bool


def report_page(report: ReportFile, viewer: Viewer, on: datetime, language: str) -> ReportPage:
    """The same number of queries however much was answered."""
    form, writes, reviews = form_of(report), may_for(viewer, "write-report", report.state_id), may(viewer, "review-report")
    works = writes or reviews
    held = written(report) if works else Written({}, {})
    earlier = earlier_than(report) if works else None
    revisions = list(report.revisions.all())
    missing = missing_of(report, held.answers) if works else ()
    doubts = doubts_of(report, held.answers, earlier) if works else ()
    changed = bool(revisions) and revisions[-1].content["answers"] != held.answers
    shown = not works and bool(revisions)
    return ReportPage(
        number=report.pk,
        iso3=report.state_id,
        name=report_name(report, language),
        standing=report.standing,
        standing_text=str(STANDINGS[report.standing]),
        facts=_facts(report, revisions, office_day(on)),
        writes=writes and report.standing in WRITABLE,
        reviews=reviews,
        is_draft=report.standing == DRAFT,
        may_correct=writes and report.standing == SUBMITTED and changed,
        may_withdraw=writes and report.standing in WRITABLE,
        document=report.document,
        visibility=report.visibility if writes and report.standing in (DRAFT, *PUBLISHED) else "",
        readers=tuple(READERS.items()),
        progress=_progress(form, held, missing, doubts, language) if works else (),
        missing=notes_shown(form, missing, language),
        doubts=notes_shown(form, doubts, language),
        conflicts=_conflicts(report, form, language) if works else (),
        revisions=tuple(_revision(one) for one in revisions),
        questions=_questions(report, form, language) if works else (),
        sections=tuple((section.id, section_name(section, language)) for section in form.sections),
        said=sections_shown(form, revisions[-1].content["answers"], language) if shown else (),
        has_earlier=earlier is not None,
    )


def _facts(report: ReportFile, revisions: list[Revision], on: date) -> tuple[tuple[str, str], ...]:
    """Due, received, how, late or not, and who reads it."""
    due = due_day(report, report.received or on)
    late = revisions[0].late_days if revisions else late_days(report, report.received or on)
    lines = [
        (gettext("Due"), day_text(due)),
        (gettext("Received"), day_text(report.received)),
        (gettext("Late"), late_text(late) if late else ""),
        (gettext("How it came"), str(CHANNELS[report.channel])),
        (gettext("Entered"), gettext("by the Unit, on behalf of the State") if report.on_behalf else ""),
        (gettext("Who reads it"), str(READERS[report.visibility])),
        (gettext("Edition of the form"), report.edition),
    ]
    return tuple((label, text) for label, text in lines if text)


def late_text(days: int | None) -> str:
    if not days:
        return ""
    return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": number_text(days)}


def _progress(form: Form, held: Written, missing: tuple[Note, ...], doubts: tuple[Note, ...], language: str) -> tuple[Progress, ...]:
    found = []
    for section in form.sections:
        lacks = sum(note.section == section.id for note in missing)
        doubted = sum(note.section == section.id for note in doubts)
        standing = held.value(section.id, "standing")
        found.append(
            Progress(
                id=section.id,
                name=section_name(section, language),
                article=section.article,
                standing=str(SECTION_STANDINGS.get(str(standing), "")),
                missing=ngettext("%(count)s missing", "%(count)s missing", lacks) % {"count": number_text(lacks)} if lacks else "",
                doubts=ngettext("%(count)s doubt", "%(count)s doubts", doubted) % {"count": number_text(doubted)} if doubted else "",
            )
        )
    return tuple(found)


def field_of(form: Form, section: str, field: str) -> Field | None:
    held = form.section(section)
    return next((one for one in asked_of(held) if one.id == field), None) if held else None


def _conflicts(report: ReportFile, form: Form, language: str) -> tuple[ConflictShown, ...]:
    rows = AnswerHistory.objects.filter(answer__report=report, kind=CONFLICT, settled_at=None).select_related("answer")
    found = []
    for row in rows:
        section, field = form.section(row.answer.section), field_of(form, row.answer.section, row.answer.field)
        if section is None or field is None:
            continue
        where = f"{section_name(section, language)} · {field_label(field, language)}"
        theirs, mine = value_line(field, row.answer.value, language), value_line(field, row.value, language)
        found.append(ConflictShown(row.pk, where, theirs, row.answer.changed_by, mine, row.by))
    return tuple(found)


def _revision(one: Revision) -> RevisionShown:
    day = day_text(office_day(one.submitted_at))
    return RevisionShown(one.number, one.receipt, one.sha256, day, one.submitted_by, one.note, late_text(one.late_days))


def _questions(report: ReportFile, form: Form, language: str) -> tuple[QuestionShown, ...]:
    names = {section.id: section_name(section, language) for section in form.sections}
    return tuple(_question(one, names.get(one.section, one.section)) for one in report.questions.all())


def _question(one: Question, section: str) -> QuestionShown:
    answered = f"{one.answered_by}, {day_text(office_day(one.answered_at))}" if one.answered_at else ""
    return QuestionShown(one.pk, section, one.text, f"{one.asked_by}, {day_text(office_day(one.asked_at))}", one.answer, answered)
