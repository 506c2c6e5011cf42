"""Exact sharing in proportion to weights between floors and ceilings, and rounding to whole units.

The joint solution is the one λ with Σ clip(λ·w, low, high) = total; it exists when Σ low ≤ total ≤ Σ high and is found by one
sweep over the sorted breakpoints. (Rescale, fix, repeat is wrong when floors and ceilings are fixed in the same pass.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .errors import Infeasible, Remark, sentence


@dataclass(frozen=True)
class Bounds:
    """The least and the most one payer carries, in the unit of the total; None is without limit."""

    low: Fraction = Fraction(0)
    high: Fraction | None = None


FREE = Bounds()
_CEILINGS = sentence("the ceilings of {payers} payers carry {carried} of {total}, so {left} cannot be carried")
_FLOORS = sentence("the least amounts of {payers} payers add up to {carried}, more than the {total} to be shared")
_RAISE = sentence("raise the ceiling or add payers")
_LOWER = sentence("lower the floor or the minimum, or take payers out")


def share(total: Fraction, weights: Mapping[str, Fraction], bounds: Mapping[str, Bounds], places: int = 0) -> dict[str, Fraction]:
    """Parts of `total` in proportion to `weights` and within `bounds`; raises Infeasible with what cannot be carried.

    `places` are the decimals by which the sentence of a refusal shows amounts: 2 where the total is in hundredths of a franc.
    """
    held = {key: bounds.get(key, FREE) for key in weights}
    if all(bound.high is None and not bound.low for bound in held.values()):
        sum_of_weights = sum(weights.values(), Fraction(0))
        if total and not sum_of_weights:
            raise Infeasible(why=sentence("no payer has a weight above zero"), remedy=sentence("check the payers and their rates"))
        factor = total / sum_of_weights if sum_of_weights else Fraction(0)
        return {key: weight * factor for key, weight in weights.items()}
    rate = _sweep(total, weights, held, places)
    return {key: _clip(weight * rate, held[key]) for key, weight in weights.items()}


def _clip(value: Fraction, bound: Bounds) -> Fraction:
    if value < bound.low:
        return bound.low
    return bound.high if bound.high is not None and value > bound.high else value


def _sweep(total: Fraction, weights: Mapping[str, Fraction], bounds: Mapping[str, Bounds], places: int) -> Fraction:
    carried = sum((bound.low for bound in bounds.values()), Fraction(0))
    if carried > total:
        raise Infeasible(why=_infeasible(_FLOORS, bounds, carried, total, places), remedy=_LOWER)
    steps: list[tuple[Fraction, Fraction]] = []
    for key, weight in weights.items():
        if weight:
            steps.append((bounds[key].low / weight, weight))
            high = bounds[key].high
            if high is not None:
                steps.append((high / weight, -weight))
    steps.sort()
    at, slope = Fraction(0), Fraction(0)
    for point, change in steps:
        reached = carried + slope * (point - at)
        if reached >= total:
            break
        carried, at, slope = reached, point, slope + change
    if slope <= 0 and carried < total:
        raise Infeasible(why=_infeasible(_CEILINGS, bounds, carried, total, places), remedy=_RAISE)
    return at + (total - carried) / slope if slope else at


def _infeasible(says: str, bounds: Mapping[str, Bounds], carried: Fraction, total: Fraction, places: int) -> Remark:
    found = {"carried": carried, "total": total, "left": total - carried}
    return Remark(says, {"payers": len(bounds), **{name: _decimal(units, places) for name, units in found.items()}})


def _decimal(units: Fraction, places: int) -> str:
    """Units as an amount with `places` decimals; what is finer is cut off."""
    whole, rest = divmod(int(units), 10**places)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)


def to_units(total: int, shares: Mapping[str, Fraction], bounds: Mapping[str, Bounds]) -> tuple[dict[str, int], frozenset[str], bool]:
    """Whole units that add up to `total`: largest remainder, ties in ascending order of key.

    A payer at its ceiling receives no unit beyond it, and one at its floor is not cut below it, unless the units could not be
    placed otherwise. Returns the units, who received a remainder unit, and whether a limit had to give way.
    """
    whole = {key: value.numerator // value.denominator for key, value in shares.items()}
    rest = {key: shares[key] - units for key, units in whole.items()}
    for key, bound in bounds.items():
        if rest.get(key) and shares[key] == bound.low:
            whole[key], rest[key] = whole[key] + 1, Fraction(0)
    left = total - sum(whole.values())
    order = sorted(rest, key=lambda key: (-rest[key], key))
    lucky: set[str] = set()
    room = [key for key in order if _room(whole[key] + 1, bounds.get(key))]
    for key in room[: max(left, 0)]:
        whole[key] += 1
        lucky.add(key)
    left -= len(lucky)
    strained = left != 0
    for key in order if left > 0 else reversed(order):
        if not left:
            break
        if left > 0 and key not in lucky and rest[key]:
            whole[key], left = whole[key] + 1, left - 1
        elif left < 0 and whole[key]:
            whole[key], left = whole[key] - 1, left + 1
    return whole, frozenset(lucky), strained


def _room(units: int, bound: Bounds | None) -> bool:
    return bound is None or bound.high is None or units <= bound.high


def round_half(value: Fraction, mode: str) -> int:
    """The nearest whole number; a half goes up (`half-up`) or to the even number (`half-even`). Values are not negative."""
    if mode == "half-even":
        return round(value)
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
