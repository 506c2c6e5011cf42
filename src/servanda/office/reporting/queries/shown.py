"""A form's fields and answers as pages and files show them: labels, options and values in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from servanda.office.common.queries import day_text, number_text, say
from servanda.treaty.forms import (
    Column,
    Field,
    Form,
    FormSection,
    Note,
    Value,
    asked_of,
    day_typed,
    in_language,
    rows_of,
    text_of,
    totals,
    whole_number,
)

from ..choices import FIELD_LABELS, SECTION_STANDINGS


def section_name(section: FormSection, language: str) -> str:
    """“Form F: Contaminated areas and clearance”, or the title of the cover page."""
    title = in_language(section.title, language)
    return gettext("Form %(letter)s: %(title)s") % {"letter": section.letter, "title": title} if section.letter else title


def field_label(field: Field, language: str) -> str:
    return str(FIELD_LABELS[field.id]) if field.id in FIELD_LABELS else in_language(field.label, language)


def options_of(field: Field | Column, language: str) -> tuple[tuple[str, str], ...]:
    """What can be chosen, with its words."""
    if field.id == "standing":
        return tuple((key, str(text)) for key, text in SECTION_STANDINGS.items())
    return tuple((option.id, in_language(option.label, language)) for option in field.options)


def cell_text(field: Field | Column, text: str, language: str) -> str:
    """A cell in the reader's language; what cannot be read as its kind stands as it was typed."""
    if field.kind in ("integer", "area"):
        number = whole_number(text)
        return text if number is None else number_text(number)
    if field.kind == "date":
        day = day_typed(text)
        return text if day is None else day_text(day)
    return dict(options_of(field, language)).get(text, text)


@dataclass(frozen=True)
class ValueShown:
    """A field with its answer: `text`, or a table's `rows` under `heads` with its `sums`."""

    label: str
    text: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sums: tuple[str, ...] = ()
    voluntary: bool = False


def value_shown(field: Field, value: Value, language: str) -> ValueShown:
    label = field_label(field, language)
    if field.kind != "table":
        return ValueShown(label, cell_text(field, text_of(value), language), voluntary=field.voluntary)
    heads = tuple(in_language(column.label, language) for column in field.columns)
    rows = tuple(tuple(cell_text(column, row.get(column.id, ""), language) for column in field.columns) for row in rows_of(value))
    return ValueShown(label, "", heads, rows, sums_of(field, value) if rows else (), field.voluntary)


def sums_of(field: Field, value: Value) -> tuple[str, ...]:
    """The line of sums under a table: the word, then the sum of each summed column in its place; none where nothing is summed."""
    sums = totals(field, value)
    if not sums:
        return ()
    cells = [number_text(sums[column.id]) if column.id in sums else "" for column in field.columns]
    return (cells[0] or gettext("Total"), *cells[1:])


def value_line(field: Field, value: Value, language: str) -> str:
    """An answer in one line, a table's rows one after the other."""
    shown = value_shown(field, value, language)
    rows = "; ".join(" · ".join(cell for cell in row if cell) for row in shown.rows)
    return shown.text or rows


@dataclass(frozen=True)
class SectionShown:
    id: str
    name: str
    article: str
    values: tuple[ValueShown, ...]


def sections_shown(form: Form, answers: dict[str, dict[str, Value]], language: str) -> tuple[SectionShown, ...]:
    """Every section with what was answered in it; what was left empty is left out."""
    found = []
    for section in form.sections:
        held = answers.get(section.id, {})
        values = tuple(value_shown(field, held[field.id], language) for field in asked_of(section) if held.get(field.id))
        found.append(SectionShown(section.id, section_name(section, language), section.article, values))
    return tuple(found)


@dataclass(frozen=True)
class NoteShown:
    """What is missing or doubtful, with the address of its place in the form after the report's own."""

    section: str
    letter: str
    label: str
    text: str
    place: str


def notes_shown(form: Form, notes: Iterable[Note], language: str) -> tuple[NoteShown, ...]:
    found = []
    for note in notes:
        section = form.section(note.section)
        assert section is not None
        field = next(one for one in asked_of(section) if one.id == note.field)
        letter = section.letter or in_language(section.title, language)
        found.append(NoteShown(section.id, letter, field_label(field, language), say(note.says), f"{section.id}/#{field.id}"))
    return tuple(found)
