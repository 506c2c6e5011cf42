"""The list of States, and finding one by any of its names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext, ngettext
from rapidfuzz import fuzz, process

from servanda.office.common.queries import day_text, number_text
from servanda.office.common.sorting import fold, sort_key
from servanda.office.obligations.queries import current_law
from servanda.office.states.choices import CONSENTS, GROUPS, STATUSES
from servanda.treaty.law import Law
from servanda.treaty.status import Standing, StatusTable, status_table


@dataclass(frozen=True)
class StateRow:
    """A State in a list."""

    iso3: str
    name: str
    status: str
    status_text: str
    signature: str
    consent: str
    entry_into_force: str
    region: str


@dataclass(frozen=True)
class StatesFilter:
    """How a list of States is narrowed; empty means all."""

    status: str = ""
    group: str = ""
    search: str = ""


@dataclass(frozen=True)
class StatesPage:
    on: date
    on_text: str
    counts: tuple[tuple[str, str], ...]
    rows: tuple[StateRow, ...]
    chosen: StatesFilter
    statuses: Mapping[str, str]
    groups: Mapping[str, str]
    shown: str


def states_page(on: date, chosen: StatesFilter, language: str) -> StatesPage:
    """The States on a day, in the alphabetical order of the language; raises BeforeAdoption."""
    law = current_law()
    table = status_table(law, on)
    found = set(search_states(law, chosen.search)) if chosen.search else None
    groups = {state.iso3: state.regional_group for state in law.states}
    kept = [
        state
        for state in table.states
        if (not chosen.status or state.status == chosen.status or (chosen.status == "consented" and state.consent_stands))
        and (not chosen.group or groups[state.iso3] == chosen.group)
        and (found is None or state.iso3 in found)
    ]
    rows = tuple(sorted((_state_row(law, state, groups, on, language) for state in kept), key=lambda row: sort_key(row.name, language)))
    shown = ngettext("%(count)s State", "%(count)s States", len(rows)) % {"count": number_text(len(rows))}
    return StatesPage(on, day_text(on), counts_of(table), rows, chosen, STATUSES, GROUPS, shown)


def _state_row(law: Law, state: Standing, groups: Mapping[str, str], on: date, language: str) -> StateRow:
    consent = f"{CONSENTS[state.consent.kind]}, {day_text(state.consent.date)}" if state.consent else ""
    return StateRow(
        state.iso3,
        law.name(state.iso3, language, on=on),
        state.status,
        str(STATUSES[state.status]),
        day_text(state.signature),
        consent,
        entry_text(state),
        str(GROUPS[groups[state.iso3]]),
    )


def entry_text(state: Standing) -> str:
    if state.consent and not state.entry_into_force:
        return gettext("not known")
    return day_text(state.entry_into_force) + (" " + gettext("(doubtful)") if state.doubtful else "")


def counts_of(table: StatusTable) -> tuple[tuple[str, str], ...]:
    """The two bases first: who has consented, who is bound."""
    return (
        (number_text(table.deposited), gettext("States have deposited their consent")),
        (number_text(table.in_force), gettext("of them are bound today") if table.on == date.today() else gettext("of them were bound")),
        (number_text(table.signatories), gettext("signatories have not consented yet")),
        (number_text(table.withdrawn), gettext("withdrawn")),
    )


@lru_cache(maxsize=2)
def _searchable(law: Law) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every name ever held and every code, folded, beside the State it belongs to."""
    found = [(fold(name.name), name.iso3) for name in law.names]
    found += [(state.iso3.casefold(), state.iso3) for state in law.states]
    return tuple(text for text, _ in found), tuple(iso3 for _, iso3 in found)


def search_states(law: Law, text: str) -> list[str]:
    """The States whose name, past or present, in any of the six languages resembles `text`; the nearest first."""
    wanted = fold(text)[:80]
    if not wanted:
        return []
    texts, codes = _searchable(law)
    exact = [iso3 for name, iso3 in zip(texts, codes, strict=True) if wanted == name or (len(wanted) > 2 and wanted in name)]
    if exact:
        return list(dict.fromkeys(exact))
    near = process.extract(wanted, texts, scorer=fuzz.WRatio, score_cutoff=75, limit=12)
    return list(dict.fromkeys(codes[index] for _, _, index in near))
