"""Text out of scans: OCRmyPDF and Tesseract, where they are installed, in a process of their own with a limit on time."""

import shutil
import subprocess
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction

from servanda.treaty.errors import sentence

from ..choices import REVIEW, SCAN, UNREADABLE
from ..files.languages import language_of
from ..files.reader import Reading
from ..models import File
from ..queries.proposals import Taken, propose
from ..queries.visible import store
from .describing import Given, describe, keep_texts
from .indexing import mark_unindexed

SECONDS = 900
_LANGUAGES = ("ara", "chi_sim", "eng", "fra", "rus", "spa")
NO_TEXT = sentence("The machine recognised no text on any page; type its title, and file a better scan if there is one.")


@cache
def recognises() -> tuple[str, ...]:
    """The languages that this machine can read in scans; none where OCRmyPDF or Tesseract is missing."""
    if not shutil.which("ocrmypdf") or not shutil.which("tesseract"):
        return ()
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True).stdout.split()
    return tuple(language for language in _LANGUAGES if language in listed)


def read_scans(*, given: Given, by: str, at: datetime, at_most: int = 50) -> int:
    """Recognise the text of scans that wait, each in a transaction of its own; returns how many gave text."""
    if not recognises():
        return 0
    done = 0
    for file in File.objects.filter(reading=SCAN, destroyed_at=None)[:at_most]:
        done += _keep(file, _recognised(store().path(file.sha256)), given, by, at)
    return done


def _recognised(path: Path) -> list[str]:
    """The text of each page; none when the recogniser fails or takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        command = ["ocrmypdf", "--quiet", "--force-ocr", "--image-dpi", "300", "--output-type", "none"]
        command += ["--language", "+".join(recognises()), "--sidecar", str(text), str(path), "-"]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True, stdin=subprocess.DEVNULL)
        except (subprocess.SubprocessError, OSError):
            return []
        return text.read_text(encoding="utf-8", errors="replace").removesuffix("\f").split("\f") if text.exists() else []


@transaction.atomic
def _keep(file: File, pages: list[str], given: Given, by: str, at: datetime) -> bool:
    if not any(page.strip() for page in pages):
        file.reading, file.reading_note = UNREADABLE, {"says": NO_TEXT, "facts": {}}
        file.save()
        return False
    keep_texts([(file, Reading(file.media, "read", tuple((page, language_of(page)) for page in pages)))], machine=True)
    for version in file.versions.select_related("work"):
        if version.work.standing == REVIEW:
            taken = Taken(version.name, [(page, language_of(page)) for page in pages], given.language, given.meeting)
            mark_unindexed(*describe(version, propose(taken, given.law), by=by, at=at))
        else:
            mark_unindexed(version.work_id)
    return True
