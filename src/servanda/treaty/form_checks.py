"""What a reader would doubt in the answers of a report: these checks warn and never block, and what was typed stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from .dates import PartialDate
from .errors import DateRefused, Remark, sentence
from .forms import (
    SINCE,
    STANDING,
    UNCHANGED,
    Answers,
    Earlier,
    Field,
    Form,
    FormSection,
    Note,
    Value,
    day_typed,
    rows_of,
    text_of,
    whole_number,
)

_NOT_AVAILABLE = re.compile(r"n\s*[./]?\s*a\.?|none|nil|-+|–|—|néant|s\.?o\.?|н/д", re.IGNORECASE)
_MONTH = re.compile(r"\d{1,2}[./-](\d{1,2})[./-]\d{4}|\d{4}-(\d{1,2})-\d{1,2}")

_BARE = sentence("“{text}” says too little; write a statement, or say that there is nothing to report.")
_NOT_WHOLE = sentence("“{text}” is not a whole number.")
_NO_MONTH = sentence("“{text}” cannot be a date: there is no month {month}.")
_NO_DATE = sentence("“{text}” cannot be read as a date; write year, month and day, as in 2025-12-31.")
_DOES_NOT_ADD = sentence("The stated total is {stated}, the rows add up to {found}.")
_FELL = sentence("This is {now}, less than the {before} of the last report; a count since the beginning does not fall.")
_OTHER_PERIOD = sentence("The period reported on is {period}, and this says {text}.")
_FIRST_UNCHANGED = sentence("“Unchanged” may not be used in a first report.")
_OTHER_DAY = sentence("The last report was received on {day}, and this cites {text}.")
_NO_EARLIER = sentence("No earlier report is held here that could be unchanged.")


def checks(form: Form, answers: Answers, earlier: Earlier | None, period: str, *, initial: bool = False) -> tuple[Note, ...]:
    """Every doubt, in the order of the form."""
    found: list[Note] = []
    for section in form.sections:
        held = answers.get(section.id, {})
        for field, says in _of_section(section, held, earlier, period, initial):
            found.append(Note(section.id, field, says))
    return tuple(found)


def _of_section(
    section: FormSection, held: Mapping[str, Value], earlier: Earlier | None, period: str, initial: bool
) -> Iterator[tuple[str, Remark]]:
    if not section.always and text_of(held.get(STANDING)) == UNCHANGED:
        yield from _unchanged(text_of(held.get(SINCE)), earlier, initial)
        return
    before = earlier.answers.get(section.id, {}) if earlier else {}
    for field in section.fields:
        value = held.get(field.id)
        doubts = _table(field, value) if field.kind == "table" else _cell(field.kind, text_of(value))
        for says in doubts:
            yield field.id, says
        for says in _field(field, held, before, period):
            yield field.id, says


def _unchanged(since: str, earlier: Earlier | None, initial: bool) -> Iterator[tuple[str, Remark]]:
    if initial:
        yield STANDING, Remark(_FIRST_UNCHANGED)
    elif earlier is None:
        yield STANDING, Remark(_NO_EARLIER)
    if not since:
        return
    for says in _cell("date", since):
        yield SINCE, says
    day = day_typed(since)
    if earlier and day and not day.first <= earlier.received <= day.last:
        yield SINCE, Remark(_OTHER_DAY, {"day": earlier.received.isoformat(), "text": since})


def _table(field: Field, value: Value | None) -> Iterator[Remark]:
    for row in rows_of(value):
        for column in field.columns:
            if column.kind != "text":
                yield from _cell(column.kind, row.get(column.id, "").strip())


def _cell(kind: str, text: str) -> Iterator[Remark]:
    """What is doubtful in one cell."""
    if not text:
        return
    if _NOT_AVAILABLE.fullmatch(text):
        yield Remark(_BARE, {"text": text})
    elif kind in ("integer", "area") and whole_number(text) is None:
        yield Remark(_NOT_WHOLE, {"text": text})
    elif kind == "date" and day_typed(text) is None:
        match = _MONTH.fullmatch(text)
        month = int(match[1] or match[2]) if match else 0
        if month > 12:
            yield Remark(_NO_MONTH, {"text": text, "month": month})
        else:
            yield Remark(_NO_DATE, {"text": text})


def _field(field: Field, held: Mapping[str, Value], before: Mapping[str, Value], period: str) -> Iterator[Remark]:
    """What is doubtful in a field beside others: a total, a count that fell, a bound of the period."""
    text = text_of(held.get(field.id))
    number = whole_number(text) if text else None
    if field.total_of and number is not None:
        table, column = field.total_of
        found = sum(whole_number(row.get(column, "")) or 0 for row in rows_of(held.get(table)))
        if found != number:
            yield Remark(_DOES_NOT_ADD, {"stated": number, "found": found})
    if field.grows and number is not None:
        last = whole_number(text_of(before.get(field.id)))
        if last is not None and number < last:
            yield Remark(_FELL, {"now": number, "before": last})
    if field.bound and text:
        day, bound = day_typed(text), period_bound(period, field.bound)
        if day and bound and not day.first <= bound <= day.last:
            yield Remark(_OTHER_PERIOD, {"period": period, "text": text})


def period_bound(period: str, which: str) -> date | None:
    """The first or the last day of a period: a year, or two dates with a slash; None where it cannot be read."""
    first, _, last = period.partition("/")
    try:
        return PartialDate(first).first if which == "from" else PartialDate(last or first).last
    except DateRefused:
        return None
