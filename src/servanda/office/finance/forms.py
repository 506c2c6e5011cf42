"""The budget form: every field as typed, so that nothing is lost when one of them is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.http import QueryDict

from servanda.treaty.financing import Budget, budget_from
from servanda.treaty.law import Law
from servanda.treaty.reader import read_yaml
from servanda.treaty.texts import DATA

_SAMPLE = "finance/sample-budget.yaml"
_MODELS = ("assessed", "voluntary", "hybrid")
_AMOUNTS = ("year", "currency", "core", "non_core", "savings")
_GIFT = {"gift_from": "from", "gift_to": "to", "gift": "amount", "gift_standing": "standing"}
_IN_KIND = {"kind_from": "from", "kind_what": "what", "kind_value": "value", "kind_method": "method"}


@dataclass(frozen=True)
class BudgetForm:
    """What was typed; amounts are text until the budget is read. Voluntary and in-kind rows have the keys of a budget file."""

    year: str = ""
    currency: str = ""
    core: str = ""
    non_core: str = ""
    savings: str = ""
    voluntary: tuple[Mapping[str, str], ...] = ()
    in_kind: tuple[Mapping[str, str], ...] = ()
    joins: str = ""
    leaves: str = ""
    payer: str = ""
    models: tuple[str, ...] = _MODELS
    sample: bool = False

    @classmethod
    def read(cls, asked: QueryDict) -> "BudgetForm":
        """The form of an address; the sample budget where nothing was typed."""
        models = tuple(dict.fromkeys(name.strip() for value in asked.getlist("models") for name in value.split(",") if name.strip()))
        values: dict[str, Any] = _typed(asked) if "core" in asked else _sample()
        values |= {name: asked.get(name, "").strip() for name in ("joins", "leaves", "payer")}
        return cls(**values, models=models or _MODELS, sample="core" not in asked)

    def budget(self, law: Law) -> Budget:
        """The budget typed; raises TextRefused naming the field."""
        value = {
            "year": int(self.year) if self.year.isascii() and self.year.isdigit() and len(self.year) < 6 else self.year,
            "currency": self.currency.upper(),
            "core": self.core,
            "non_core": self.non_core or "0",
            "savings": self.savings or "0",
            "sample": self.sample,
            "voluntary": [_gift(row) for row in self.voluntary if row["amount"]],
            "in_kind": [_from_code(row) for row in self.in_kind if row["value"]],
        }
        return budget_from(law, value, "budget")

    @property
    def gift_rows(self) -> tuple[Mapping[str, str], ...]:
        """What was typed, and one empty row for the next."""
        return (*self.voluntary, {})

    @property
    def kind_rows(self) -> tuple[Mapping[str, str], ...]:
        return (*self.in_kind, {})


def _typed(asked: QueryDict) -> dict[str, Any]:
    amounts = {name: asked.get(name, "").strip() for name in _AMOUNTS}
    return {**amounts, "voluntary": _rows(asked, _GIFT), "in_kind": _rows(asked, _IN_KIND)}


def _rows(asked: QueryDict, keys: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    """The rows of repeated fields; a row in which only a choice was made is no row."""
    columns = [[text.strip() for text in asked.getlist(name)] for name in keys]
    rows = [dict(zip(keys.values(), cells, strict=True)) for cells in zip_longest(*columns, fillvalue="")]
    return tuple(row for row in rows if any(text for key, text in row.items() if key != "standing"))


def _from_code(row: Mapping[str, str]) -> dict[str, str | None]:
    return {**{key: text for key, text in row.items() if text}, "from": row["from"].upper() or None}


def _gift(row: Mapping[str, str]) -> dict[str, str | None]:
    """What is not said of a contribution: it is for the core budget, and only offered."""
    return _from_code(row) | {"to": row["to"] or "core", "standing": row["standing"] or "offered"}


def _sample() -> dict[str, Any]:
    """The fields of the sample budget shipped with the data."""
    value = read_yaml((DATA / _SAMPLE).read_bytes(), _SAMPLE)
    amounts = {name: str(value[name]) for name in _AMOUNTS}
    return {**amounts, "voluntary": tuple(value["voluntary"]), "in_kind": tuple(value["in_kind"])}
