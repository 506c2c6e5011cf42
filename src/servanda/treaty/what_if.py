"""Who pays more or less when something changes: an offer accepted, a payer that joins or leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .apportionment import Apportionment
from .financing import Budget, assessed_pool, run_model
from .law import Law
from .model import FinancingModel
from .money import Money
from .payers import choose_payers


@dataclass(frozen=True)
class Move:
    """How one payer's amount changes when something else changes."""

    iso3: str
    before: Money
    after: Money

    @property
    def change(self) -> Money:
        return self.after - self.before


def moves(before: Apportionment, after: Apportionment) -> tuple[Move, ...]:
    """Who moves between two apportionments; the changes add up to the change of the pool, to the smallest unit."""
    zero = Money.zero(before.pool.currency)
    was, becomes = before.amounts(), after.amounts()
    every = sorted({*was, *becomes})
    found = (Move(iso3, was.get(iso3, zero), becomes.get(iso3, zero)) for iso3 in every)
    return tuple(move for move in found if move.change.units)


def what_if(
    law: Law, budget: Budget, model: FinancingModel, on: date, *, joins: Sequence[str] = (), leaves: Sequence[str] = ()
) -> tuple[Move, ...]:
    """Who moves if payers join or leave, the pool unchanged."""
    pool, _ = assessed_pool(budget, model)
    payers, _ = choose_payers(law, model, on)
    changed = tuple(sorted(({*payers, *joins}) - {*leaves}))
    before = run_model(law, pool, model, on, year=budget.year, payers=payers)
    return moves(before, run_model(law, pool, model, on, year=budget.year, payers=changed))
