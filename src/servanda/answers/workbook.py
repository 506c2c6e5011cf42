"""A comparison as an Excel workbook: side by side, one sheet a model, one with the working, one with the rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from servanda.treaty.financing import Comparison, ModelResult
from servanda.treaty.law import Law
from servanda.treaty.money import Money
from servanda.treaty.shares import percent_text


def write(law: Law, found: Comparison, file: BinaryIO) -> None:
    """Write the workbook; amounts are numbers, days are dates, headers are frozen."""
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = _Sheets(book, law, found)
    sheet.side_by_side()
    for result in found.results:
        sheet.model(result)
    sheet.working()
    sheet.rules()
    book.close()


class _Sheets:
    """The sheets of one workbook; the formats are made once."""

    def __init__(self, book: Workbook, law: Law, found: Comparison) -> None:
        places = found.budget.currency.places
        self.book, self.law, self.found = book, law, found
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.money = book.add_format({"num_format": "#,##0" + ("." + "0" * places if places else "")})
        self.rate = book.add_format({"num_format": "0.000"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def _sheet(self, name: str, title: str, columns: Sequence[tuple[str, int]]) -> tuple[Worksheet, int]:
        """A sheet with a title, its frozen header and the first free row."""
        sheet = self.book.add_worksheet(name[:31])
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, "Sample budget" if self.found.budget.sample else "Budget")
        sheet.write_number(1, 1, self.found.budget.year)
        sheet.write_string(1, 2, self.found.budget.currency.code)
        for column, (heading, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(3, column, heading, self.head)
        sheet.freeze_panes(4, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
        return sheet, 4

    def _amount(self, sheet: Worksheet, row: int, column: int, amount: Money) -> None:
        sheet.write_number(row, column, _number(amount), self.money)

    def side_by_side(self) -> None:
        models = [result.model for result in self.found.results]
        columns = [("ISO3", 8), ("State", 34), *((f"{model.title} ({model.standing})", 22) for model in models), ("Spread", 16)]
        sheet, row = self._sheet("Side by side", "Financing models side by side", columns)
        sheet.write_string(2, 0, "Payers of")
        sheet.write_datetime(2, 1, self.found.on, self.day)
        for difference in self.found.differences:
            sheet.write_string(row, 0, difference.iso3)
            sheet.write_string(row, 1, self.law.name(difference.iso3, on=self.found.on))
            for column, model in enumerate(models, start=2):
                self._amount(sheet, row, column, difference.amounts[model.id])
            self._amount(sheet, row, len(models) + 2, difference.spread)
            row += 1
        sheet.write_string(row, 1, "Total", self.head)
        for column, result in enumerate(self.found.results, start=2):
            self._amount(sheet, row, column, result.apportionment.sum)
        if self.found.differences:
            sheet.autofilter(3, 0, row - 1, len(models) + 2)
            self._chart(sheet, row, len(models))

    def _chart(self, sheet: Worksheet, last: int, models: int) -> None:
        """The fifteen largest spreads would need a sorted copy; the whole list is charted in its own order."""
        chart = self.book.add_chart({"type": "bar"})
        for column in range(2, models + 2):
            chart.add_series(
                {
                    "name": ["Side by side", 3, column],
                    "categories": ["Side by side", 4, 1, last - 1, 1],
                    "values": ["Side by side", 4, column, last - 1, column],
                }
            )
        chart.set_title({"name": f"Amounts by State, {self.found.budget.currency.code}"})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 720, "height": max(320, 16 * (last - 4))})
        sheet.insert_chart(3, models + 4, chart)

    def model(self, result: ModelResult) -> None:
        columns = [
            ("ISO3", 8),
            ("State", 34),
            ("Rate %", 10),
            ("Share %", 10),
            ("Amount", 16),
            ("If the offers are accepted", 18),
            ("Note", 60),
        ]
        sheet, row = self._sheet(result.model.id, f"{result.model.title} ({result.model.standing})", columns)
        then = result.if_offers_accepted.amounts()
        for payer in result.apportionment.rows:
            sheet.write_string(row, 0, payer.iso3)
            sheet.write_string(row, 1, self.law.name(payer.iso3, on=self.found.on))
            if payer.rate:
                sheet.write_number(row, 2, Decimal(payer.rate.text), self.rate)
            sheet.write_number(row, 3, Decimal(percent_text(payer.share, 6)), self.rate)
            self._amount(sheet, row, 4, payer.amount)
            self._amount(sheet, row, 5, then[payer.iso3])
            sheet.write_string(row, 6, payer.note)
            row += 1
        for label, amount in (("Sum of the rows", result.apportionment.sum), ("Difference from the pool", result.apportionment.difference)):
            sheet.write_string(row, 1, label, self.head)
            self._amount(sheet, row, 4, amount)
            row += 1

    def working(self) -> None:
        sheet, row = self._sheet("Working", "How each amount came about", [("ISO3", 8), ("State", 34), ("Model", 14), ("Working", 140)])
        for result in self.found.results:
            for payer in result.apportionment.rows:
                sheet.write_string(row, 0, payer.iso3)
                sheet.write_string(row, 1, self.law.name(payer.iso3, on=self.found.on))
                sheet.write_string(row, 2, result.model.id)
                sheet.write_string(row, 3, " ".join(map(str, payer.working)), self.wrap)
                row += 1

    def rules(self) -> None:
        sheet, row = self._sheet("Rules", "The rule of each model, and its assumptions", [("Model", 14), ("Key", 20), ("Value", 110)])
        for result in self.found.results:
            found: list[tuple[str, Any]] = [*result.apportionment.rule.items()]
            found += [("warning", warning) for warning in result.apportionment.warnings]
            found += [("note", result.model.note)] if result.model.note else []
            for key, value in found:
                sheet.write_string(row, 0, result.model.id)
                sheet.write_string(row, 1, key)
                sheet.write_string(row, 2, str(value), self.wrap)
                row += 1


def _number(amount: Money) -> Decimal:
    """The amount as a decimal number: Excel keeps fifteen digits, which every amount here fits."""
    return Decimal(str(amount))
