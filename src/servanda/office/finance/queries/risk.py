"""What might be in the till: the first model of a form, drawn many times."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from servanda.office.common.queries import money_text, number_text, percent_of, say
from servanda.office.obligations.queries import current_law
from servanda.treaty.errors import TreatyError
from servanda.treaty.financing import compare
from servanda.treaty.risk import load_calibration, simulate
from servanda.treaty.shares import percent_text

from ..choices import STANDINGS
from ..forms import BudgetForm
from .comparison import find_model, gift_standings


@dataclass(frozen=True)
class RiskPage:
    form: BudgetForm
    on: str
    gift_standings: tuple[tuple[str, str], ...]
    refusal: str
    title: str
    quarters: tuple[tuple[str, ...], ...]
    hhi: str
    top_five: str
    largest: str
    method: tuple[str, ...]
    shipped: tuple[tuple[str, str, str, bool], ...]


def risk_page(form: BudgetForm, on: date) -> RiskPage:
    """The first model of the form, drawn ten thousand times over its budget year."""
    law = current_law()
    chosen = form.models[0]
    shipped = tuple((id, gettext(model.title), str(STANDINGS[model.standing]), id == chosen) for id, model in law.models.items())
    try:
        budget, model = form.budget(law), find_model(law, chosen)
        result = compare(law, budget, [model], law.require_day(on)).results[0]
        found = simulate(budget, result, load_calibration(law))
    except TreatyError as refusal:
        return RiskPage(form, on.isoformat(), gift_standings(), say(refusal), "", (), "", "", "", (), shipped)
    quarters = tuple(
        (
            number_text(quarter.number),
            money_text(quarter.cash_p5),
            money_text(quarter.cash_p50),
            money_text(quarter.cash_p95),
            percent_of(quarter.shortfall_probability),
            percent_of(quarter.shortfall_if_offers_accepted),
            percent_of(quarter.shortfall_without_largest),
            number_text(quarter.days_of_cash),
        )
        for quarter in found.quarters
    )
    method = tuple(say(remark) for remark in found.method)
    return RiskPage(
        form,
        on.isoformat(),
        gift_standings(),
        "",
        gettext(model.title),
        quarters,
        percent_text(found.hhi, 0),
        percent_text(found.top_five, 1),
        money_text(found.largest_donor_loss),
        method,
        shipped,
    )
