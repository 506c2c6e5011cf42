"""The JSON of the contract: plain dictionaries, used by the command line and by the API alike."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TextIO

from servanda.treaty.apportionment import Apportionment
from servanda.treaty.financing import Budget, Comparison, ModelResult
from servanda.treaty.obligations import Obligation
from servanda.treaty.shares import Scale, percent_text
from servanda.treaty.status import Because, Standing, StatusTable

if TYPE_CHECKING:  # NumPy comes with it
    from servanda.treaty.risk import RiskResult
    from servanda.treaty.symbols import Symbol


def status_json(table: StatusTable, iso3: str | None = None) -> dict[str, Any]:
    """`servanda status`; with `iso3` only that State is listed, the counts stay those of all."""
    return {
        "treaty": table.treaty,
        "on": table.on.isoformat(),
        "deposited": table.deposited,
        "in_force": table.in_force,
        "signatories": table.signatories,
        "withdrawn": table.withdrawn,
        "states": [standing_json(state, table.on) for state in table.states if iso3 in (None, state.iso3)],
    }


def standing_json(state: Standing, on: date) -> dict[str, Any]:
    """One State. An event later than `on` is null, entry into force apart; a withdrawal still ahead stands in its own key."""
    leaves = state.withdrawal_effective
    return {
        "iso3": state.iso3,
        "status": state.status,
        "signature": _text(state.signature),
        "consent": {"kind": state.consent.kind, "date": str(state.consent.date)} if state.consent else None,
        "entry_into_force": _text(state.entry_into_force),
        "entry_into_force_doubtful": state.doubtful,
        "provisional_application": _text(state.provisional_application),
        "withdrawal_effective": _text(leaves if leaves and leaves <= on else None),
        "withdrawal_notified": _text(state.withdrawal_notified),
        "withdrawal_pending_until": _text(leaves if leaves and leaves > on else None),
        "because": [because_json(reason) for reason in state.because],
    }


def because_json(because: Because) -> dict[str, Any]:
    return {"rule": str(because.rule), "inputs": dict(because.inputs), "cite": because.cite}


def obligations_json(on: date, found: Sequence[Obligation]) -> dict[str, Any]:
    """`servanda obligations`."""
    return {"on": on.isoformat(), "obligations": [obligation_json(owed) for owed in found]}


def obligation_json(owed: Obligation) -> dict[str, Any]:
    ask = owed.request_by
    return {
        "iso3": owed.iso3,
        "id": owed.id,
        "article": owed.article,
        "period": owed.period,
        "due": str(owed.due),
        "original_due": owed.original_due.isoformat(),
        "applies": owed.applies,
        "state": owed.state,
        "because": because_json(owed.because),
        "evidence": [str(remark) for remark in owed.evidence],
        "request_by": {"date": ask.day.isoformat(), "meeting": ask.meeting, "opens": ask.opens, "cite": ask.cite} if ask else None,
    }


def scale_json(scale: Scale, iso3: str | None = None) -> dict[str, Any]:
    """`servanda scale`. `sum` adds the members only."""
    return {
        "resolution": scale.resolution,
        "period": list(scale.period),
        "sum": percent_text(scale.total, 3),
        "rates": [
            {"iso3": code, "rate": rate.text, "note": rate_note(scale, code)}
            for code, rate in sorted(scale.rates.items())
            if iso3 in (None, code)
        ],
    }


def rate_note(scale: Scale, iso3: str) -> str:
    """What the publisher says of a rate; a notional one stands outside the total."""
    note = scale.notes.get(iso3, "")
    if iso3 in scale.outside:
        outside = f"notional rate, outside the {percent_text(scale.total, 3)}"
        return f"{outside}; {note}" if note else outside
    return note


def apportion_json(found: Apportionment) -> dict[str, Any]:
    """`servanda apportion`. `share` is the percent of what is shared, to three decimals; `difference` is sum − pool."""
    return {
        "pool": str(found.pool),
        "currency": found.pool.currency.code,
        "payers": found.payers,
        "rule": {**found.rule, "warnings": [str(remark) for remark in found.warnings]},
        "sum": str(found.sum),
        "difference": str(found.difference),
        "rows": [
            {
                "iso3": row.iso3,
                "rate": row.rate.text if row.rate else None,
                "share": percent_text(row.share, 3),
                "amount": str(row.amount),
                "note": row.note,
                "working": [str(remark) for remark in row.working],
            }
            for row in found.rows
        ],
    }


def budget_json(budget: Budget) -> dict[str, Any]:
    """A budget in the keys of a budget file."""
    return {
        "year": budget.year,
        "currency": budget.currency.code,
        "core": str(budget.core),
        "non_core": str(budget.non_core),
        "savings": str(budget.savings),
        "voluntary": [
            {"from": gift.giver, "to": gift.to, "amount": str(gift.amount), "standing": gift.standing} for gift in budget.voluntary
        ],
        "in_kind": [{"from": kind.giver, "what": kind.what, "value": str(kind.value), "method": kind.method} for kind in budget.in_kind],
        "sample": budget.sample,
    }


def compare_json(found: Comparison) -> dict[str, Any]:
    """`servanda compare`."""
    return {
        "budget": budget_json(found.budget),
        "on": found.on.isoformat(),
        "models": [_result_json(result) for result in found.results],
        "differences": [
            {
                "iso3": row.iso3,
                "amounts": {model: str(amount) for model, amount in row.amounts.items()},
                "spread": str(row.spread),
            }
            for row in found.differences
        ],
    }


def _result_json(result: ModelResult) -> dict[str, Any]:
    then = result.if_offers_accepted.amounts()
    return {
        "id": result.model.id,
        "title": result.model.title,
        "standing": result.model.standing,
        "assessed_pool": str(result.assessed_pool),
        "assessed_pool_if_offers_accepted": str(result.assessed_pool_if_offers_accepted),
        "voluntary_needed": str(result.voluntary_needed),
        "voluntary_needed_if_offers_accepted": str(result.voluntary_needed_if_offers_accepted),
        "surplus": str(result.surplus),
        "contributors": result.contributors,
        "below_100": result.below_100,
        "largest_share": percent_text(result.largest_share, 3),
        "hhi": percent_text(result.hhi, 0),
        "sum": str(result.apportionment.sum),
        "difference": str(result.apportionment.difference),
        "warnings": [str(remark) for remark in result.apportionment.warnings],
        "rows": [
            {"iso3": row.iso3, "amount": str(row.amount), "amount_if_offers_accepted": str(then[row.iso3]), "note": row.note}
            for row in result.apportionment.rows
        ],
    }


def risk_json(found: RiskResult) -> dict[str, Any]:
    """`servanda risk`. Probabilities are decimals between 0 and 1."""
    return {
        "seed": found.seed,
        "scenarios": found.scenarios,
        "quarters": [
            {
                "quarter": quarter.number,
                "cash_p5": str(quarter.cash_p5),
                "cash_p50": str(quarter.cash_p50),
                "cash_p95": str(quarter.cash_p95),
                "shortfall_probability": f"{quarter.shortfall_probability:.4f}",
                "days_of_cash": quarter.days_of_cash,
                "shortfall_probability_if_offers_accepted": f"{quarter.shortfall_if_offers_accepted:.4f}",
                "shortfall_probability_without_largest": f"{quarter.shortfall_without_largest:.4f}",
            }
            for quarter in found.quarters
        ],
        "hhi": percent_text(found.hhi, 0),
        "top_five_share": percent_text(found.top_five, 3),
        "largest_donor_loss": str(found.largest_donor_loss),
        "method": [str(remark) for remark in found.method],
    }


def symbol_json(found: Symbol) -> dict[str, Any]:
    """`servanda symbol`."""
    return {
        "text": found.text,
        "canonical": found.canonical,
        "body": found.body,
        "meeting": found.meeting,
        "year": found.year,
        "type": found.type,
        "number": found.number,
        "suffixes": list(found.suffixes),
        "malformed": found.malformed,
        "notes": [str(note) for note in found.notes],
        "means": [str(part) for part in found.means],
    }


def flat(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows for CSV: nested objects become dotted columns, lists are joined with semicolons."""
    return [_flatten(row) for row in rows]


def _flatten(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            cells |= _flatten(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            cells[prefix + key] = "; ".join(str(_flatten(item)) if isinstance(item, dict) else str(item) for item in value)
        else:
            cells[prefix + key] = "" if value is None else value
    return cells


def write_csv(rows: Sequence[Mapping[str, Any]], file: TextIO) -> None:
    """CSV with a header; nested objects become dotted columns."""
    cells = flat(rows)
    columns = list(dict.fromkeys(column for row in cells for column in row))
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(cells)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
