"""The list of States, and finding one by any of its names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext, gettext_lazy, ngettext
from rapidfuzz import fuzz, process

from servanda.office.common.queries import day_text, number_text
from servanda.office.common.sorting import fold, sort_key
from servanda.office.obligations.queries import current_law
from servanda.office.states.choices import CONSENTS, GROUPS, MEMBERSHIPS, REGIONS, STATUS_FILTERS, STATUSES
from servanda.treaty.dates import parse_day
from servanda.treaty.law import Law
from servanda.treaty.record import State
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
    standing: Standing


@dataclass(frozen=True)
class StatesFilter:
    """How a list of States is narrowed and ordered; empty means all, and by name. `since`: consented on that day or later."""

    status: str = ""
    group: str = ""
    member: str = ""
    since: date | None = None
    search: str = ""
    sort: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "StatesFilter":
        """The filter of an address; a choice that does not exist is no choice. Raises DateRefused."""
        since = asked.get("since", "").strip()
        member, sort = asked.get("member", ""), asked.get("sort", "")
        return cls(
            status=asked.get("status", ""),
            group=asked.get("group", ""),
            member=member if member in MEMBERSHIPS else "",
            since=parse_day(since) if since else None,
            search=asked.get("q", ""),
            sort=sort if sort in _SORTS else "",
        )


@dataclass(frozen=True)
class StatesPage:
    on: date
    on_text: str
    counts: tuple[tuple[str, str], ...]
    rows: tuple[StateRow, ...]
    chosen: StatesFilter
    statuses: Mapping[str, str]
    groups: Mapping[str, str]
    memberships: Mapping[str, str]
    sorts: Mapping[str, str]
    shown: str


def states_page(on: date, chosen: StatesFilter, language: str) -> StatesPage:
    """The States on a day, in the alphabetical order of the language or by date; raises BeforeAdoption."""
    law = current_law()
    table = status_table(law, on)
    groups = {state.iso3: state.regional_group for state in law.states}
    found = [_state_row(law, state, groups, on, language) for state in table.states if _fits(law, state, chosen, on)]
    if chosen.search:
        named = set(search_states(law, chosen.search))
        found = [row for row in found if row.iso3 in named]
    rows = tuple(sorted(found, key=lambda row: (*_SORTS[chosen.sort](row.standing), sort_key(row.name, language))))
    shown = ngettext("%(count)s State", "%(count)s States", len(rows)) % {"count": number_text(len(rows))}
    return StatesPage(on, day_text(on), counts_of(table), rows, chosen, STATUS_FILTERS, REGIONS, MEMBERSHIPS, _SORT_NAMES, shown)


_SORT_NAMES = {
    "": gettext_lazy("Name"),
    "consent": gettext_lazy("Consent, the latest first"),
    "entry": gettext_lazy("Entry into force, the latest first"),
}
_SORTS: Mapping[str, Callable[[Standing], tuple[int, ...]]] = {
    "": lambda state: (),
    "consent": lambda state: (-state.consent.date.first.toordinal() if state.consent else 0,),
    "entry": lambda state: (-state.entry_into_force.toordinal() if state.entry_into_force else 0,),
}


def _fits(law: Law, state: Standing, chosen: StatesFilter, on: date) -> bool:
    held = law.state(state.iso3)
    if chosen.status and state.status != chosen.status and not (chosen.status == "consented" and state.consent_stands):
        return False
    if chosen.group and held.regional_group != chosen.group:
        return False
    if chosen.member and not _is_member(law, held, chosen.member, on):
        return False
    return chosen.since is None or (state.consent is not None and state.consent.date.last >= chosen.since)


def _is_member(law: Law, state: State, group: str, on: date) -> bool:
    return state.iso3 in law.in_group("ldc", on) if group == "ldc" else bool(getattr(state, group))


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
        state,
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
