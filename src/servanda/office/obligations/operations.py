"""Brings the record of a treaty folder into the rows, and records what the office itself learns; old values stay in the history."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import models, transaction

from servanda.office.common.models import AuditLine, Fact
from servanda.office.common.operations import audit_line
from servanda.treaty.law import Law
from servanda.treaty.obligations import obligations
from servanda.treaty.record import TABLES, as_text
from servanda.treaty.schema import check
from servanda.treaty.texts import schema

from .errors import AlreadyRecorded, NoSuchFact, ReasonMissing
from .queries import COLUMNS, MODELS, current_law

# What makes two rows the same fact, by table; everything else of a row may be corrected.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "states": ("iso3",),
    "names": ("iso3", "language", "kind", "since"),
    "groups": ("iso3", "group", "since"),
    "instruments": ("iso3", "act", "date"),
    "decisions": ("iso3", "article", "kind", "until", "date", "meeting", "source"),
    "reports": ("iso3", "kind", "received", "covers", "source", "note"),
    "meetings": ("id",),
    "agenda": ("meeting", "item"),
    "interventions": ("meeting", "number"),
    "coordinators": ("theme", "iso3", "since"),
    "contradictions": ("id",),
}


@dataclass(frozen=True)
class Loaded:
    """How many rows of one table were added, changed, brought to an end, or stayed as they were."""

    table: str
    added: int
    changed: int
    ended: int
    same: int

    @property
    def touched(self) -> int:
        return self.added + self.changed + self.ended


@transaction.atomic
def load_record(*, law: Law, by: str, at: datetime, dry_run: bool = False) -> list[Loaded]:
    """Make the rows that came from files equal to the law's record; rows of the office itself are left alone.

    A row that the files no longer hold stays, but stands no more. Every change writes its audit line in the same transaction.
    """
    return [_load(table, getattr(law, table), by, at, dry_run) for table in TABLES]


def _load(table: str, facts: tuple[Any, ...], by: str, at: datetime, dry_run: bool) -> Loaded:
    model, columns = MODELS[table], COLUMNS[table]
    names = [field.name for field in fields(TABLES[table][1])]
    held: dict[tuple[str, ...], tuple[int, bool, dict[str, str]]] = {}
    rows = model._default_manager.filter(origin="data").values_list("pk", "standing", *(columns[name] for name in names))
    for pk, standing, *cells in rows:
        row = {name: cell or "" for name, cell in zip(names, cells, strict=True)}
        held[tuple(row[name] for name in _KEYS[table])] = (pk, standing, row)
    new: list[Fact] = []
    lines: list[AuditLine] = []
    changed = same = 0
    for fact in facts:
        row = as_text(fact)
        key = tuple(row[name] for name in _KEYS[table])
        pk, standing, before = held.pop(key, (None, True, None))
        if pk is None:
            new.append(model(origin="data", **{columns[name]: value or None if name == "iso3" else value for name, value in row.items()}))
        elif before != row or not standing:
            changed += 1
            lines.append(audit_line(act="corrected", on=f"{table}:{pk}", by=by, at=at, before=before, after=row))
            if not dry_run:
                _correct(model, pk, {columns[name]: value or None if name == "iso3" else value for name, value in row.items()})
        else:
            same += 1
    gone = [(pk, row) for pk, standing, row in held.values() if standing]
    lines += [audit_line(act="ended", on=f"{table}:{pk}", by=by, at=at, before=row) for pk, row in gone]
    if new:
        lines.append(audit_line(act="loaded", on=table, by=by, at=at, after={"rows": len(new)}))
    if not dry_run:
        model._default_manager.bulk_create(new, batch_size=400)
        model._default_manager.filter(pk__in=[pk for pk, _ in gone]).update(standing=False)
        AuditLine.objects.bulk_create(lines, batch_size=400)
    return Loaded(table, len(new), changed, len(gone), same)


def _correct(model: type[models.Model], pk: int, values: Mapping[str, Any]) -> None:
    model._default_manager.filter(pk=pk).update(standing=True, **values)


@transaction.atomic
def record_fact(*, table: str, values: Mapping[str, str], by: str, at: datetime) -> Fact:
    """Record a fact of a table of the treaty's record as the office's own; every page and count follows.

    `values` has the columns of the table's file. Raises TextRefused where a value does not fit the table, AlreadyRecorded, and
    whatever the law refuses to compute; nothing is recorded then.
    """
    row = {field.name: values.get(field.name, "") for field in fields(TABLES[table][1])}
    check(row, schema(table), table)
    model = MODELS[table]
    named = {COLUMNS[table][name]: row[name] for name in _KEYS[table]}
    if model._default_manager.filter(standing=True, **named).exists():
        raise AlreadyRecorded()
    fact = model._default_manager.create(origin="office", **{COLUMNS[table][name]: value for name, value in row.items()})
    obligations(current_law(), at.date(), iso3=row["iso3"])
    audit_line(act="recorded", on=f"{table}:{fact.pk}", by=by, at=at, after=row).save()
    return fact


@transaction.atomic
def end_fact(*, iso3: str, table: str, number: int, reason: str, by: str, at: datetime) -> Fact:
    """End a fact that the office recorded about a State: it stays, and no longer counts. Raises ReasonMissing, NoSuchFact."""
    if not reason.strip():
        raise ReasonMissing()
    fact = MODELS[table]._default_manager.filter(pk=number, origin="office", standing=True, **{COLUMNS[table]["iso3"]: iso3}).first()
    if fact is None:
        raise NoSuchFact()
    fact.standing = False
    fact.save()
    audit_line(act="ended", on=f"{table}:{number}", by=by, at=at, before={"standing": True}, after={"reason": reason}).save()
    return fact
