"""The Unit records what a State did, on a form, with its document: every page and count follows, and the history keeps what was."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from servanda.answers.folder import write_folder
from servanda.office.archive.models import Work
from servanda.office.common.models import AuditLine
from servanda.office.obligations.errors import AlreadyRecorded, NoSuchFact, ReasonMissing
from servanda.office.obligations.operations import end_fact, load_record, record_fact
from servanda.office.obligations.queries import current_law
from servanda.treaty.errors import TreatyError
from servanda.treaty.law import load_law
from servanda.treaty.status import status_table

from .samples import NOW, TODAY, account, paper, sign_in

pytestmark = pytest.mark.django_db
ACCESSION = {"iso3": "THA", "act": "accession", "date": "2026-03-02", "source": "C.N.1.2026"}


def standing(iso3, on=TODAY):
    return next(state for state in status_table(current_law(), on).states if state.iso3 == iso3)


def test_an_accession_on_the_form_changes_every_page_and_count_at_once(unit, tmp_path):
    before = status_table(current_law(), TODAY)
    instrument = paper(tmp_path / "tha.docx", "Instrument of accession of the Kingdom of Thailand, deposited in New York.")
    sent = SimpleUploadedFile("tha.docx", instrument.read_bytes())
    form = {"act": "accession", "date": "2026-03-02", "source": "C.N.1.2026", "document": sent}
    assert unit.post("/states/THA/record/instruments/", form).status_code == 302
    after = status_table(current_law(), TODAY)
    assert (after.deposited, after.in_force) == (before.deposited + 1, before.in_force + 1)
    assert standing("THA").entry_into_force == date(2026, 9, 1)
    work = Work.objects.get()
    assert f"documents/{work.identifier}" in unit.get("/states/THA/record/instruments/").content.decode()
    assert "1 September 2026" in unit.get("/states/THA/").content.decode()
    line = AuditLine.objects.get(act="recorded")
    assert (line.by, line.after["date"]) == ("unit@sample.example", "2026-03-02")


def test_the_export_gives_the_same_answer_to_the_law_commands(tmp_path):
    record_fact(table="instruments", values=ACCESSION, by="tests", at=NOW)
    write_folder(current_law(), tmp_path / "out")
    files = load_law(str(tmp_path / "out"))
    assert status_table(files, TODAY) == status_table(current_law(), TODAY)


def test_an_extension_and_a_report_are_recorded_too(unit):
    decision = {"article": "4", "kind": "granted", "until": "2035-01-01", "date": "2026-09-18", "meeting": "3rc", "source": "Final report"}
    assert unit.post("/states/LAO/record/decisions/", decision).status_code == 302
    assert "2035" in unit.get("/states/LAO/").content.decode()
    report = {"kind": "annual", "received": "2026-04-20", "covers": "2025", "source": "Received by mail"}
    assert unit.post("/states/LAO/record/reports/", report).status_code == 302
    assert "Received by mail" in unit.get("/states/LAO/").content.decode()


def test_what_does_not_fit_is_refused_in_a_sentence_and_nothing_typed_is_lost(unit):
    form = {"act": "accession", "date": "2 March 2026", "source": "C.N.1.2026"}
    page = unit.post("/states/THA/record/instruments/", form)
    assert page.status_code == 200 and "2 March 2026" in page.content.decode() and 'class="wrong"' in page.content.decode()
    with pytest.raises(TreatyError):
        record_fact(table="instruments", values={**ACCESSION, "date": "2026-13-40"}, by="tests", at=NOW)
    record_fact(table="instruments", values=ACCESSION, by="tests", at=NOW)
    with pytest.raises(AlreadyRecorded):
        record_fact(table="instruments", values=ACCESSION, by="tests", at=NOW)
    assert AuditLine.objects.filter(act="recorded").count() == 1


def test_a_fact_is_ended_for_a_reason_and_stays_in_the_history():
    fact = record_fact(table="instruments", values=ACCESSION, by="tests", at=NOW)
    ending = {"table": "instruments", "number": fact.pk, "by": "tests", "at": NOW}
    with pytest.raises(ReasonMissing):
        end_fact(iso3="THA", reason=" ", **ending)
    with pytest.raises(NoSuchFact):
        end_fact(iso3="LAO", reason="Entered for the wrong State", **ending)
    end_fact(iso3="THA", reason="Entered for the wrong State", **ending)
    with pytest.raises(NoSuchFact):
        end_fact(iso3="THA", reason="Entered for the wrong State", **ending)
    assert standing("THA").consent is None
    fact.refresh_from_db()
    assert not fact.standing and AuditLine.objects.filter(act="ended").first().after == {"reason": "Entered for the wrong State"}


def test_loading_the_data_again_leaves_what_the_office_recorded():
    record_fact(table="instruments", values=ACCESSION, by="tests", at=NOW)
    load_record(law=load_law("ccm"), by="tests", at=NOW)
    assert standing("THA").consent is not None


def test_a_wrong_number_is_refused_in_a_sentence(unit):
    assert unit.post("/states/LAO/record/reports/999999/end/", {"reason": "x"}).status_code == 400


def test_a_zip_is_no_source_document_and_nothing_typed_is_lost(unit):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as held:
        held.writestr("one.txt", "The instrument of accession of a sample State.")
        held.writestr("two.txt", "The note verbale that came with it to New York.")
    form = {"act": "accession", "date": "2026-03-02", "source": "C.N.1.2026", "document": SimpleUploadedFile("both.zip", packed.getvalue())}
    page = unit.post("/states/THA/record/instruments/", form).content.decode()
    assert "“both.zip” is not one document" in page and "C.N.1.2026" in page
    assert Work.objects.count() == 2 and not AuditLine.objects.filter(act="recorded").exists()


def test_a_source_document_that_is_here_already_is_not_filed_again(unit, tmp_path):
    sent = paper(tmp_path / "r.docx", "Report of the Lao People's Democratic Republic for 2025.").read_bytes()
    for year in ("2024", "2025"):
        form = {"kind": "annual", "received": f"{int(year) + 1}-04-20", "covers": year, "source": "Received by mail"}
        form["document"] = SimpleUploadedFile("r.docx", sent)
        assert unit.post("/states/LAO/record/reports/", form).status_code == 302
    assert unit.get("/states/LAO/record/reports/").content.decode().count(f"documents/{Work.objects.get().identifier}") == 2


@pytest.mark.parametrize("role", ["delegation", "coordinator", "presidency"])
def test_others_record_nothing(client, role):
    sign_in(client, account(role, "LAO" if role == "delegation" else ""))
    assert client.get("/states/LAO/record/reports/").status_code == 403
    assert client.post("/states/LAO/record/reports/1/end/", {"reason": "x"}).status_code == 403
