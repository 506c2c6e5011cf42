"""Everything known of one State, and where sources disagree."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from servanda.office.common.queries import day_text, say
from servanda.office.obligations.queries import OwedRow, current_law, inputs_text, owed_rows
from servanda.office.states.choices import ACTS, CONSENTS, GROUPS, REPORTS, STATUSES, THEMES
from servanda.treaty.dates import PartialDate
from servanda.treaty.law import Law
from servanda.treaty.obligations import Obligation, obligations
from servanda.treaty.record import Contradiction
from servanda.treaty.status import Standing, standing

from .states import entry_text


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
    owed_now: tuple[OwedRow, ...]
    owed_before: tuple[OwedRow, ...]
    reports: tuple[tuple[str, str, str, str, str], ...]
    roles: tuple[tuple[str, str, str], ...]
    said: tuple[tuple[str, str, str, str], ...]
    contradictions: tuple[Contradiction, ...]
    timeline: tuple[Event, ...]
    names: tuple[tuple[str, str, str], ...] = field(default=())


def state_page(iso3: str, on: date, language: str) -> StatePage:
    """Everything known of one State on a day; raises UnknownState, BeforeAdoption."""
    law = current_law()
    state = law.state(iso3)
    found = standing(law, state.iso3, on)
    owed = obligations(law, on, iso3=state.iso3)
    now = [item for item in owed if _calls_for_attention(law, item, on)]
    before = [item for item in reversed(owed) if item not in now]
    return StatePage(
        iso3=state.iso3,
        name=law.name(state.iso3, language, on=on),
        formal=law.name(state.iso3, language, on=on, kind="formal"),
        on=on,
        on_text=day_text(on),
        status=found.status,
        status_text=str(STATUSES[found.status]),
        facts=_facts(law, found, on),
        reasons=tuple((say(why.rule), why.cite, inputs_text(why.inputs)) for why in found.because),
        owed_now=owed_rows(law, now, on, language),
        owed_before=owed_rows(law, before, on, language),
        reports=_reports(law, state.iso3, on),
        roles=_roles(law, state.iso3),
        said=_said(law, state.iso3, on),
        contradictions=tuple(row for row in law.contradictions if row.iso3 == state.iso3),
        timeline=_timeline(law, state.iso3, found, on),
        names=tuple((name.name, day_text(name.until), name.source) for name in law.names if _former(name, state.iso3, language)),
    )


def _calls_for_attention(law: Law, item: Obligation, on: date) -> bool:
    """What lies ahead, and deadlines of substance that passed unfulfilled; the long list of yearly reports stays behind."""
    return item.due.last >= on or (item.state != "met" and item.applies is True and not law.provisions[item.id].role.startswith("report"))


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
        facts.append((gettext("Entry into force for the State"), entry_text(found)))
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


def _said(law: Law, iso3: str, on: date) -> tuple[tuple[str, str, str, str], ...]:
    """What the State reported or asked at meetings: the meeting's id, its day, the theme, the words."""
    held = {meeting.id: meeting for meeting in law.meetings if meeting.opens and meeting.opens.first <= on}
    spoken = [found for found in law.interventions if found.iso3 == iso3 and found.meeting in held]
    return tuple(
        (found.meeting, day_text(held[found.meeting].opens), str(THEMES.get(found.theme, found.theme)), found.what) for found in spoken
    )


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
