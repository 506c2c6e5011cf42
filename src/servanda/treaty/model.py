"""A financing model: one engine's switches, read from a cited file. A proposal is a file beside the adopted rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from .dates import parse_day
from .errors import Remark, TextRefused, sentence
from .shares import Citation, Rate
from .texts import read_cite


@dataclass(frozen=True)
class Part:
    """A part of the budget: whether States are assessed for it, and what is taken off before sharing."""

    assessed: bool
    less: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notional:
    """A rate for a payer outside the scale, with the place it is taken from."""

    rate: Rate
    cite: Citation


@dataclass(frozen=True)
class LeastDeveloped:
    """The cap for least developed countries: those listed, or those on the United Nations list on a day (None: the day asked)."""

    cap: Rate
    listed: tuple[str, ...] | None
    as_of: date | None


@dataclass(frozen=True)
class Rounding:
    """`stage`: amount (from unrounded shares) or rate (shares first rounded to `rate_places`); `mode` as in the contract."""

    stage: str
    mode: str
    places: int | None
    rate_places: int | None


@dataclass(frozen=True)
class FinancingModel:
    """Every switch of the engine. `resolution` None means the scale of the budget's year; `weights` maps ISO3 to units in classes."""

    id: str
    title: str
    standing: str
    cite: Citation
    checked_on: date
    note: str
    parts: Mapping[str, Part]
    basis: str
    listed: tuple[str, ...]
    weights: str | Mapping[str, Fraction]
    resolution: str | None
    notional: Mapping[str, Notional]
    fixed: Mapping[str, Rate]
    exempt_below: Rate | None
    factor: Fraction | None
    floor: Rate | None
    ceiling: Rate | None
    ldc: LeastDeveloped | None
    minimum: str | None
    minimum_over_cap: bool
    reserve: Rate | None
    joiners: str
    leavers: str
    rounding: Rounding

    def part(self, name: str) -> Part:
        """A part not named is not assessed."""
        return self.parts.get(name, Part(assessed=False))

    @property
    def assesses(self) -> bool:
        return any(part.assessed for part in self.parts.values())


def read_model(value: Mapping[str, Any], name: str, *, known: Collection[str]) -> FinancingModel:
    """A model from a value that its schema accepts; `known` are the codes that may pay. Raises TextRefused."""
    for key, codes in _codes(value):
        _require_known(codes, known, name, key)
    _require_consistent(value, name)
    ldc, rounding, weights = value.get("ldc"), value["rounding"], value.get("weights", "scale")
    return FinancingModel(
        id=value["id"],
        title=value["title"],
        standing=value["standing"],
        cite=read_cite(value["cite"]),
        checked_on=parse_day(value["checked_on"]),
        note=value.get("note", ""),
        parts={key: Part(part["assessed"], tuple(part.get("less", ()))) for key, part in value["parts"].items()},
        basis=value["payers"]["basis"],
        listed=tuple(sorted(value["payers"].get("list", ()))),
        weights=weights if isinstance(weights, str) else {iso3: Fraction(units) for iso3, units in weights["classes"].items()},
        resolution=value["scale"].get("resolution"),
        notional={
            iso3: Notional(Rate.parse(held["rate"]), read_cite(held["cite"])) for iso3, held in value.get("rates_outside_scale", {}).items()
        },
        fixed={iso3: Rate.parse(rate) for iso3, rate in value.get("fixed_shares", {}).items()},
        exempt_below=_rate(value.get("exempt_below")),
        factor=Fraction(value["factor"]) if "factor" in value else None,
        floor=_rate(value.get("floor")),
        ceiling=_rate(value.get("ceiling")),
        ldc=_ldc(ldc) if ldc else None,
        minimum=value.get("minimum"),
        minimum_over_cap=value.get("minimum_over_cap", True),
        reserve=_rate(value.get("reserve")),
        joiners=value.get("joiners", "full-year"),
        leavers=value.get("leavers", "full-year"),
        rounding=Rounding(rounding["stage"], rounding["mode"], rounding.get("places"), rounding.get("rate_places")),
    )


def _rate(text: str | None) -> Rate | None:
    return Rate.parse(text) if text is not None else None


def _ldc(value: Mapping[str, Any]) -> LeastDeveloped:
    listed = tuple(value["list"]) if "list" in value else None
    return LeastDeveloped(Rate.parse(value["cap"]), listed, parse_day(value["as_of"]) if "as_of" in value else None)


def _codes(value: Mapping[str, Any]) -> Iterable[tuple[str, Iterable[str]]]:
    yield "payers.list", value["payers"].get("list", ())
    yield "rates_outside_scale", value.get("rates_outside_scale", ())
    yield "fixed_shares", value.get("fixed_shares", ())
    yield "ldc.list", value.get("ldc", {}).get("list", ())
    if isinstance(value.get("weights"), dict):
        yield "weights.classes", value["weights"]["classes"]


def _require_known(codes: Iterable[str], known: Collection[str], name: str, key: str) -> None:
    for iso3 in codes:
        if iso3 not in known:
            problem = Remark(sentence("no State has the code “{iso3}”"), {"iso3": iso3})
            raise TextRefused(name, f"{key}.{iso3}", problem, sentence("use an ISO 3166-1 alpha-3 code such as LAO"))


def _require_consistent(value: Mapping[str, Any], name: str) -> None:
    """What a schema cannot say: keys that need each other."""
    if value["payers"]["basis"] == "listed" and not value["payers"].get("list"):
        raise TextRefused(
            name, "payers.list", sentence("the payers are not listed"), sentence("list their ISO3 codes, or choose another basis")
        )
    if value["rounding"]["stage"] == "rate" and "rate_places" not in value["rounding"]:
        raise TextRefused(
            name, "rounding.rate_places", sentence("the key is missing"), sentence("say to how many decimals rates are rounded")
        )
    if sum((Fraction(rate) for rate in value.get("fixed_shares", {}).values()), Fraction(0)) > 100:
        raise TextRefused(
            name, "fixed_shares", sentence("the fixed shares exceed the whole"), sentence("lower them to 100 per cent at most")
        )
    if "factor" in value and value.get("weights", "scale") != "scale":
        raise TextRefused(
            name, "factor", sentence("a factor multiplies scale rates"), sentence("use it with weights: scale, or take it out")
        )
