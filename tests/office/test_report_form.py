"""The Article 7 form: written, saved by two people at once, submitted with a receipt, read by those it is meant for."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from servanda.office.archive.models import Work
from servanda.office.common.models import AuditLine
from servanda.office.common.operations import give_role, make_account
from servanda.office.obligations.models import Report
from servanda.office.obligations.queries import current_law
from servanda.office.reporting.errors import (
    AlreadyStarted,
    ConflictsOpen,
    DayAhead,
    NoSuchField,
    NothingChanged,
    NotInThisStanding,
    NotWritable,
    PeriodRefused,
    QuestionEmpty,
    ReasonNeeded,
)
from servanda.office.reporting.models import Answer, AnswerHistory, Question, ReportFile, Revision
from servanda.office.reporting.operations.answers import save_answer, settle_conflict, start_report
from servanda.office.reporting.operations.questions import answer_question, ask_question
from servanda.office.reporting.operations.submission import canonical, correct, enter_on_behalf, publish, submit, withdraw
from servanda.office.reporting.queries.written import earlier_than
from servanda.office.site.operations import write_backup
from servanda.treaty.obligations import obligations

from .samples import NOW, account, paper, sign_in, sign_in_staff

pytestmark = pytest.mark.django_db
IN_TIME = datetime(2026, 4, 30, 21, 59, tzinfo=UTC)  # 23:59 in Geneva
TOO_LATE = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)  # 00:30 on 1 May in Geneva
CLEARED = [{"place": "Xieng Khouang", "area": "12 500 000"}, {"place": "Savannakhet", "area": "7500000"}]
ONE, TWO = "first@sample.example", "second@sample.example"


def started(iso3="LAO", period="2025", at=IN_TIME, kind="annual"):
    return start_report(iso3=iso3, kind=kind, period=period, by=ONE, at=at)


def said(report, section, field, value, based_on=0, by=ONE):
    return save_answer(report=report, section=section, field=field, value=value, based_on=based_on, by=by, at=NOW)


def sent(iso3="LAO", period="2025", at=IN_TIME, visibility="public"):
    report = started(iso3, period, at)
    said(report, "f", "standing", "reported")
    said(report, "f", "cleared", CLEARED)
    publish(report=report, visibility=visibility, by=ONE, at=at)
    submit(report=report, by=ONE, at=at)
    report.refresh_from_db()
    return report


def owed(iso3, period):
    return next(item for item in obligations(current_law(), NOW.date(), iso3=iso3, article="7") if item.period == period)


def delegate(client, iso3="LAO", name="delegation"):
    who = make_account(email=f"{name}@sample.example", name="Sample", by="tests", at=NOW, sample=True)
    give_role(account=who, role="delegation", state=iso3, begins=date(2020, 1, 1), by="tests", at=NOW)
    sign_in(client, who)
    return client


def test_a_report_is_submitted_with_a_receipt_and_the_record_follows_at_once(client):
    before = owed("LAO", "2025")
    report = sent()
    after = owed("LAO", "2025")
    assert (before.state, after.state, str(after.fulfilled)) == ("no-record", "met", "2026-04-30")
    revision = report.revisions.get()
    assert (revision.receipt, revision.late_days, report.received) == (f"A7-LAO-2025-{report.pk}.1", 0, date(2026, 4, 30))
    assert revision.sha256 == hashlib.sha256(canonical(revision.content)).hexdigest()
    assert revision.content["answers"] == {"f": {"standing": "reported", "cleared": CLEARED}}
    assert Report.objects.get(pk=report.fact_id).source == f"Received by the Unit, receipt {revision.receipt} (reports/files/{report.pk})"
    assert revision.receipt in client.get("/states/LAO/").content.decode()
    assert AuditLine.objects.get(act="report submitted").after["receipt"] == revision.receipt


def test_the_public_list_follows_at_once_and_shows_no_draft(client):
    empty = client.get("/reports/files/").content.decode()
    report = started()
    assert client.get("/reports/files/").content.decode() == empty and "0 reports" in empty
    submit(report=report, by=ONE, at=IN_TIME)
    assert f"/reports/files/{report.pk}/" in client.get("/reports/files/").content.decode()


def test_what_the_unit_writes_for_a_state_says_so(unit):
    assert unit.post("/reports/files/", {"state": "LAO", "kind": "annual", "period": "2025"}).status_code == 302
    report = ReportFile.objects.get()
    assert (report.on_behalf, report.channel) == (True, "web")
    assert "by the Unit, on behalf of the State" in unit.get(f"/reports/files/{report.pk}/").content.decode()


def test_a_report_after_30_april_midnight_in_geneva_is_taken_and_is_a_day_late(client):
    report = sent(at=TOO_LATE)
    assert (report.received, report.revisions.get().late_days) == (date(2026, 5, 1), 1)
    assert "1 day late" in client.get(f"/reports/files/{report.pk}/").content.decode()
    assert sent("AUT").revisions.get().late_days == 0


def test_of_two_people_who_edit_one_answer_both_are_kept_until_one_chooses():
    report = started()
    assert said(report, "g", "education", "In 800 schools").version == 1
    assert said(report, "g", "education", "In 850 schools", 1, by=TWO).version == 2
    mine = said(report, "g", "education", "In 900 schools", 1)
    assert (mine.version, mine.value, mine.conflict) == (2, "In 850 schools", True)
    assert said(report, "g", "education", "In 800 schools", 1).conflict is False  # sends back what it was shown: nothing was typed
    [waiting] = AnswerHistory.objects.filter(kind="conflict")
    assert (waiting.value, waiting.by, waiting.settled_at) == ("In 900 schools", ONE, None)
    with pytest.raises(ConflictsOpen):
        submit(report=report, by=ONE, at=IN_TIME)
    assert settle_conflict(report=report, conflict=waiting.pk, keep="mine", by=ONE, at=NOW).value == "In 900 schools"
    history = AnswerHistory.objects.order_by("pk").values_list("kind", "value", flat=False)
    assert list(history) == [
        ("saved", "In 800 schools"),
        ("saved", "In 850 schools"),
        ("conflict", "In 900 schools"),
        ("saved", "In 900 schools"),
    ]
    assert submit(report=report, by=ONE, at=IN_TIME).content["answers"]["g"]["education"] == "In 900 schools"


def test_to_keep_theirs_leaves_what_stands():
    report = started()
    said(report, "j", "other", "a")
    said(report, "j", "other", "b", 0, by=TWO)
    [waiting] = AnswerHistory.objects.filter(kind="conflict")
    assert settle_conflict(report=report, conflict=waiting.pk, keep="theirs", by=TWO, at=NOW).value == "a"
    with pytest.raises(NotInThisStanding):
        settle_conflict(report=report, conflict=waiting.pk, keep="mine", by=TWO, at=NOW)


def test_the_pages_say_that_two_people_wrote_and_let_one_choose(client):
    delegate(client)
    report = started()
    page = f"/reports/files/{report.pk}/"
    said(report, "g", "education", "Theirs", by=TWO)
    form = {"version.education": "0", "education": "Mine", "field": "education", "section": "g"}
    assert client.post(f"{page}save/", form).json() == {"version": 1, "conflict": True}
    shown = client.get(page).content.decode()
    assert "Two people wrote the same answer" in shown and "Mine" in shown and "Theirs" in shown
    conflict = AnswerHistory.objects.get(kind="conflict").pk
    assert client.post(f"{page}do/settle/", {"conflict": conflict, "keep": "mine"}).status_code == 302
    assert Answer.objects.get(field="education").value == "Mine"
    assert "Two people wrote" not in client.get(page).content.decode()


def test_what_is_typed_is_saved_field_by_field_and_without_a_script_by_the_page(client):
    delegate(client)
    assert client.post("/reports/files/", {"state": "LAO", "kind": "annual", "period": "2025"}).status_code == 302
    report = ReportFile.objects.get()
    page = f"/reports/files/{report.pk}/"
    row = {"version.cleared": "0", "cleared.0.place": "Attapeu", "cleared.0.area": "1 000", "cleared.4.place": "Champasak"}
    assert client.post(f"{page}save/", {**row, "field": "cleared", "section": "f"}).json() == {"version": 1, "conflict": False}
    assert Answer.objects.get().value == [{"place": "Attapeu", "area": "1 000"}, {"place": "Champasak"}]
    whole = {"version.standing": "0", "standing": "reported", "version.cleared_ever": "0", "cleared_ever": "month 31", "onward": "g"}
    assert client.post(f"{page}f/", whole).url == f"{page}g/"
    shown = client.get(f"{page}f/").content.decode()
    assert "“month 31” is not a whole number." in shown and 'value="Champasak"' in shown
    assert client.get(f"/ar{page}f/").content.decode().count("المناطق الملوثة والتطهير") >= 2


def test_a_session_that_ended_loses_nothing_that_was_typed(client):
    delegate(client)
    report = started()
    page = f"/reports/files/{report.pk}/g/"
    client.cookies.pop("sessionid")
    form = {"version.education": "0", "education": "In 800 schools of Xieng Khouang"}
    assert client.post(f"/reports/files/{report.pk}/save/", {**form, "field": "education", "section": "g"}).status_code == 401
    assert client.post(page, form).url == f"/account/login/?next={page}"
    assert not Answer.objects.exists()
    delegate(client)
    again = client.get(page).content.decode()
    assert "In 800 schools of Xieng Khouang" in again and "is not saved yet" in again
    assert client.post(page, form).status_code == 302
    assert Answer.objects.get().value == "In 800 schools of Xieng Khouang"
    assert "is not saved yet" not in client.get(page).content.decode()


def test_a_new_report_begins_with_the_last_one_and_asks_anew_what_changes_every_year():
    sent(period="2024", at=datetime(2025, 4, 20, tzinfo=UTC))
    report = started()
    assert [(answer.field, answer.value) for answer in report.answers.all()] == [("cleared", CLEARED)]
    assert report.previous.period == "2024"


def test_the_report_before_is_that_of_an_earlier_period_and_one_withdrawn_is_none():
    later = sent(period="2025")
    assert started(period="2024", at=NOW).previous is None
    after = started(period="2026", at=NOW)
    assert after.previous == later and "e" not in later.revisions.get().content["answers"]
    said(after, "e", "standing", "unchanged")
    withdraw(report=later, reason="Sent by mistake", by=ONE, at=NOW)
    after.previous.refresh_from_db()
    assert earlier_than(after) is None


def test_a_table_of_a_thousand_rows_is_kept_whole(client):
    delegate(client)
    report = started()
    cells = {f"areas.{row}.{column}": str(row + 1) for row in range(1000) for column in ("place", "area", "quantity")}
    form = {**cells, "version.areas": "0", "field": "areas", "section": "f"}
    assert client.post(f"/reports/files/{report.pk}/save/", form).json() == {"version": 1, "conflict": False}
    assert len(Answer.objects.get().value) == 1000
    assert "500,500" in client.get(f"/reports/files/{report.pk}/f/").content.decode()


def test_a_second_report_of_one_period_is_refused_and_a_correction_keeps_the_first():
    report = sent()
    with pytest.raises(AlreadyStarted):
        started()
    with pytest.raises(NothingChanged):
        correct(report=report, note="Nothing", by=ONE, at=NOW)
    said(report, "f", "cleared_ever", "20000000")
    with pytest.raises(ReasonNeeded):
        correct(report=report, note=" ", by=ONE, at=NOW)
    second = correct(report=report, note="The count was left out", by=ONE, at=NOW)
    assert (second.number, second.late_days) == (2, 0)
    first = report.revisions.get(number=1)
    assert "cleared_ever" not in first.content["answers"]["f"] and second.content["answers"]["f"]["cleared_ever"] == "20000000"
    assert Report.objects.filter(origin="office", state="LAO").count() == 1


def test_a_report_withdrawn_counts_no_more_and_its_revisions_stay():
    report = sent()
    with pytest.raises(ReasonNeeded):
        withdraw(report=report, reason="", by=ONE, at=NOW)
    withdraw(report=report, reason="Sent by mistake", by=ONE, at=NOW)
    assert owed("LAO", "2025").state == "no-record" and Revision.objects.count() == 1
    with pytest.raises(NotWritable):
        said(report, "j", "other", "late thought")
    assert started().standing == "draft"


@pytest.mark.parametrize("period", ["", "25", "2025-03", "2025/2024", "2024/2025", "soon"])
def test_a_period_that_is_none_is_refused(period):
    with pytest.raises(PeriodRefused):
        started(period=period)


def test_a_report_by_mail_is_filed_with_its_document_and_gives_way_to_the_form(unit, tmp_path):
    file = paper(tmp_path / "lao.docx", "Article 7 report of the Lao People's Democratic Republic for 2025.")
    form = {"state": "LAO", "kind": "annual", "period": "2025", "channel": "mail", "received": "2026-05-04", "visibility": "public"}
    form["document"] = SimpleUploadedFile("lao.docx", file.read_bytes())
    assert unit.post("/reports/files/on-paper/", form).status_code == 302
    report = ReportFile.objects.get()
    assert (report.on_behalf, report.channel, report.standing, report.revisions.get().late_days) == (True, "mail", "submitted", 4)
    assert report.document == Work.objects.get().identifier and owed("LAO", "2025").state == "met"
    written = sent(at=NOW)
    report.refresh_from_db()
    assert (report.standing, written.standing) == ("superseded", "submitted")
    assert str(owed("LAO", "2025").fulfilled) == "2026-05-04"  # the day on which the State's report came still counts
    with pytest.raises(DayAhead):
        enter_on_behalf(
            iso3="AUT",
            kind="annual",
            period="2025",
            channel="fax",
            received=date(2030, 1, 1),
            sent=None,
            visibility="public",
            by=ONE,
            at=NOW,
        )


def test_the_unit_asks_and_the_state_answers(client):
    report = sent()
    question = ask_question(report=report, section="f", text="Which areas of Savannakhet?", by=TWO, at=NOW)
    with pytest.raises(QuestionEmpty):
        answer_question(report=report, question=question.pk, text="", by=ONE, at=NOW)
    assert "Which areas" not in client.get(f"/reports/files/{report.pk}/").content.decode()
    delegate(client)
    page = f"/reports/files/{report.pk}/"
    assert "Which areas of Savannakhet?" in client.get(page).content.decode()
    assert client.post(f"{page}do/answer/", {"question": question.pk, "text": "Two villages"}).status_code == 302
    with pytest.raises(NotInThisStanding):
        answer_question(report=report, question=question.pk, text="Again", by=ONE, at=NOW)


WRITING, READING, REVIEWING = "write", "read", "review"
ACTS = {
    READING: lambda client, page: client.get(page),
    WRITING: lambda client, page: client.post(f"{page}save/", {"section": "j", "field": "other", "version.other": "0", "other": "x"}),
    "form": lambda client, page: client.get(f"{page}f/"),
    "book": lambda client, page: client.get(f"{page}form.xlsx"),
    "compare": lambda client, page: client.get(f"{page}compare/"),
    "publish": lambda client, page: client.post(f"{page}do/publish/", {"visibility": "public"}),
    "withdraw": lambda client, page: client.post(f"{page}do/withdraw/", {"reason": "x"}),
    REVIEWING: lambda client, page: client.post(f"{page}do/ask/", {"section": "f", "text": "x"}),
}
# What each may do with: a draft, a report for States Parties, a public report; of its own State or another's.
OWN = set(ACTS) - {REVIEWING}
MAY = {
    ("anyone", "draft"): set(),
    ("anyone", "states-parties"): set(),
    ("anyone", "public"): {READING},
    ("coordinator", "draft"): set(),
    ("coordinator", "states-parties"): {READING},
    ("coordinator", "public"): {READING},
    ("other delegation", "draft"): set(),
    ("other delegation", "states-parties"): {READING},
    ("other delegation", "public"): {READING},
    ("own delegation", "draft"): OWN,
    ("own delegation", "states-parties"): OWN,
    ("own delegation", "public"): OWN,
    ("unit", "draft"): set(ACTS),
    ("unit", "states-parties"): set(ACTS),
    ("unit", "public"): set(ACTS),
}


@pytest.mark.parametrize(("who", "standing"), MAY)
def test_each_does_what_the_table_says_and_all_else_answers_as_if_it_were_not_there(client, who, standing):
    report = started() if standing == "draft" else sent(visibility=standing)
    if who == "unit":
        sign_in_staff(client, "unit")
    elif who == "coordinator":
        sign_in(client, account("coordinator"))
    elif who != "anyone":
        delegate(client, "LAO" if who == "own delegation" else "AUT")
    did = set()
    for act, run in ACTS.items():
        with transaction.atomic():
            answer = run(client, f"/reports/files/{report.pk}/")
            transaction.set_rollback(True)
        absent = run(client, "/reports/files/999999/")
        if answer.status_code in (200, 302):
            did.add(act)
        else:
            shown = answer.content.decode().replace(f"files/{report.pk}/", "files/999999/")
            assert (act, answer.status_code, shown) == (act, absent.status_code, absent.content.decode())
    assert did == MAY[who, standing]


def test_a_delegation_starts_reports_of_its_own_state_alone(client):
    delegate(client, "AUT")
    refused = client.post("/reports/files/", {"state": "LAO", "kind": "annual", "period": "2025"})
    assert refused.status_code == 200 and not ReportFile.objects.exists()
    assert client.get("/reports/files/on-paper/").status_code == 404
    assert Client().post("/reports/files/", {"state": "LAO", "kind": "annual", "period": "2025"}).status_code == 404


def test_a_submitted_revision_is_a_file_that_proves_itself(client):
    report = sent()
    address = f"/reports/files/{report.pk}/revisions/1/"
    page = client.get(address).content.decode()
    assert report.revisions.get().sha256 in page and "20,000,000" in page
    told = json.loads(client.get(f"{address}?format=json").content)
    assert hashlib.sha256(canonical(told["content"])).hexdigest() == told["sha256"]
    lines = client.get(f"{address}?format=csv").content.decode().splitlines()
    assert lines[0] == "section,field,row,column,value" and "f,cleared,2,area,7500000" in lines
    assert client.get(f"{address}?format=docx").content[:2] == b"PK"
    assert client.get(f"/reports/files/{report.pk}/revisions/2/").status_code == 404


def test_this_year_stands_beside_last_year(unit):
    sent(period="2024", at=datetime(2025, 4, 20, tzinfo=UTC))
    report = started()
    said(report, "f", "cleared_ever", "20000000")
    page = unit.get(f"/reports/files/{report.pk}/compare/").content.decode()
    assert page.count('class="changed"') == 2 and "20,000,000" in page


def test_the_list_and_the_report_cost_the_same_whatever_they_hold(unit):
    costs = []
    for states in (("LAO",), ("AUT", "HRV")):
        for iso3 in states:
            report = sent(iso3)
            said(report, "j", "other", "x")
        for path in ("/reports/files/", f"/reports/files/{report.pk}/"):
            unit.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert unit.get(path).status_code == 200
            costs.append(len(queries))
    assert costs[:2] == costs[2:]


def filled(content, **cells):
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, text in cells.items():
        section, field = name.split("__")
        [(sheet, where)] = book.defined_names[f"answer.{section}.{field}"].destinations
        held = book[sheet][where.replace("$", "").split(":")[0]]
        held.value = text
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("form.xlsx", out.getvalue())


def test_the_form_goes_off_line_and_comes_back_and_is_shown_before_it_is_accepted(client):
    delegate(client)
    report = started()
    said(report, "g", "education", "In 800 schools")
    page = f"/reports/files/{report.pk}/"
    book = client.get(f"{page}form.xlsx").content
    changed = filled(book, g__warning="Signs at 40 sites", f__standing="Nothing to report", h__victims=5321)
    shown = client.post(f"{page}form/", {"book": changed})
    html = shown.content.decode()
    assert "Signs at 40 sites" in html and "5,321" in html and "In 800 schools" not in html and Answer.objects.count() == 1
    assert client.post(f"{page}form/", {"accept": shown.context["page"].sealed}).status_code == 302
    found = {(answer.section, answer.field): answer.value for answer in report.answers.all()}
    assert found == {
        ("g", "education"): "In 800 schools",
        ("g", "warning"): "Signs at 40 sites",
        ("f", "standing"): "nothing",
        ("h", "victims"): "5321",
    }
    assert client.post(f"{page}form/", {"accept": "forged"}).status_code == 400


def test_a_book_may_come_back_under_another_language_than_it_left(client):
    delegate(client)
    report = started()
    page = f"/reports/files/{report.pk}/"
    changed = filled(client.get(f"{page}form.xlsx").content, f__standing="Nothing to report", c__characteristics="BLU-26")
    shown = client.post(f"/zh{page}form/", {"book": changed})
    client.post(f"/zh{page}form/", {"accept": shown.context["page"].sealed})
    found = {answer.field: answer.value for answer in report.answers.all()}
    assert found == {"standing": "nothing", "characteristics": [{"type": "BLU-26"}]}


def test_a_backup_holds_every_report(tmp_path):
    report = sent()
    correct_after(report)
    write_backup(tmp_path / "b.zip", at=NOW)
    with zipfile.ZipFile(tmp_path / "b.zip") as held:
        rows = {name: held.read(f"reporting.{name}.jsonl").decode().count("\n") for name in ("reportfile", "answer", "revision")}
    assert rows == {"reportfile": 1, "answer": 3, "revision": 2}


def correct_after(report):
    said(report, "j", "other", "x")
    correct(report=report, note="Left out", by=ONE, at=NOW)


def test_the_form_of_another_state_or_no_form_at_all_is_refused_in_a_sentence(unit):
    mine, other = started(), started("AUT")
    book = filled(unit.get(f"/reports/files/{other.pk}/form.xlsx").content)
    refused = unit.post(f"/reports/files/{mine.pk}/form/", {"book": book})
    assert refused.status_code == 400 and "This is the form of AUT, edition 2010" in refused.content.decode()
    for content in (b"no book", paper_bytes()):
        refused = unit.post(f"/reports/files/{mine.pk}/form/", {"book": SimpleUploadedFile("x.xlsx", content)})
        assert "This is not the Excel form of a report" in refused.content.decode()


def paper_bytes():
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def test_a_field_that_the_form_does_not_have_is_refused(client):
    delegate(client)
    report = started()
    with pytest.raises(NoSuchField):
        said(report, "f", "nothing_here", "x")
    form = {"section": "f", "field": "nothing_here", "version.nothing_here": "0"}
    assert client.post(f"/reports/files/{report.pk}/save/", form).status_code == 400
    assert client.get(f"/reports/files/{report.pk}/z/").status_code == 404


BROKEN = [
    lambda report: ReportFile.objects.filter(pk=report.pk).update(standing="submitted"),
    lambda report: ReportFile.objects.filter(pk=report.pk).update(kind="yearly"),
    lambda report: ReportFile.objects.filter(pk=report.pk).update(standing="lost"),
    lambda report: ReportFile.objects.filter(pk=report.pk).update(channel="pigeon"),
    lambda report: ReportFile.objects.filter(pk=report.pk).update(channel="fax"),
    lambda report: ReportFile.objects.filter(pk=report.pk).update(visibility="unit"),
    lambda report: ReportFile.objects.create(**same(report)),
    lambda report: Answer.objects.filter(report=report).update(version=0),
    lambda report: Answer.objects.create(report=report, section="j", field="other", value="x", changed_at=NOW, changed_by=ONE),
    lambda report: AnswerHistory.objects.update(kind="guess"),
    lambda report: AnswerHistory.objects.update(settled_by=ONE),
    lambda report: Question.objects.create(report=report, section="f", text="?", asked_at=NOW, asked_by=ONE, answer="!"),
    lambda report: Revision.objects.create(**frozen(report, 0)),
    lambda report: [Revision.objects.create(**frozen(report, 1), receipt=text) for text in "ab"],
]


def same(report):
    names = ("state_id", "kind", "period", "edition", "started_at", "started_by")
    return {name: getattr(report, name) for name in names}


def frozen(report, number):
    return {"report": report, "number": number, "content": {}, "sha256": "0" * 64, "submitted_at": NOW, "submitted_by": ONE}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_database_refuses_what_cannot_be(broken):
    report = started()
    said(report, "j", "other", "x")
    with pytest.raises(IntegrityError), transaction.atomic():
        broken(report)


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_every_page_opens_in_every_language(client, language):
    delegate(client)
    report = sent()
    ask_question(report=report, section="f", text="?", by=TWO, at=NOW)
    for place in ("", f"{report.pk}/", f"{report.pk}/cover/", f"{report.pk}/c/", f"{report.pk}/revisions/1/", f"{report.pk}/compare/"):
        page = client.get(f"/{language}/reports/files/{place}")
        assert page.status_code == 200 and "style=" not in page.content.decode()
