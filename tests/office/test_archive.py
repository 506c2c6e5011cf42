"""The archive on real files: taken in, read, described, confirmed, found, kept from those who may not see, and proven."""

import io
import os
import re
import zipfile
from datetime import timedelta

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from servanda.office.archive.forms import Description
from servanda.office.archive.models import Doubt, File, Page, Unindexed, Work
from servanda.office.archive.operations.indexing import index_waiting, rebuild_index
from servanda.office.archive.operations.records import confirm, correct
from servanda.office.archive.operations.trust import NoReasonGiven, StillRetained, destroy, verify
from servanda.office.archive.queries.review import next_number
from servanda.office.archive.queries.search import search
from servanda.office.archive.queries.visible import find_work, store
from servanda.office.archive.search.engines import engine
from servanda.office.common.models import AuditLine
from servanda.office.common.policies import ANYONE, COMMAND_LINE, Viewer
from servanda.office.site.audits import findings
from servanda.office.site.operations import write_backup

from .samples import NOW, TODAY, WP3, account, bring_in, found, paper, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_empty_archive")]
DELEGATION = Viewer("d@sample.example", frozenset({"delegation"}), "LAO")


def test_a_document_is_proposed_with_reasons_and_nothing_guessed_is_shown(tmp_path, client):
    bring_in(paper(tmp_path / "scan 1.docx", *WP3))
    work = Work.objects.get()
    proposed = {name: held["value"] for name, held in work.proposal.items()}
    assert proposed == {
        "symbol": "CCM/MSP/2011/WP.3",
        "language": "en",
        "title": "Elements of a plan for the survivors",
        "kind": "working-paper",
        "dated": "2011-09-01",
        "meeting": "2msp",
        "state": "AUT",
    }
    assert all(held["says"] for held in work.proposal.values())
    assert found("survivors").count == 0 and found("survivors", COMMAND_LINE).count == 1
    assert client.get("/documents/CCM/MSP/2011/WP.3/").status_code == 404


def test_languages_of_one_symbol_become_one_document(plan, client):
    assert {version.language for version in plan.versions.all()} == {"en", "fr"}
    assert "Survivors of cluster munitions have the right" in client.get("/documents/CCM/MSP/2011/WP.3/").content.decode()
    assert "Les survivants des armes" in client.get("/fr/documents/CCM/MSP/2011/WP.3/").content.decode()
    spanish = client.get("/es/documents/CCM/MSP/2011/WP.3/").content.decode()
    assert "Survivors of cluster munitions have the right" in spanish and 'role="note"' in spanish


def test_the_same_file_twice_is_one_file(tmp_path):
    first = paper(tmp_path / "a.docx", *WP3)
    (tmp_path / "b.docx").write_bytes(first.read_bytes())
    summary = bring_in(first, tmp_path / "b.docx")
    assert (summary.filed, summary.known) == (1, 1)
    assert bring_in(tmp_path).known == 2 and File.objects.count() == Work.objects.count() == 1


def test_two_files_that_claim_one_symbol_both_stay_and_both_say_so(tmp_path):
    bring_in(paper(tmp_path / "a.docx", *WP3), paper(tmp_path / "b.docx", *WP3, "Another ending."))
    assert Work.objects.filter(symbol="CCM/MSP/2011/WP.3").count() == 2
    assert Doubt.objects.filter(subject="symbol").count() == 2


def test_of_two_kept_documents_with_one_symbol_each_has_a_page_and_the_audit_says_so(tmp_path, client):
    bring_in(paper(tmp_path / "a.docx", *WP3), paper(tmp_path / "b.docx", *WP3, "Another ending."))
    confirm(works=Work.objects.all(), by="tests", at=NOW)
    first, second = Work.objects.all()
    assert client.get(f"/documents/{first.identifier}/").status_code == 301
    page = client.get(f"/documents/{second.identifier}/")
    assert page.status_code == 200 and "Another ending" in page.content.decode()
    assert f"/documents/{second.identifier}/" in client.get("/documents/CCM/MSP/2011/WP.3/").content.decode()
    assert any("two kept documents have this symbol" in one.what for one in findings())


def test_what_was_destroyed_does_not_stand_before_what_was_filed_anew(plan, tmp_path, client):
    destroy(work=plan, decision="Decision of 3 March 2026", by="tests", at=NOW)
    bring_in(paper(tmp_path / "b.docx", *WP3, "The right text."))
    confirm(works=Work.objects.filter(standing="review"), by="tests", at=NOW)
    assert "The right text" in client.get("/documents/CCM/MSP/2011/WP.3/").content.decode()
    assert "destroyed by a recorded decision" in client.get(f"/documents/{plan.identifier}/").content.decode()


def test_a_language_that_comes_later_is_added_when_somebody_confirms(plan, tmp_path):
    late = (
        "CCM/MSP/2011/WP.3",
        "Elementos de un plan para los supervivientes",
        "Los supervivientes de las municiones en racimo tienen derecho a la asistencia y los Estados partes lo saben.",
    )
    bring_in(paper(tmp_path / "s.docx", *late))
    new = Work.objects.get(standing="review")
    assert new.proposal["joins"]["value"] == plan.identifier and plan.versions.count() == 2
    confirm(works=[new], by="tests", at=NOW)
    assert {version.language for version in plan.versions.all()} == {"en", "fr", "es"}
    assert find_work(new.identifier, ANYONE, TODAY) == plan


def test_search_finds_passages_with_pages_facets_and_suggestions(plan):
    answer = found("survivor")
    assert answer.hits[0].symbol == "CCM/MSP/2011/WP.3" and ("Survivors", True) in answer.hits[0].snippet
    assert found("").count == 1  # browsing lists documents, not their pages
    assert dict(answer.facets["meeting"]) == {"2msp": answer.count} and dict(answer.facets["year"]) == {"2011": answer.count}
    assert found("surviors").suggestion.lower() == "survivors"
    assert {hit.language for hit in found("state:AUT survivants").hits} == {"fr"}
    assert found("survivors 2012..2015").count == 0 and found("survivors 2010..2012").count > 0
    assert found("CCM/MSP/2011/WP.3").count >= 1 and found("CCM/MSP/2011/WP.30").count == 0


@pytest.mark.parametrize("text", ['"', "-", "*", "state:", "year:x", "a" * 400, "((", "\\", "NOT", "sym:/", "2015..2012", "état’s", "-*"])
def test_nothing_typed_breaks_a_search(plan, client, text):
    assert client.get("/documents/", {"q": text}).status_code == 200
    assert client.get("/documents/suggest", {"q": text}).status_code == 200


UNREADABLE = ["/documents/%00/", "/documents/?meeting=%00", "/states/%00/", "/oai?verb=%00", "/api/v1/documents?q=%00", "/files/%00/x"]


@pytest.mark.parametrize("path", UNREADABLE)
def test_an_address_that_no_database_can_hold_is_refused_in_a_sentence(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("query", ["start=abc", "start=99999999999999", "year=x&year=y", "meeting='", "sort=upside", "kind=" + "x" * 500])
def test_no_address_of_the_list_breaks(plan, client, query):
    assert client.get(f"/documents/?q=survivors&{query}").status_code == 200


def test_a_revision_says_what_it_stands_in_place_of_and_both_are_reachable(plan, tmp_path, client):
    bring_in(paper(tmp_path / "r.docx", "CCM/MSP/2011/WP.3/Rev.1", "Elements of a plan for the survivors, revised", "More about nurses."))
    confirm(works=Work.objects.filter(standing="review"), by="tests", at=NOW)
    assert next_number(plan) == "CCM/MSP/2011/WP.4"
    assert "Revised by" in client.get("/documents/CCM/MSP/2011/WP.3/").content.decode()
    assert "This revises" in client.get("/documents/CCM/MSP/2011/WP.3/Rev.1/").content.decode()


def test_old_addresses_lead_to_the_new_one(plan, client):
    correct(work=plan, said=Description(values={"symbol": "CCM/MSP/2011/WP.4"}), by="tests", at=NOW)
    for path in ("/documents/CCM/MSP/2011/WP.3/", f"/documents/{plan.identifier}/", "/documents/ccm/msp/2011/wp.4/"):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (301, "/documents/CCM/MSP/2011/WP.4/")


def test_every_correction_keeps_the_old_value(plan):
    said = Description(values={"kind": "letter", "theme": "clearance"}, titles={"en": "Another title"}, states=("LAO",))
    correct(work=plan, said=said, by="unit@sample.example", at=NOW)
    line = AuditLine.objects.filter(act="document corrected").first()
    assert (line.by, line.before["kind"], line.after["kind"]) == ("unit@sample.example", "working-paper", "letter")
    assert line.before["title en"] == "Elements of a plan for the survivors" and line.before["States"] == "AUT"
    index_waiting(at=NOW)
    assert found("another title theme:clearance").count == 1


# What is restricted answers like what is absent.
PATHS = ["/documents/CCM/MSP/2011/WP.3/", "/documents/?q=survivors", "/documents/?q=survivors&format=json", "/documents/suggest?q=surv"]
PATHS += ["/documents/?q=surviors", "/documents/", "/meetings/2msp/", "/states/AUT/", "/documents/?q=survivors&format=atom"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("hidden", [{"visibility": "unit"}, {"visibility": "committee"}, {"embargo": TODAY + timedelta(days=900)}])
def test_a_restricted_document_answers_like_an_absent_one(plan, client, path, hidden):
    def answer():
        index_waiting(at=NOW)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"{path}{'&' if '?' in path else '?'}again")
        shown = re.sub(rb"<updated>.*?</updated>", b"", response.content.replace(plan.identifier.encode(), b""))
        return response.status_code, shown, len(queries)

    correct(work=plan, said=Description(values=hidden), by="tests", at=NOW)
    restricted = answer()
    plan.delete()
    rebuild_index(at=NOW)
    assert restricted == answer()


@pytest.mark.parametrize("query", ["q=survivors", "", "q=surviors"])
def test_what_is_restricted_is_not_even_counted_while_the_index_waits(plan, client, query):
    correct(work=plan, said=Description(values={"visibility": "unit"}), by="tests", at=NOW)
    assert Unindexed.objects.exists()
    waiting = client.get(f"/documents/?{query}").content
    assert client.get("/documents/suggest?q=surv").json() == {"words": []}
    index_waiting(at=NOW)
    assert client.get(f"/documents/?{query}").content == waiting


def test_a_page_made_while_the_index_waits_is_not_kept(plan, client):
    correct(work=plan, said=Description(titles={"en": "Quetzal"}), by="tests", at=NOW)
    assert "Quetzal" not in client.get("/documents/?q=quetzal").content.decode()
    index_waiting(at=NOW)
    assert "Quetzal" in client.get("/documents/?q=quetzal").content.decode()


def test_a_file_that_is_gone_from_the_store_is_absent(plan, client):
    version = plan.versions.get(language="en")
    store().path(version.file.sha256).unlink()
    assert client.get(f"/files/{version.file.sha256}/{version.name}").status_code == 404


def test_a_restricted_file_is_absent_and_a_public_one_is_served_closed(plan, client):
    version = plan.versions.get(language="en")
    address = f"/files/{version.file.sha256}/{version.name}"
    served = client.get(address)
    assert served.status_code == 200 and b"".join(served.streaming_content)[:2] == b"PK"
    assert served.headers["Content-Disposition"].startswith("attachment") and "sandbox" in served.headers["Content-Security-Policy"]
    correct(work=plan, said=Description(values={"visibility": "states-parties"}), by="tests", at=NOW)
    assert client.get(address).status_code == 404
    sign_in(client, account("delegation", "LAO"))
    assert client.get(address).status_code == 200


def test_each_role_finds_what_its_visibilities_open(plan):
    for visibility, viewer in (
        ("states-parties", DELEGATION),
        ("committee", Viewer("c", frozenset({"coordinator"}))),
        ("unit", COMMAND_LINE),
    ):
        correct(work=plan, said=Description(values={"visibility": visibility}), by="tests", at=NOW)
        index_waiting(at=NOW)
        assert found("survivors").count == 0
        assert found("survivors", viewer).count > 0
    assert found("survivors", DELEGATION).count == 0


def test_an_embargo_ends_by_itself(plan):
    correct(work=plan, said=Description(values={"embargo": TODAY + timedelta(days=1)}), by="tests", at=NOW)
    index_waiting(at=NOW)
    assert found("survivors").count == 0
    index_waiting(at=NOW + timedelta(days=1))
    assert search("survivors", ANYONE, on=TODAY + timedelta(days=1)).count > 0


def test_a_flipped_byte_is_found_and_named(plan):
    assert verify(by="tests", at=NOW).findings == ()
    path = store().path(plan.versions.get(language="en").file.sha256)
    os.chmod(path, 0o640)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    [finding] = verify(by="tests", at=NOW).findings
    assert "“e.docx” of CCM/MSP/2011/WP.3 holds other bytes" in finding.what
    path.unlink()
    assert "is missing from the store" in verify(by="tests", at=NOW).findings[0].what
    assert any("is missing from the store" in one.what for one in findings())


def test_what_is_to_be_kept_is_not_destroyed_before_its_day(plan):
    correct(work=plan, said=Description(values={"retain_until": TODAY + timedelta(days=1)}), by="tests", at=NOW)
    with pytest.raises(StillRetained):
        destroy(work=plan, decision="Decision of 3 March 2026", by="tests", at=NOW)
    assert destroy(work=plan, decision="Decision of 3 March 2026", by="tests", at=NOW + timedelta(days=1)).standing == "destroyed"


def test_destruction_needs_a_decision_and_leaves_a_tombstone(plan, client, tmp_path, django_capture_on_commit_callbacks):
    with pytest.raises(NoReasonGiven):
        destroy(work=plan, decision=" ", by="tests", at=NOW)
    paths = [store().path(version.file.sha256) for version in plan.versions.all()]
    with django_capture_on_commit_callbacks(execute=True):
        destroy(work=plan, decision="Decision of 3 March 2026", by="tests", at=NOW)
    index_waiting(at=NOW)
    assert not any(path.exists() for path in paths) and Page.objects.count() == 0 and found("survivors").count == 0
    assert "destroyed by a recorded decision" in client.get("/documents/CCM/MSP/2011/WP.3/").content.decode()
    summary = bring_in(tmp_path / "e.docx")
    assert summary.refused == 1 and "was destroyed by decision" in str(summary.remarks[0])


def test_a_crash_between_record_and_index_heals_itself(plan):
    correct(work=plan, said=Description(titles={"en": "Quetzal"}), by="tests", at=NOW)
    assert Unindexed.objects.exists() and found("quetzal").count == 0  # the process died here
    assert any("not in the search index" in one.what for one in findings())
    index_waiting(at=NOW)
    assert found("quetzal").count == 1 and not Unindexed.objects.exists()
    engine().clear()
    assert found("quetzal").count == 0
    index_waiting(at=NOW)  # a new index is written from the whole record
    assert found("quetzal").count == 1
    rebuild_index(at=NOW)
    assert found("quetzal").count == 1


def test_the_quotations_are_a_word_file_with_references(plan, client):
    response = client.get("/documents/?q=survivors&format=docx")
    table = docx.Document(io.BytesIO(response.content)).tables[0]
    cells = [cell.text for row in table.rows for cell in row.cells]
    assert any("Survivors of cluster munitions have the right" in text for text in cells)
    assert any(text.endswith("/documents/CCM/MSP/2011/WP.3/?page=1") for text in cells)
    assert "CCM/MSP/2011/WP.3" in client.get("/documents/?q=survivors&format=atom").content.decode()


def test_documents_hang_on_their_meeting_and_their_state(plan, client):
    for path in ("/meetings/2msp/", "/states/AUT/"):
        assert "Elements of a plan for the survivors" in client.get(path).content.decode()


def test_a_kept_page_shows_a_new_document_at_once(tmp_path, client):
    assert "Elements of a plan" not in client.get("/meetings/2msp/").content.decode()
    bring_in(paper(tmp_path / "e.docx", *WP3))
    confirm(works=Work.objects.all(), by="tests", at=NOW)
    assert "Elements of a plan" in client.get("/meetings/2msp/").content.decode()


def test_a_backup_holds_the_files_too(plan, tmp_path, settings):
    sums = sorted(store().everything())
    write_backup(tmp_path / "unit.zip", at=NOW)
    with zipfile.ZipFile(tmp_path / "unit.zip") as held:
        assert sorted(name.removeprefix("files/") for name in held.namelist() if name.startswith("files/")) == sums


def test_what_a_document_answers_is_said_on_both(plan, unit, tmp_path):
    bring_in(paper(tmp_path / "r.docx", "Answer of a sample State", "The sample State thanks Austria for its plan."))
    answer = Work.objects.get(standing="review")
    address = f"/documents/edit/{answer.identifier}/"
    said = {
        "kind": "letter",
        "visibility": "public",
        "source": "Mail",
        "title_en": "Answer of a sample State",
        "advance": "on",
        "confirm": "",
    }
    said["confirm"] = ""
    wrong = unit.post(address, said | {"answers": "CCM/77; CCM/MSP/2011/WP.3"}).content.decode()
    assert "No document has the symbol or identifier “CCM/77”" in wrong and "CCM/77; CCM/MSP/2011/WP.3" in wrong
    assert unit.post(address, said | {"answers": "ccm/msp/2011/wp.3", "see_also": plan.identifier}).status_code == 302
    page = unit.get(f"/documents/{answer.identifier}/").content.decode()
    assert "This answers" in page and "See also" in page and "advance copy" in page
    assert "Answered by" in unit.get("/documents/CCM/MSP/2011/WP.3/").content.decode()
    assert 'value="CCM/MSP/2011/WP.3"' in unit.get(address).content.decode()
    assert AuditLine.objects.filter(act="document corrected").first().after["answers"] == plan.identifier
    unit.post(address, said)
    assert not answer.links.exists()


def test_the_pages_of_the_unit_bring_in_describe_and_confirm(unit, tmp_path):
    with open(paper(tmp_path / "e.docx", *WP3), "rb") as file:
        sent = unit.post("/documents/review/upload/", {"files": [file]})
    assert sent.status_code == 200
    work = Work.objects.get()
    assert "Elements of a plan for the survivors" in unit.get("/documents/review/").content.decode()
    wrong = unit.post(f"/documents/edit/{work.identifier}/", {"symbol": "CCM/MSP/2011/WP.9", "dated": "31 Month 2011", "source": "s"})
    assert wrong.status_code == 200 and "31 Month 2011" in wrong.content.decode() and "CCM/MSP/2011/WP.9" in wrong.content.decode()
    unit.post("/documents/review/done/", {"work": work.identifier, "theme": "victim-assistance", "confirm": ""})
    work.refresh_from_db()
    assert (work.standing, work.theme, AuditLine.objects.filter(by="unit@sample.example", act="document confirmed").count()) == (
        "kept",
        "victim-assistance",
        1,
    )
    assert "missing" in unit.get("/documents/review/missing/").content.decode()


def test_the_numbers_that_a_series_lacks_are_listed(unit, tmp_path):
    for number in (1, 2, 4, 9):
        bring_in(paper(tmp_path / f"{number}.docx", f"CCM/MSP/2013/WP.{number}", "A sample paper on universalization"))
    confirm(works=Work.objects.all(), by="tests", at=NOW)
    page = unit.get("/documents/review/missing/").content.decode()
    assert "CCM/MSP/2013/WP</dt>" in page and ">3, 5–8</dd>" in page


def test_the_items_of_an_agenda_are_offered(plan, unit):
    correct(work=plan, said=Description(values={"meeting": "consultation-2012-02-29"}), by="tests", at=NOW)
    page = unit.get(f"/documents/edit/{plan.identifier}/").content.decode()
    assert page.count("<option value=") > 6 and 'list="agenda-items"' in page and '<datalist id="agenda-items"><option' in page
