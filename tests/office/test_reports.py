"""The page of reports: rates with their denominators, and the same tables as files."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from servanda.office.obligations.operations import record_fact

from .samples import NOW

pytestmark = pytest.mark.django_db
PATH = "/reports/?on=2026-11-23"


def test_every_line_adds_up_and_the_regions_add_up_to_the_year(client):
    page = client.get(f"{PATH}&year=2018").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PATH}&year=2018&format=xlsx").content))
    regions, years = ([row for row in sheet.iter_rows(values_only=True) if isinstance(row[1], int)] for sheet in book.worksheets[:2])
    for _, due, on_record, in_time, late, undated, absent, *_ in [*regions, *years]:
        assert due == on_record + absent and on_record == in_time + late + undated
    [year] = [row for row in years if str(row[0]) == "2018"]
    assert [sum(row[column] for row in regions) for column in range(1, 7)] == list(year[1:7])
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PATH}&year=2018&format=csv").content.decode("utf-8-sig"))))
    assert len(rows) == year[1] and {row["due"][:4] for row in rows} == {"2018"}
    assert f"Of {year[1]} reports due, {year[2]} are on record here" in page and year[2] > 0


def test_a_report_recorded_is_counted_at_once(client):
    before = client.get(f"{PATH}&year=2026&form=article-7-annual").content.decode()
    values = {"iso3": "LAO", "kind": "annual", "received": "2026-05-04", "covers": "2025", "source": "Received by mail"}
    record_fact(table="reports", values=values, by="tests", at=NOW)
    after = client.get(f"{PATH}&year=2026&form=article-7-annual").content.decode()
    assert before != after and "4 days late" in after
    assert "4 days late" in client.get("/states/LAO/").content.decode()


def test_the_cost_does_not_grow_with_what_is_shown(client):
    costs = []
    for query in ("&year=2013&group=africa", ""):
        client.get(PATH)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{PATH}{query}&again").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("query", ["year=abc", "form=nothing", "group=moon", "on=2009-01-01"])
def test_no_filter_breaks_the_page(client, query):
    page = client.get(f"/reports/?{query}")
    assert page.status_code == 200 and "No report was due" in page.content.decode()


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_the_page_speaks_every_language(client, language):
    assert client.get(f"/{language}{PATH}").status_code == 200
