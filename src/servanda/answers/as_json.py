"""The JSON of the contract: plain dictionaries, used by the command line and by the API alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from servanda.treaty.law import Law
from servanda.treaty.obligations import Obligation
from servanda.treaty.shares import Scale, percent_text
from servanda.treaty.status import Because, Standing, StatusTable


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


def state_name(law: Law, iso3: str, on: date) -> str:
    """The English short name used on a day."""
    return law.name(iso3, on=on)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
