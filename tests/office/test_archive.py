"""The archive on real files: taken in, read, described, confirmed, found, kept from those who may not see, and proven."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.test.utils import CaptureQueriesContext

from servanda.office.archive.files.unpack import files
from servanda.office.archive.forms import Description
from servanda.office.archive.models import Doubt, File, Item, Page, Unindexed, Work
from servanda.office.archive.operations.indexing import index_waiting, rebuild_index
from servanda.office.archive.operations.intake import Given, take_in
from servanda.office.archive.operations.records import confirm, correct
from servanda.office.archive.operations.trust import NoReasonGiven, destroy, verify
from servanda.office.archive.queries.review import next_number
from servanda.office.archive.queries.search import search
from servanda.office.archive.queries.visible import find_work, store
from servanda.office.archive.search.engines import engine
from servanda.office.common.models import AuditLine
from servanda.office.common.policies import ANYONE, COMMAND_LINE, Viewer
from servanda.office.site.audits import findings
from servanda.office.site.operations import write_backup
from servanda.treaty.law import load_law

from .test_sign_in import account, sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
DELEGATION = Viewer("d@sample.example", frozenset({"delegation"}), "LAO")


@pytest.fixture(autouse=True)
def an_empty_archive(settings, tmp_path_factory):
    settings.FILES = tmp_path_factory.mktemp("files")
    engine().clear()
    yield
    engine().clear()


def paper(path: Path, *lines: str) -> Path:
    text = docx.Document()
    for line in lines:
        text.add_paragraph(line)
    text.save(path)
    return path


def bring_in(*paths: Path, **given):
    summary = take_in(found=files(paths), given=Given(law=load_law("ccm"), **given), origin="a test", by="tests", at=NOW, store=store())
    index_waiting(at=NOW)
    return summary


WP3 = ("CCM/MSP/2011/WP.3", "Second Meeting of States Parties", "Beirut, 12-16 September 2011", "1 September 2011", "Original: English")
WP3 += ("Elements of a plan for the survivors", "Submitted by Austria", "Survivors of cluster munitions have the right to assistance.")
WP3_FR = ("CCM/MSP/2011/WP.3", "Deuxième Assemblée des États parties", "Beyrouth, 12-16 septembre 2011", "Éléments pour les survivants")
WP3_FR += ("Les survivants des armes à sous-munitions ont droit à une assistance, et les États parties le savent.",)


@pytest.fixture
def plan(tmp_path):
    """One document in two languages, confirmed."""
    bring_in(paper(tmp_path / "e.docx", *WP3), paper(tmp_path / "f.docx", *WP3_FR))
    confirm(works=Work.objects.all(), by="tests", at=NOW)
    index_waiting(at=NOW)
    return Work.objects.get()


def found(text, viewer=ANYONE, **options):
    return search(text, viewer, on=TODAY, **options)


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


def test_the_pages_of_the_unit_bring_in_describe_and_confirm(client, tmp_path):
    who = account("unit")
    code = RecoveryCodes.activate(who).get_unused_codes()[0]
    sign_in(client, who)
    client.post("/account/2fa/reauthenticate/", {"code": code})
    with open(paper(tmp_path / "e.docx", *WP3), "rb") as file:
        sent = client.post("/documents/review/upload/", {"files": [file]})
    assert sent.status_code == 200
    work = Work.objects.get()
    assert "Elements of a plan for the survivors" in client.get("/documents/review/").content.decode()
    wrong = client.post(f"/documents/edit/{work.identifier}/", {"symbol": "CCM/MSP/2011/WP.9", "dated": "31 Month 2011", "source": "s"})
    assert wrong.status_code == 200 and "31 Month 2011" in wrong.content.decode() and "CCM/MSP/2011/WP.9" in wrong.content.decode()
    client.post("/documents/review/done/", {"work": work.identifier, "theme": "victim-assistance", "confirm": ""})
    work.refresh_from_db()
    assert (work.standing, work.theme, AuditLine.objects.filter(by=who.email, act="document confirmed").count()) == (
        "kept",
        "victim-assistance",
        1,
    )
    assert "missing" in client.get("/documents/review/missing/").content.decode()


def hostile(folder: Path) -> dict[str, bytes]:
    """Files nobody should have to trust, and what is said of each."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("zeros.txt", b"0" * 60_000_000)
    climbing = io.BytesIO()
    with zipfile.ZipFile(climbing, "w") as held:
        held.writestr("../../etc/passwd", "climbs out of the folder and is filed like any other text")
        held.writestr("/absolute.txt", "stands at the root and is filed like any other text too")
    return {
        "zero.pdf": b"",
        "broken.pdf": b"%PDF-1.7\nnothing else",
        "bomb.zip": bomb.getvalue(),
        "climbing.zip": climbing.getvalue(),
        "page.html": b"<html><script>alert(1)</script><p>Visible words of the page about nurses in Vientiane.</p></html>",
        "picture.pdf": b"\x89PNG\r\n\x1a\n" + b"\0" * 30,
        "قرار الاجتماع.txt": "تؤكد الدول الأطراف من جديد التزامها بالاتفاقية وبمساعدة الضحايا".encode(),
        "two\nlines.txt": b"A name with a line break in it, which is shown on one line.",
        "e\u0301tat.txt": b"A name whose accent stands apart, as some systems write it.",
    }


def test_hostile_and_broken_files_each_get_a_sentence_and_nothing_is_lost(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in hostile(tmp_path).items():
        (folder / name).write_bytes(content)
    summary = bring_in(folder)
    said = " ".join(map(str, summary.remarks))
    assert (summary.filed, summary.refused) == (9, 1)
    for words in ("“in/bomb.zip/zeros.txt” unpacks to", "“zero.pdf” is kept, but: The file is empty", "“broken.pdf” is kept, but:"):
        assert words in said
    assert "“in/picture.pdf” is named as what it is not" in said
    names = set(Item.objects.values_list("name", flat=True))
    assert {"in/climbing.zip/../../etc/passwd", "in/two lines.txt", "in/\u00e9tat.txt", "in/قرار الاجتماع.txt"} <= names
    assert not Path("/etc/passwd-climbed").exists() and all(len(path.name) == 64 for path in store().folder.glob("*/*/*"))
    assert found("nurses", COMMAND_LINE).count == 1 and found("alert", COMMAND_LINE).count == 0
    assert "10" not in [finding.where for finding in findings()]


def test_a_full_disk_stops_with_a_sentence_and_the_next_run_goes_on(tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"Statement number {number} about clearance of land.")
    keep, calls = type(store()).keep, []

    def full(self, source):
        calls.append(1)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return keep(self, source)

    monkeypatch.setattr(type(store()), "keep", full)
    summary = bring_in(folder)
    assert (summary.filed, summary.refused) == (2, 1) and "disk is full" in str(summary.remarks[0])
    again = bring_in(folder)
    assert (again.filed, again.known) == (2, 2) and Work.objects.count() == 4


SERVANDA = [sys.executable, "-m", "servanda.cli"]


def run(home: Path, *words: str, wait: float | None = None):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SERVANDA_", "DJANGO_"))}
    environment["SERVANDA_HOME"] = str(home)
    process = subprocess.Popen([*SERVANDA, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        out, error = process.communicate(timeout=wait)
        return process.returncode, out, error
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return None


@pytest.mark.skipif(connection.vendor == "postgresql", reason="it runs the command on a folder of its own, which is SQLite either way")
def test_an_intake_killed_at_many_moments_loses_and_doubles_nothing(tmp_path):
    home, folder = tmp_path / "home", tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        paper(folder / f"{number}.docx", f"CCM/MSP/2012/WP.{number + 1}", f"Paper number {number} on clearance", "Land was released.")
    assert run(home, "load")[0] == 0
    killed = 0
    for tenth in range(6, 26, 2):
        killed += run(home, "archive", "add", str(folder), wait=tenth / 10) is None
    code, out, _ = run(home, "archive", "add", str(folder))
    assert code == 0 and killed >= 3
    code, out, _ = run(home, "archive", "search", "released", "--format", "json", "--limit", "100")
    hits = json.loads(out)["hits"]
    assert len(hits) == len({hit["id"] for hit in hits}) == 12
    assert run(home, "archive", "verify")[:2] == (
        0,
        f"12 files checked, {sum(p.stat().st_size for p in folder.iterdir())} bytes; no findings.\n",
    )
    assert run(home, "audit")[1] == "No findings.\n"


def test_the_restore_puts_files_and_index_back(tmp_path):
    if connection.vendor == "postgresql":
        return  # the drill below is of a home folder; PostgreSQL's is in test_record.py
    home, folder = tmp_path / "home", tmp_path / "in"
    folder.mkdir()
    paper(folder / "e.docx", *WP3)
    assert run(home, "archive", "add", str(folder))[0] == 0
    assert run(home, "backup", str(tmp_path / "unit.zip"))[0] == 0
    assert run(tmp_path / "other", "restore", str(tmp_path / "unit.zip"))[0] == 0
    assert "CCM/MSP/2011/WP.3" in run(tmp_path / "other", "archive", "search", "survivors")[1]
    assert "1 files checked" in run(tmp_path / "other", "archive", "verify")[1]
