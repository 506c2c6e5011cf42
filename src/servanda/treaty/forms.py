"""The Article 7 report as data: an edition's sections and fields, what is missing of an answer, totals, and what a reader would doubt.

Answers are text as it was typed, or a table's rows of text, so that nothing is lost; what cannot be read is doubted, never refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .dates import PartialDate
from .errors import DateRefused, Remark, TextRefused, WrongUse, sentence
from .law import load_law
from .shares import Citation
from .texts import read_cite, read_text

Words = Mapping[str, str]
Row = Mapping[str, str]
Value = str | Sequence[Row]
Answers = Mapping[str, Mapping[str, Value]]

# Beside the fields of its edition, a section says where it stands: a field of every section that is not filled in always.
STANDING, SINCE = "standing", "unchanged_since"
REPORTED, NOTHING, UNCHANGED = "reported", "nothing", "unchanged"
STANDINGS = (REPORTED, NOTHING, UNCHANGED)


class UnknownEdition(WrongUse):
    says = sentence("No edition “{edition}” of the report form is here; use one of {known}.")


@dataclass(frozen=True)
class Option:
    id: str
    label: Words


@dataclass(frozen=True)
class Column:
    id: str
    kind: str
    label: Words
    voluntary: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Field:
    """One thing asked. `grows`: a count since the beginning. `total_of`: the table and column it states the sum of. `bound`: from or to."""

    id: str
    kind: str
    label: Words
    hint: Words
    voluntary: bool = False
    optional: bool = False
    grows: bool = False
    bound: str = ""
    total_of: tuple[str, str] | None = None
    columns: tuple[Column, ...] = ()
    totals: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class FormSection:
    """The cover page or a form. `always`: filled in every year, so that it is never “nothing to report” or “unchanged”."""

    id: str
    letter: str
    article: str
    title: Words
    hint: Words
    fields: tuple[Field, ...]
    always: bool = False


@dataclass(frozen=True)
class Form:
    """One edition."""

    edition: str
    title: Words
    cite: Citation
    sections: tuple[FormSection, ...]

    def section(self, id: str) -> FormSection | None:
        return next((section for section in self.sections if section.id == id), None)


@dataclass(frozen=True)
class Note:
    """What is missing or doubtful, and where: a section, and a field of it where one can be named."""

    section: str
    field: str
    says: Remark


@dataclass(frozen=True)
class Earlier:
    """The State's last report: what it answered, and the day it was received."""

    answers: Answers
    received: date


_STANDING_FIELDS = (Field(STANDING, "choice", {}, {}), Field(SINCE, "date", {}, {}))


def asked_of(section: FormSection) -> tuple[Field, ...]:
    """Every field of a section that can be answered: where it stands, and those of its edition."""
    return section.fields if section.always else (*_STANDING_FIELDS, *section.fields)


def in_language(words: Words, language: str) -> str:
    """The text in a language; English where none is held."""
    return words.get(language) or words.get("en", "")


def editions(treaty: str) -> tuple[str, ...]:
    """The editions of a treaty's form, the oldest first."""
    return tuple(sorted(path.stem for path in (load_law(treaty).folder / "forms").glob("*.yaml")))


@cache
def load_form(treaty: str, edition: str) -> Form:
    """An edition of a treaty's report form; raises UnknownEdition, UnknownTreaty, TextRefused."""
    known = editions(treaty)
    if edition not in known:
        raise UnknownEdition(edition=edition, known=", ".join(known) or "—")
    return read_form(load_law(treaty).folder / "forms" / f"{edition}.yaml")


def read_form(path: Path) -> Form:
    """The edition in a file, checked against its schema."""
    value = read_text(path, "form")
    columns = {id: _column(id, held) for id, held in value["columns"].items()}
    sections = tuple(_section(held, columns, path.name) for held in value["sections"])
    return Form(value["edition"], value["title"], read_cite(value["cite"]), sections)


def _options(held: Mapping[str, Any]) -> tuple[Option, ...]:
    return tuple(Option(one["id"], one["label"]) for one in held.get("options", ()))


def _column(id: str, held: Mapping[str, Any]) -> Column:
    return Column(id, held["kind"], held["label"], held.get("voluntary", False), _options(held))


def _section(held: Mapping[str, Any], columns: Mapping[str, Column], file: str) -> FormSection:
    fields = tuple(_field(one, columns, file) for one in held["fields"])
    return FormSection(held["id"], held["letter"], held["article"], held["title"], held.get("hint", {}), fields, held.get("always", False))


def _field(held: Mapping[str, Any], columns: Mapping[str, Column], file: str) -> Field:
    unknown = [id for id in held.get("columns", ()) if id not in columns]
    if unknown:
        problem = Remark(sentence("no column has the id “{id}”"), {"id": unknown[0]})
        raise TextRefused(file, held["id"], problem, sentence("name a column of the list of columns"))
    total = held.get("total_of")
    return Field(
        id=held["id"],
        kind=held["kind"],
        label=held["label"],
        hint=held.get("hint", {}),
        voluntary=held.get("voluntary", False),
        optional=held.get("optional", False),
        grows=held.get("grows", False),
        bound=held.get("bound", ""),
        total_of=(total["table"], total["column"]) if total else None,
        columns=tuple(columns[id] for id in held.get("columns", ())),
        totals=tuple(held.get("totals", ())),
        options=_options(held),
    )


_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


def whole_number(text: str) -> int | None:
    """The whole number that was typed, grouped by spaces, commas or points or not at all; None where it is none."""
    bare = _SPACES.sub("", text)
    if _GROUPED.fullmatch(bare):
        bare = re.sub("[.,]", "", bare)
    return int(bare) if bare.isdecimal() and len(bare) <= 18 else None


def day_typed(text: str) -> PartialDate | None:
    """The date that was typed: year, month, day with hyphens, or day, month, year; None where there is no such day."""
    match = _DAY_FIRST.fullmatch(text.strip())
    plain = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text.strip()
    try:
        return PartialDate(plain)
    except DateRefused:
        return None


def text_of(value: Value | None) -> str:
    return value.strip() if isinstance(value, str) else ""


def rows_of(value: Value | None) -> tuple[Row, ...]:
    """The rows of a table that hold anything."""
    if value is None or isinstance(value, str):
        return ()
    return tuple(row for row in value if any(cell.strip() for cell in row.values()))


def totals(field: Field, value: Value | None) -> dict[str, int]:
    """The sum of each summed column, over the cells that are whole numbers."""
    rows = rows_of(value)
    return {id: sum(whole_number(row.get(id, "")) or 0 for row in rows) for id in field.totals}


_SAY_STANDING = sentence("Say whether there is something to report, nothing, or no change.")
_SAY_SINCE = sentence("“Unchanged” needs the date of the last report.")
_FILL_IN = sentence("Fill this in.")
_NO_CHANGE_AT_FIRST = sentence("The first report cannot say “unchanged”; answer the form.")


def missing(form: Form, answers: Answers, *, initial: bool = False) -> tuple[Note, ...]:
    """What the treaty asks and the answers do not say, in the order of the form."""
    return tuple(note for section in form.sections for note in _missing(section, answers.get(section.id, {}), initial))


def _missing(section: FormSection, held: Mapping[str, Value], initial: bool) -> Iterator[Note]:
    standing = REPORTED if section.always else text_of(held.get(STANDING))
    if standing not in STANDINGS:
        yield Note(section.id, STANDING, Remark(_SAY_STANDING))
    elif standing == UNCHANGED and initial:
        yield Note(section.id, STANDING, Remark(_NO_CHANGE_AT_FIRST))
    elif standing == UNCHANGED and not text_of(held.get(SINCE)):
        yield Note(section.id, SINCE, Remark(_SAY_SINCE))
    elif standing == REPORTED:
        for field in section.fields:
            asked = not field.voluntary and not field.optional
            if asked and not (rows_of(held.get(field.id)) if field.kind == "table" else text_of(held.get(field.id))):
                yield Note(section.id, field.id, Remark(_FILL_IN))
