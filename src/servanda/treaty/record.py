"""The dated facts a Unit keeps: who signed, deposited, asked, reported, met. The office holds the same facts as rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from .dates import PartialDate, parse_day

CONSENTS = ("ratification", "acceptance", "approval", "accession", "succession")


@dataclass(frozen=True, slots=True)
class State:
    """One of the 197 States: 193 members of the United Nations, the Holy See, Palestine, the Cook Islands, Niue."""

    iso3: str
    iso2: str
    m49: str
    un_status: str
    regional_group: str
    m49_region: str
    m49_subregion: str
    lldc: bool
    sids: bool
    un_membership_date: date | None
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one language, short or formal, used from `since` until the day before `until`."""

    iso3: str
    language: str
    kind: str
    name: str
    since: date | None
    until: date | None
    source: str
    note: str

    def used_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Membership:
    """A State in a group (the least developed countries, say) for a time."""

    iso3: str
    group: str
    since: PartialDate | None
    until: PartialDate | None
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One act towards the treaty, on the day the depositary gives it.

    `effective` is filled only where a source states an effect that the rule cannot compute; `doubtful` marks an
    entry into force that should not be relied on (a succession).
    """

    iso3: str
    act: str
    date: PartialDate
    effective: PartialDate | None
    doubtful: bool
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A request, a grant, a declaration or a finding about a deadline; `until` is the deadline asked or granted."""

    iso3: str
    article: str
    kind: str
    until: PartialDate | None
    months: int | None
    date: PartialDate | None
    meeting: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Report:
    """A transparency report known to us, or a source's claim that one is missing (`listed-as-missing`)."""

    iso3: str
    kind: str
    received: PartialDate | None
    covers: str
    due_claimed: PartialDate | None
    claimed_on: PartialDate | None
    source: str
    note: str

    def covers_year(self, year: int) -> bool:
        """Whether the period the report states touches `year`; a period is `2014` or `2015-03-01/2017-10-31`."""
        if not self.covers:
            return False
        first, _, last = self.covers.partition("/")
        return int(first[:4]) <= year <= int((last or first)[:4])


@dataclass(frozen=True, slots=True)
class Meeting:
    """A formal or informal meeting; a date that sources dispute is explained in `doubtful_note`."""

    id: str
    kind: str
    title: str
    opens: PartialDate | None
    closes: PartialDate | None
    place: str
    president: str
    doubtful_note: str
    source: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A point of a meeting's agenda or an annex of its record (`kind`), told in our own words in `what`."""

    meeting: str
    kind: str
    item: str
    title: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class Intervention:
    """Who took the floor under an agenda item, and on what. `iso3` is empty where `speaker` is not a State."""

    meeting: str
    item: str
    number: str
    iso3: str
    speaker: str
    theme: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A State that coordinates a theme for a time."""

    theme: str
    iso3: str
    since: PartialDate | None
    until: PartialDate | None
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sources that disagree: both values stay, `used` says which one counts and `reason` why."""

    id: str
    iso3: str
    subject: str
    value_a: str
    source_a: str
    value_b: str
    source_b: str
    used: str
    reason: str


@dataclass(frozen=True)
class Record:
    """Everything dated that is known about one treaty."""

    states: tuple[State, ...]
    names: tuple[Name, ...]
    groups: tuple[Membership, ...]
    instruments: tuple[Instrument, ...]
    decisions: tuple[Decision, ...]
    reports: tuple[Report, ...]
    meetings: tuple[Meeting, ...]
    agenda: tuple[AgendaItem, ...]
    interventions: tuple[Intervention, ...]
    coordinators: tuple[Coordinator, ...]
    contradictions: tuple[Contradiction, ...]


# Each table of the record: the file that holds it and the shape of a row. A path with a folder is shared by all treaties.
TABLES: Mapping[str, tuple[str, type]] = {
    "states": ("states/states.csv", State),
    "names": ("states/names.csv", Name),
    "groups": ("states/groups.csv", Membership),
    "instruments": ("instruments.csv", Instrument),
    "decisions": ("decisions.csv", Decision),
    "reports": ("reports.csv", Report),
    "meetings": ("meetings.csv", Meeting),
    "agenda": ("agenda.csv", AgendaItem),
    "interventions": ("interventions.csv", Intervention),
    "coordinators": ("coordinators.csv", Coordinator),
    "contradictions": ("contradictions.csv", Contradiction),
}

Row = TypeVar("Row")

_READ: Mapping[str, Callable[[str], Any]] = {
    "str": str,
    "bool": lambda text: text in ("1", "yes"),
    "int | None": lambda text: int(text) if text else None,
    "date | None": lambda text: parse_day(text) if text else None,
    "PartialDate": PartialDate,
    "PartialDate | None": lambda text: PartialDate(text) if text else None,
}


def reader_for(shape: type[Row]) -> Callable[[Mapping[str, str]], Row]:
    """A function that makes one `shape` from a row of text; an absent column counts as empty."""
    plan = [(field.name, _READ[str(field.type)]) for field in fields(shape)]  # type: ignore[arg-type]
    return lambda row: shape(*(read(row.get(name) or "") for name, read in plan))


def as_text(fact: Any) -> dict[str, str]:
    """One row of the record as the text its CSV file holds: the inverse of `reader_for`."""
    row = {}
    for field in fields(fact):
        value = getattr(fact, field.name)
        row[field.name] = {None: "", True: "yes", False: ""}.get(value, str(value)) if not isinstance(value, str) else value
    return row
