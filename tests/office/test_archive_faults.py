"""Hostile and broken files, a full disk, a kill at any moment, a restore: nothing lost, nothing half-filed, a sentence for each."""

import io
import json
import os
import signal
import subprocess
import sys
import zipfile
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
