"""The commands that tell facts: status, obligations, scale, symbol."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from servanda.treaty import symbols
from servanda.treaty.law import load_law
from servanda.treaty.obligations import obligations
from servanda.treaty.shares import percent_text
from servanda.treaty.status import status_table

from . import as_json
from .say import say
from .table import table, wrapped


def status(arguments: Namespace) -> int:
    law = load_law(arguments.treaty)
    iso3 = law.state(arguments.state).iso3 if arguments.state else None
    found = status_table(law, arguments.on)
    answer = as_json.status_json(found, iso3)

    def people() -> str:
        head = (
            f"{law.treaty.title['en']} on {arguments.on}: {found.deposited} States whose consent stands, "
            f"{found.in_force} of them bound,\n{found.signatories} signatories, {found.withdrawn} withdrawn."
        )
        rows = [
            (state["iso3"], law.name(state["iso3"], on=arguments.on), state["status"], state["signature"], *_consent(state))
            for state in answer["states"]
        ]
        return wrapped(head) + "\n\n" + table(("", "State", "Status", "Signature", "Consent", "Date", "In force", "Out"), rows)

    return say(arguments, answer, answer["states"], people)


def _consent(state: Mapping[str, Any]) -> tuple[str | None, ...]:
    consent = state["consent"] or {}
    doubt = "?" if state["entry_into_force_doubtful"] and state["entry_into_force"] else ""
    return consent.get("kind"), consent.get("date"), (state["entry_into_force"] or "") + doubt, state["withdrawal_effective"]


def owed(arguments: Namespace) -> int:
    law = load_law(arguments.treaty)
    found = obligations(law, law.require_day(arguments.on), iso3=arguments.state, article=arguments.article)
    answer = as_json.obligations_json(arguments.on, found)

    def people() -> str:
        counts = {name: sum(item.state == name for item in found) for name in ("open", "met", "extension-requested", "no-record")}
        head = (
            f"{law.treaty.title['en']} on {arguments.on}: {len(found)} obligations of "
            f"{len({item.iso3 for item in found})} States;\n"
            + ", ".join(f"{count} {name}" for name, count in counts.items())
            + ".\n“no-record” means none known to us: our list of reports is partial."
        )
        rows = [
            (item.iso3, item.id, item.period, str(item.due), str(item.original_due), _APPLIES[item.applies], item.state) for item in found
        ]
        return wrapped(head) + "\n\n" + table(("", "Obligation", "Period", "Due", "Treaty's date", "Applies", "State of it"), rows)

    return say(arguments, answer, answer["obligations"], people)


_APPLIES = {True: "yes", False: "no", None: "not known"}


def scale(arguments: Namespace) -> int:
    law = load_law(arguments.treaty)
    found = law.scale(arguments.scale or str(arguments.on.year))
    iso3 = law.state(arguments.state).iso3 if arguments.state else None
    answer = as_json.scale_json(found, iso3)

    def people() -> str:
        members = len(found.rates) - len(found.outside)
        head = (
            f"{found.resolution}, {found.period[0]} to {found.period[1]}: {members} members, "
            f"rates in percent adding up to {percent_text(found.total, 3)}."
        )
        rows = [(row["iso3"], law.name(row["iso3"], on=arguments.on), row["rate"], row["note"]) for row in answer["rates"]]
        return wrapped(head) + "\n\n" + table(("", "State", "Rate", "Note"), rows, right=(2,))

    return say(arguments, answer, answer["rates"], people)


def symbol(arguments: Namespace) -> int:
    found = [symbols.parse(text) for text in arguments.text]
    answer = [as_json.symbol_json(each) for each in found]

    def people() -> str:
        blocks = []
        for each in found:
            lines = [*map(str, each.means), *(f"! {note}" for note in each.notes)]
            blocks.append("\n".join([each.canonical or each.text, *(wrapped(f"    {line}") for line in lines)]))
        return "\n".join([*blocks, "", f"{len(found)} read, {sum(each.malformed for each in found)} malformed."])

    return say(arguments, answer, answer, people)


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {"status": status, "obligations": owed, "scale": scale, "symbol": symbol}
