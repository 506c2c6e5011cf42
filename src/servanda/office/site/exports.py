"""Lists and the map as files."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date

import xlsxwriter
from django.http import HttpResponse

from servanda.office.obligations.queries import current_law
from servanda.treaty.status import status_table
from servanda.treaty.texts import DATA

from .queries import StateRow, StatesPage

_COLUMNS = tuple(field.name for field in fields(StateRow))
_FILLS = {"party": "#1f6f6b", "deposited": "#5aa39d", "signatory": "#d9a441", "withdrawn": "#8c4a4a", "none": "#c9c6be"}
_RADIUS = 2.6


def _as_csv(page: StatesPage) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in page.rows)
    return out.getvalue().encode()


def _as_json(page: StatesPage) -> bytes:
    return json.dumps({"on": page.on.isoformat(), "states": [asdict(row) for row in page.rows]}, ensure_ascii=False).encode()


def _as_xlsx(page: StatesPage) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet("States"), book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, _COLUMNS, bold)
    for number, row in enumerate(page.rows, start=1):
        sheet.write_row(number, 0, [getattr(row, column) for column in _COLUMNS])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(page.rows), len(_COLUMNS) - 1)
    sheet.autofit()
    book.close()
    return out.getvalue()


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES_FILES: Mapping[str, tuple[Callable[[StatesPage], bytes], str]] = {
    "csv": (_as_csv, "text/csv; charset=utf-8"),
    "json": (_as_json, "application/json"),
    "xlsx": (_as_xlsx, _XLSX),
}


def states_file(page: StatesPage, form: str) -> HttpResponse:
    """The list of States as a file to download."""
    write, kind = STATES_FILES[form]
    name = f"states-{page.on.isoformat()}.{form}"
    return HttpResponse(write(page), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def map_svg(on: date) -> str:
    """The world by status on a day, as a picture; small States are drawn as circles."""
    world = json.loads((DATA / "map" / "world.json").read_text(encoding="utf-8"))
    table = status_table(current_law(), on)
    fill = {state.iso3: _FILLS[state.status] for state in table.states}
    shapes = [f'<path d="{path}" fill="{fill.get(iso3, _FILLS["none"])}"/>' for iso3, path in world["paths"].items()]
    shapes += [
        f'<circle cx="{point["x"]}" cy="{point["y"]}" r="{_RADIUS}" fill="{fill[iso3]}"/>'
        for iso3, point in world["points"].items()
        if point.get("marker")
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{world["viewBox"]}" stroke="#fbfaf7" stroke-width=".4">'
        + "".join(shapes)
        + "</svg>"
    )
