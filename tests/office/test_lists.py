"""Lists as they are filtered, grouped and taken home; the budget form with all it can hold."""

import csv
import io
from datetime import datetime

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client(headers={"accept-encoding": ""})


def text(response) -> str:
    return response.content.decode()


def names_in_order(client, query: str) -> list[str]:
    return [row["iso3"] for row in csv.DictReader(io.StringIO(text(client.get(f"/states/?format=csv&{query}"))))]


def test_states_are_filtered_by_group_and_by_day_of_consent(client):
    assert {"LAO", "NPL"} <= set(names_in_order(client, "member=ldc")) and "DEU" not in names_in_order(client, "member=ldc")
    assert "FJI" in names_in_order(client, "member=sids") and "LAO" not in names_in_order(client, "member=sids")
    assert names_in_order(client, "since=2023-01-01&status=consented") == ["NGA", "SSD", "VUT"]
    assert client.get("/states/?since=soon").status_code == 400


def test_states_are_sorted_by_day_of_consent(client):
    rows = list(csv.DictReader(io.StringIO(text(client.get("/states/?format=csv&status=consented&sort=consent")))))
    days = [row["consent"] for row in rows]
    assert days == sorted(days, reverse=True) and len(days) == 112


def test_deadlines_are_grouped_by_date_article_or_region(client):
    for by, heading in (("date", "30 April 2027"), ("article", "Article 7"), ("region", "African States")):
        assert f"<h2>{heading}</h2>" in text(client.get(f"/deadlines/?on=2026-11-24&by={by}"))


def test_deadlines_of_one_day_stand_in_the_order_of_the_language(client):
    rows = list(csv.DictReader(io.StringIO(text(client.get("/fr/deadlines/?on=2026-11-24&article=7&format=csv")))))
    names = [row["state"] for row in rows if row["due"] == "2027-04-30"]
    assert names.index("Autriche") < names.index("Belgique") < names.index("Burundi") and len(names) == 112


def test_a_long_group_has_one_line_each_with_its_provision(client):
    page = text(client.get("/deadlines/?on=2026-11-24&article=7"))
    assert page.count("Article 7(2)</small>") == 112 and "Why this date" not in page


@pytest.mark.parametrize("path", ["/deadlines/", "/states/", "/states/LAO/", "/ar/states/LAO/"])
def test_a_list_as_word_and_excel_holds_what_the_page_holds(client, path):
    paper = Document(io.BytesIO(client.get(f"{path}?on=2026-11-24&format=docx").content))
    book = load_workbook(io.BytesIO(client.get(f"{path}?on=2026-11-24&format=xlsx").content))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    words = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert len(paper.tables) >= 1 and len(words) > 20
    assert datetime(2027, 4, 30) in cells or datetime(2010, 8, 1) in cells
    marks = paper.element.xpath("//w:bidiVisual")
    assert bool(marks) == path.startswith("/ar/")


def test_every_contribution_typed_counts_and_stays_in_the_form(client):
    gifts = "gift_from=CHE&gift_to=core&gift=100000&gift_standing=accepted&gift_from=NOR&gift_to=core&gift=50000&gift_standing=accepted"
    page = client.get(f"/finance/compare/?year=2013&currency=CHF&core=500000&{gifts}&kind_from=CHE&kind_what=rooms&kind_value=60000")
    assert "350,000.00" in text(page)
    assert text(page).count('name="gift"') == 3
    assert "In kind, apart from the cash: rooms from Switzerland, valued at 60,000.00." in text(page)


def test_the_working_of_one_payer_on_an_own_budget(client):
    page = text(client.get("/finance/compare/?year=2013&currency=CHF&core=1000&models=assessed&payer=CHE"))
    assert "1.13 of 60.672" in page or "Rate on A/RES/64/248: 1.130" in page
    assert "payer=AUT#working" in page and "payer=CHE&amp;payer" not in page


def test_a_contribution_without_a_standing_is_only_offered(client):
    page = text(client.get("/finance/compare/?core=1000&currency=CHF&year=2013&models=hybrid&gift_from=CHE&gift=400"))
    assert "1,000.00" in page and "600.00" in page
