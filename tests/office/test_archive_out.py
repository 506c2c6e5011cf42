"""Documents on their way out: harvested, packed, asked for by programs; what is restricted is in none of them."""

import io
import json
import zipfile
from datetime import timedelta
from urllib.parse import unquote

import bagit
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree, html

from servanda.office.archive.forms import Description
from servanda.office.archive.models import Title, Work
from servanda.office.archive.operations.indexing import index_waiting
from servanda.office.archive.operations.records import correct
from servanda.office.archive.out.packages import write_bag
from servanda.office.site.out.copy import write_copy
from servanda.treaty.errors import TextRefused

from .samples import NOW, bring_in, paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_empty_archive")]
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"


def harvest(client, **asked):
    response = client.get("/oai", asked)
    assert response.status_code == 200 and response.headers["Content-Type"].startswith("text/xml")
    return etree.fromstring(response.content)


def errors(root):
    return [error.get("code") for error in root.iter(f"{OAI}error")]


def test_the_six_verbs_answer(plan, client):
    assert harvest(client, verb="Identify").findtext(f".//{OAI}protocolVersion") == "2.0"
    assert harvest(client, verb="ListMetadataFormats").findtext(f".//{OAI}metadataPrefix") == "oai_dc"
    assert "2msp" in [one.text for one in harvest(client, verb="ListSets").iter(f"{OAI}setSpec")]
    name = f"oai:testserver:{plan.identifier}"
    record = harvest(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=name)
    assert {one.text for one in record.iter(f"{DC}title")} >= {"Elements of a plan for the survivors"}
    assert {one.text for one in record.iter(f"{DC}language")} == {"en", "fr"}
    assert [one.text for one in record.iter(f"{DC}creator")] == ["Austria"]
    headers = harvest(client, verb="ListIdentifiers", metadataPrefix="oai_dc", set="2msp")
    assert [one.text for one in headers.iter(f"{OAI}identifier")] == [name]
    posted = client.post("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    assert etree.fromstring(posted.content).find(f".//{OAI}metadata") is not None


WRONG = [
    ({}, "badVerb"),
    ({"verb": "Steal"}, "badVerb"),
    ({"verb": "Identify", "set": "x"}, "badArgument"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-02", "until": "2026-01-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-02", "until": "2026-01-02T00:00:00Z"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "2001-01-01"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "resumptionToken": "zzz"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "W10="}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "zzz", "metadataPrefix": "oai_dc"}, "badArgument"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:testserver:nothing"}, "idDoesNotExist"),
    ({"verb": "ListMetadataFormats", "identifier": "oai:testserver:'--"}, "idDoesNotExist"),
    ({"verb": "ListMetadataFormats", "identifier": "\x0b"}, "badArgument"),
]


@pytest.mark.parametrize(("asked", "code"), WRONG)
def test_every_wrong_request_has_the_condition_the_protocol_names(plan, client, asked, code):
    assert errors(harvest(client, **asked)) == [code]


def test_tokens_walk_through_every_record_once_at_the_same_cost(client):
    works = [
        Work(identifier=f"w{number:09}", standing="kept", source="s", changed_at=NOW + timedelta(seconds=number // 7))
        for number in range(250)
    ]
    Work.objects.bulk_create(works)
    Title.objects.bulk_create([Title(work=work, language="en", text=f"Paper \x0b {work.identifier}") for work in Work.objects.all()])
    found, costs, asked = [], [], {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    while True:
        with CaptureQueriesContext(connection) as queries:
            root = harvest(client, **asked)
        costs.append(len(queries))
        found += [one.text for one in root.iter(f"{OAI}identifier")]
        token = root.findtext(f".//{OAI}resumptionToken")
        if not token:
            break
        asked = {"verb": "ListRecords", "resumptionToken": token}
    assert len(found) == len(set(found)) == 250 and len(costs) == 3 and len(set(costs)) == 1


def test_what_is_restricted_is_harvested_by_nobody(plan, client):
    correct(work=plan, said=Description(values={"visibility": "committee"}), by="tests", at=NOW)
    index_waiting(at=NOW)
    assert errors(harvest(client, verb="ListRecords", metadataPrefix="oai_dc")) == ["noRecordsMatch"]
    name = f"oai:testserver:{plan.identifier}"
    assert errors(harvest(client, verb="GetRecord", metadataPrefix="oai_dc", identifier=name)) == ["idDoesNotExist"]
    assert client.get(f"/api/v1/documents/{plan.identifier}").status_code == 404
    assert client.get("/api/v1/documents?q=survivors").json()["count"] == 0
    content = b"".join(client.get("/documents/meetings/2msp/en.zip").streaming_content)
    assert zipfile.ZipFile(io.BytesIO(content)).namelist() == []


def test_a_meetings_documents_are_one_zip_in_each_language(plan, client):
    for language, count in (("en", 1), ("fr", 1), ("ru", 0)):
        content = b"".join(client.get(f"/documents/meetings/2msp/{language}.zip").streaming_content)
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert len(names) == count and all(name.startswith(f"CCM_MSP_2011_WP.3-{language}-") and name.endswith(".docx") for name in names)
    assert "/documents/meetings/2msp/fr.zip" in client.get("/meetings/2msp/").content.decode()


def test_a_bag_is_what_the_bagit_tool_verifies(plan, tmp_path):
    folder = tmp_path / "bag"
    assert write_bag(Work.objects.all(), folder, title="Convention on Cluster Munitions") == 1
    assert bagit.Bag(str(folder)).validate()
    [row] = json.loads((folder / "data" / "documents.json").read_text())
    assert (row["symbol"], sorted(row["titles"]), len(row["files"])) == ("CCM/MSP/2011/WP.3", ["en", "fr"], 2)
    with pytest.raises(TextRefused):
        write_bag(Work.objects.all(), folder, title="again")
    next((folder / "data" / plan.identifier).iterdir()).write_bytes(b"changed")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate()


def test_the_api_answers_as_the_command_does(plan, client):
    found = client.get("/api/v1/documents?q=survivors&language=en").json()
    assert set(found) == {"query", "count", "took_ms", "hits"} and found["hits"][0]["symbol"] == "CCM/MSP/2011/WP.3"
    assert {"id", "title", "symbol", "language", "date", "snippet", "url"} <= set(found["hits"][0])
    one = client.get(f"/api/v1/documents/{plan.identifier}").json()
    assert one["meeting"] == "2msp" and one["dated"] == "2011-09-01"


def test_the_sitemap_leads_to_public_pages_only(plan, client):
    def places(path):
        return [one.text for one in etree.fromstring(client.get(path).content).iter("{*}loc")]

    [record, documents] = places("/sitemap.xml")
    assert "http://testserver/states/LAO/" in places(record.removeprefix("http://testserver"))
    assert places(documents.removeprefix("http://testserver")) == ["http://testserver/documents/CCM/MSP/2011/WP.3/"]
    correct(work=plan, said=Description(values={"visibility": "unit"}), by="tests", at=NOW)
    assert places("/sitemap.xml") == ["http://testserver/sitemap-record.xml"]
    assert places(documents.removeprefix("http://testserver")) == []


@pytest.mark.skipif(connection.vendor == "postgresql", reason="it asks the application as a server does, which ends the test's connection")
def test_a_copy_of_the_site_stands_alone_and_holds_what_the_public_may_see(plan, tmp_path):
    bring_in(paper(tmp_path / "s.docx", "Secret plan of the Unit", "Only the Unit reads this sentence about quetzals."))
    folder = tmp_path / "copy"
    count = write_copy(folder, languages=["en"], on=NOW.date())
    pages = list(folder.rglob("*.html"))
    assert count >= 220 and (folder / "states" / "LAO" / "index.html").exists()
    assert (folder / "documents" / "CCM" / "MSP" / "2011" / "WP.3" / "index.html").exists()
    assert len(list((folder / "files").rglob("*.docx"))) >= 1
    assert not any("quetzals" in page.read_text() or "Secret plan" in page.read_text() for page in pages)
    broken = set()
    for page in pages:
        for _, _, link, _ in html.document_fromstring(page.read_text()).iterlinks():
            path = unquote(link.partition("#")[0])
            if path and ":" not in path and not (page.parent / path).exists():
                broken.add((str(page.relative_to(folder)), link))
    assert broken == set()
