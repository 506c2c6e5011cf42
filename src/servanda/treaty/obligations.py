"""What each State owes, by when, and why: stockpiles, clearance, transparency reports (Articles 3, 4 and 7).

Every obligation that has arisen by a day is listed, past and discharged ones included, up to the first due date after it.
A date is explained so that a reader can redo it by hand; nothing unknown is called late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .dates import PartialDate, add_years
from .deadlines import Extended, RequestBy, extend, request_by
from .errors import Remark, UnknownArticle, sentence
from .law import Law
from .provisions import Provision
from .record import Decision, Report
from .status import Because, Standing, status_table

OWED_ROLES = ("stockpile", "clearance", "report-initial", "report-annual")


@dataclass(frozen=True)
class Obligation:
    """One duty of one State.

    `original_due` is the treaty's date, `due` the one standing after extensions granted (known perhaps only to the month or
    the year). `applies`: True, False, or None where nothing is known either way. `state`: open, met, extension-requested
    (decision not known to us) or no-record (the date has passed and no fulfilment is known to us). `fulfilled`: when it was met, as far as
    that is known.
    """

    iso3: str
    id: str
    article: str
    period: str | None
    due: PartialDate
    original_due: date
    applies: bool | None
    state: str
    because: Because
    evidence: tuple[Remark, ...] = ()
    request_by: RequestBy | None = None
    fulfilled: PartialDate | None = None

    def overdue_on(self, day: date) -> bool:
        """Past its date with no fulfilment, extension or pending request known to us; where nothing says it applies, never."""
        return self.state == "no-record" and self.applies is True and self.due.last < day


def obligations(law: Law, on: date, *, iso3: str | None = None, article: str | None = None) -> tuple[Obligation, ...]:
    """Every obligation that has arisen by `on`, by State and then due date; raises UnknownState, UnknownArticle, BeforeAdoption."""
    if iso3 is not None:
        iso3 = law.state(iso3).iso3
    wanted = _provisions(law, article)
    decisions, reports = defaultdict(list), defaultdict(list)
    for decision in law.decisions:
        decisions[decision.iso3].append(decision)
    for report in law.reports:
        reports[report.iso3].append(report)
    found: list[Obligation] = []
    for state in status_table(law, on).states:
        if state.entry_into_force is None or state.entry_into_force > on or (iso3 and state.iso3 != iso3):
            continue
        for provision in wanted:
            found += _OWED[provision.role](law, provision, state, on, decisions[state.iso3], reports[state.iso3])
    return tuple(sorted(found, key=lambda owed: (owed.iso3, owed.due, owed.id)))


def _provisions(law: Law, article: str | None) -> list[Provision]:
    held = [provision for provision in law.provisions.values() if provision.role in OWED_ROLES]
    if article is None:
        return held
    label = article.strip().lower().removeprefix("article").removeprefix("art.").strip()
    chosen = [provision for provision in held if provision.article == label]
    if not chosen:
        raise UnknownArticle(article=article, known=", ".join(sorted({provision.article for provision in held})))
    return chosen


_YEARS = sentence("{years} years after entry into force for the State.")
_EXTENDED = sentence("{years} years after entry into force for the State, then extended by the decisions listed.")
_HOSTILITIES = sentence("{years} years after the end of the active hostilities in which the remnants arose.")
_INITIAL = sentence("{days} calendar days after entry into force for the State.")
_ANNUAL = sentence("30 April of the year that follows the calendar year covered; the first one follows the initial report's due date.")


def _timed(
    law: Law, provision: Provision, state: Standing, on: date, decisions: Sequence[Decision], reports: Sequence[Report]
) -> Iterator[Obligation]:
    """A stockpile or clearance deadline, and one more for each later end of hostilities."""
    assert state.entry_into_force is not None
    version = provision.on(on)
    known = [decision for decision in decisions if decision.article == provision.article and _known(law, decision, on)]
    later = [decision for decision in known if decision.kind == "hostilities-ended" and decision.date]
    years = version.values["years"]
    first = add_years(state.entry_into_force, years)
    inputs = {"entry_into_force": state.entry_into_force.isoformat(), "years": years}
    yield _deadline(law, provision, state, on, known, first, _YEARS, inputs, None)
    for ended in later:
        years = version.values.get("new_contamination_years", years)
        inputs = {"hostilities_ended": str(ended.date), "years": years}
        assert ended.date is not None
        yield _deadline(law, provision, state, on, [], add_years(ended.date.last, years), _HOSTILITIES, inputs, str(ended.date))


def _deadline(
    law: Law,
    provision: Provision,
    state: Standing,
    on: date,
    known: Sequence[Decision],
    original: date,
    rule: str,
    inputs: Mapping[str, object],
    period: str | None,
) -> Obligation:
    version = provision.on(on)
    extended = extend(law, original, known)
    if extended.steps:
        rule, inputs = _EXTENDED, {**inputs, "original_due": original.isoformat(), "extensions": list(extended.steps)}
    applies, met, fulfilled, evidence = _evidence(known)
    if state.withdrawal_effective and state.withdrawal_effective <= min(on, extended.due.last):
        applies = False
        evidence += (Remark(_WITHDREW, {"day": state.withdrawal_effective.isoformat()}),)
    return Obligation(
        iso3=state.iso3,
        id=provision.id,
        article=provision.article,
        period=period,
        due=extended.due,
        original_due=original,
        applies=applies,
        state=_state(met, extended, on),
        because=Because(Remark(rule, {"years": inputs["years"]}), inputs, str(version.cite)),
        evidence=evidence + extended.remarks,
        request_by=request_by(law, extended.due, version) if "extension_years" in version.values and not met else None,
        fulfilled=fulfilled,
    )


def _state(met: bool, extended: Extended, on: date) -> str:
    if met:
        return "met"
    if extended.pending:
        return "extension-requested"
    return "no-record" if extended.due.last < on else "open"


_WITHDREW = sentence("The State's withdrawal took effect on {day}, before this date.")
_COMPLETED = sentence("Completion reported {date} ({source}).")
_DECLARED = sentence("Compliance declared {date} ({source}).")
_REOPENED = sentence("More was found after the declaration, {date} ({source}): the obligation is open again.")
_NOTHING_THERE = sentence("The State has stated that it has none ({source}).")
_NO_EVIDENCE = sentence("Nothing we hold says whether this applies to the State.")


def _evidence(known: Sequence[Decision]) -> tuple[bool | None, bool, PartialDate | None, tuple[Remark, ...]]:
    """Whether the duty applies, whether it is met and when, and on what evidence; later findings outweigh earlier ones."""
    applies: bool | None = True if known else None
    met, fulfilled = False, None
    remarks: list[Remark] = []
    for decision in sorted(known, key=lambda found: found.date or PartialDate("0001")):
        facts = {"date": str(decision.date or "—"), "source": decision.source}
        if decision.kind in ("completed", "declared-compliant"):
            met, fulfilled = True, fulfilled or decision.date
            remarks.append(Remark(_COMPLETED if decision.kind == "completed" else _DECLARED, facts))
        elif decision.kind == "no-obligation":
            applies, met = False, True
            remarks.append(Remark(_NOTHING_THERE, facts))
        elif decision.kind == "contamination-found":
            applies = True
            if met:
                remarks.append(Remark(_REOPENED, facts))
            met, fulfilled = False, None
    return applies, met, fulfilled, tuple(remarks) if known else (Remark(_NO_EVIDENCE),)


def _known(law: Law, decision: Decision, on: date) -> bool:
    """Whether the decision was known by `on`: by its own date, else by the opening of the meeting named, else always."""
    if decision.date:
        return decision.date.first <= on
    meeting = next((meeting for meeting in law.meetings if meeting.id == decision.meeting), None)
    return meeting is None or meeting.opens is None or meeting.opens.first <= on


_NONE_KNOWN = sentence("No report known to us; our list of reports is partial.")
_CLAIMED = sentence("Listed as missing by {source} as of {claimed_on}; that is the source's claim, not ours.")
_RECEIVED = sentence("Report received {received} ({source}).")


def _initial(
    law: Law, provision: Provision, state: Standing, on: date, decisions: Sequence[Decision], reports: Sequence[Report]
) -> Iterator[Obligation]:
    """The first transparency report: 180 days after entry into force."""
    assert state.entry_into_force is not None
    version = provision.on(on)
    days = version.values["within_days"]
    due = state.entry_into_force + timedelta(days=days)
    inputs = {"entry_into_force": state.entry_into_force.isoformat(), "days": days}
    because = Because(Remark(_INITIAL, {"days": days}), inputs, str(version.cite))
    found = [report for report in reports if report.kind == "initial"]
    claims = [report for report in reports if report.kind == "listed-as-missing" and not report.covers]
    yield _report(provision, state, on, due, None, because, found, claims)


def _annual(
    law: Law, provision: Provision, state: Standing, on: date, decisions: Sequence[Decision], reports: Sequence[Report]
) -> Iterator[Obligation]:
    """One report a calendar year, from the first 30 April after the initial report's due date to the first after `on`."""
    initial = law.provision("report-initial")
    if initial is None or state.entry_into_force is None:
        return
    version = provision.on(on)
    month, day = version.values["due_month"], version.values["due_day"]
    initial_due = state.entry_into_force + timedelta(days=initial.on(on).values["within_days"])
    year = initial_due.year + (date(initial_due.year, month, day) <= initial_due)
    last = on.year + (date(on.year, month, day) <= on)
    for due_year in range(year, max(year, last) + 1):
        due, covered = date(due_year, month, day), due_year - 1
        if state.withdrawal_effective and due >= state.withdrawal_effective and state.withdrawal_effective <= on:
            return
        inputs = {"covers": str(covered), "initial_due": initial_due.isoformat()}
        because = Because(Remark(_ANNUAL), inputs, str(version.cite))
        found = [report for report in reports if report.kind == "annual" and report.covers_year(covered)]
        claims = [report for report in reports if report.kind == "listed-as-missing" and report.covers_year(covered)]
        yield _report(provision, state, on, due, str(covered), because, found, claims)


def _report(
    provision: Provision,
    state: Standing,
    on: date,
    due: date,
    period: str | None,
    because: Because,
    found: Sequence[Report],
    claims: Sequence[Report],
) -> Obligation:
    received = [report for report in found if report.received is None or report.received.first <= on]
    if received:
        status = "met"
        evidence = tuple(Remark(_RECEIVED, {"received": str(report.received or "—"), "source": report.source}) for report in received)
    else:
        status = "no-record" if due < on else "open"
        made = [claim for claim in claims if claim.claimed_on is None or claim.claimed_on.first <= on]
        evidence = tuple(Remark(_CLAIMED, {"source": claim.source, "claimed_on": str(claim.claimed_on or "—")}) for claim in made)
        if status == "no-record":
            evidence = (Remark(_NONE_KNOWN), *evidence)
    return Obligation(
        iso3=state.iso3,
        id=provision.id,
        article=provision.article,
        period=period,
        due=PartialDate(due.isoformat()),
        original_due=due,
        applies=True,
        state=status,
        because=because,
        evidence=evidence,
        fulfilled=min((report.received for report in received if report.received), default=None, key=lambda day: day.last),
    )


_OWED = {"stockpile": _timed, "clearance": _timed, "report-initial": _initial, "report-annual": _annual}
