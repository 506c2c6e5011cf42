"""The counts of reports, submitted reports and the form itself as files."""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from servanda.office.common.exports import Download, Section, attachment, download
from servanda.treaty.forms import Column, Field, Value, asked_of, in_language, rows_of, text_of

from .models import ReportFile
from .queries.due import Line, ReportsPage
from .queries.section import RevisionPage
from .queries.shown import SectionShown, field_label, options_of, section_name
from .queries.written import form_of, written


def reports_download(page: ReportsPage) -> Download:
    """Counts by region and by year, and every report chosen, as of the day of the page."""
    lines = (gettext("As of %(day)s.") % {"day": page.on_text}, page.summary, page.partial)
    columns = (
        ("iso3", "ISO3"),
        ("state", gettext("State")),
        ("region", gettext("Regional group")),
        ("report", gettext("Report")),
        ("covers", gettext("Covers")),
        ("due", gettext("Due")),
        ("received", gettext("Received")),
        ("status", gettext("Status")),
    )
    cells = [(row.iso3, row.state, row.region, row.what, row.period, row.due, row.received, row.status) for row in page.rows]
    sections = (
        _counts(gettext("By regional group"), gettext("Regional group"), page.by_region),
        _counts(gettext("By year in which they were due"), gettext("Year"), page.by_year),
        Section(gettext("Reports"), columns, cells),
    )
    return Download(f"reports-{page.on}", gettext("Reports"), lines, sections)


def _counts(heading: str, name: str, lines: Iterable[Line]) -> Section:
    columns = (
        ("name", name),
        ("due", gettext("Due")),
        ("on_record", gettext("On record")),
        ("in_time", gettext("In time")),
        ("late", gettext("Late")),
        ("undated", gettext("Day does not tell")),
        ("absent", gettext("Not on record here")),
        ("median_late", gettext("Median delay of the late, days")),
    )
    cells = [
        (line.name, held.due, held.on_record, held.in_time, held.late, held.undated, held.absent, held.median_late)
        for line in lines
        for held in [line.counts]
    ]
    return Section(heading, columns, cells)


def revision_file(page: RevisionPage, form: str, language: str) -> HttpResponse:
    """A submitted revision as a file: JSON is what the checksum was made of, with its receipt; CSV has a line for every cell."""
    revision = page.revision
    name = f"report-{revision.receipt}"
    if form == "json":
        content = {"receipt": revision.receipt, "sha256": revision.sha256, "submitted_at": revision.submitted_at.isoformat()}
        content |= {"late_days": revision.late_days, "content": revision.content}
        return attachment(json.dumps(content, ensure_ascii=False, indent=1).encode(), f"{name}.json")
    lines = (
        gettext("Receipt %(receipt)s, submitted %(day)s.") % {"receipt": revision.receipt, "day": page.day},
        f"SHA-256 {revision.sha256}",
    )
    if form == "csv":
        return download(Download(name, page.name, lines, (_cells(page, language),)), form)
    sections = tuple(section for shown in page.sections for section in _tables(shown))
    return download(Download(name, page.name, lines, sections), form)


def _tables(shown: SectionShown) -> list[Section]:
    """A section's plain answers as one table, then each of its tables."""
    plain = [(value.label, value.text) for value in shown.values if not value.heads]
    columns = (("label", gettext("Question")), ("text", gettext("Answer")))
    found = [Section(shown.name, columns, plain, (gettext("Article %(number)s") % {"number": shown.article},))]
    for value in shown.values:
        if value.heads:
            rows = [*value.rows, value.sums] if value.sums else value.rows
            found.append(Section(value.label, tuple((head, head) for head in value.heads), rows))
    return found


def _cells(page: RevisionPage, language: str) -> Section:
    names = ("section", "field", "row", "column", "value")
    rows: list[tuple[str, str, int | None, str, str]] = []
    for section in form_of(page.report).sections:
        held = page.revision.content["answers"].get(section.id, {})
        for field in asked_of(section):
            if field.kind != "table" and text_of(held.get(field.id)):
                rows.append((section.id, field.id, None, "", text_of(held[field.id])))
            for number, row in enumerate(rows_of(held.get(field.id)), start=1):
                rows += [(section.id, field.id, number, column, text) for column, text in row.items()]
    return Section(page.name, tuple((name, name) for name in names), rows)


_TABLE_ROWS = 30


def workbook(report: ReportFile, language: str) -> HttpResponse:
    """The form as an Excel book: a sheet a section, answers in marked cells, and a hidden sheet that says whose form it is.

    Names mark the cells, so that a row put in between does not move an answer away from its field.
    """
    out, form, held = io.BytesIO(), form_of(report), written(report)
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = Styles(
        book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#FFF7D6", "border": 1}),
    )
    for section in form.sections:
        sheet = book.add_worksheet(section.id.upper())
        if language == "ar":
            sheet.right_to_left()
        sheet.set_column(0, 7, 28)
        sheet.write_string(0, 0, section_name(section, language), styles.head)
        line = 2
        for field in asked_of(section):
            line = _sheet_field(book, sheet, section.id, field, held.value(section.id, field.id), line, styles, language)
    hidden = book.add_worksheet("servanda")
    hidden.hide()
    facts = [("edition", report.edition), ("state", report.state_id), ("report", str(report.pk))]
    facts += [(f"version.{section}.{field}", str(version)) for (section, field), version in held.versions.items()]
    for number, pair in enumerate(facts):
        hidden.write_row(number, 0, pair)
    book.close()
    return attachment(out.getvalue(), f"report-{report.state_id}-{report.period[:4]}.xlsx")


@dataclass(frozen=True)
class Styles:
    head: Format
    answer: Format


def _sheet_field(
    book: xlsxwriter.Workbook, sheet: Worksheet, section: str, field: Field, value: Value, line: int, styles: Styles, language: str
) -> int:
    """Write a field and its answer; returns the line of the next."""
    sheet.write_string(line, 0, field_label(field, language), styles.head)
    columns: tuple[Field | Column, ...] = field.columns or (field,)
    rows = rows_of(value) if field.kind == "table" else ({field.id: text_of(value)},)
    first, count = (line + 2, max(_TABLE_ROWS, len(rows) + 5)) if field.kind == "table" else (line + 1, 1)
    for place, column in enumerate(columns):
        words = dict(options_of(column, language))
        if field.kind == "table":
            sheet.write_string(line + 1, place, in_language(column.label, language), styles.head)
        for number in range(count):
            text = rows[number].get(column.id, "") if number < len(rows) else ""
            sheet.write_string(first + number, place, words.get(text, text), styles.answer)
        if words:
            sheet.data_validation(first, place, first + count - 1, place, {"validate": "list", "source": list(words.values())})
    cells = xl_range_abs(first, 0, first + count - 1, len(columns) - 1)
    book.define_name(f"answer.{section}.{field.id}", f"='{section.upper()}'!{cells}")
    return first + count + 1
