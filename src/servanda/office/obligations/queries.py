"""The law as the rows have it, kept in the process until the data's stamp changes."""

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models

from servanda.office.common.models import Fact
from servanda.office.common.queries import stamp
from servanda.office.states.models import Contradiction, Coordinator, Instrument, Membership, Name, State
from servanda.treaty.law import Law, load_law
from servanda.treaty.record import TABLES, Record, reader_for

from .models import Decision, Meeting, Report

MODELS: Mapping[str, type[Fact]] = {
    "states": State,
    "names": Name,
    "groups": Membership,
    "instruments": Instrument,
    "decisions": Decision,
    "reports": Report,
    "meetings": Meeting,
    "coordinators": Coordinator,
    "contradictions": Contradiction,
}


def _columns(table: str) -> dict[str, str]:
    """The attribute of the model for each column of the file: a State by its code, an id under the name `key`."""
    model = MODELS[table]
    held = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
    names = [field.name for field in fields(TABLES[table][1])]
    return {name: {"iso3": "iso3" if "iso3" in held else "state_id", "id": "key"}.get(name, name) for name in names}


COLUMNS: Mapping[str, dict[str, str]] = {table: _columns(table) for table in TABLES}


def read_record() -> Record:
    """Every standing row, as the treaty's own shapes: one query a table."""
    tables: dict[str, Any] = {}
    for table, (_, shape) in TABLES.items():
        names = [field.name for field in fields(shape)]
        rows = MODELS[table]._default_manager.filter(standing=True).order_by("pk").values_list(*(COLUMNS[table][name] for name in names))
        make = reader_for(shape)
        tables[table] = tuple(make(dict(zip(names, row, strict=True))) for row in rows)
    return Record(**tables)


def current_law() -> Law:
    """The treaty's texts with the record as it stands in the rows now: one query while nothing has changed."""
    return _law_at(stamp())


@lru_cache(maxsize=2)
def _law_at(stamp: int) -> Law:
    return Law(load_law(settings.TREATY).folder, read_record())
