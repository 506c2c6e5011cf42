"""One payer's row with its working: the steps from the rate to the printed amount, so that a reader can redo them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .errors import Remark, sentence
from .model import FinancingModel
from .money import Money
from .scaling import Bounds
from .shares import Rate, Scale, percent_text


@dataclass(frozen=True, slots=True)
class Row:
    """One payer: its rate on the scale, its share of the pool in percent, its amount, and how it came about."""

    iso3: str
    rate: Rate | None
    share: Fraction
    amount: Money
    notes: tuple[Remark, ...]
    working: tuple[Remark, ...]

    @property
    def note(self) -> str:
        return " ".join(str(remark) for remark in self.notes)


_AT_CEILING = sentence("Held at the ceiling of {limit} per cent.")
_AT_FLOOR = sentence("Raised to the floor of {limit} per cent.")
_AT_CAP = sentence("Held at the cap of {limit} per cent for least developed countries.")
_AT_MINIMUM = sentence("Raised to the minimum of {limit}.")
_SCALED = sentence("{weight} of {total} in all: {percent} per cent of what is shared.")
_FACTORED = sentence("{weight} × {factor} = {percent} per cent.")
_ON_SCALE = sentence("Rate on {scale}: {rate}.")
_AMOUNT = sentence("{percent} per cent of {total} is {exact}, printed as {amount}.")


def write_row(
    model: FinancingModel,
    iso3: str,
    rate: Rate | None,
    part: Fraction,
    units: int,
    shared: Money,
    weights: Mapping[str, Fraction],
    bound: Bounds | None,
    notes: list[Remark],
    scale: Scale,
) -> Row:
    """One payer's row. `part` is its unrounded amount in minor units, `units` the printed one; `weights` and `bound` are those applied."""
    amount = Money(units, shared.currency)
    percent = part * 100 / shared.units if shared.units else Fraction(0)
    shown = percent_text(percent, 6)
    working = [Remark(_ON_SCALE, {"scale": scale.resolution, "rate": rate.text})] if rate and model.weights == "scale" else []
    if iso3 in weights:
        facts = {"weight": _plain(weights[iso3]), "percent": shown, "total": _Total(weights), "factor": _plain(model.factor or Fraction(0))}
        working.append(Remark(_SCALED if model.factor is None else _FACTORED, facts))
        limit = _limit(model, part, bound, shared)
        if limit:
            notes.insert(0, limit)
    exact = percent_text(part / 10**shared.currency.places, shared.currency.places + 4)
    working += [*notes, Remark(_AMOUNT, {"percent": shown, "total": str(shared), "exact": exact, "amount": str(amount)})]
    return Row(iso3, rate, percent, amount, tuple(notes), tuple(working))


class _Total:
    """The sum of the weights, written out only when a reader asks for the working."""

    def __init__(self, weights: Mapping[str, Fraction]) -> None:
        self._weights = weights

    def __str__(self) -> str:
        return _plain(sum(self._weights.values(), Fraction(0)))

    __format__ = lambda self, spec: format(str(self), spec)  # noqa: E731


def _limit(model: FinancingModel, part: Fraction, bound: Bounds | None, shared: Money) -> Remark | None:
    """Which limit, if any, made this part what it is."""
    if bound is None or not part:
        return None
    if bound.high == part:
        if model.ceiling and part == shared.units * model.ceiling.percent / 100:
            return Remark(_AT_CEILING, {"limit": model.ceiling.text})
        if model.ldc and part == shared.units * model.ldc.cap.percent / 100:
            return Remark(_AT_CAP, {"limit": model.ldc.cap.text})
    if bound.low == part:
        if model.floor and part == shared.units * model.floor.percent / 100:
            return Remark(_AT_FLOOR, {"limit": model.floor.text})
        return Remark(_AT_MINIMUM, {"limit": model.minimum})
    return None


def _plain(value: Fraction) -> str:
    """A weight as a decimal of at most six places, without trailing zeros."""
    text = percent_text(value, 6).rstrip("0")
    return text.rstrip(".")
