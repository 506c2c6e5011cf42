"""Meetings of the record: the list, the calendar, one meeting with what is known of it."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

pytestmark = pytest.mark.django_db
CONSULTATION = "/meetings/consultation-2012-02-29/"


@pytest.fixture
def client():
    return Client(headers={"accept-encoding": ""})


def text(response) -> str:
    return response.content.decode()


def test_every_meeting_is_listed_the_latest_first(client):
    rows = list(csv.DictReader(io.StringIO(text(client.get("/meetings/?format=csv")))))
    assert len(rows) == 31
    assert [row["opens"] for row in rows] == sorted((row["opens"] for row in rows), reverse=True)
    assert {row["id"] for row in csv.DictReader(io.StringIO(text(client.get("/meetings/?format=csv&kind=rc"))))} == {
        "1rc",
        "2rc",
        "2rc-part-2",
        "3rc",
    }


def test_days_are_written_as_the_language_writes_them(client):
    assert "9–12 Nov 2010" in " ".join(text(client.get("/meetings/")).replace("\u2009", "").split())
    assert "2010年11月9日至12日" in text(client.get("/zh/meetings/"))


def test_dates_in_conflict_stay_in_conflict(client):
    page = text(client.get("/meetings/2msp/"))
    assert "sources say 12 or 13 September for the opening" in page
    assert "2011-09-13" in page and "2011-09-12" in page


def test_the_calendar_holds_the_meetings_whose_days_are_known(client):
    book = Calendar.from_ical(client.get("/meetings.ics").content)
    events = {str(event["uid"]): event for event in book.walk("VEVENT")}
    third = events["ccm-meeting-3rc@servanda"]
    assert (third["dtstart"].dt, third["dtend"].dt, str(third["location"])) == (date(2026, 9, 14), date(2026, 9, 19), "Vientiane")
    assert "ccm-meeting-intersessional-2011@servanda" not in events


def test_the_consultation_says_who_reported_on_what(client):
    page = text(client.get(CONSULTATION))
    for words in ("Portugal", "Universalization", "A model law and a checklist", "Cluster Munition Coalition", "Annex II"):
        assert words in page
    assert page.index("Portugal") < page.index("New Zealand") < page.index("Norway")


def test_decisions_known_of_a_meeting(client):
    assert "Extension under Article 4 requested" in text(client.get("/meetings/13msp/"))
    assert "not on record yet" in text(client.get("/meetings/5msp/"))


def test_an_unknown_meeting_is_one_sentence(client):
    response = client.get("/meetings/99msp/")
    assert response.status_code == 404
    assert "No meeting “99msp” is recorded" in text(response)


def test_pages_of_meetings_cost_the_same_whatever_they_hold(client):
    counts = []
    for path in ("/meetings/5msp/", CONSULTATION, "/meetings/"):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{path}?again")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4  # the documents of the meeting are one more than the list needs
    assert counts[2] <= 3


def test_a_states_record_tells_what_it_said_by_then(client):
    assert "Asks affected States Parties for a national strategic plan." in text(client.get("/states/LAO/"))
    assert "Asks affected States Parties" not in text(client.get("/states/LAO/?on=2011-01-01"))
