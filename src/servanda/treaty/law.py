"""Loads the texts of data/ into a Law: provisions, scales and financing models, and the record of who did what.

Each file is read when it is first asked for, so that a command pays only for what it uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from .dates import add_years, parse_day
from .errors import (
    BeforeAdoption,
    Remark,
    TextRefused,
    TooFarAhead,
    UnknownCurrency,
    UnknownModel,
    UnknownScale,
    UnknownState,
    UnknownTreaty,
    sentence,
)
from .model import FinancingModel, read_model
from .money import Currency
from .provisions import Provision, Treaty, read_provision, read_treaty
from .reader import read_yaml
from .record import (
    TABLES,
    AgendaItem,
    Contradiction,
    Coordinator,
    Decision,
    Instrument,
    Intervention,
    Meeting,
    Membership,
    Name,
    Record,
    Report,
    State,
    reader_for,
)
from .schema import check
from .shares import Rate, Scale, percent_text
from .texts import DATA, read_cite, read_rows, read_text, schema

EUROPEAN_UNION = "EUE"  # a payer in several bodies, though not a State

_HORIZON = 2100
_STALE = sentence("{file} was last checked on {checked_on}, over a year before {on}; read the source again and date the check.")


@dataclass(frozen=True, eq=False)
class Law:
    """One treaty's texts and record. `given` replaces the record of the folder by rows from elsewhere (the office)."""

    folder: Path
    given: Record | None = None

    @cached_property
    def treaty(self) -> Treaty:
        return read_treaty(self.folder / "treaty.yaml")

    @cached_property
    def provisions(self) -> Mapping[str, Provision]:
        found = {}
        for path in sorted((self.folder / "provisions").glob("*.yaml")):
            provision = read_provision(path)
            found[provision.id] = provision
        return found

    def provision(self, role: str) -> Provision | None:
        """The provision that plays `role` (stockpile, clearance, withdrawal …), or None when the treaty has none."""
        return next((found for found in self.provisions.values() if found.role == role), None)

    @cached_property
    def states(self) -> tuple[State, ...]:
        return self._table("states")

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return self._table("names")

    @cached_property
    def groups(self) -> tuple[Membership, ...]:
        return self._table("groups")

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        return self._table("instruments")

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        return self._table("decisions")

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        return self._table("reports")

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        return self._table("meetings")

    @cached_property
    def agenda(self) -> tuple[AgendaItem, ...]:
        return self._table("agenda")

    @cached_property
    def interventions(self) -> tuple[Intervention, ...]:
        return self._table("interventions")

    @cached_property
    def coordinators(self) -> tuple[Coordinator, ...]:
        return self._table("coordinators")

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        return self._table("contradictions")

    @property
    def record(self) -> Record:
        return self.given or Record(**{table: getattr(self, table) for table in TABLES})

    @cached_property
    def _states_by_code(self) -> Mapping[str, State]:
        return {state.iso3: state for state in self.states}

    @property
    def state_codes(self) -> Mapping[str, State]:
        return self._states_by_code

    def state(self, iso3: str) -> State:
        """The State with that code, whatever the case of its letters; raises UnknownState."""
        found = self._states_by_code.get(iso3.strip().upper())
        if found is None:
            raise UnknownState(iso3=iso3)
        return found

    @cached_property
    def _names_by_state(self) -> Mapping[tuple[str, str, str], tuple[Name, ...]]:
        found: dict[tuple[str, str, str], tuple[Name, ...]] = {}
        for name in self.names:
            key = (name.iso3, name.language, name.kind)
            found[key] = (*found.get(key, ()), name)
        return found

    def name(self, iso3: str, language: str = "en", *, on: date | None = None, kind: str = "short") -> str:
        """The State's name in a language, as used on a day (None: as used now); English, then the code, where none is held."""
        for spoken in (language, "en"):
            held = self._names_by_state.get((iso3, spoken, kind), ())
            fitting = [name for name in held if (name.used_on(on) if on else name.until is None)]
            if fitting:
                return fitting[-1].name
        return "European Union" if iso3 == EUROPEAN_UNION else iso3

    def in_group(self, group: str, on: date) -> frozenset[str]:
        """The States in `group` on a day; a membership known only to the year counts for the whole of its first year."""
        return frozenset(
            held.iso3
            for held in self.groups
            if held.group == group and (not held.since or held.since.first <= on) and (not held.until or on < held.until.first)
        )

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        """Every scale held, oldest first."""
        return tuple(sorted((_scale(path, self) for path in _shared(self.folder, "scales").glob("*.yaml")), key=lambda scale: scale.period))

    def scale(self, wanted: str) -> Scale:
        """The scale of a resolution (`A/RES/64/248` or `64/248`) or of a year; raises UnknownScale."""
        text = wanted.strip().upper().removeprefix("A/RES/")
        for scale in self.scales:
            if scale.resolution == f"A/RES/{text}" or (text.isdigit() and scale.covers(int(text))):
                return scale
        known = ", ".join(scale.resolution for scale in self.scales)
        raise UnknownScale(scale=wanted, first=self.scales[0].period[0], last=self.scales[-1].period[1], known=known)

    def model_ids(self) -> tuple[str, ...]:
        names = (path.stem for path in _shared(self.folder, "finance").glob("*.yaml"))
        return tuple(sorted(name for name in names if name not in _NOT_MODELS))

    @cached_property
    def models(self) -> Mapping[str, FinancingModel]:
        return {name: self.model(name) for name in self.model_ids()}

    def model(self, wanted: str) -> FinancingModel:
        """A shipped financing model by its id; raises UnknownModel."""
        if wanted not in self.model_ids():
            raise UnknownModel(model=wanted, known=", ".join(self.model_ids()))
        path = _shared(self.folder, "finance") / f"{wanted}.yaml"
        return self.read_model(path.read_bytes(), path.name)

    def read_model(self, data: bytes | str, name: str) -> FinancingModel:
        """A financing model from a file's content, checked as strictly as the shipped ones."""
        value = read_yaml(data, name)
        check(value, schema("model"), name)
        return read_model(value, name, known=frozenset(self._states_by_code) | {EUROPEAN_UNION})

    def text(self, file: str, kind: str) -> dict[str, Any]:
        """One YAML file of the treaty folder or of data/, checked against its schema."""
        own = self.folder / file
        return read_text(own if own.exists() else DATA / file, kind)

    @cached_property
    def currencies(self) -> Mapping[str, Currency]:
        rows = read_rows(DATA / "currencies.csv", "currencies")
        return {row["code"]: Currency(row["code"], int(row["places"])) for row in rows}

    def currency(self, code: str) -> Currency:
        found = self.currencies.get(code.strip().upper())
        if found is None:
            raise UnknownCurrency(currency=code)
        return found

    def require_day(self, on: date) -> date:
        """`on`, unless it lies before adoption or beyond what anybody plans for: raises BeforeAdoption, TooFarAhead."""
        if on < self.treaty.adopted:
            raise BeforeAdoption(day=on.isoformat(), adopted=self.treaty.adopted.isoformat())
        if on.year >= _HORIZON:
            raise TooFarAhead(day=on.isoformat(), year=_HORIZON)
        return on

    def stale(self, on: date) -> Iterator[Remark]:
        """A warning for each text last checked over a year before `on`."""
        paths = [*sorted(self.folder.rglob("*.yaml")), *sorted(DATA.glob("scales/*.yaml")), *sorted(DATA.glob("finance/*.yaml"))]
        for path in paths:
            checked = (read_yaml(path.read_bytes(), path.name) or {}).get("checked_on")
            if checked and add_years(parse_day(checked), 1) < on:
                yield Remark(_STALE, {"file": path.name, "checked_on": checked, "on": on.isoformat()})

    def _table(self, table: str) -> tuple[Any, ...]:
        if self.given is not None:
            found: tuple[Any, ...] = getattr(self.given, table)
            return found
        file, shape = TABLES[table]
        path = self.folder / file if (self.folder / file).exists() else DATA / file
        rows = read_rows(path, table)
        if table != "states" and "iso3" in (field.name for field in fields(shape)):
            _known_states(rows, self._states_by_code, path)
        return tuple(map(reader_for(shape), rows))


_NOT_MODELS = ("sample-budget", "risk-calibration")


def load_law(treaty: str = "ccm") -> Law:
    """The law of a shipped treaty (`ccm`, `apmbc`) or of a treaty folder's path; raises UnknownTreaty."""
    shipped = DATA / treaty if treaty.isalnum() else None
    for folder in (shipped, Path(treaty)):
        if folder and (folder / "treaty.yaml").is_file():
            return Law(folder.resolve())
    known = ", ".join(sorted(path.parent.name for path in DATA.glob("*/treaty.yaml")))
    raise UnknownTreaty(treaty=treaty, known=known)


def _shared(folder: Path, name: str) -> Path:
    """A treaty folder may bring its own scales or models; else those of data/ count."""
    return folder / name if (folder / name).is_dir() else DATA / name


def _known_states(rows: list[dict[str, str]], known: Mapping[str, State], path: Path) -> None:
    for number, row in enumerate(rows, start=2):
        if row["iso3"] and row["iso3"] not in known:
            problem = Remark(sentence("no State has the code “{iso3}”"), {"iso3": row["iso3"]})
            raise TextRefused(
                f"{path.parent.name}/{path.name}", f"row {number}, iso3", problem, sentence("use a code of states/states.csv")
            )


def _scale(path: Path, law: Law) -> Scale:
    text = read_text(path, "scale")
    rows = read_rows(path.parent / text["rates"], "scale-rates")
    _known_states(rows, law._states_by_code, path.parent / text["rates"])
    scale = Scale(
        resolution=text["resolution"],
        period=(text["period"][0], text["period"][1]),
        rates={row["iso3"]: Rate.parse(row["rate"]) for row in rows},
        outside=frozenset(row["iso3"] for row in rows if row["standing"] == "outside"),
        notes={row["iso3"]: row["note"] for row in rows if row["note"]},
        cite=read_cite(text["cite"]),
    )
    if scale.total != Rate.parse(text["sum"]).percent:
        problem = Remark(
            sentence("the rates add up to {found}, the resolution says {stated}"),
            {"found": percent_text(scale.total, 3), "stated": text["sum"]},
        )
        raise TextRefused(path.name, "sum", problem, sentence("compare the rates with the resolution"))
    return scale
