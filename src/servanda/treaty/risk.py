"""What might be in the till: a Monte Carlo of collection and pledges over a budget year, by quarter.

Method. Each payer of the assessed pool pays within the year or not with the frequency observed in the United Nations regular
budget for its size of rate, on a day drawn around the median day of its size. Each accepted contribution arrives with the
probability of renewal observed for voluntary trust funds. Beside what stands, the same year is drawn with every offer accepted
(an offer arrives as often, and its amount is drawn from the observed yearly changes, never above what was offered) and with the
largest source giving nothing. Spending is even over the year. Amounts are int64 minor units; probabilities are floats. The same
seed gives the same answer.

Limits. Payers are drawn independently (a common crisis is worse than shown); calendar and habits are those of another body; who
was late last year is not known to the budget, so each payer is drawn from the long-run frequencies.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from .apportionment import Apportionment
from .errors import Remark, TreatyError, WrongUse, sentence
from .financing import CORE, NON_CORE, Budget, ModelResult, concentration
from .law import Law
from .money import Money

QUARTER_ENDS = (91, 182, 274, 365)
_PARTS = (CORE, NON_CORE)
_EVENLY = (0.25, 0.5, 0.75, 1.0)
_CHUNK = 500
_MAX_SCENARIOS = 1_000_000


@dataclass(frozen=True)
class SizeClass:
    """Payers whose rate is at most `up_to` percent: the share unpaid at year-end and the median day of payment."""

    up_to: Fraction
    unpaid: float
    median_day: int


@dataclass(frozen=True)
class Calibration:
    """Observed behaviour, with where it was observed.

    `spread` is the standard deviation of the log of the day of payment; `changes` are twenty equally likely ratios of what a giver
    gave in one year to what it gave in the year before.
    """

    sizes: tuple[SizeClass, ...]
    spread: float
    renewed: float
    changes: tuple[Fraction, ...]
    source: str


@dataclass(frozen=True)
class Quarter:
    """Cash at the end of a quarter: percentiles over scenarios, how often it is below zero, and days of spending it covers.

    The last two probabilities are of a shortfall in another year: with every offer accepted, and without the largest source.
    """

    number: int
    cash_p5: Money
    cash_p50: Money
    cash_p95: Money
    shortfall_probability: float
    days_of_cash: int
    shortfall_if_offers_accepted: float
    shortfall_without_largest: float


@dataclass(frozen=True)
class RiskResult:
    """`hhi` and `top_five` (percent) are of the assessed shares; `largest_donor_loss` is the most that one source gives."""

    seed: int
    scenarios: int
    quarters: tuple[Quarter, ...]
    hhi: Fraction
    top_five: Fraction
    largest_donor_loss: Money
    method: tuple[Remark, ...]


class ScenariosRefused(WrongUse):
    says = sentence("“{scenarios}” scenarios cannot be drawn; ask for a number from 1 to 1000000.")


class AmountTooLarge(TreatyError):
    says = sentence("The budget is too large for the scenarios' integers; give it in a larger unit.")


def load_calibration(law: Law) -> Calibration:
    """The figures observed, as data/finance/risk-calibration.yaml has them."""
    value = law.text("finance/risk-calibration.yaml", "calibration")
    sizes = tuple(SizeClass(Fraction(row["up_to"]), float(row["unpaid"]), row["median_day"]) for row in value["sizes"])
    changes = tuple(Fraction(ratio) for ratio in value["changes"])
    return Calibration(sizes, float(value["spread"]), float(value["renewed"]), changes, value["cite"]["document"])


def simulate(budget: Budget, result: ModelResult, calibration: Calibration, *, scenarios: int = 10_000, seed: int = 0) -> RiskResult:
    """Draw `scenarios` budget years under one model; raises ScenariosRefused outside 1 to 1,000,000, AmountTooLarge."""
    if not 1 <= scenarios <= _MAX_SCENARIOS:
        raise ScenariosRefused(scenarios=scenarios)
    shared = result.apportionment
    largest, loss = _largest(budget, shared)
    inflows = _inflows(budget, result, calibration, largest)
    spent = np.array([budget.total.units * day // 365 for day in QUARTER_ENDS], dtype=np.int64)
    received = [gift for gift in budget.voluntary if gift.standing == "received" and gift.to in _PARTS]
    certain = budget.savings.units + sum(gift.amount.units for gift in received)
    kept = certain - sum(gift.amount.units for gift in received if gift.giver == largest)
    generator = np.random.default_rng(seed)
    drawn = _draw(inflows, generator, scenarios)
    offers = _draw_offers(budget, calibration, generator, scenarios)
    stands, accepted, without = drawn[0] + certain - spent, drawn[1] + offers + certain - spent, drawn[2] + kept - spent
    quarters = tuple(_quarter(number, stands[:, number], accepted[:, number], without[:, number], budget) for number in range(4))
    return RiskResult(seed, scenarios, quarters, concentration(shared), _top_five(shared), loss, _method(calibration))


@dataclass(frozen=True)
class _Inflows:
    """One column a payment. `amounts` has three rows: as things stand, with every offer accepted, without the largest source."""

    amounts: npt.NDArray[np.int64]
    by_quarter: npt.NDArray[np.float32]


def _inflows(budget: Budget, result: ModelResult, calibration: Calibration, largest: str | None) -> _Inflows:
    then = result.if_offers_accepted.amounts()
    columns: list[tuple[int, int, int]] = []
    chances: list[Sequence[float]] = []
    for row in result.apportionment.rows:
        amounts = row.amount.units, then[row.iso3].units
        if any(amounts):
            rate = row.rate.percent if row.rate else row.share
            size = next((size for size in calibration.sizes if rate <= size.up_to), calibration.sizes[-1])
            columns.append((*amounts, 0 if row.iso3 == largest else amounts[0]))
            chances.append(_cumulative(1 - size.unpaid, size.median_day, calibration.spread))
    for gift in budget.voluntary:
        if gift.standing == "accepted" and gift.to in _PARTS:
            units = gift.amount.units
            columns.append((units, units, 0 if gift.giver == largest else units))
            chances.append([calibration.renewed * share for share in _EVENLY])
    if sum(map(max, columns)) >= 2**62:
        raise AmountTooLarge()
    amounts_ = np.array(columns, dtype=np.int64).reshape(len(columns), 3).T
    return _Inflows(amounts_, np.array(chances, dtype=np.float32).reshape(len(columns), 4))


def _cumulative(paid: float, median_day: int, spread: float) -> list[float]:
    """Probability of payment by the end of each quarter: log-normal days around the median, all who pay do so within the year."""
    reached = [0.5 * (1 + math.erf((math.log(day) - math.log(median_day)) / spread / math.sqrt(2))) for day in QUARTER_ENDS]
    return [paid * share / reached[-1] for share in reached]


def _draw(inflows: _Inflows, generator: np.random.Generator, scenarios: int) -> npt.NDArray[np.int64]:
    """Cumulative inflow, an array of 3 × scenarios × 4, drawn in chunks that stay in the processor's cache."""
    total = np.zeros((3, scenarios, 4), dtype=np.int64)
    for start in range(0, scenarios, _CHUNK):
        stop = min(start + _CHUNK, scenarios)
        luck = generator.random((stop - start, inflows.amounts.shape[1]), dtype=np.float32)
        for quarter in range(4):
            arrived = luck < inflows.by_quarter[:, quarter]
            for row, amounts in enumerate(inflows.amounts):
                total[row, start:stop, quarter] = (arrived * amounts).sum(axis=1)
    return total


def _draw_offers(budget: Budget, calibration: Calibration, generator: np.random.Generator, scenarios: int) -> npt.NDArray[np.int64]:
    """What the offers bring once accepted, an array of scenarios × 4: as often as renewals, at most what was offered."""
    total = np.zeros((scenarios, 4), dtype=np.int64)
    for gift in budget.voluntary:
        if gift.standing == "offered" and gift.to in _PARTS:
            kept = [min(ratio, Fraction(1)) for ratio in calibration.changes]
            outcomes = np.array([int(gift.amount.units * ratio) for ratio in kept], dtype=np.int64)
            amount = outcomes[generator.integers(len(outcomes), size=scenarios)]
            luck = generator.random(scenarios)
            for quarter, share in enumerate(_EVENLY):
                total[:, quarter] += (luck < calibration.renewed * share) * amount
    return total


def _quarter(
    number: int, cash: npt.NDArray[np.int64], accepted: npt.NDArray[np.int64], without: npt.NDArray[np.int64], budget: Budget
) -> Quarter:
    low, middle, high = (Money(int(value), budget.currency) for value in np.percentile(cash, (5, 50, 95), method="lower"))
    days = max(middle.units, 0) * 365 // budget.total.units if budget.total.units else 0
    return Quarter(number + 1, low, middle, high, _below_zero(cash), days, _below_zero(accepted), _below_zero(without))


def _below_zero(cash: npt.NDArray[np.int64]) -> float:
    return float(np.count_nonzero(cash < 0)) / len(cash)


def _largest(budget: Budget, shared: Apportionment) -> tuple[str | None, Money]:
    """The largest source, assessed and voluntary money together, and what it gives; a giver not named is a source of its own."""
    by_source: dict[str | None, int] = {row.iso3: row.amount.units for row in shared.rows}
    for gift in budget.voluntary:
        if gift.counts and gift.to in _PARTS:
            by_source[gift.giver] = by_source.get(gift.giver, 0) + gift.amount.units
    if not by_source:
        return None, Money.zero(budget.currency)
    source = max(by_source, key=lambda code: (by_source[code], code or ""))
    return source, Money(by_source[source], budget.currency)


def _top_five(shared: Apportionment) -> Fraction:
    """What the five largest payers carry, in percent of what is assessed."""
    if not shared.sum.units:
        return Fraction(0)
    return Fraction(100 * sum(sorted((row.amount.units for row in shared.rows), reverse=True)[:5]), shared.sum.units)


_DRAWN = sentence("Payments are drawn one by one from what was observed: {source}.")
_LIMIT = sentence("Payers are drawn independently of each other, so a common crisis would be worse than shown.")
_HABITS = sentence("The habits are those of payers to the United Nations, not of payers to this treaty.")
_OFFERS = sentence(
    "Offers count only in the column that says so; accepted contributions arrive with the observed probability of renewal, "
    "received ones are in the till."
)
_PAST = sentence("Who was late last year is not known here, so each payer is drawn from the long-run frequencies of its size.")


def _method(calibration: Calibration) -> tuple[Remark, ...]:
    return Remark(_DRAWN, {"source": calibration.source}), Remark(_OFFERS), Remark(_LIMIT), Remark(_HABITS), Remark(_PAST)
