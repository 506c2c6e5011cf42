"""What is done without being asked: scans are read where the machine can, mail is swept in, files are proven once a week."""

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from django.core import mail
from PIL import Image, ImageDraw, ImageFont

from servanda.office.archive import tasks
from servanda.office.archive.files.store import Store
from servanda.office.archive.forms import Description
from servanda.office.archive.models import File, SavedSearch, Work
from servanda.office.archive.operations import recognition
from servanda.office.archive.operations.records import confirm, correct
from servanda.office.archive.operations.saved import forget_search
from servanda.office.common.policies import COMMAND_LINE

from .samples import account, bring_in, found, paper, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_empty_archive")]


def scan(path):
    """A page of text as a picture in a PDF, as a scanner makes it."""
    page = Image.new("L", (1240, 1754), 255)
    font = ImageFont.load_default(size=44)
    for number, line in enumerate(("CCM/MSP/2014/WP.1", "Survivors and nurses", "Forty nurses were trained in Vientiane.")):
        ImageDraw.Draw(page).text((120, 150 + 90 * number), line, fill=0, font=font)
    page.save(path, "PDF", resolution=150)
    return path


def test_a_scan_says_that_it_is_not_yet_readable_and_a_later_run_reads_it(tmp_path, monkeypatch):
    bring_in(scan(tmp_path / "scan.pdf"))
    assert File.objects.get().reading == "scan"
    with monkeypatch.context() as without:
        without.setattr(recognition, "recognises", tuple)
        assert "Scans read: 0." in list(tasks.run())
    assert File.objects.get().reading == "scan"
    if "eng" not in recognition.recognises():
        pytest.skip("OCRmyPDF and Tesseract are not installed here (on Debian: apt-get install ocrmypdf); CI installs them")
    assert "Scans read: 1." in list(tasks.run())
    assert File.objects.get().reading == "machine-read"
    assert found("nurses vientiane", COMMAND_LINE).hits[0].number == 1
    assert Work.objects.get().proposal["title"]["value"] == "Survivors and nurses"


def test_new_mail_is_filed_once_and_counts_as_read(tmp_path, settings):
    box = tmp_path / "mail"
    for part in ("new", "cur", "tmp"):
        (box / part).mkdir(parents=True)
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "mission@sample.example", "unit@sample.example", "Report of the sample State"
    letter.set_content("Please find attached the report of a sample State for 2025.")
    letter.add_attachment(b"Retained munitions: none, says the attached table.", maintype="text", subtype="plain", filename="table.txt")
    (box / "new" / "1.sample").write_bytes(letter.as_bytes())
    settings.MAILDIR = str(box)
    assert next(tasks.run()) == "Mail: 1 filed for review, 0 here already."
    assert next(tasks.run()) == "Mail: 0 filed for review, 0 here already."
    assert [path.name for path in (box / "cur").iterdir()] == ["1.sample:2,S"]
    list(tasks.run())
    assert found("retained munitions", COMMAND_LINE).count == 1
    assert Work.objects.get().titles.get().text == "Report of the sample State"


def test_mail_that_could_not_be_kept_for_want_of_space_stays_new(tmp_path, settings, monkeypatch):
    for part in ("new", "cur", "tmp"):
        (tmp_path / "mail" / part).mkdir(parents=True)
    for number in range(3):
        (tmp_path / "mail" / "new" / f"{number}.sample").write_bytes(
            b"Subject: Sample %d\n\nA sample letter, number %d.\n" % (number, number)
        )
    settings.MAILDIR = str(tmp_path / "mail")

    def full(self, source):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as crowded:
        crowded.setattr(Store, "keep", full)
        assert next(tasks.run()) == "Mail: 0 filed for review, 0 here already."
    assert len(list((tmp_path / "mail" / "new").iterdir())) == 3
    assert next(tasks.run()) == "Mail: 3 filed for review, 0 here already."
    assert not list((tmp_path / "mail" / "new").iterdir())


def test_files_are_proven_once_a_week_and_not_more_often():
    assert any(said.startswith("Files proven") for said in tasks.run())
    assert not any(said.startswith("Files proven") for said in tasks.run())


def test_a_saved_search_tells_once_of_what_is_new_and_of_nothing_restricted(tmp_path, client):
    reader = account("delegation", "LAO")
    sign_in(client, reader)
    client.post("/documents/saved/change/", {"question": "?q=nurses"})
    client.post("/documents/saved/change/", {"question": "?q=nurses"})
    assert client.get("/documents/saved/").content.decode().count("Tell me no more") == 1
    bring_in(paper(tmp_path / "a.docx", "Nurses of a sample State", "Forty nurses were trained."))
    bring_in(paper(tmp_path / "b.docx", "Secret nurses", "Nurses whom only the Unit knows."))
    for work in Work.objects.all():
        hidden = "unit" if "Secret" in work.titles.get().text else "public"
        correct(work=work, said=Description(values={"visibility": hidden}), by="tests", at=datetime.now(UTC))
    confirm(works=Work.objects.all(), by="tests", at=datetime.now(UTC))
    assert "Letters about saved searches: 1." in list(tasks.run())
    assert "Letters about saved searches: 0." in list(tasks.run())
    [letter] = mail.outbox
    assert letter.to == [reader.email] and "Forty" in letter.body and "Secret" not in letter.body
    key = SavedSearch.objects.get().key
    forget_search(owner="somebody@sample.example", key=key, at=datetime.now(UTC))
    assert SavedSearch.objects.exists()
    client.post("/documents/saved/change/", {"forget": key})
    assert not SavedSearch.objects.exists()


def test_a_reader_without_an_account_saves_nothing(client):
    assert client.post("/documents/saved/change/", {"question": "?q=x"}).status_code == 302
    assert client.get("/documents/saved/").status_code == 302 and not SavedSearch.objects.exists()
