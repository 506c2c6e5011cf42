"""What might be in the till: a Monte Carlo of collection and pledges over a budget year, by quarter.

Method. Each payer of the assessed pool is on time, late or unpaid with the frequencies observed in the United Nations regular
budget, by size of its rate; who pays does so on a day drawn around the median day of its size. Each voluntary contribution that
is only offered or accepted is renewed, and arrives, with the probability observed for voluntary trust funds. Spending is even
over the year. Amounts are int64 minor units; probabilities are floats. The same seed gives the same answer.

Limits. Payers are drawn independently (a common crisis is worse than shown); calendar and habits are those of another body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from .apportionment import Apportionment
from .errors import Remark, TreatyError, WrongUse, sentence
from .financing import Budget, concentration
from .law import Law
from .money import Money

QUARTER_ENDS = (91, 182, 274, 365)
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
    """Observed behaviour, with where it was observed. `spread` is the standard deviation of the log of the day of payment."""

    sizes: tuple[SizeClass, ...]
    spread: float
    renewed: float
    source: str


@dataclass(frozen=True)
class Quarter:
    """Cash at the end of a quarter: percentiles over scenarios, how often it is below zero, and days of spending it covers."""

    number: int
    cash_p5: Money
    cash_p50: Money
    cash_p95: Money
    shortfall_probability: float
    days_of_cash: int


@dataclass(frozen=True)
class RiskResult:
    seed: int
    scenarios: int
    quarters: tuple[Quarter, ...]
    hhi: Fraction
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
    return Calibration(sizes, float(value["spread"]), float(value["renewed"]), value["cite"]["document"])


def simulate(budget: Budget, shared: Apportionment, calibration: Calibration, *, scenarios: int = 10_000, seed: int = 0) -> RiskResult:
    """Draw `scenarios` budget years; raises ScenariosRefused outside 1 to 1,000,000."""
    if not 1 <= scenarios <= _MAX_SCENARIOS:
        raise ScenariosRefused(scenarios=scenarios)
    inflows = _inflows(budget, shared, calibration)
    spent = np.array([budget.total.units * day // 365 for day in QUARTER_ENDS], dtype=np.int64)
    certain = _certain(budget)
    cash = _draw(inflows, scenarios, seed) + certain - spent
    quarters = tuple(_quarter(number, cash[:, number], budget) for number in range(4))
    return RiskResult(seed, scenarios, quarters, concentration(shared), _largest(budget, shared), _method(calibration))


@dataclass(frozen=True)
class _Inflows:
    """One column a payment: its amount, the probability that it comes in each quarter (cumulative)."""

    amounts: npt.NDArray[np.int64]
    by_quarter: npt.NDArray[np.float32]


def _inflows(budget: Budget, shared: Apportionment, calibration: Calibration) -> _Inflows:
    amounts: list[int] = []
    chances: list[Sequence[float]] = []
    for row in shared.rows:
        if row.amount.units:
            rate = row.rate.percent if row.rate else row.share
            size = next((size for size in calibration.sizes if rate <= size.up_to), calibration.sizes[-1])
            amounts.append(row.amount.units)
            chances.append(_cumulative(1 - size.unpaid, size.median_day, calibration.spread))
    for gift in budget.voluntary:
        if gift.standing == "accepted" and gift.to in ("core", "non_core"):
            amounts.append(gift.amount.units)
            chances.append([calibration.renewed * share for share in (0.25, 0.5, 0.75, 1.0)])
    if sum(amounts) >= 2**62:
        raise AmountTooLarge()
    return _Inflows(np.array(amounts, dtype=np.int64), np.array(chances, dtype=np.float32).reshape(len(amounts), 4))


def _cumulative(paid: float, median_day: int, spread: float) -> list[float]:
    """Probability of payment by the end of each quarter: log-normal days around the median, all who pay do so within the year."""
    z = [(np.log(day) - np.log(median_day)) / spread for day in QUARTER_ENDS]
    reached = [0.5 * (1 + float(np.tanh(0.7978845608 * (value + 0.044715 * value**3)))) for value in z]
    return [paid * share / reached[-1] for share in reached]


def _certain(budget: Budget) -> int:
    """Money already there: what was received, and savings."""
    received = sum(gift.amount.units for gift in budget.voluntary if gift.standing == "received" and gift.to in ("core", "non_core"))
    return received + budget.savings.units


def _draw(inflows: _Inflows, scenarios: int, seed: int) -> npt.NDArray[np.int64]:
    """Cumulative inflow by quarter: an array of scenarios × 4, drawn in chunks that stay in the cache."""
    generator = np.random.default_rng(seed)
    total = np.zeros((scenarios, 4), dtype=np.int64)
    count = len(inflows.amounts)
    if not count:
        return total
    for start in range(0, scenarios, _CHUNK):
        stop = min(start + _CHUNK, scenarios)
        luck = generator.random((stop - start, count), dtype=np.float32)
        for quarter in range(4):
            total[start:stop, quarter] = ((luck < inflows.by_quarter[:, quarter]) * inflows.amounts).sum(axis=1)
    return total


def _quarter(number: int, cash: npt.NDArray[np.int64], budget: Budget) -> Quarter:
    low, middle, high = (int(value) for value in np.percentile(cash, (5, 50, 95), method="lower"))
    daily = max(budget.total.units // 365, 1)
    shortfall = float(np.count_nonzero(cash < 0)) / len(cash)
    money = [Money(value, budget.currency) for value in (low, middle, high)]
    return Quarter(number + 1, money[0], money[1], money[2], shortfall, max(middle, 0) // daily)


def _largest(budget: Budget, shared: Apportionment) -> Money:
    """What is lost if the largest source, assessed or voluntary, gives nothing."""
    by_source: dict[str, int] = {row.iso3: row.amount.units for row in shared.rows}
    for gift in budget.voluntary:
        if gift.counts and gift.to in ("core", "non_core"):
            source = gift.giver or "?"
            by_source[source] = by_source.get(source, 0) + gift.amount.units
    return Money(max(by_source.values(), default=0), budget.currency)


_DRAWN = sentence("Payments are drawn one by one from what was observed: {source}.")
_LIMIT = sentence("Payers are drawn independently of each other, so a common crisis would be worse than shown.")
_HABITS = sentence("The habits are those of payers to the United Nations, not of payers to this treaty.")
_OFFERS = sentence(
    "Offers do not count; accepted contributions arrive with the observed probability of renewal, received ones are in the till."
)


def _method(calibration: Calibration) -> tuple[Remark, ...]:
    return Remark(_DRAWN, {"source": calibration.source}), Remark(_OFFERS), Remark(_LIMIT), Remark(_HABITS)
