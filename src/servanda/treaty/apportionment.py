"""Sharing one amount among payers under one model, in exact rationals, every row with its working.

Order of the rule: fixed shares, exemption threshold, rates scaled to what is left (or one factor), floor, cap for least
developed countries and ceiling, minimum, rounding stage, amounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .errors import NothingToShare, PayerWithoutRate, Remark, sentence
from .model import FinancingModel
from .money import Money
from .scaling import Bounds, round_half, share, to_units
from .shares import Rate, Scale
from .working import Row, Sharing, limit_note


@dataclass(frozen=True)
class Apportionment:
    """`shared` is the pool with its reserve; `difference` is the sum of the printed rows less `shared`."""

    pool: Money
    shared: Money
    model: FinancingModel
    rule: Mapping[str, str]
    warnings: tuple[Remark, ...]
    rows: tuple[Row, ...]
    sum: Money
    difference: Money

    @property
    def payers(self) -> int:
        return len(self.rows)

    @property
    def contributors(self) -> int:
        """Payers whose amount is above zero."""
        return sum(row.amount.units > 0 for row in self.rows)

    def amounts(self) -> dict[str, Money]:
        return {row.iso3: row.amount for row in self.rows}


def apportion(
    *,
    pool: Money,
    model: FinancingModel,
    payers: Sequence[str],
    scale: Scale,
    least_developed: frozenset[str] = frozenset(),
    months: Mapping[str, int] | None = None,
    warnings: Sequence[Remark] = (),
) -> Apportionment:
    """Share `pool` among `payers`; fixed-share payers are added.

    `least_developed` are the States under the model's cap on the day it counts. `months` (1 to 12) weighs a payer that is
    there for a part of the year; the others carry the rest, so that the rows still add up.
    Raises PayerWithoutRate, NothingToShare, Infeasible.
    """
    everyone = sorted({*payers, *model.fixed})
    if not everyone:
        raise NothingToShare(why=sentence("there are no payers"), remedy=sentence("choose another day, basis or list"))
    rates, notes = _rates(model, everyone, scale)
    shared = _with_reserve(pool, model)
    weights = _weights(model, rates, months or {}, notes)
    bounds = _bounds(model, weights, shared, least_developed)
    parts = _parts(model, shared, rates, weights, bounds)
    units, strained = _round(model, shared, parts, bounds, notes)
    for iso3 in weights:
        limit = limit_note(model, parts[iso3], bounds.get(iso3), shared)
        if limit:
            notes[iso3].insert(0, limit)
    sharing = Sharing(model, scale, shared, weights)
    rows = tuple(
        Row(iso3, rates.get(iso3), parts[iso3], Money(units[iso3], shared.currency), tuple(notes[iso3]), sharing) for iso3 in everyone
    )
    total = Money.total((row.amount for row in rows), pool.currency)
    extra: tuple[Remark, ...] = (Remark(_STRAINED),) if strained else ()
    if total != shared:
        extra += (Remark(_DIFFERS, {"sum": str(total), "pool": str(shared), "difference": str(total - shared)}),)
    return Apportionment(pool, shared, model, _rule(model, scale, pool, shared), (*warnings, *extra), rows, total, total - shared)


_NOTIONAL = sentence("Notional rate {rate} ({cite}).")
_ASSUMED = sentence("Notional rate {rate} ({cite}), taken over for {first}–{last} as an assumption.")
_EXEMPT = sentence("Below {threshold} on the scale: exempt.")
_MONTHS = sentence("Counted for {months} of 12 months.")
_FIXED = sentence("Fixed share of {rate} per cent.")
_UNIT = sentence("Receives one unit of the remainder.")
_DIFFERS = sentence("The rows add up to {sum}, not to {pool}: this rule leaves a difference of {difference}.")
_STRAINED = sentence("The amount is too small for every limit to hold to the last unit.")


def _rates(model: FinancingModel, everyone: Sequence[str], scale: Scale) -> tuple[dict[str, Rate], dict[str, list[Remark]]]:
    """Each payer's rate, and what there is to say of it. Only scale weights need one; refuses by name where one is missing."""
    rates: dict[str, Rate] = {}
    notes: dict[str, list[Remark]] = {iso3: [] for iso3 in everyone}
    for iso3 in everyone:
        held = scale.rates.get(iso3)
        notional = model.notional.get(iso3)
        if held is not None and iso3 not in scale.outside:
            rates[iso3] = held
        elif notional:
            rates[iso3] = notional.rate
            if scale.resolution in str(notional.cite):
                notes[iso3].append(Remark(_NOTIONAL, {"rate": notional.rate.text, "cite": str(notional.cite)}))
            else:
                facts = {"rate": notional.rate.text, "cite": str(notional.cite), "first": scale.period[0], "last": scale.period[1]}
                notes[iso3].append(Remark(_ASSUMED, facts))
        elif held is not None:
            rates[iso3] = held
            notes[iso3].append(Remark(_NOTIONAL, {"rate": held.text, "cite": str(scale.resolution)}))
    missing = [iso3 for iso3 in everyone if iso3 not in rates and iso3 not in model.fixed]
    if missing and model.weights == "scale":
        raise PayerWithoutRate(payers=", ".join(missing), scale=scale.resolution)
    return rates, notes


def _with_reserve(pool: Money, model: FinancingModel) -> Money:
    reserve = round_half(pool.units * model.reserve.percent / 100, "half-up") if model.reserve else 0
    return Money(pool.units + reserve, pool.currency)


def _weights(
    model: FinancingModel, rates: Mapping[str, Rate], months: Mapping[str, int], notes: Mapping[str, list[Remark]]
) -> dict[str, Fraction]:
    """Weights of the payers without a fixed share; an exempt payer weighs nothing."""
    weights: dict[str, Fraction] = {}
    for iso3 in notes:
        if iso3 in model.fixed:
            notes[iso3].append(Remark(_FIXED, {"rate": model.fixed[iso3].text}))
            continue
        weights[iso3] = _weight(model, iso3, rates)
        if model.exempt_below and model.weights == "scale" and weights[iso3] < model.exempt_below.percent:
            weights[iso3] = Fraction(0)
            notes[iso3].append(Remark(_EXEMPT, {"threshold": model.exempt_below.text}))
        if iso3 in months:
            weights[iso3] *= Fraction(months[iso3], 12)
            notes[iso3].append(Remark(_MONTHS, {"months": months[iso3]}))
    return weights


def _weight(model: FinancingModel, iso3: str, rates: Mapping[str, Rate]) -> Fraction:
    if isinstance(model.weights, str):
        return rates[iso3].percent if model.weights == "scale" else Fraction(1)
    if iso3 not in model.weights:
        raise PayerWithoutRate(payers=iso3, scale=sentence("the model's classes"))
    return model.weights[iso3]


def _bounds(model: FinancingModel, weights: Mapping[str, Fraction], shared: Money, least_developed: frozenset[str]) -> dict[str, Bounds]:
    """Least and most of each payer in minor units, before rounding; an exempt payer carries nothing."""
    if not (model.floor or model.ceiling or model.ldc or model.minimum):
        return {}
    minimum = Fraction(Money.parse(model.minimum, shared.currency).units) if model.minimum and shared.units else Fraction(0)
    floor = shared.units * model.floor.percent / 100 if model.floor else Fraction(0)
    bounds = {}
    for iso3, weight in weights.items():
        if not weight:
            bounds[iso3] = Bounds(Fraction(0), Fraction(0))
            continue
        high = shared.units * model.ceiling.percent / 100 if model.ceiling else None
        if model.ldc and iso3 in least_developed:
            cap = shared.units * model.ldc.cap.percent / 100
            high = cap if high is None else min(high, cap)
        low = min(floor, high) if high is not None else floor
        if minimum > low:
            low = minimum if high is None or minimum <= high or model.minimum_over_cap else high
        bounds[iso3] = Bounds(low, max(low, high) if high is not None else None)
    return bounds


def _parts(
    model: FinancingModel, shared: Money, rates: Mapping[str, Rate], weights: Mapping[str, Fraction], bounds: Mapping[str, Bounds]
) -> dict[str, Fraction]:
    """Unrounded amounts in minor units."""
    parts = {iso3: shared.units * rate.percent / 100 for iso3, rate in model.fixed.items()}
    left = shared.units - sum(parts.values(), Fraction(0))
    if model.factor is not None:
        for iso3, weight in weights.items():
            part = shared.units * weight * model.factor / 100
            bound = bounds.get(iso3, Bounds())
            parts[iso3] = max(part, bound.low) if bound.high is None else min(max(part, bound.low), bound.high)
        return parts
    if not shared.units:
        return parts | dict.fromkeys(weights, Fraction(0))
    return parts | share(left, weights, bounds, shared.currency.places) if weights else parts


def _round(
    model: FinancingModel, shared: Money, parts: dict[str, Fraction], bounds: Mapping[str, Bounds], notes: Mapping[str, list[Remark]]
) -> tuple[dict[str, int], bool]:
    """Minor units of each payer by the model's rounding, and whether a limit had to give way."""
    rounding = model.rounding
    places = shared.currency.places if rounding.places is None else min(rounding.places, shared.currency.places)
    unit = 10 ** (shared.currency.places - places)
    if rounding.stage == "rate" and shared.units:
        _round_rates(rounding.mode, rounding.rate_places or 0, shared, parts)
    if rounding.mode != "largest-remainder" or model.factor is not None:
        mode = rounding.mode if rounding.mode != "largest-remainder" else "half-up"
        return {iso3: round_half(part / unit, mode) * unit for iso3, part in parts.items()}, False
    limits = {iso3: Bounds(bound.low / unit, None if bound.high is None else bound.high / unit) for iso3, bound in bounds.items()}
    if unit != 1:
        parts = {iso3: part / unit for iso3, part in parts.items()}
    units, lucky, strained = to_units(shared.units // unit, parts, limits)
    for iso3 in lucky:
        notes[iso3].append(Remark(_UNIT))
    return {iso3: count * unit for iso3, count in units.items()}, strained


def _round_rates(mode: str, places: int, shared: Money, parts: dict[str, Fraction]) -> None:
    """Replace each part by what its share, rounded to `places` decimals of a percent, makes of the amount."""
    step = Fraction(1, 10**places)
    steps = {iso3: part * 100 / shared.units / step for iso3, part in parts.items()}
    if mode == "largest-remainder":
        whole, _, _ = to_units(100 * 10**places, steps, {})
    else:
        whole = {iso3: round_half(value, mode) for iso3, value in steps.items()}
    for iso3, count in whole.items():
        parts[iso3] = count * step * shared.units / 100


def _rule(model: FinancingModel, scale: Scale, pool: Money, shared: Money) -> dict[str, str]:
    """The rule in printable words, for the foot of every table."""
    rounding = model.rounding
    rule = {
        "model": model.id,
        "title": model.title,
        "standing": model.standing,
        "cite": str(model.cite),
        "scale": scale.resolution,
        "payers": model.basis,
        "weights": model.weights if isinstance(model.weights, str) else "classes",
        "rounding": f"{rounding.stage}, {rounding.mode}",
        "ties": "ISO3 ascending",
    }
    if shared != pool:
        rule["reserve"] = str(shared - pool)
    return rule
