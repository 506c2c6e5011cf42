"""A comparison as a Word working paper that a President could circulate: neutral labels, no model recommended."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import BinaryIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from servanda.treaty.financing import Comparison, ModelResult
from servanda.treaty.law import Law
from servanda.treaty.money import Money
from servanda.treaty.shares import percent_text

from .word_chart import add_bar_chart


def write(law: Law, found: Comparison, file: BinaryIO) -> None:
    """Write the paper: purpose, budget, models side by side, chart, each State, assumptions and rules."""
    paper = Document()
    _page(paper)
    budget = found.budget
    paper.core_properties.title = "Financing models side by side"
    paper.core_properties.author = ""
    paper.add_heading("Working paper: financing models side by side", level=0)
    kind = "sample budget" if budget.sample else "budget"
    paper.add_paragraph(
        f"This paper shows what a {kind} for {budget.year} would mean under {len(found.results)} financing models, "
        f"with the States counted on {found.on.day} {found.on:%B %Y}. It recommends none of them."
    )
    _budget(paper, found)
    _models(paper, found)
    _chart(paper, law, found)
    _states(paper, law, found)
    _assumptions(paper, found)
    out = BytesIO()
    paper.save(out)
    file.write(out.getvalue())


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height, section.orientation = Cm(21), Cm(29.7), WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2)
    paper.styles["Normal"].font.name = "Calibri"
    paper.styles["Normal"].font.size = Pt(10)


def _budget(paper: Paper, found: Comparison) -> None:
    budget = found.budget
    paper.add_heading("The budget", level=1)
    rows: list[Sequence[str]] = [
        ("Core", _amount(budget.core)),
        ("Non-core", _amount(budget.non_core)),
        ("Savings", _amount(budget.savings)),
    ]
    rows += [(f"Voluntary: {gift.giver or 'not named'}, to {gift.to} ({gift.standing})", _amount(gift.amount)) for gift in budget.voluntary]
    _table(paper, ("Item", f"Amount ({budget.currency})"), rows, right=(1,))
    if budget.in_kind:
        paper.add_paragraph("Given in kind, apart from the money above:")
        rows = [
            (f"{kind.giver or 'not named'}: {kind.what} ({kind.method or 'method not stated'})", _amount(kind.value))
            for kind in budget.in_kind
        ]
        _table(paper, ("In kind", f"Value ({budget.currency})"), rows, right=(1,))


def _models(paper: Paper, found: Comparison) -> None:
    paper.add_heading("The models side by side", level=1)
    results = found.results
    header = ["", *(f"{result.model.title} ({result.model.standing})" for result in results)]
    rows = [
        ["Shared among the States", *(_amount(result.assessed_pool) for result in results)],
        ["If every offer were accepted", *(_amount(result.assessed_pool_if_offers_accepted) for result in results)],
        ["Voluntary money still needed", *(_amount(result.voluntary_needed) for result in results)],
        ["Surplus", *(_amount(result.surplus) for result in results)],
        ["States that pay something", *(str(result.contributors) for result in results)],
        [f"Of them less than 100 {found.budget.currency}", *(str(result.below_100) for result in results)],
        ["Largest share (per cent)", *(percent_text(result.largest_share, 3) for result in results)],
        ["Sum of the rows", *(_amount(result.apportionment.sum) for result in results)],
        ["Difference from the amount shared", *(_amount(result.apportionment.difference) for result in results)],
    ]
    _table(paper, header, rows, right=range(1, len(header)))


def _chart(paper: Paper, law: Law, found: Comparison) -> None:
    largest = sorted(found.differences, key=lambda row: (-max(amount.units for amount in row.amounts.values()), row.iso3))[:15]
    if not largest:
        return
    paper.add_heading("The fifteen largest payers", level=1)
    names = [law.name(row.iso3, on=found.on) for row in largest]
    series = [(result.model.title, [str(row.amounts[result.model.id]) for row in largest]) for result in found.results]
    add_bar_chart(paper, names, series, found.budget.currency.code)
    paper.add_paragraph("The table that follows has the figures of every State.")


def _states(paper: Paper, law: Law, found: Comparison) -> None:
    paper.add_heading("What each State would pay", level=1)
    ids = [result.model.id for result in found.results]
    header = ["State", *(result.model.title for result in found.results), "Spread"]
    rows = [
        [law.name(row.iso3, on=found.on), *(_amount(row.amounts[model]) for model in ids), _amount(row.spread)] for row in found.differences
    ]
    rows.sort(key=lambda row: unicodedata.normalize("NFKD", row[0]))  # Côte d’Ivoire among the other names with Co
    rows.append(["Total", *(_amount(result.apportionment.sum) for result in found.results), ""])
    _table(paper, header, rows, right=range(1, len(header)))


def _assumptions(paper: Paper, found: Comparison) -> None:
    paper.add_heading("Rules and assumptions", level=1)
    for result in found.results:
        paper.add_heading(result.model.title, level=2)
        for line in _rule_lines(result):
            paper.add_paragraph(line, style="List Bullet")


def _rule_lines(result: ModelResult) -> Iterable[str]:
    rule = result.apportionment.rule
    yield f"Standing: {rule['standing']}. Source: {rule['cite']}."
    yield f"Payers: {rule['payers']}; {result.apportionment.payers} of them. Weights: {rule['weights']}. Scale: {rule['scale']}."
    yield f"Rounding: {rule['rounding']}; equal remainders in the order of {rule['ties']}."
    yield from map(str, result.apportionment.warnings)
    if result.model.note:
        yield result.model.note
    assumed: dict[str, list[str]] = {}
    for row in result.apportionment.rows:
        for note in row.notes:
            if "cite" in note.facts:
                assumed.setdefault(str(note), []).append(row.iso3)
    for text, payers in assumed.items():
        yield f"{', '.join(payers)}: {text}"


def _amount(amount: Money) -> str:
    """An amount grouped by thousands, as an English paper writes it."""
    return f"{Decimal(str(amount)):,}"


def _table(paper: Paper, header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Iterable[int]) -> None:
    """A table with a repeated header row and numbers to the right."""
    numbers = set(right)
    table = paper.add_table(rows=1 + len(rows), cols=len(header), style="Light Shading")
    for index, line in enumerate([header, *rows]):
        cells = table.rows[index].cells
        for column, text in enumerate(line):
            paragraph = cells[column].paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size = Pt(9)
            run.bold = index == 0
            if column in numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    properties = table.rows[0]._tr.get_or_add_trPr()
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    properties.append(repeat)
    paper.add_paragraph()
