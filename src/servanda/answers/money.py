"""The commands that share money: apportion, compare, risk."""

from __future__ import annotations

import io
import json
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from servanda.treaty.errors import UnknownModel, WrongUse, sentence
from servanda.treaty.financing import Budget, Comparison, compare, read_budget, run_model
from servanda.treaty.law import Law, load_law
from servanda.treaty.model import FinancingModel
from servanda.treaty.money import Money
from servanda.treaty.payers import read_payers

from . import as_json
from .say import say, warn
from .table import table, wrapped


def apportion(arguments: Namespace) -> int:
    law = load_law(arguments.treaty)
    pool = Money.parse(arguments.pool, law.currency(arguments.currency))
    model = _model(law, arguments.model)
    basis, payers = arguments.payers, None
    if basis not in (None, "in-force", "deposited"):
        payers, basis = read_payers(law, Path(basis).read_text(encoding="utf-8"), Path(basis).name), None
    on = law.require_day(arguments.on)
    found = run_model(law, pool, model, on, year=on.year, scale=arguments.scale, payers=payers, basis=basis)
    answer = as_json.apportion_json(found)

    def people() -> str:
        head = (
            f"{found.pool.currency} {found.pool} among {found.payers} payers of {on} under “{model.title}” ({model.standing}).\n"
            f"The rows add up to {found.sum}; difference {found.difference}. Scale {found.rule['scale']}; "
            f"rounding: {found.rule['rounding']}; ties: {found.rule['ties']}."
        )
        rows = [
            (row["iso3"], law.name(row["iso3"], on=on), row["rate"], row["share"], row["amount"], row["note"]) for row in answer["rows"]
        ]
        return wrapped(head) + "\n\n" + table(("", "Payer", "Rate", "Share %", "Amount", "Note"), rows, right=(2, 3, 4))

    warn(answer["rule"]["warnings"])
    return say(arguments, answer, answer["rows"], people)


def _model(law: Law, wanted: str) -> FinancingModel:
    """A shipped model, or one from a file."""
    path = Path(wanted)
    if wanted in law.model_ids():
        return law.model(wanted)
    if path.is_file():
        return law.read_model(path.read_bytes(), path.name)
    raise UnknownModel(model=wanted, known=", ".join(law.model_ids()))


def compared(arguments: Namespace) -> int:
    law = load_law(arguments.treaty)
    if arguments.output and Path(arguments.output).suffix.lower() not in _ENDINGS:
        raise OutputRefused(file=Path(arguments.output).name)
    budget = _budget(law, arguments.budget)
    models = [_model(law, wanted.strip()) for wanted in arguments.models.split(",") if wanted.strip()]
    found = compare(law, budget, models, law.require_day(arguments.on))
    answer = as_json.compare_json(found)
    warn([warning for model in answer["models"] for warning in model["warnings"]])
    if arguments.output:
        return _write(law, found, Path(arguments.output))
    return say(arguments, answer, answer["differences"], lambda: _comparison(law, found, answer))


def _budget(law: Law, file: str) -> Budget:
    return read_budget(law, Path(file).read_bytes(), Path(file).name)


def _comparison(law: Law, found: Comparison, answer: Mapping[str, Any]) -> str:
    budget = found.budget
    head = (
        f"{'Sample budget' if budget.sample else 'Budget'} {budget.year}, {budget.currency}: core {budget.core}, "
        f"non-core {budget.non_core}, "
        f"savings {budget.savings}; payers of {found.on}."
    )
    blocks = [answer["models"][start : start + _ABREAST] for start in range(0, len(answer["models"]), _ABREAST)]
    summaries = [_summary(models) for models in blocks]
    states = [_states(law, found, answer, [model["id"] for model in models]) for models in blocks]
    return "\n\n".join([wrapped(head), *summaries, *states])


def _summary(models: Sequence[Mapping[str, Any]]) -> str:
    return table(
        ("Model", *(f"{model['id']} ({model['standing']})" for model in models)),
        [(words, *(model[figure] for model in models)) for figure, words in _FIGURES.items()],
        right=range(1, len(models) + 1),
    )


def _states(law: Law, found: Comparison, answer: Mapping[str, Any], ids: Sequence[str]) -> str:
    """Each payer under a few of the models; the spread is over all that were compared."""
    rows = [
        (row["iso3"], law.name(row["iso3"], on=found.on), *(row["amounts"][id] for id in ids), row["spread"])
        for row in answer["differences"]
    ]
    return table(("", "Payer", *ids, "Spread"), rows, right=range(2, len(ids) + 3))


_ABREAST = 3  # models that fit beside each other in 100 columns
_FIGURES = {
    "assessed_pool": "Shared among the States",
    "assessed_pool_if_offers_accepted": "… if the offers are accepted",
    "voluntary_needed": "Voluntary money still needed",
    "surplus": "Surplus",
    "contributors": "States that pay something",
    "below_100": "… of them less than 100",
    "largest_share": "Largest share, per cent",
    "hhi": "Concentration (HHI)",
}


def _write(law: Law, found: Comparison, path: Path) -> int:
    """Write the comparison as the file's ending says."""
    from . import workbook, working_paper  # Excel and Word libraries are loaded only to write such a file

    writers = {".xlsx": workbook.write, ".docx": working_paper.write, ".csv": _write_csv, ".json": _write_json}
    with path.open("wb") as file:
        writers[path.suffix.lower()](law, found, file)
    print(f"Wrote {path}.")
    return 0


_ENDINGS = (".xlsx", ".docx", ".csv", ".json")


class OutputRefused(WrongUse):
    says = sentence("“{file}” cannot be written; end its name in .xlsx, .docx, .csv or .json.")


def _write_csv(law: Law, found: Comparison, file: BinaryIO) -> None:
    text = io.StringIO()
    as_json.write_csv(as_json.compare_json(found)["differences"], text)
    file.write(text.getvalue().encode())


def _write_json(law: Law, found: Comparison, file: BinaryIO) -> None:
    file.write(json.dumps(as_json.compare_json(found), ensure_ascii=False, indent=1).encode())


def risk(arguments: Namespace) -> int:
    from servanda.treaty.risk import load_calibration, simulate  # NumPy is loaded for this command only

    law = load_law(arguments.treaty)
    budget, model = _budget(law, arguments.budget), _model(law, arguments.model)
    result = compare(law, budget, [model], law.require_day(arguments.on)).results[0]
    found = simulate(budget, result, load_calibration(law), scenarios=arguments.scenarios, seed=arguments.seed)
    answer = as_json.risk_json(found)

    def people() -> str:
        head = f"{found.scenarios} years drawn (seed {found.seed}) for {model.title}, budget {budget.year} in {budget.currency}."
        rows = [list(quarter.values()) for quarter in answer["quarters"]]
        titles = ("Quarter", "Worst 5 %", "Middle", "Best 5 %", "Shortfall", "Days", "With offers", "Less largest")
        foot = (
            "Cash at the end of each quarter; the probability of a shortfall as things stand, if every offer is accepted, and without "
            f"the largest source, which gives {answer['largest_donor_loss']}. Concentration (HHI) {answer['hhi']}; "
            f"the five largest payers carry {answer['top_five_share']} %."
        )
        return "\n\n".join([wrapped(head), table(titles, rows, right=range(8)), wrapped(foot), wrapped("\n".join(map(str, found.method)))])

    warn([str(remark) for remark in result.apportionment.warnings])
    return say(arguments, answer, answer["quarters"], people)


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {"apportion": apportion, "compare": compared, "risk": risk}
