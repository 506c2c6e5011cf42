"""A native bar chart in a Word paper: Word draws it, and its figures can be edited there.

XlsxWriter writes the chart; the chart's own part and the workbook behind it are then carried over into the paper.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from docx.document import Document as Paper
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DRAWING = """<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
 <wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
 <wp:docPr id="1" name="Chart" descr="{text}"/><wp:cNvGraphicFramePr/>
 <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{id}"/></a:graphicData></a:graphic>
 </wp:inline></w:drawing>"""


def add_bar_chart(paper: Paper, names: Sequence[str], series: Sequence[tuple[str, Sequence[str]]], unit: str) -> None:
    """Add a bar chart of several series over `names`; figures are texts of plain decimals."""
    book = _workbook(names, series, unit)
    with zipfile.ZipFile(BytesIO(book)) as held:
        chart = held.read("xl/charts/chart1.xml").decode()
    package = paper.part.package
    part = Part(PackURI("/word/charts/chart1.xml"), _CHART_TYPE, package=package)
    behind = Part(PackURI("/word/embeddings/chart1.xlsx"), _BOOK_TYPE, book, package)
    link = part.relate_to(behind, RELATIONSHIP_TYPE.PACKAGE)
    external = f'<c:externalData r:id="{link}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    part._blob = chart.replace("</c:chartSpace>", external).encode()
    id = paper.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    text = f"Bar chart of the amounts in the table, {unit}"
    drawing = _DRAWING.format(width=Cm(17), height=Cm(12), id=id, text=text)
    paper.add_paragraph().add_run()._r.append(parse_xml(drawing))


def _workbook(names: Sequence[str], series: Sequence[tuple[str, Sequence[str]]], unit: str) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Sheet1")
    chart = book.add_chart({"type": "bar"})
    sheet.write_column(1, 0, names)
    last = len(names)
    for column, (title, figures) in enumerate(series, start=1):
        sheet.write_string(0, column, title)
        sheet.write_column(1, column, [Decimal(figure) for figure in figures])
        chart.add_series(
            {"name": ["Sheet1", 0, column], "categories": ["Sheet1", 1, 0, last, 0], "values": ["Sheet1", 1, column, last, column]}
        )
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "#,##0", "name": unit})
    chart.set_legend({"position": "bottom"})
    sheet.insert_chart(0, len(series) + 2, chart)
    book.close()
    return out.getvalue()
