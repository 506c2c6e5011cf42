"""Models side by side on a budget, every cell in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext

from servanda.office.common.queries import day_text, money_text, number_text, say
from servanda.office.common.sorting import sort_key
from servanda.office.obligations.queries import current_law
from servanda.treaty.errors import TreatyError
from servanda.treaty.financing import Comparison, ModelResult, compare
from servanda.treaty.law import Law, load_law
from servanda.treaty.model import FinancingModel
from servanda.treaty.shares import percent_text
from servanda.treaty.what_if import Move, moves, what_if

from ..choices import RULE, STANDINGS
from ..errors import OwnModelGone
from ..forms import BudgetForm
from ..models import OwnModel

OWN = "own:"
_BAR = 11  # height of one bar and its gap, in the units of the chart


@dataclass(frozen=True)
class ModelColumn:
    """One model's column: its figures, its rule and its warnings."""

    id: str
    title: str
    standing: str
    figures: tuple[tuple[str, str], ...]
    rule: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class PayerRow:
    """One payer under every model; `bars` are its amounts in tenths of a percent of the largest amount shown."""

    iso3: str
    name: str
    amounts: tuple[str, ...]
    spread: str
    bars: tuple[int, ...]

    @property
    def lines(self) -> tuple[tuple[int, int, int], ...]:
        """The bars of the chart: vertical place, width, number of the model."""
        return tuple((index * _BAR, width, index + 1) for index, width in enumerate(self.bars))


@dataclass(frozen=True)
class MoveRow:
    name: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class ComparePage:
    form: BudgetForm
    on: str
    on_text: str
    refusal: str
    columns: tuple[ModelColumn, ...]
    rows: tuple[PayerRow, ...]
    largest: tuple[PayerRow, ...]
    moved: tuple[tuple[str, tuple[MoveRow, ...]], ...]
    shipped: tuple[tuple[str, str, str, bool], ...]
    comparison: Comparison | None
    gift_standings: tuple[tuple[str, str], ...]
    apart: tuple[str, ...] = ()
    payer: str = ""
    paid: tuple["PaidRow", ...] = ()

    @property
    def figures(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The figures as rows: a label, and a value for each model."""
        labels = [label for label, _ in self.columns[0].figures] if self.columns else []
        return tuple((label, tuple(column.figures[index][1] for column in self.columns)) for index, label in enumerate(labels))

    @property
    def own(self) -> tuple[str, ...]:
        return tuple(name for name in self.form.models if name.startswith(OWN))

    @property
    def chart_height(self) -> int:
        return _BAR * max(len(self.columns), 1)


def gift_standings() -> tuple[tuple[str, str], ...]:
    return (("offered", gettext("offered")), ("accepted", gettext("accepted")), ("received", gettext("received")))


def shipped_models() -> str:
    """Every shipped model, as the compare page's address names them."""
    return ",".join(load_law(settings.TREATY).models)


def find_model(law: Law, name: str) -> FinancingModel:
    """A shipped model by its id or an own one by `own:` and its hash; raises UnknownModel, OwnModelGone."""
    if not name.startswith(OWN):
        return law.model(name)
    kept = OwnModel.objects.filter(digest=name.removeprefix(OWN)).first()
    if kept is None:
        raise OwnModelGone()
    return law.read_model(kept.content, kept.name)


def compare_page(form: BudgetForm, on: date, language: str) -> ComparePage:
    """The comparison, or the form with the one sentence that says what to mend."""
    law = current_law()
    shipped = tuple((id, gettext(model.title), str(STANDINGS[model.standing]), id in form.models) for id, model in law.models.items())
    try:
        found = compared(law, form, on)
        joined = _what_if(law, form, found, on)
    except TreatyError as refusal:
        return ComparePage(form, on.isoformat(), day_text(on), say(refusal), (), (), (), (), shipped, None, gift_standings())
    rows = _rows(law, found, language)
    largest = tuple(sorted(rows, key=lambda row: (-max(row.bars, default=0), row.iso3))[:12])
    columns = tuple(map(_column, found.results))
    moved = [(gettext("If these States joined or left"), _moves(law, joined, on, language))]
    for result in found.results:
        if result.assessed_pool != result.assessed_pool_if_offers_accepted:
            title = gettext("If every offer were accepted: %(model)s") % {"model": gettext(result.model.title)}
            moved.append((title, _moves(law, moves(result.apportionment, result.if_offers_accepted), on, language)))
    payer = law.state(form.payer).iso3 if form.payer else ""
    return ComparePage(
        form,
        on.isoformat(),
        day_text(on),
        "",
        columns,
        rows,
        largest,
        tuple(moved),
        shipped,
        found,
        gift_standings(),
        apart=_apart(law, found, language),
        payer=law.name(payer, language, on=on) if payer else "",
        paid=paid_rows(found, payer),
    )


def compared(law: Law, form: BudgetForm, on: date) -> Comparison:
    """The form's models on the form's budget; raises TreatyError."""
    return compare(law, form.budget(law), [find_model(law, name) for name in form.models], law.require_day(on))


def _what_if(law: Law, form: BudgetForm, found: Comparison, on: date) -> tuple[Move, ...]:
    joins = [law.state(code).iso3 for code in form.joins.replace(",", " ").split()]
    leaves = [law.state(code).iso3 for code in form.leaves.replace(",", " ").split()]
    assessed = next((result.model for result in found.results if result.assessed_pool.units), None)
    if not (joins or leaves) or assessed is None:
        return ()
    return what_if(law, found.budget, assessed, on, joins=joins, leaves=leaves)


def _moves(law: Law, found: Sequence[Move], on: date, language: str) -> tuple[MoveRow, ...]:
    largest = sorted(found, key=lambda move: (-abs(move.change.units), move.iso3))[:15]
    return tuple(
        MoveRow(law.name(move.iso3, language, on=on), money_text(move.before), money_text(move.after), money_text(move.change))
        for move in largest
    )


def _column(result: ModelResult) -> ModelColumn:
    figures = (
        (gettext("Shared among the States"), money_text(result.assessed_pool)),
        (gettext("If every offer were accepted"), money_text(result.assessed_pool_if_offers_accepted)),
        (gettext("Voluntary money still needed"), money_text(result.voluntary_needed)),
        (gettext("Surplus"), money_text(result.surplus)),
        (gettext("States that pay something"), number_text(result.contributors)),
        (gettext("Of them less than 100"), number_text(result.below_100)),
        (gettext("Largest share, per cent"), percent_text(result.largest_share, 3)),
        (gettext("Concentration (HHI)"), percent_text(result.hhi, 0)),
        (gettext("Sum of the rows less the amount shared"), money_text(result.apportionment.difference)),
    )
    remarks = tuple(say(remark) for remark in result.apportionment.warnings)
    if result.model.note:
        remarks += (gettext(result.model.note),)
    rule = tuple((str(RULE.get(key, key)), value) for key, value in result.apportionment.rule.items())
    return ModelColumn(result.model.id, gettext(result.model.title), str(STANDINGS[result.model.standing]), figures, rule, remarks)


def _rows(law: Law, found: Comparison, language: str) -> tuple[PayerRow, ...]:
    most = max((amount.units for row in found.differences for amount in row.amounts.values()), default=0) or 1
    rows = []
    for row in found.differences:
        rows.append(
            PayerRow(
                row.iso3,
                law.name(row.iso3, language, on=found.on),
                tuple(money_text(amount) for amount in row.amounts.values()),
                money_text(row.spread),
                tuple(amount.units * 1000 // most for amount in row.amounts.values()),
            )
        )
    return tuple(sorted(rows, key=lambda row: sort_key(row.name, language)))


@dataclass(frozen=True)
class PaidRow:
    """What one State would pay under one model, with the steps to redo it."""

    title: str
    standing: str
    currency: str
    amount: str
    working: tuple[str, ...]


def paid_rows(found: Comparison, iso3: str) -> tuple[PaidRow, ...]:
    """One payer under every model compared; nothing where it is not among the payers."""
    rows = []
    for result in found.results:
        for row in result.apportionment.rows:
            if row.iso3 == iso3:
                steps = tuple(say(remark) for remark in row.working) if row.amount.units else ()
                title, standing = gettext(result.model.title), str(STANDINGS[result.model.standing])
                rows.append(PaidRow(title, standing, found.budget.currency.code, money_text(row.amount), steps))
    return tuple(rows)


def sample_amounts(iso3: str, on: date) -> tuple[PaidRow, ...]:
    """One State under each proposed model on the sample budget; empty when it is not among the payers of the day."""
    try:
        return paid_rows(compared(current_law(), BudgetForm.read(QueryDict()), on), iso3)
    except TreatyError:
        return ()


def _apart(law: Law, found: Comparison, language: str) -> tuple[str, ...]:
    """What stands beside the shared money: gifts in kind, and money earmarked for something else."""
    budget, lines = found.budget, []
    for kind in budget.in_kind:
        who = law.name(kind.giver, language, on=found.on) if kind.giver else gettext("giver not named")
        says = gettext("In kind, apart from the cash: %(what)s from %(who)s, valued at %(value)s.")
        lines.append(says % {"what": kind.what, "who": who, "value": money_text(kind.value)})
    if budget.earmarked.units:
        says = gettext("Earmarked for something else, and lowering nothing here: %(amount)s.")
        lines.append(says % {"amount": money_text(budget.earmarked)})
    return tuple(lines)
