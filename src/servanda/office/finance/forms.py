"""The budget form: every field as typed, so that nothing is lost when one of them is refused."""

from dataclasses import dataclass, fields
from typing import Any

from django.http import QueryDict

from servanda.treaty.financing import Budget, budget_from
from servanda.treaty.law import Law
from servanda.treaty.reader import read_yaml
from servanda.treaty.texts import DATA

_SAMPLE = "finance/sample-budget.yaml"


@dataclass(frozen=True)
class BudgetForm:
    """What was typed; amounts are text until the budget is read."""

    year: str = ""
    currency: str = ""
    core: str = ""
    non_core: str = ""
    savings: str = ""
    gift_from: str = ""
    gift_to: str = ""
    gift: str = ""
    gift_standing: str = ""
    joins: str = ""
    leaves: str = ""
    models: tuple[str, ...] = ()
    sample: bool = False

    @classmethod
    def read(cls, asked: QueryDict) -> "BudgetForm":
        """The form of an address; the sample budget where nothing was typed."""
        models = tuple(dict.fromkeys(name.strip() for value in asked.getlist("models") for name in value.split(",") if name.strip()))
        names = [field.name for field in fields(cls) if field.name not in ("models", "sample")]
        typed = {name: asked.get(name, "").strip() for name in names if name in asked}
        sample = "core" not in typed
        values = sample_values() | typed if sample else typed
        return cls(**values, models=models or ("assessed", "voluntary", "hybrid"), sample=sample)

    def budget(self, law: Law) -> Budget:
        """The budget typed; raises TextRefused naming the field."""
        value: dict[str, Any] = {
            "year": int(self.year) if self.year.isascii() and self.year.isdigit() and len(self.year) < 6 else self.year,
            "currency": self.currency.upper(),
            "core": self.core,
            "non_core": self.non_core or "0",
            "savings": self.savings or "0",
            "sample": self.sample,
        }
        if self.gift:
            gift = {"from": self.gift_from.upper() or None, "to": self.gift_to or "core", "amount": self.gift}
            value["voluntary"] = [gift | {"standing": self.gift_standing or "offered"}]
        return budget_from(law, value, "budget")


def sample_values() -> dict[str, str]:
    """The fields of the sample budget shipped with the data."""
    value = read_yaml((DATA / _SAMPLE).read_bytes(), _SAMPLE)
    gift = value["voluntary"][0]
    typed = {name: value[name] for name in ("currency", "core", "non_core", "savings")}
    given = {"gift_from": gift["from"], "gift_to": gift["to"], "gift": gift["amount"], "gift_standing": gift["standing"]}
    return {"year": str(value["year"]), **typed, **given}
