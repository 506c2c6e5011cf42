"""Hostile and broken files, a full disk, a kill at any moment, a restore: nothing lost, nothing half-filed, a sentence for each."""

import io
import json
import os
import signal
import subprocess
import sys
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import connection

from servanda.office.archive.models import Item, Work
from servanda.office.archive.queries.visible import store
from servanda.office.common.policies import COMMAND_LINE
from servanda.office.site.audits import findings

from .samples import WP3, bring_in, found, paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_empty_archive")]


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


@pytest.mark.skipif(connection.vendor == "postgresql", reason="it restores a home folder; PostgreSQL's drill is in test_record.py")
def test_the_restore_puts_files_and_index_back(tmp_path):
    home, folder = tmp_path / "home", tmp_path / "in"
    folder.mkdir()
    paper(folder / "e.docx", *WP3)
    assert run(home, "archive", "add", str(folder))[0] == 0
    assert run(home, "backup", str(tmp_path / "unit.zip"))[0] == 0
    assert run(tmp_path / "other", "restore", str(tmp_path / "unit.zip"))[0] == 0
    assert "CCM/MSP/2011/WP.3" in run(tmp_path / "other", "archive", "search", "survivors")[1]
    assert "1 files checked" in run(tmp_path / "other", "archive", "verify")[1]


def pdf(count: int, *, encrypted: bool = False) -> bytes:
    """A PDF of so many pages with a line of text each; with a password nobody knows if `encrypted`."""
    text = b"BT /F 12 Tf 72 720 Td (Land released in a sample district) Tj ET"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>"]
    objects += [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<</Length %d>>stream\n%s\nendstream" % (len(text), text)]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 4 0 R>>"
    objects += [page] * count
    objects[1] %= count, b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"41" * 32, b"42" * 32) if encrypted else b""
    trailer = b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, lock, len(out))
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def with_parts(path: Path, parts: dict[str, tuple[str, str] | bytes]) -> Path:
    """A Word file with parts added, or with one text in a part replaced by another."""
    with zipfile.ZipFile(path) as held:
        contents = {name: held.read(name) for name in held.namelist()}
    for name, change in parts.items():
        contents[name] = change if isinstance(change, bytes) else contents[name].replace(change[0].encode(), change[1].encode())
    with zipfile.ZipFile(path, "w") as held:
        for name, content in contents.items():
            held.writestr(name, content)
    return path


def test_an_encrypted_pdf_is_kept_and_asks_for_a_copy(tmp_path):
    (tmp_path / "locked.pdf").write_bytes(pdf(1, encrypted=True))
    assert str(bring_in(tmp_path / "locked.pdf").remarks[0]) == (
        "“locked.pdf” is kept, but: The file is encrypted; file a copy without a password."
    )


def test_a_pdf_of_ten_thousand_pages_is_read_to_the_end(tmp_path):
    (tmp_path / "long.pdf").write_bytes(pdf(10_000))
    assert bring_in(tmp_path / "long.pdf").pages == 10_000
    assert found("released", COMMAND_LINE).count == 10_000


def test_a_word_file_with_macros_is_read_and_says_so(tmp_path, unit):
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    path = paper(tmp_path / "m.docm", "A sample statement with macros about demining.")
    with_parts(path, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0", "[Content_Types].xml": (plain, macros)})
    summary = bring_in(path)
    assert found("demining", COMMAND_LINE).count == 1 and "It holds macros; none was run" in str(summary.remarks[0])
    assert "It holds macros" in unit.get("/documents/review/").content.decode()
    served = unit.get(f"/files/{Work.objects.get().versions.get().file.sha256}/m.docm")
    assert served.headers["Content-Disposition"].startswith("attachment")


def test_a_word_file_that_takes_a_part_of_itself_from_elsewhere_fetches_nothing(tmp_path):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    elsewhere = f'<Relationship Id="rId99" Type="{kind}" Target="https://elsewhere.example/t.dotm" TargetMode="External"/></Relationships>'
    path = paper(tmp_path / "x.docx", "A sample statement that takes its template from elsewhere.")
    with_parts(path, {"word/_rels/document.xml.rels": ("</Relationships>", elsewhere)})
    assert "takes a part of itself from https://elsewhere.example/t.dotm; nothing was fetched" in str(bring_in(path).remarks[0])
    assert found("template", COMMAND_LINE).count == 1


def test_a_picture_of_fifty_thousand_squared_is_kept_and_not_opened(tmp_path):
    head = b"IHDR" + (50_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    chunks = [head, b"IDAT" + zlib.compress(b"\0" * 1_000), b"IEND"]
    content = b"".join((len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big") for chunk in chunks)
    (tmp_path / "huge.png").write_bytes(b"\x89PNG\r\n\x1a\n" + content)
    assert "The picture measures 50000 × 50000, too large to be read" in str(bring_in(tmp_path / "huge.png").remarks[0])


def test_mail_within_mail_is_read_with_what_is_attached_to_each(tmp_path):
    paper(tmp_path / "n.docx", "Nested attachment about stockpiles.")
    inner, middle, outer = EmailMessage(), EmailMessage(), EmailMessage()
    for message, subject in ((inner, "Innermost sample"), (middle, "Middle sample"), (outer, "Outer sample")):
        message["From"], message["Subject"] = "mission@sample.example", subject
        message.set_content(f"The words of the {subject.lower()}.")
    inner.add_attachment((tmp_path / "n.docx").read_bytes(), maintype="application", subtype="octet-stream", filename="n.docx")
    middle.add_attachment(inner)
    outer.add_attachment(middle)
    (tmp_path / "outer.eml").write_bytes(outer.as_bytes())
    assert bring_in(tmp_path / "outer.eml").filed == 1
    for word in ("outer", "middle", "innermost", "stockpiles"):
        assert found(word, COMMAND_LINE).count >= 1, word


def test_mail_within_mail_without_end_is_read_only_so_deep(tmp_path):
    message = EmailMessage()
    message.set_content("The bottom of a sample letter.")
    for depth in range(40):
        holder = EmailMessage()
        holder["Subject"] = f"Level {depth}"
        holder.set_content(f"Words of level{depth}.")
        holder.add_attachment(message)
        message = holder
    (tmp_path / "deep.eml").write_bytes(message.as_bytes())
    assert bring_in(tmp_path / "deep.eml").filed == 1
    assert found("level39", COMMAND_LINE).count == 1 and found("bottom", COMMAND_LINE).count == 0


def test_a_symbol_typed_wrong_is_kept_as_typed_and_the_unit_is_told(tmp_path, unit):
    bring_in(paper(tmp_path / "w.docx", "A sample paper", "Words of a sample paper."))
    work = Work.objects.get()
    for typed, said in (("CCM/MPS/2011/WP.3", "“MPS” is none of the kinds of meeting"), ("eleven", "“eleven” is not a symbol")):
        form = {"symbol": typed, "kind": "other", "visibility": "public", "source": "Mail"}
        assert unit.post(f"/documents/edit/{work.identifier}/", form).status_code == 302
        assert said in unit.get(f"/documents/{work.identifier}/").content.decode()
