"""A budget under any number of financing models, side by side; no model is preferred.

Three purses never mix: the Unit (core and non-core), meetings, sponsorship. Money earmarked for a purpose lowers nothing else;
an offer counts only where the name of the figure says so; what is given in kind stands apart from cash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from .apportionment import Apportionment, apportion
from .errors import ModelNamedTwice, Remark, TextRefused, TreatyError, sentence
from .law import EUROPEAN_UNION, Law
from .model import FinancingModel
from .money import Currency, Money
from .payers import choose_payers, choose_scale, months_in
from .reader import read_yaml
from .schema import check
from .texts import schema

CORE, NON_CORE = "core", "non_core"


@dataclass(frozen=True)
class Gift:
    """A voluntary contribution. `to` is core, non_core, or what it is earmarked for."""

    giver: str | None
    to: str
    amount: Money
    standing: str

    @property
    def counts(self) -> bool:
        """Accepted or received; an offer does not count yet."""
        return self.standing in ("accepted", "received")


@dataclass(frozen=True)
class InKind:
    giver: str | None
    what: str
    value: Money
    method: str


@dataclass(frozen=True)
class Budget:
    """One year of the Unit's money, in one currency."""

    year: int
    currency: Currency
    core: Money
    non_core: Money
    savings: Money
    voluntary: tuple[Gift, ...]
    in_kind: tuple[InKind, ...]
    sample: bool = False
    note: str = ""

    @property
    def total(self) -> Money:
        return self.core + self.non_core

    def with_offers_accepted(self) -> Budget:
        """The same budget as if every offer had been accepted."""
        return replace(
            self, voluntary=tuple(replace(gift, standing="accepted") if gift.standing == "offered" else gift for gift in self.voluntary)
        )

    def given(self, *purposes: str) -> Money:
        """Accepted and received money for these purposes."""
        return Money.total((gift.amount for gift in self.voluntary if gift.counts and gift.to in purposes), self.currency)

    @property
    def earmarked(self) -> Money:
        """Accepted and received money tied to something other than the two parts of the budget."""
        return Money.total((gift.amount for gift in self.voluntary if gift.counts and gift.to not in (CORE, NON_CORE)), self.currency)


@dataclass(frozen=True)
class ModelResult:
    """One model on one budget; rows and figures once as things stand and once as if every offer were accepted."""

    model: FinancingModel
    assessed_pool: Money
    assessed_pool_if_offers_accepted: Money
    voluntary_needed: Money
    voluntary_needed_if_offers_accepted: Money
    surplus: Money
    apportionment: Apportionment
    if_offers_accepted: Apportionment

    @property
    def contributors(self) -> int:
        return self.apportionment.contributors

    @property
    def below_100(self) -> int:
        """Payers that owe something, but less than 100 units of the currency."""
        limit = 100 * 10**self.assessed_pool.currency.places
        return sum(0 < row.amount.units < limit for row in self.apportionment.rows)

    @property
    def largest_share(self) -> Fraction:
        """The largest payer's part of what is assessed, in percent."""
        return _largest(self.apportionment)

    @property
    def hhi(self) -> Fraction:
        """Concentration of payers: the Herfindahl-Hirschman index, 10,000 times the sum of the squared shares."""
        return concentration(self.apportionment)


@dataclass(frozen=True)
class Difference:
    """What one State would pay under each model, and the distance between the most and the least."""

    iso3: str
    amounts: Mapping[str, Money]

    @property
    def spread(self) -> Money:
        return max(self.amounts.values()) - min(self.amounts.values())


@dataclass(frozen=True)
class Comparison:
    budget: Budget
    on: date
    results: tuple[ModelResult, ...]
    differences: tuple[Difference, ...]


def read_budget(law: Law, data: bytes | str, name: str) -> Budget:
    """A budget from a file's content; raises TextRefused, AmountRefused, UnknownCurrency naming what to mend."""
    return budget_from(law, read_yaml(data, name), name)


def budget_from(law: Law, value: Any, name: str) -> Budget:
    """A budget from a value already read; `name` is said in refusals."""
    check(value, schema("budget"), name)
    currency = law.currency(value["currency"])
    return Budget(
        year=_year(value["year"], name),
        currency=currency,
        core=_amount(value["core"], currency, name, "core"),
        non_core=_amount(value.get("non_core", "0"), currency, name, "non_core"),
        savings=_amount(value.get("savings", "0"), currency, name, "savings"),
        voluntary=tuple(_gift(law, gift, currency, name, f"voluntary[{index}]") for index, gift in enumerate(value.get("voluntary", ()))),
        in_kind=tuple(_in_kind(law, kind, currency, name, f"in_kind[{index}]") for index, kind in enumerate(value.get("in_kind", ()))),
        sample=value.get("sample", False),
        note=value.get("note", ""),
    )


def _year(year: int, name: str) -> int:
    if not 1900 <= year <= 2200:
        raise TextRefused(
            name, "year", Remark(sentence("“{year}” is not a year"), {"year": year}), sentence("write four digits, as in 2027")
        )
    return year


def _amount(text: str, currency: Currency, name: str, key: str) -> Money:
    try:
        return Money.parse(text, currency)
    except TreatyError as refusal:
        raise TextRefused(name, key, str(refusal).rstrip("."), sentence("correct the amount")) from None


def _giver(law: Law, value: Mapping[str, Any], name: str, key: str) -> str | None:
    iso3 = value.get("from")
    if iso3 is not None and iso3 != EUROPEAN_UNION and iso3 not in law.state_codes:
        problem = Remark(sentence("no State has the code “{iso3}”"), {"iso3": iso3})
        raise TextRefused(name, f"{key}.from", problem, sentence("use an ISO 3166-1 alpha-3 code, or null"))
    return iso3


def _same_currency(value: Mapping[str, Any], currency: Currency, name: str, key: str) -> None:
    if value.get("currency", currency.code) != currency.code:
        facts = {"found": value["currency"], "currency": currency.code}
        problem = Remark(sentence("{found} stands in a budget in {currency}"), facts)
        raise TextRefused(name, f"{key}.currency", problem, sentence("convert the amount to the budget's currency"))


def _gift(law: Law, value: Mapping[str, Any], currency: Currency, name: str, key: str) -> Gift:
    _same_currency(value, currency, name, key)
    return Gift(_giver(law, value, name, key), value["to"], _amount(value["amount"], currency, name, f"{key}.amount"), value["standing"])


def _in_kind(law: Law, value: Mapping[str, Any], currency: Currency, name: str, key: str) -> InKind:
    _same_currency(value, currency, name, key)
    amount = _amount(value["value"], currency, name, f"{key}.value")
    return InKind(_giver(law, value, name, key), value["what"], amount, value.get("method", ""))


def assessed_pool(budget: Budget, model: FinancingModel) -> tuple[Money, Money]:
    """What States are assessed for under a model, and the voluntary money left over when offsets exceed a part.

    Each assessed part is lowered by its own offsets, never below zero. Savings are taken off once, from the first part that
    names them. Gifts that no part takes off lower nothing: to the extent that they meet an assessed part they are surplus.
    """
    zero = Money.zero(budget.currency)
    pool, surplus, savings = zero, zero, budget.savings
    for name, cost in ((CORE, budget.core), (NON_CORE, budget.non_core)):
        part = model.part(name)
        given = budget.given(name)
        if not part.assessed:
            surplus += (given - cost).at_least_zero()
            continue
        if "savings" in part.less:
            taken = min(savings, cost)
            cost, savings = cost - taken, savings - taken
        if "voluntary_core" in part.less and name == CORE:
            surplus += (given - cost).at_least_zero()
            cost = (cost - given).at_least_zero()
        else:
            surplus += given
        pool += cost
    return pool, surplus


def compare(law: Law, budget: Budget, models: Sequence[FinancingModel], on: date) -> Comparison:
    """Every model on the same budget, with the payers of `on`; raises whatever the engine refuses, and a model named twice."""
    for index, model in enumerate(models):
        if model.id in (earlier.id for earlier in models[:index]):
            raise ModelNamedTwice(model=model.id)
    results = tuple(_result(law, budget, model, on) for model in models)
    return Comparison(budget, on, results, _differences(results))


def run_model(
    law: Law,
    pool: Money,
    model: FinancingModel,
    on: date,
    *,
    year: int,
    scale: str | None = None,
    payers: Sequence[str] | None = None,
    basis: str | None = None,
) -> Apportionment:
    """Share `pool` under `model` with the payers and the scale it names, or those given instead."""
    held, warnings = choose_scale(law, model, year, scale)
    if payers is None:
        payers, more = choose_payers(law, model, on, basis)
        warnings += more
    least = least_developed(law, model, on)
    months = months_in(law, model, payers, date(year, on.month, min(on.day, 28)))
    return apportion(pool=pool, model=model, payers=payers, scale=held, least_developed=least, months=months, warnings=warnings)


def least_developed(law: Law, model: FinancingModel, on: date) -> frozenset[str]:
    """The States under the model's cap: those it lists, or the United Nations list on its day or on `on`."""
    if model.ldc is None:
        return frozenset()
    return frozenset(model.ldc.listed) if model.ldc.listed is not None else law.in_group("ldc", model.ldc.as_of or on)


def _result(law: Law, budget: Budget, model: FinancingModel, on: date) -> ModelResult:
    accepted = budget.with_offers_accepted()
    pool, surplus = assessed_pool(budget, model)
    pool_then, _ = assessed_pool(accepted, model)
    now = run_model(law, pool, model, on, year=budget.year)
    then = now if pool_then == pool else run_model(law, pool_then, model, on, year=budget.year)
    return ModelResult(model, pool, pool_then, _needed(budget, pool), _needed(accepted, pool_then), surplus, now, then)


def _needed(budget: Budget, pool: Money) -> Money:
    """Budget less assessed pool, savings and voluntary money for its two parts; never below zero."""
    return (budget.total - pool - budget.savings - budget.given(CORE, NON_CORE)).at_least_zero()


def _differences(results: Sequence[ModelResult]) -> tuple[Difference, ...]:
    if not results:
        return ()
    currency = results[0].assessed_pool.currency
    amounts = {result.model.id: result.apportionment.amounts() for result in results}
    payers = sorted({iso3 for rows in amounts.values() for iso3 in rows})
    zero = Money.zero(currency)
    return tuple(Difference(iso3, {model: rows.get(iso3, zero) for model, rows in amounts.items()}) for iso3 in payers)


def _largest(shared: Apportionment) -> Fraction:
    if not shared.sum.units:
        return Fraction(0)
    return Fraction(max(row.amount.units for row in shared.rows) * 100, shared.sum.units)


def concentration(shared: Apportionment) -> Fraction:
    """10,000 × Σ share², on the amounts as printed; 0 when nothing is shared."""
    total = shared.sum.units
    return Fraction(10_000 * sum(row.amount.units**2 for row in shared.rows), total * total) if total else Fraction(0)
