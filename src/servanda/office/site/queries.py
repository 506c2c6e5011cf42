"""What the public pages show: frozen results, every cell already in the reader's language."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext, ngettext
from rapidfuzz import fuzz, process

from servanda.office.common.queries import day_text, number_text, say
from servanda.office.common.sorting import fold, sort_key
from servanda.office.obligations.queries import OwedRow, current_law, owed_rows
from servanda.office.states.choices import ACTS, CONSENTS, GROUPS, REPORTS, STATUSES, THEMES
from servanda.treaty.dates import PartialDate
from servanda.treaty.law import Law
from servanda.treaty.obligations import Obligation, obligations
from servanda.treaty.record import Contradiction
from servanda.treaty.status import Standing, StatusTable, standing, status_table


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
    return StatesPage(on, day_text(on), _counts(table), rows, chosen, STATUSES, GROUPS, shown)


def _state_row(law: Law, state: Standing, groups: Mapping[str, str], on: date, language: str) -> StateRow:
    consent = f"{CONSENTS[state.consent.kind]}, {day_text(state.consent.date)}" if state.consent else ""
    return StateRow(
        state.iso3,
        law.name(state.iso3, language, on=on),
        state.status,
        str(STATUSES[state.status]),
        day_text(state.signature),
        consent,
        _entry_text(state),
        str(GROUPS[groups[state.iso3]]),
    )


def _entry_text(state: Standing) -> str:
    if state.consent and not state.entry_into_force:
        return gettext("not known")
    return day_text(state.entry_into_force) + (" " + gettext("(doubtful)") if state.doubtful else "")


def _counts(table: StatusTable) -> tuple[tuple[str, str], ...]:
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
    near = process.extract(wanted, texts, scorer=fuzz.WRatio, score_cutoff=78, limit=12)
    return list(dict.fromkeys(codes[index] for _, _, index in near))


@dataclass(frozen=True)
class HomePage:
    on_text: str
    title: str
    counts: tuple[tuple[str, str], ...]
    annual: str
    next_due: tuple[OwedRow, ...]
    overdue: tuple[OwedRow, ...]
    waiting: tuple[OwedRow, ...]
    without_report: str
    regions: tuple[tuple[str, str, str, str], ...]


def home_page(on: date, language: str) -> HomePage:
    """The first page: counts on both bases, what is due next, what has passed, the world by region."""
    law = current_law()
    table = status_table(law, on)
    owed = obligations(law, on)
    ahead = sorted((item for item in owed if item.due.last >= on and item.state == "open" and item.applies is not None), key=_by_due)
    annual = [item for item in ahead if law.provisions[item.id].role == "report-annual"]
    soon = [item for item in ahead if item not in annual][:6]
    late = sorted((item for item in owed if item.overdue_on(on) and item.article != "7"), key=_by_due)
    waiting = sorted((item for item in owed if item.state == "extension-requested"), key=_by_due)
    unreported = len({item.iso3 for item in owed if item.article == "7" and item.state == "no-record"})
    return HomePage(
        on_text=day_text(on),
        title=law.treaty.title.get(language, law.treaty.title["en"]),
        counts=_counts(table),
        annual=_annual(annual),
        next_due=owed_rows(law, soon, on, language),
        overdue=owed_rows(law, late, on, language),
        waiting=owed_rows(law, waiting, on, language),
        without_report=number_text(unreported),
        regions=_regions(law, table),
    )


def _annual(ahead: Sequence[Obligation]) -> str:
    """The next annual reports in one line, since nearly every State Party owes one on the same day."""
    if not ahead:
        return ""
    first = ahead[0].due
    count = sum(item.due == first for item in ahead)
    says = ngettext(
        "%(day)s: annual transparency report of %(count)s State", "%(day)s: annual transparency reports of %(count)s States", count
    )
    return says % {"day": day_text(first), "count": number_text(count)}


def _by_due(item: Obligation) -> tuple[date, str]:
    return item.due.last, item.iso3


def _regions(law: Law, table: StatusTable) -> tuple[tuple[str, str, str, str], ...]:
    """Each regional group: States, how many have consented, how many have signed only."""
    groups = {state.iso3: state.regional_group for state in law.states}
    every = Counter(groups.values())
    consented = Counter(groups[state.iso3] for state in table.states if state.consent_stands)
    signed = Counter(groups[state.iso3] for state in table.states if state.status == "signatory")
    return tuple(
        (str(text), number_text(consented[group]), number_text(signed[group]), number_text(every[group]))
        for group, text in GROUPS.items()
        if every[group]
    )


@dataclass(frozen=True)
class Event:
    """A day in a State's history with the treaty."""

    when: PartialDate
    when_text: str
    what: str
    detail: str
    source: str
    ahead: bool = False


@dataclass(frozen=True)
class StatePage:
    iso3: str
    name: str
    formal: str
    on: date
    on_text: str
    status: str
    status_text: str
    facts: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    owed: tuple[OwedRow, ...]
    reports: tuple[tuple[str, str, str, str, str], ...]
    roles: tuple[tuple[str, str, str], ...]
    contradictions: tuple[Contradiction, ...]
    timeline: tuple[Event, ...]
    names: tuple[tuple[str, str, str], ...] = field(default=())


def state_page(iso3: str, on: date, language: str) -> StatePage:
    """Everything known of one State on a day; raises UnknownState, BeforeAdoption."""
    law = current_law()
    state = law.state(iso3)
    found = standing(law, state.iso3, on)
    owed = obligations(law, on, iso3=state.iso3)
    return StatePage(
        iso3=state.iso3,
        name=law.name(state.iso3, language, on=on),
        formal=law.name(state.iso3, language, on=on, kind="formal"),
        on=on,
        on_text=day_text(on),
        status=found.status,
        status_text=str(STATUSES[found.status]),
        facts=_facts(law, found, on),
        reasons=tuple((say(why.rule), why.cite, tuple((key, str(value)) for key, value in why.inputs.items())) for why in found.because),
        owed=owed_rows(law, owed, on, language),
        reports=_reports(law, state.iso3, on),
        roles=_roles(law, state.iso3),
        contradictions=tuple(row for row in law.contradictions if row.iso3 == state.iso3),
        timeline=_timeline(law, state.iso3, found, on),
        names=tuple((name.name, day_text(name.until), name.source) for name in law.names if _former(name, state.iso3, language)),
    )


def _former(name, iso3: str, language: str) -> bool:
    return name.iso3 == iso3 and name.kind == "short" and name.until is not None and name.language == language


def _facts(law: Law, found: Standing, on: date) -> tuple[tuple[str, str], ...]:
    state = law.state(found.iso3)
    facts = [(gettext("Regional group"), str(GROUPS[state.regional_group]))]
    if found.iso3 in law.in_group("ldc", on):
        facts.append((gettext("Group"), gettext("Least developed country")))
    facts.append((gettext("Signature"), day_text(found.signature) or gettext("none")))
    if found.consent:
        facts.append((str(CONSENTS[found.consent.kind]), day_text(found.consent.date)))
        facts.append((gettext("Entry into force for the State"), _entry_text(found)))
    if found.provisional_application:
        facts.append((gettext("Provisional application"), day_text(found.provisional_application)))
    if found.withdrawal_notified:
        facts.append((gettext("Notice of withdrawal received"), day_text(found.withdrawal_notified)))
        facts.append((gettext("Withdrawal takes effect"), day_text(found.withdrawal_effective) or gettext("suspended by armed conflict")))
    return tuple(facts)


def _reports(law: Law, iso3: str, on: date) -> tuple[tuple[str, str, str, str, str], ...]:
    held = [report for report in law.reports if report.iso3 == iso3 and (not report.received or report.received.first <= on)]
    held.sort(key=lambda report: report.received or report.claimed_on or PartialDate("0001"))
    return tuple(
        (str(REPORTS[report.kind]), day_text(report.received or report.claimed_on), report.covers, report.source, report.note)
        for report in held
    )


def _roles(law: Law, iso3: str) -> tuple[tuple[str, str, str], ...]:
    held = [role for role in law.coordinators if role.iso3 == iso3]
    return tuple((str(THEMES.get(role.theme, role.theme)), f"{role.since or ''}–{role.until or ''}", role.source) for role in held)


def _timeline(law: Law, iso3: str, found: Standing, on: date) -> tuple[Event, ...]:
    events = [
        Event(act.date, day_text(act.date), str(ACTS[act.act]), act.note, act.source)
        for act in law.instruments
        if act.iso3 == iso3 and act.date.first <= on
    ]
    if found.entry_into_force:
        when = PartialDate(found.entry_into_force.isoformat())
        events.append(Event(when, day_text(when), gettext("Entry into force for the State"), "", "", found.entry_into_force > on))
    if found.withdrawal_effective:
        when = PartialDate(found.withdrawal_effective.isoformat())
        events.append(Event(when, day_text(when), gettext("Withdrawal takes effect"), "", "", found.withdrawal_effective > on))
    events += [
        Event(report.received, day_text(report.received), str(REPORTS[report.kind]), report.covers, report.source)
        for report in law.reports
        if report.iso3 == iso3 and report.received and report.received.first <= on
    ]
    return tuple(sorted(events, key=lambda event: event.when))


def contradictions_page(language: str) -> tuple[tuple[str, Contradiction], ...]:
    """Every disagreement of sources, with the State it concerns."""
    law = current_law()
    return tuple((law.name(row.iso3, language) if row.iso3 else "", row) for row in law.contradictions)
