"""A comparison as Excel, Word, CSV or JSON."""

import io
import json
from collections.abc import Callable, Mapping

from django.http import HttpResponse

from servanda.answers import workbook, working_paper
from servanda.answers.as_json import compare_json, write_csv
from servanda.office.common.exports import attachment
from servanda.treaty.financing import Comparison
from servanda.treaty.law import Law


def _excel(law: Law, found: Comparison) -> bytes:
    out = io.BytesIO()
    workbook.write(law, found, out)
    return out.getvalue()


def _word(law: Law, found: Comparison) -> bytes:
    out = io.BytesIO()
    working_paper.write(law, found, out)
    return out.getvalue()


def _csv(law: Law, found: Comparison) -> bytes:
    out = io.StringIO()
    write_csv(compare_json(found)["differences"], out)
    return out.getvalue().encode()


def _json(law: Law, found: Comparison) -> bytes:
    return json.dumps(compare_json(found), ensure_ascii=False, indent=1).encode()


FILES: Mapping[str, Callable[[Law, Comparison], bytes]] = {"xlsx": _excel, "docx": _word, "csv": _csv, "json": _json}


def comparison_file(law: Law, found: Comparison, form: str) -> HttpResponse:
    """The comparison as a file to download; a sample says so in its name."""
    name = f"{'sample-' if found.budget.sample else ''}comparison-{found.budget.year}.{form}"
    return attachment(FILES[form](law, found), name)
