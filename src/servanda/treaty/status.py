"""From instruments to standing: who signed, who consented, who is bound on a day (Articles 15 to 18 and 20).

Entry into force is month arithmetic: the first day of the sixth month after the month of deposit, and never before the
treaty's own entry into force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .dates import PartialDate, add_months, first_day_of_month
from .errors import Remark, sentence
from .law import Law
from .record import CONSENTS, Instrument


@dataclass(frozen=True)
class Because:
    """Why a date is what it is: the rule in words, the inputs to redo the sum by hand, the provision."""

    rule: Remark
    inputs: Mapping[str, object]
    cite: str


@dataclass(frozen=True)
class Consent:
    kind: str
    date: PartialDate


@dataclass(frozen=True)
class Standing:
    """One State on one day. `status`: party, deposited, signatory, withdrawn or none.

    `entry_into_force` is None when it cannot be computed; `doubtful` warns of one that should not be relied on.
    `withdrawal_effective` is the day a notified withdrawal takes effect, also while that day lies ahead; None while suspended.
    """

    iso3: str
    status: str
    signature: PartialDate | None = None
    consent: Consent | None = None
    entry_into_force: date | None = None
    doubtful: bool = False
    provisional_application: PartialDate | None = None
    withdrawal_notified: PartialDate | None = None
    withdrawal_effective: date | None = None
    because: tuple[Because, ...] = ()

    @property
    def consent_stands(self) -> bool:
        return self.status in ("party", "deposited")


@dataclass(frozen=True)
class StatusTable:
    """All 197 States on one day, counted on both bases: `deposited` counts consents that stand, `in_force` those bound."""

    treaty: str
    on: date
    states: tuple[Standing, ...]

    def _count(self, *statuses: str) -> int:
        return sum(state.status in statuses for state in self.states)

    @property
    def deposited(self) -> int:
        return self._count("party", "deposited")

    @property
    def in_force(self) -> int:
        return self._count("party")

    @property
    def signatories(self) -> int:
        return self._count("signatory")

    @property
    def withdrawn(self) -> int:
        return self._count("withdrawn")


@lru_cache(maxsize=32)
def status_table(law: Law, on: date) -> StatusTable:
    """Every State's standing on a day; raises BeforeAdoption. The last few answers are kept: models ask for the same day in turn."""
    law.require_day(on)
    acts = _acts_by_state(law.instruments)
    general = general_entry_into_force(law, on)
    return StatusTable(law.treaty.id, on, tuple(_standing(law, state.iso3, acts[state.iso3], general, on) for state in law.states))


def standing(law: Law, iso3: str, on: date) -> Standing:
    """One State's standing on a day; raises UnknownState, BeforeAdoption."""
    state = law.state(iso3)
    law.require_day(on)
    acts = [act for act in law.instruments if act.iso3 == state.iso3]
    return _standing(law, state.iso3, acts, general_entry_into_force(law, on), on)


def parties(law: Law, on: date, basis: str) -> tuple[str, ...]:
    """The codes of the States counted on a day, ascending; `basis` is `in-force` or `deposited`."""
    counted = ("party",) if basis == "in-force" else ("party", "deposited")
    return tuple(sorted(state.iso3 for state in status_table(law, on).states if state.status in counted))


def general_entry_into_force(law: Law, on: date) -> date | None:
    """The day the treaty itself enters into force, once the consent that brings it about is given by `on` (Article 17(1))."""
    rule = law.provision("entry-into-force")
    known = sorted(act.date for act in law.instruments if act.act in CONSENTS and act.date.precision != "year" and act.date.first <= on)
    if rule is None or len(known) < law.treaty.threshold:
        return None
    deciding = known[law.treaty.threshold - 1]
    return first_day_of_month(deciding.first, rule.on(on).values["months"])


def _acts_by_state(acts: Iterable[Instrument]) -> Mapping[str, list[Instrument]]:
    found: dict[str, list[Instrument]] = defaultdict(list)
    for act in acts:
        found[act.iso3].append(act)
    return found


def _standing(law: Law, iso3: str, acts: list[Instrument], general: date | None, on: date) -> Standing:
    known = sorted((act for act in acts if act.date.first <= on), key=lambda act: act.date)
    signature = _last(known, "signature")
    consent = _last(known, *CONSENTS)
    if consent is None or _cancelled(known, consent):
        return Standing(iso3, "signatory" if signature else "none", signature=signature.date if signature else None)
    provisional = _last(known, "provisional-application")
    enters, latest, reasons = _entry(law, consent, general, on)
    notice = _standing_notice(known, consent)
    leaves, leaving = _withdrawal(law, known, notice, on)
    status = "party" if latest and latest <= on else "deposited"
    if leaves and leaves <= on:
        status = "withdrawn"
    return Standing(
        iso3=iso3,
        status=status,
        signature=signature.date if signature else None,
        consent=Consent(consent.act, consent.date),
        entry_into_force=enters,
        doubtful=consent.doubtful,
        provisional_application=provisional.date if provisional else None,
        withdrawal_notified=notice.date if notice else None,
        withdrawal_effective=leaves,
        because=reasons + leaving,
    )


def _last(known: list[Instrument], *kinds: str) -> Instrument | None:
    return next((act for act in reversed(known) if act.act in kinds), None)


def _cancelled(known: list[Instrument], consent: Instrument) -> bool:
    """An instrument taken back before entry into force (as happened under another convention) no longer counts."""
    taken_back = _last(known, "instrument-withdrawn")
    return taken_back is not None and taken_back.date >= consent.date


def _entry(law: Law, consent: Instrument, general: date | None, on: date) -> tuple[date | None, date | None, tuple[Because, ...]]:
    """The State's entry into force, the latest day it can be, and why. The two differ when the deposit's month is unknown."""
    rule = law.provision("entry-into-force")
    if rule is None or general is None:
        return None, None, ()
    version = rule.on(on)
    if consent.effective and consent.effective.day:
        day = consent.effective.day
        why = Because(Remark(_STATED), {"effective": day.isoformat(), "source": consent.source}, str(version.cite))
        return day, day, (why,)
    months = version.values["months"]
    latest = max(first_day_of_month(consent.date.last, months), general)
    earliest = max(first_day_of_month(consent.date.first, months), general)
    inputs = {"deposit": str(consent.date), "months": months, "treaty_in_force": general.isoformat()}
    if earliest != latest:
        return None, latest, (Because(Remark(_UNKNOWN_DAY), inputs, str(version.cite)),)
    own = first_day_of_month(consent.date.first, months)
    inputs["entry_into_force"] = earliest.isoformat()
    return earliest, latest, (Because(Remark(_LATER if own > general else _WITH_TREATY), inputs, str(version.cite)),)


_LATER = sentence("Entry into force for a State is the first day of the sixth month after the month in which it deposited.")
_WITH_TREATY = sentence("The State consented early enough to be bound from the day the treaty itself entered into force.")
_STATED = sentence("The source states this day of effect; it is not computed.")
_UNKNOWN_DAY = sentence("The month of deposit is not known to us, so the day of entry into force cannot be computed.")
_LEAVES = sentence("Withdrawal takes effect six months after the depositary received the notice.")
_WAR = sentence("The State was engaged in an armed conflict when the six months ended, so withdrawal waits for the end of that conflict.")


def _standing_notice(known: list[Instrument], consent: Instrument) -> Instrument | None:
    """The notice of withdrawal that follows this consent and was not revoked."""
    notice = _last(known, "withdrawal")
    if notice is None or notice.date < consent.date:
        return None
    revoked = _last(known, "withdrawal-revoked")
    return None if revoked and revoked.date >= notice.date else notice


def _withdrawal(law: Law, known: list[Instrument], notice: Instrument | None, on: date) -> tuple[date | None, tuple[Because, ...]]:
    """When a notified withdrawal takes effect (Article 20): six months after receipt, not before the end of an armed conflict."""
    rule = law.provision("withdrawal")
    if notice is None or rule is None:
        return None, ()
    version = rule.on(on)
    inputs: dict[str, object] = {"received": str(notice.date), "months": version.values["months"]}
    if notice.effective:
        inputs["effective"] = str(notice.effective)
        return notice.effective.first, (Because(Remark(_STATED), inputs, str(version.cite)),)
    expires = add_months(notice.date.last, version.values["months"])
    inputs["expires"] = expires.isoformat()
    begins = _last([act for act in known if act.date.first <= expires], "conflict-begins")
    if begins is None:
        return expires, (Because(Remark(_LEAVES), inputs, str(version.cite)),)
    ends = next((act for act in known if act.act == "conflict-ends" and act.date >= begins.date), None)
    if ends and ends.date.first < expires:
        return expires, (Because(Remark(_LEAVES), inputs, str(version.cite)),)
    inputs |= {"conflict_began": str(begins.date), "conflict_ended": str(ends.date) if ends else None}
    return (ends.date.first if ends else None), (Because(Remark(_WAR), inputs, str(version.cite)),)
