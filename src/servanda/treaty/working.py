"""One payer's row with its working: the steps from the rate to the printed amount, so that a reader can redo them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .errors import Remark, sentence
from .model import FinancingModel
from .money import Money
from .scaling import Bounds
from .shares import Rate, Scale, percent_text

_AT_CEILING = sentence("Held at the ceiling of {limit} per cent.")
_AT_FLOOR = sentence("Raised to the floor of {limit} per cent.")
_AT_CAP = sentence("Held at the cap of {limit} per cent for least developed countries.")
_AT_MINIMUM = sentence("Raised to the minimum of {limit}.")
_SCALED = sentence("{weight} of {total} in all: {percent} per cent of what is shared.")
_FACTORED = sentence("{weight} × {factor} = {percent} per cent.")
_ON_SCALE = sentence("Rate on {scale}: {rate}.")
_AMOUNT = sentence("{percent} per cent of {total} is {exact}, printed as {amount}.")


@dataclass(frozen=True, eq=False)
class Sharing:
    """What all rows of one apportionment have in common: the rule, the scale, the amount, and the weights applied."""

    model: FinancingModel
    scale: Scale
    shared: Money
    weights: Mapping[str, Fraction]

    @cached_property
    def total_weight(self) -> Fraction:
        return sum(self.weights.values(), Fraction(0))


@dataclass(frozen=True, slots=True)
class Row:
    """One payer: its rate, its unrounded part in minor units, its amount, and what there is to say of it.

    The share and the working are made when a reader asks for them.
    """

    iso3: str
    rate: Rate | None
    part: Fraction
    amount: Money
    notes: tuple[Remark, ...]
    sharing: Sharing

    @property
    def note(self) -> str:
        return " ".join(str(remark) for remark in self.notes)

    @property
    def share(self) -> Fraction:
        """Percent of what is shared, before amounts are rounded."""
        whole = self.sharing.shared.units
        return self.part * 100 / whole if whole else Fraction(0)

    @property
    def working(self) -> tuple[Remark, ...]:
        """The steps, to be redone by hand."""
        model, weights, shared = self.sharing.model, self.sharing.weights, self.sharing.shared
        shown = percent_text(self.share, 6)
        steps = []
        if self.rate and model.weights == "scale":
            steps.append(Remark(_ON_SCALE, {"scale": self.sharing.scale.resolution, "rate": self.rate.text}))
        if self.iso3 in weights and model.factor is None:
            facts = {"weight": _plain(weights[self.iso3]), "total": _plain(self.sharing.total_weight), "percent": shown}
            steps.append(Remark(_SCALED, facts))
        elif self.iso3 in weights:
            facts = {"weight": _plain(weights[self.iso3]), "factor": _plain(model.factor or Fraction(0)), "percent": shown}
            steps.append(Remark(_FACTORED, facts))
        places = shared.currency.places
        exact = percent_text(self.part / 10**places, places + 4)
        printed = Remark(_AMOUNT, {"percent": shown, "total": str(shared), "exact": exact, "amount": str(self.amount)})
        return (*steps, *self.notes, printed)


def limit_note(model: FinancingModel, part: Fraction, bound: Bounds | None, shared: Money) -> Remark | None:
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
