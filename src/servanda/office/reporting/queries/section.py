"""One section of a report as a form to fill in, one submitted revision, and this year's answers beside last year's."""

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.office.common.queries import day_text
from servanda.treaty.forms import Field, Value, asked_of, in_language, rows_of, text_of

from ..choices import WRITABLE
from ..models import ReportFile, Revision
from .files import report_name
from .shown import NoteShown, SectionShown, field_label, notes_shown, options_of, section_name, sections_shown, sums_of, value_line
from .written import doubts_of, earlier_than, form_of, office_day, written

_EMPTY_ROWS = 3


@dataclass(frozen=True)
class CellShown:
    name: str
    label: str
    kind: str
    text: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FieldShown:
    """A field as it is filled in; `version` is what a save is based on; a table has `rows` of cells, some of them empty."""

    id: str
    label: str
    hint: str
    kind: str
    voluntary: bool
    text: str
    version: int
    options: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[CellShown, ...], ...]
    sums: tuple[str, ...]
    doubts: tuple[NoteShown, ...]


@dataclass(frozen=True)
class SectionPage:
    number: int
    id: str
    report: str
    name: str
    article: str
    hint: str
    fields: tuple[FieldShown, ...]
    before: str
    after: str
    unsent: bool


def section_page(report: ReportFile, id: str, language: str, unsent: Mapping[str, Value] | None = None) -> SectionPage | None:
    """None for a section that the form does not have, or a report that is not written any more.

    `unsent` is what was typed before a session ended: shown in its place, to be looked at and saved.
    """
    form = form_of(report)
    section = form.section(id)
    if section is None or report.standing not in WRITABLE:
        return None
    held = written(report)
    notes = [note for note in doubts_of(report, held.answers, earlier_than(report)) if note.section == id]
    shown = notes_shown(form, notes, language)
    doubts = {field.id: tuple(one for one, note in zip(shown, notes, strict=True) if note.field == field.id) for field in asked_of(section)}
    ids = [one.id for one in form.sections]
    place = ids.index(id)
    typed = unsent or {}
    fields = (
        _field(field, typed.get(field.id, held.value(id, field.id)), held.versions.get((id, field.id), 0), doubts[field.id], language)
        for field in asked_of(section)
    )
    return SectionPage(
        number=report.pk,
        id=id,
        report=report_name(report, language),
        name=section_name(section, language),
        article=section.article,
        hint=in_language(section.hint, language),
        fields=tuple(fields),
        before=ids[place - 1] if place else "",
        after=ids[place + 1] if place + 1 < len(ids) else "",
        unsent=bool(unsent),
    )


def _field(field: Field, value: Value, version: int, doubts: tuple[NoteShown, ...], language: str) -> FieldShown:
    table = [*rows_of(value), *({} for _ in range(_EMPTY_ROWS))] if field.kind == "table" else []
    rows = tuple(
        tuple(
            CellShown(
                f"{field.id}.{number}.{column.id}",
                in_language(column.label, language),
                column.kind,
                row.get(column.id, ""),
                options_of(column, language),
            )
            for column in field.columns
        )
        for number, row in enumerate(table)
    )
    return FieldShown(
        id=field.id,
        label=field_label(field, language),
        hint=in_language(field.hint, language),
        kind=field.kind,
        voluntary=field.voluntary,
        text=text_of(value),
        version=version,
        options=options_of(field, language),
        heads=tuple(in_language(column.label, language) for column in field.columns),
        rows=rows,
        sums=sums_of(field, value),
        doubts=doubts,
    )


@dataclass(frozen=True)
class RevisionPage:
    report: ReportFile
    revision: Revision
    name: str
    day: str
    sections: tuple[SectionShown, ...]


def revision_page(report: ReportFile, number: int, language: str) -> RevisionPage | None:
    """One query; None where there is no such revision."""
    revision = report.revisions.filter(number=number).first()
    if revision is None:
        return None
    sections = sections_shown(form_of(report), revision.content["answers"], language)
    return RevisionPage(report, revision, report_name(report, language), day_text(office_day(revision.submitted_at)), sections)


@dataclass(frozen=True)
class Pair:
    """One field in the last report and in this one."""

    section: str
    label: str
    before: str
    now: str

    @property
    def changed(self) -> bool:
        return self.before != self.now


@dataclass(frozen=True)
class ComparePage:
    number: int
    name: str
    before_name: str
    pairs: tuple[Pair, ...]


def compare_page(report: ReportFile, language: str) -> ComparePage:
    """What is answered in either report, field by field."""
    form, held, earlier = form_of(report), written(report).answers, earlier_than(report)
    before = earlier.answers if earlier else {}
    pairs = []
    for section in form.sections:
        name = section_name(section, language)
        for field in asked_of(section):
            was, now = (answers.get(section.id, {}).get(field.id, "") for answers in (before, held))
            if was or now:
                pairs.append(Pair(name, field_label(field, language), value_line(field, was, language), value_line(field, now, language)))
    before_name = report_name(report.previous, language) if report.previous else ""
    return ComparePage(report.pk, report_name(report, language), before_name, tuple(pairs))
