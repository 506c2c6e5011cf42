"""What a page shows, as the files people take home: Excel, Word, CSV, JSON, ICS, in the reader's language and direction."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import get_language, gettext
from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from icalendar import Calendar, Event
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from servanda.treaty.dates import PartialDate
from servanda.treaty.money import Money

from .queries import TrailPage, day_text, money_text, number_text

Cell = str | int | date | PartialDate | Money | None
_TEXT_WIDTH = Cm(25.7)
_NOT_IN_A_SHEET_NAME = re.compile(r"[][:*?/\\]")


@dataclass(frozen=True)
class Section:
    """A table under a heading; `columns` pairs the key of CSV and JSON with the heading people read."""

    heading: str
    columns: tuple[tuple[str, str], ...]
    rows: Sequence[Sequence[Cell]]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Download:
    """A file to be: its name without ending, its title, what it says above its sections. CSV and JSON hold the last section alone."""

    name: str
    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _csv(asked: Download) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    section = asked.sections[-1]
    writer.writerow(key for key, _ in section.columns)
    writer.writerows([_plain(cell) for cell in row] for row in section.rows)
    return out.getvalue().encode()


def _json(asked: Download) -> bytes:
    section = asked.sections[-1]
    keys = [key for key, _ in section.columns]
    rows = [dict(zip(keys, (cell if isinstance(cell, int) else _plain(cell) for cell in row), strict=True)) for row in section.rows]
    return json.dumps({"title": asked.title, "notes": asked.lines, "rows": rows}, ensure_ascii=False, indent=1).encode()


def _excel(asked: Download) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for number, section in enumerate(asked.sections, start=1):
        sheet = book.add_worksheet(_sheet_name(section.heading, number))
        if get_language() == "ar":
            sheet.right_to_left()
        sheet.write_string(0, 0, asked.title, bold)
        lines = (*asked.lines, *section.lines)
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line)
        _sheet(sheet, section, len(lines) + 2, (head, day, text))
    book.close()
    return out.getvalue()


def _sheet(sheet: Worksheet, section: Section, top: int, formats: tuple[Format, Format, Format]) -> None:
    head, day, text = formats
    for column, (_, heading) in enumerate(section.columns):
        widest = max((len(_plain(row[column])) for row in section.rows), default=0)
        sheet.set_column(column, column, min(max(widest, len(heading), 8) + 2, 60))
        sheet.write_string(top, column, heading, head)
    for number, row in enumerate(section.rows, start=top + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, PartialDate) and cell.precision == "day":
                cell = cell.first
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif isinstance(cell, Money):
                sheet.write_number(number, column, Decimal(str(cell)))
            else:
                sheet.write_string(number, column, _plain(cell), text)
    sheet.freeze_panes(top + 1, 1)
    if section.rows:
        sheet.autofilter(top, 0, top + len(section.rows), len(section.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _sheet_name(heading: str, number: int) -> str:
    """Excel allows 31 characters, not all of them, and no name twice."""
    return f"{number} {_NOT_IN_A_SHEET_NAME.sub(' ', heading)}"[:31]


def _word(asked: Download) -> bytes:
    paper = Document()
    page = paper.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(2)
    paper.styles["Normal"].font.size = Pt(9)
    paper.core_properties.title, paper.core_properties.author = asked.title, ""
    paper.add_heading(asked.title, level=0)
    for line in asked.lines:
        paper.add_paragraph(line)
    for section in asked.sections:
        if len(asked.sections) > 1:
            paper.add_heading(section.heading, level=1)
        for line in section.lines:
            paper.add_paragraph(line)
        _word_table(paper, section)
    if get_language() == "ar":
        _right_to_left(paper)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _word_table(paper: Paper, section: Section) -> None:
    if not section.rows:
        return
    grid = paper.add_table(rows=len(section.rows) + 1, cols=len(section.columns), style="Light Shading")
    grid.autofit = False
    for cell, (_, heading) in zip(grid.rows[0].cells, section.columns, strict=True):
        cell.text = heading
    header = grid.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))
    for line, row in zip(list(grid.rows)[1:], section.rows, strict=True):
        for cell, value in zip(line.cells, row, strict=True):
            cell.text = _word_text(value)
    for column, width in zip(grid.columns, _widths(section), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _widths(section: Section) -> list[int]:
    """The page shared among the columns by the square root of their longest text: long text wraps, short words stay whole."""
    lengths = [max((len(_word_text(row[column])) for row in section.rows), default=0) for column in range(len(section.columns))]
    weights = [max(length, len(heading), 8) ** 0.5 for length, (_, heading) in zip(lengths, section.columns, strict=True)]
    return [int(_TEXT_WIDTH * weight / sum(weights)) for weight in weights]


def _word_text(value: Cell) -> str:
    if isinstance(value, Money):
        return money_text(value)
    if isinstance(value, int):
        return number_text(value)
    return day_text(value) if isinstance(value, (date, PartialDate)) else value or ""


def _right_to_left(paper: Paper) -> None:
    """Word keeps the direction in every paragraph, run and table, not in the document."""
    body = paper.element.body
    for paragraph in body.iter("{*}p"):
        paragraph.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for run in body.iter("{*}r"):
        run.get_or_add_rPr().append(OxmlElement("w:rtl"))
    for table in body.iter("{*}tbl"):
        table.tblPr.append(OxmlElement("w:bidiVisual"))


def trail_download(page: TrailPage) -> Download:
    """The stretch of the audit trail that is shown."""
    columns = (
        ("at", gettext("When")),
        ("by", gettext("Who")),
        ("act", gettext("What")),
        ("on", gettext("Record")),
        ("before", gettext("Before")),
        ("after", gettext("After")),
    )
    rows = [
        (line.at.isoformat(timespec="seconds"), line.by, line.act, line.on, _as_line(line.before), _as_line(line.after))
        for line in page.lines
    ]
    title = gettext("Audit trail")
    return Download("audit-trail", title, (), (Section(title, columns, rows),))


def _as_line(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


KINDS: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}
_WRITERS: Mapping[str, Callable[[Download], bytes]] = {"xlsx": _excel, "docx": _word, "csv": _csv, "json": _json}
FORMS = tuple(_WRITERS)


def attachment(content: bytes, name: str) -> HttpResponse:
    """An answer that the browser saves under `name`; its kind is what the name ends in."""
    kind = KINDS[name.rpartition(".")[2]]
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def download(asked: Download, form: str) -> HttpResponse:
    """The file of the asked form, one of FORMS."""
    return attachment(_WRITERS[form](asked), f"{asked.name}.{form}")


@dataclass(frozen=True)
class Days:
    """Whole days in a calendar, from `first` to `last`; a `uid` that stays when the days move takes the entry along."""

    uid: str
    first: date
    last: date
    summary: str
    description: str
    place: str = ""


def calendar(title: str, entries: Iterable[Days], *, at: datetime, name: str) -> HttpResponse:
    """An iCalendar of whole-day events."""
    book = Calendar()
    book.add("prodid", "-//Servanda//EN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", title)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.uid}@servanda")
        event.add("dtstamp", at)
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))
        event.add("summary", entry.summary)
        event.add("description", entry.description)
        if entry.place:
            event.add("location", entry.place)
        event.add("transp", "TRANSPARENT")
        book.add_component(event)
    return attachment(book.to_ical(), name)
