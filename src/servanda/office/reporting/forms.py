"""Reads what was typed into a report: one field or a whole section, a report that came on paper, a form filled in off line."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import openpyxl
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy, override

from servanda.treaty.forms import Column, Field, Form, FormSection, Row, Value, asked_of

from .choices import KINDS, READERS, SECTION_STANDINGS, SENT
from .errors import BookUnreadable

_MOST_ROWS = 5_000  # of a table in a book


def typed(section: FormSection, data: Mapping[str, str], only: str = "") -> list[tuple[str, Value, int]]:
    """(field, value, version it was typed over) of every field that was sent, or of one alone."""
    found = []
    for field in asked_of(section):
        version = data.get(f"version.{field.id}", "")
        if version.isdecimal() and only in ("", field.id):
            found.append((field.id, _value(field, data), int(version[:9])))
    return found


def _value(field: Field, data: Mapping[str, str]) -> Value:
    if field.kind != "table":
        return _plain(data.get(field.id, ""))
    cell = re.compile(rf"{re.escape(field.id)}\.(\d{{1,4}})\.(\w+)")
    known = {column.id for column in field.columns}
    rows: dict[int, dict[str, str]] = {}
    for name in data:
        match = cell.fullmatch(name)
        text = _plain(data[name]) if match else ""
        if match and match[2] in known and text:
            rows.setdefault(int(match[1]), {})[match[2]] = text
    return [rows[number] for number in sorted(rows)]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


class StartForm(forms.Form):
    """A new report; `states` are the choices (ISO3, name)."""

    state = forms.ChoiceField(label=gettext_lazy("State"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(KINDS.items()))
    period = forms.CharField(label=gettext_lazy("Period: a year, or two dates with a slash"), max_length=21)

    def __init__(self, *values: object, states: list[tuple[str, str]]) -> None:
        super().__init__(*values)
        self.fields["state"].choices = states
        self.initial = {"period": str(date.today().year - 1)}

    def values(self) -> dict[str, Any]:
        """What was typed, under the names that operations give it."""
        names = {"state": "iso3", "document": "sent"}
        return {names.get(name, name): value for name, value in self.cleaned_data.items()}


class PaperForm(StartForm):
    """A report that came by e-mail, post or fax, with the file that holds it."""

    channel = forms.ChoiceField(label=gettext_lazy("How it came"), choices=list(SENT.items()))
    received = forms.DateField(label=gettext_lazy("Received"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    visibility = forms.ChoiceField(label=gettext_lazy("Who reads it"), choices=list(READERS.items()))
    document = forms.FileField(label=gettext_lazy("The report as it came"))


@dataclass(frozen=True)
class Book:
    """A form that came back off line: whose it says it is, the version each answer was typed over, and the fields it holds."""

    edition: str
    state: str
    report: str
    versions: Mapping[str, str]
    answers: Mapping[tuple[str, str], Value]

    def version(self, section: str, field: str) -> int:
        text = self.versions.get(f"version.{section}.{field}", "")
        return int(text[:9]) if text.isdecimal() else 0


_LARGEST_BOOK = 10_000_000
_MOST_UNPACKED = 60_000_000


def read_book(sent: UploadedFile | None, form: Form) -> Book:
    """The answers in an Excel book of the form; raises BookUnreadable."""
    if sent is None or sent.size > _LARGEST_BOOK:
        raise BookUnreadable()
    try:
        with zipfile.ZipFile(sent) as packed:
            if sum(member.file_size for member in packed.infolist()) > _MOST_UNPACKED:
                raise BookUnreadable()
        book = openpyxl.load_workbook(sent, data_only=True)
        facts = {str(key): _cell(value) for key, value, *_ in book["servanda"].iter_rows(values_only=True, max_col=2)}
        answers = {}
        for section in form.sections:
            for field in asked_of(section):
                name = book.defined_names.get(f"answer.{section.id}.{field.id}")
                if name is not None:
                    answers[section.id, field.id] = _book_value(field, _lines(book, name))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError):
        raise BookUnreadable() from None
    return Book(facts.get("edition", ""), facts.get("state", ""), facts.get("report", ""), facts, answers)


def _lines(book: openpyxl.Workbook, name: openpyxl.workbook.defined_name.DefinedName) -> list[list[str]]:
    """The cells under a name, row by row, as text."""
    [(sheet, cells)] = list(name.destinations)
    found = book[sheet][cells]
    rows = found if isinstance(found, tuple) else ((found,),)
    return [[_cell(cell.value) for cell in row] for row in rows[:_MOST_ROWS]]


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else _plain(str(value))


def _book_value(field: Field, lines: list[list[str]]) -> Value:
    if field.kind != "table":
        return _chosen(field, lines[0][0])
    rows: list[Row] = []
    for line in lines:
        row = {column.id: _chosen(column, text) for column, text in zip(field.columns, line, strict=False) if text}
        if row:
            rows.append(row)
    return rows


@cache
def _standing_words() -> Mapping[str, str]:
    """Where a section stands, by its words in each language: a book may come back under another language than it left."""
    found = {}
    for language, _ in settings.LANGUAGES:
        with override(language):
            found |= {str(words): key for key, words in SECTION_STANDINGS.items()}
    return found


def _chosen(field: Field | Column, text: str) -> str:
    """What a choice is kept as, from its words in any language."""
    if field.id == "standing":
        return _standing_words().get(text, text)
    return next((option.id for option in field.options if text in option.label.values()), text)
