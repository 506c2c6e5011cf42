"""The record as rows: loading is safe to repeat, keeps history, and gives the same law as the files."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from servanda.office.common.models import AuditLine, Stamp
from servanda.office.common.queries import stamp
from servanda.office.obligations.models import Report
from servanda.office.obligations.operations import load_record
from servanda.office.obligations.queries import MODELS, current_law, read_record
from servanda.office.site.audits import findings
from servanda.office.site.operations import DatabaseNotEmpty, read_backup, write_backup
from servanda.office.states.models import Instrument, Name, State
from servanda.treaty.errors import TextRefused
from servanda.treaty.law import load_law
from servanda.treaty.obligations import obligations
from servanda.treaty.record import TABLES, as_text
from servanda.treaty.status import status_table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_the_rows_give_the_same_law_as_the_files():
    files, rows, on = load_law("ccm"), current_law(), date(2026, 11, 23)
    assert status_table(rows, on) == status_table(files, on)
    assert obligations(rows, on) == obligations(files, on)


def test_every_table_comes_back_as_it_went_in():
    files, rows = load_law("ccm").record, read_record()
    for table in TABLES:
        assert sorted(map(str, map(as_text, getattr(rows, table)))) == sorted(map(str, map(as_text, getattr(files, table))))


def test_loading_again_changes_nothing():
    lines = AuditLine.objects.count()
    assert {table.touched for table in load_record(law=load_law("ccm"), by="tests", at=NOW)} == {0}
    assert AuditLine.objects.count() == lines


def test_a_corrected_value_keeps_the_old_one_in_the_audit_trail():
    Instrument.objects.filter(state_id="LAO", act="signature").update(note="typed by hand")
    load_record(law=load_law("ccm"), by="a clerk", at=NOW)
    line = AuditLine.objects.filter(act="corrected").latest("id")
    assert (line.by, line.before["note"], line.after["note"]) == ("a clerk", "typed by hand", "")


def test_a_row_the_files_no_longer_hold_stays_but_does_not_count():
    Instrument.objects.create(state_id="THA", act="accession", date="2026-01-02", source="a test")
    assert status_table(current_law(), date(2026, 11, 23)).deposited == 113
    load_record(law=load_law("ccm"), by="a clerk", at=NOW)
    assert status_table(current_law(), date(2026, 11, 23)).deposited == 112
    assert Instrument.objects.filter(state_id="THA").values_list("act", "standing").get() == ("accession", False)


def test_a_row_of_the_office_itself_is_left_alone():
    Instrument.objects.create(state_id="THA", act="accession", date="2026-01-02", source="a note verbale", origin="office")
    load_record(law=load_law("ccm"), by="a clerk", at=NOW)
    assert status_table(current_law(), date(2026, 11, 23)).deposited == 113


def test_a_dry_run_says_what_would_change_and_changes_nothing():
    Name.objects.filter(state_id="LAO").delete()
    found = {table.table: table.added for table in load_record(law=load_law("ccm"), by="tests", at=NOW, dry_run=True)}
    assert found["names"] == 12
    assert not Name.objects.filter(state_id="LAO").exists()


@pytest.mark.parametrize("change", ["update", "bulk_create", "delete", "by hand"])
def test_no_write_can_leave_an_old_page_standing(change):
    before = stamp()
    if change == "update":
        Report.objects.filter(state_id="AFG").update(note="changed")
    elif change == "bulk_create":
        Report.objects.bulk_create([Report(state_id="AFG", kind="annual", source="a test")])
    elif change == "delete":
        Report.objects.filter(state_id="AFG").delete()
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE obligations_report SET note = 'by hand' WHERE iso3 = 'AFG'")
    assert stamp() != before


def test_the_database_refuses_what_would_corrupt_the_record():
    def refused(row):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    refused(Instrument(state_id="LAO", act="signature", date="2008-12-03", source="twice"))
    refused(Instrument(state_id="LAO", act="accession", date="", source="no date"))
    refused(Name(state_id="LAO", language="en", kind="short", name="", source="no name"))
    refused(State(iso3="LAO", iso2="LA", m49="418", un_status="member", source="twice"))


def test_the_audit_finds_nothing_on_the_record_as_shipped_and_something_when_it_is_broken():
    assert list(findings()) == []
    Instrument.objects.create(state_id="LAO", act="signature", date="1999-01-01", source="a test")
    Name.objects.filter(state_id="LAO", language="ar", kind="short").update(standing=False)
    assert {finding.what for finding in findings()} == {"signature of 1999-01-01 is before adoption.", "no short name in ar."}


def test_a_backup_restored_elsewhere_is_the_same_record(tmp_path):
    file = tmp_path / "unit.zip"
    rows = write_backup(file, at=NOW)
    before = read_record()
    with pytest.raises(DatabaseNotEmpty):
        read_backup(file)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM common_auditline")
    for model in reversed(list(MODELS.values())):
        model._default_manager.all().delete()
    assert read_backup(file) == rows
    assert read_record() == before
    assert Instrument.objects.create(state_id="THA", act="signature", date="2026-01-01", source="numbering goes on").pk


def test_a_damaged_backup_is_refused(tmp_path):
    file = tmp_path / "unit.zip"
    file.write_bytes(b"not a zip")
    with pytest.raises(TextRefused, match="this is not a whole backup; use another copy of it"):
        read_backup(file)


def test_there_is_one_stamp():
    assert Stamp.objects.count() == 1
