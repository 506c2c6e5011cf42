"""States as contacts need them: names in six languages, regional groups, status on a day, from the rows of States alone."""

from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings

from servanda.office.common.queries import stamp
from servanda.office.common.sorting import sort_key
from servanda.office.states.models import Instrument, Membership, Name, State
from servanda.treaty.law import Law, load_law
from servanda.treaty.record import TABLES, Record, reader_for
from servanda.treaty.status import status_table

_ROWS = {"states": State, "names": Name, "groups": Membership, "instruments": Instrument}


def law_of_states() -> Law:
    """The law with the record of States alone: one query while nothing has changed. What it says of other tables is nothing."""
    return _law_at(stamp())


@lru_cache(maxsize=2)
def _law_at(stamp: int) -> Law:
    tables: dict[str, Any] = dict.fromkeys(TABLES, ())
    for table, model in _ROWS.items():
        shape = TABLES[table][1]
        names = [field.name for field in fields(shape)]
        columns = ["state_id" if name == "iso3" and model is not State else name for name in names]
        make = reader_for(shape)
        rows = model._default_manager.filter(standing=True).order_by("pk").values_list(*columns)
        tables[table] = tuple(make(dict(zip(names, row, strict=True))) for row in rows)
    return Law(load_law(settings.TREATY).folder, Record(**tables))


def named_states(language: str) -> list[tuple[str, str]]:
    """Every State by its code and name, in the order of the language."""
    law = law_of_states()
    return sorted(((state.iso3, law.name(state.iso3, language)) for state in law.states), key=lambda pair: sort_key(pair[1], language))


def chosen_states(on: date, *, group: str = "", status: str = "") -> frozenset[str] | None:
    """The States of a regional group and of a status on a day; None when neither is asked for. Raises BeforeAdoption."""
    if not group and not status:
        return None
    law = law_of_states()
    found = {state.iso3 for state in law.states if group in ("", state.regional_group)}
    if status:
        found &= {state.iso3 for state in status_table(law, law.require_day(on)).states if state.status == status}
    return frozenset(found)
