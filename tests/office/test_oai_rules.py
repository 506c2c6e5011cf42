"""The rules by which the registry of the Open Archives Initiative validates a data provider (HTTP::OAIPMH::Validator), in its order."""

import re

import pytest
from lxml import etree

from .samples import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_empty_archive")]
OAI = "{http://www.openarchives.org/OAI/2.0/}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
SECONDS = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
BASE = "http://testserver/oai"


@pytest.fixture
def ask(plan, client):
    """The answer to a query as typed behind the base address, after the rules that hold for every answer."""

    def asked(query: str, **posted: str):
        response = client.post("/oai", posted) if posted else client.get(f"/oai?{query}")
        root = etree.fromstring(response.content)
        assert response.status_code == 200 and root.tag == f"{OAI}OAI-PMH"
        assert re.fullmatch(SECONDS, root.findtext(f"{OAI}responseDate"))
        assert root.get(f"{XSI}schemaLocation") == f"{OAI[1:-1]} {OAI[1:-1]}OAI-PMH.xsd"
        assert root.findtext(f"{OAI}request") == BASE
        return root

    return asked


def texts(root, name):
    return [one.text for one in root.iter(f"{OAI}{name}")]


def test_identify_says_what_a_harvester_must_know(ask):
    said = ask("verb=Identify").find(f"{OAI}Identify")
    assert said.findtext(f"{OAI}baseURL") == BASE
    assert said.findtext(f"{OAI}protocolVersion") == "2.0"
    assert said.findtext(f"{OAI}granularity") == "YYYY-MM-DDThh:mm:ssZ"
    assert said.findtext(f"{OAI}earliestDatestamp") == f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
    assert re.fullmatch(r"\S+@\S+", said.findtext(f"{OAI}adminEmail"))
    order = [child.tag.removeprefix(OAI) for child in said]
    names = ["repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord", "granularity"]
    assert order == names


def test_one_record_is_the_same_by_every_verb(ask, plan):
    assert "2msp" in texts(ask("verb=ListSets"), "setSpec")
    name = texts(ask("verb=ListIdentifiers&metadataPrefix=oai_dc&set=2msp"), "identifier")[0]
    assert name == f"oai:testserver:{plan.identifier}"
    assert "oai_dc" in texts(ask(f"verb=ListMetadataFormats&identifier={name}"), "metadataPrefix")
    record = ask(f"verb=GetRecord&identifier={name}&metadataPrefix=oai_dc")
    stamp = texts(record, "datestamp")[0]
    assert re.fullmatch(SECONDS, stamp) and texts(record, "setSpec") == ["2msp"]
    listed = ask(f"verb=ListRecords&from={stamp}&until={stamp}&metadataPrefix=oai_dc")
    assert texts(listed, "identifier") == [name]


ERRORS = [
    ("junk", {"badVerb"}),
    ("verb=junk", {"badVerb"}),
    ("verb=GetRecord&metadataPrefix=oai_dc", {"badArgument"}),
    ("verb=GetRecord&identifier=oai:testserver:one", {"badArgument"}),
    ('verb=GetRecord&identifier=invalid"id&metadataPrefix=oai_dc', {"badArgument", "idDoesNotExist"}),
    ("verb=ListIdentifiers&until=junk", {"badArgument"}),
    ("verb=ListIdentifiers&from=junk", {"badArgument"}),
    ("verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05", {"badArgument", "badResumptionToken"}),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=junk", {"badArgument"}),
    ("verb=ListRecords&resumptionToken=junk", {"badResumptionToken"}),
    ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=junk&until=1990-01-10", {"badArgument", "badResumptionToken"}),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=junk", {"badArgument"}),
    ("verb=ListRecords", {"badArgument"}),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-05&until=2002-02-06T05:35:00Z", {"badArgument"}),
    (f"verb=ListRecords&metadataPrefix=oai_dc&until={NOW.year - 1}{NOW:-%m-%dT%H:%M:%SZ}", {"noRecordsMatch"}),
]


@pytest.mark.parametrize(("query", "allowed"), ERRORS)
def test_a_wrong_request_gets_one_of_the_conditions_allowed(ask, query, allowed):
    codes = [error.get("code") for error in ask(query).iter(f"{OAI}error")]
    assert len(codes) == 1 and set(codes) <= allowed


def test_requests_may_be_posted(ask, plan):
    assert ask("", verb="Identify").find(f"{OAI}Identify") is not None
    posted = {"verb": "GetRecord", "identifier": f"oai:testserver:{plan.identifier}", "metadataPrefix": "oai_dc"}
    assert texts(ask("", **posted), "identifier") == [posted["identifier"]]
