"""The public pages: what they answer, what they cost, what they refuse."""

import csv
import gzip
import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from servanda.office.finance.models import OwnModel
from servanda.office.obligations.models import Decision, Report
from servanda.office.obligations.queries import current_law
from servanda.office.site.queries import StatesFilter, states_page
from servanda.treaty.texts import DATA

pytestmark = pytest.mark.django_db
PAGES = ["/", "/states/", "/states/LAO/", "/deadlines/", "/finance/compare/", "/finance/risk/", "/finance/models/"]
PAGES += ["/contradictions/", "/meetings/", "/meetings/2msp/", "/about/"]


@pytest.fixture
def client():
    return Client(headers={"accept-encoding": ""})


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("path", [*PAGES, "/api/docs"])
def test_every_page_answers_with_strict_headers(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script" not in text(response)
    assert " style=" not in text(response)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_anything_of_another_site(client, path):
    for part in text(client.get(path)).split('="')[1:]:
        address = part.split('"')[0]
        assert not address.startswith(("http:", "https:", "//")), address


def test_home_counts_on_both_bases(client):
    page = text(client.get("/"))
    assert "<dd>112</dd>" in page
    assert "States have deposited their consent" in page
    assert "annual transparency reports of 112 States" in page


def test_a_page_on_an_earlier_day(client):
    page = text(client.get("/states/?on=2010-07-31"))
    assert "<dd>38</dd>" in page
    assert "Consent deposited, not yet in force" in page


@pytest.mark.parametrize(
    ("search", "iso3"),
    [("laos", "LAO"), ("Cote dIvoire", "CIV"), ("swaziland", "SWZ"), ("Российская", "RUS"), ("老挝", "LAO"), ("ليبيا", "LBY"),
     ("Rossiya", "RUS"),
     ("Kirgizstan", "KGZ"), ("lao", "LAO"),
     ("Espana", "ESP")],
)  # fmt: skip
def test_a_state_is_found_in_any_language_spelt_nearly_right(client, search, iso3):
    assert f'href="/states/{iso3}/"' in text(client.get("/states/", {"q": search}))


def test_a_search_that_finds_nothing_says_what_to_try(client):
    assert "No State fits." in text(client.get("/states/", {"q": "zzzzqqq"}))


def test_states_sort_as_the_language_sorts(client):
    page = states_page(date(2026, 11, 23), StatesFilter(), "fr")
    names = [row.name for row in page.rows]
    assert (
        names.index("Égypte")
        < names.index("Espagne")
        < names.index("États-Unis d’Amérique" if "États-Unis d’Amérique" in names else "États-Unis d'Amérique")
    )


def test_the_list_of_states_as_files(client):
    rows = list(csv.DictReader(io.StringIO(text(client.get("/states/?status=signatory&format=csv")))))
    assert len(rows) == 12
    workbook = client.get("/states/?format=xlsx").content
    assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(workbook)).namelist()
    assert len(client.get("/states/?format=json").json()["rows"]) == 197


def test_a_states_record_explains_its_dates(client):
    page = text(client.get("/states/LAO/"))
    for words in ("Why this date", "1 August 2010", "10 years after entry into force", "sample budget", "No report known to us"):
        assert words in page
    assert "Not submitted" not in page


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/states/XYZ/", 404, "No State has the code “XYZ”"),
        ("/states/?on=2008-05-29", 400, "before the treaty was adopted"),
        ("/states/LAO/?on=31/12/2020", 400, "is not a date"),
        ("/states/LAO/?on=9999-12-31", 400, "too far ahead"),
        ("/finance/compare/?core=5&currency=CHF&year=abc", 400, "write a whole number"),
        ("/finance/compare/?core=1e5&currency=CHF&year=2013", 400, "what belongs here: What the Unit’s core work costs"),
        ("/deadlines/?article=99", 400, "use one of 3, 4, 7"),
        ("/finance/compare/?year=2013&currency=CHF&core=-1", 400, "budget: core"),
        ("/finance/compare/?year=2013&currency=ZZZ&core=1", 400, "not a currency of ISO 4217"),
        ("/finance/compare/?models=nope", 400, "No financing model “nope” is held"),
        ("/finance/compare/?joins=XYZ", 400, "No State has the code"),
        ("/finance/compare/?models=own:00", 400, "send the file again"),
        ("/nope/", 404, "Nothing at this address"),
    ],
)
def test_bad_input_gets_one_sentence_and_keeps_what_was_typed(client, path, status, words):
    response = client.get(path)
    assert response.status_code == status
    assert words in text(response).replace("&#x27;", "'")
    for typed in path.partition("?")[2].split("&"):
        assert typed.partition("=")[2] in text(response)


def test_the_calendar_keeps_its_uids_when_a_date_moves(client):
    def uids():
        book = Calendar.from_ical(client.get("/states/SOM/deadlines.ics?when=all").content)
        return {str(event["uid"]): event["dtstart"].dt for event in book.walk("VEVENT")}

    before = uids()
    assert "ccm-SOM-article-4-clearance@servanda" in before
    Decision.objects.create(state_id="SOM", article="4", kind="granted", until="2031-03-01", date="2026-01-01", source="a test")
    after = uids()
    assert set(after) == set(before)
    assert after["ccm-SOM-article-4-clearance@servanda"].isoformat() == "2031-03-01"


def test_a_comparison_as_files(client):
    for form, magic in (("xlsx", b"PK"), ("docx", b"PK"), ("csv", b"iso3,"), ("json", b"{")):
        response = client.get(f"/finance/compare/?format={form}")
        assert response.content.startswith(magic)
        assert f"sample-comparison-2013.{form}" in response.headers["Content-Disposition"]


MODEL = (DATA / "finance" / "hybrid.yaml").read_text(encoding="utf-8").replace("id: hybrid", "id: mine")


def send(client, content: bytes, name="mine.yaml"):
    file = io.BytesIO(content)
    file.name = name
    return client.post("/finance/models/add/", {"file": file})


def test_an_own_model_is_kept_by_its_content_and_reached_by_its_link(client):
    first, second = send(client, MODEL.encode()), send(client, MODEL.encode())
    assert first.status_code == second.status_code == 302
    assert OwnModel.objects.count() == 1
    assert "Your own model" in text(client.get(first.url))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * 70_000, "larger than 64 KB"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        (MODEL.replace("standing:", "standign:").encode(), "key"),
        (b"a: &a [1]\nb: *a\n", "aliases are not accepted"),
    ],
)
def test_a_bad_model_file_gets_one_sentence(client, content, words):
    response = send(client, content)
    assert response.status_code == 400
    assert words in text(response)
    assert OwnModel.objects.count() == 0


def test_own_models_unused_for_30_days_are_dropped(client):
    OwnModel.objects.create(digest="old", name="old.yaml", content=MODEL, used_on="2020-01-01")
    send(client, MODEL.encode())
    assert list(OwnModel.objects.values_list("name", flat=True)) == ["mine.yaml"]


def test_sending_needs_the_forms_own_token():
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, MODEL.encode()).status_code == 403


def test_an_unchanged_page_answers_304_and_a_change_shows_at_once(client):
    first = client.get("/states/AFG/")
    assert client.get("/states/AFG/", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    Report.objects.create(state_id="AFG", kind="annual", received="2026-04-30", covers="2025", source="a new source")
    again = client.get("/states/AFG/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "a new source" in text(again)


def test_gzip_is_given_to_those_who_take_it():
    response = Client(headers={"accept-encoding": "gzip"}).get("/about/")
    assert response.headers["Content-Encoding"] == "gzip"
    assert b"Implementation Support Unit" in gzip.decompress(response.content)


@pytest.mark.parametrize("path", ["/states/LAO/?on=2020-01-01", "/states/?on=2020-01-01", "/deadlines/?on=2020-01-01", "/?on=2020-01-01"])
def test_an_uncached_page_costs_a_fixed_number_of_queries_whatever_the_rows(client, path):
    def queries(suffix):
        current_law()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(path + suffix).status_code == 200
        return [query["sql"] for query in captured]

    few = queries("&few")
    for year in ("2012", "2013", "2014"):
        Report.objects.create(state_id="LAO", kind="annual", received="2019-01-01", covers=year, source="a test")
    many = queries("&many")
    assert len(few) == len(many) <= 4
    assert all("common_stamp" in sql or "archive_" in sql for sql in many)


@pytest.mark.parametrize("call", ["status", "states", "obligations", "scales", "scales/2013", "apportion?pool=100&currency=CHF"])
def test_the_api_answers(client, call):
    response = client.get(f"/api/v1/{call}")
    assert response.status_code == 200
    assert response.json()


@pytest.mark.parametrize(
    ("call", "status"),
    [
        ("status?on=nope", 400), ("status?state=XYZ", 404), ("scales/1999", 404), ("apportion?pool=1.005&currency=CHF", 400),
        ("apportion?pool=1&currency=ZZZ", 400), ("apportion?pool=1&currency=CHF&model=nope", 404), ("obligations?article=99", 400),
        ("status?on=2008-01-01", 400), ("apportion", 400),
    ],
)  # fmt: skip
def test_the_api_refuses_in_one_sentence(client, call, status):
    response = client.get(f"/api/v1/{call}")
    assert response.status_code == status
    assert response.json()["detail"]


def test_the_api_compares(client):
    budget = {"year": 2013, "currency": "CHF", "core": "500000.00", "non_core": "120000.00"}
    budget["voluntary"] = [{"from": "CHE", "to": "core", "amount": "150000.00", "standing": "accepted"}]
    found = client.post("/api/v1/compare", budget, content_type="application/json").json()
    assert {model["id"]: model["assessed_pool"] for model in found["models"]} == {
        "assessed": "620000.00",
        "voluntary": "0.00",
        "hybrid": "350000.00",
    }


def test_health(client):
    assert client.get("/healthz").json()["status"] == "ok"
