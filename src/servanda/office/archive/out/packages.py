"""Documents packed: a meeting's set in one language as zip, and any selection as a bag (RFC 8493) with its metadata."""

import csv
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import bagit

from servanda.answers.folder import new_folder

from ..choices import DESTROYED
from ..files.formats import suffix_of
from ..models import Version, Work
from ..queries.indexed import standing
from ..queries.visible import store

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


def zip_of(works: Iterable[Work], language: str) -> IO[bytes]:
    """The standing files of these works in one language, named by symbol; an open temporary file at its beginning."""
    packed = tempfile.TemporaryFile()  # noqa: SIM115  the answer that streams it closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for work in works:
            for version in _files(work):
                if version.language == language:
                    archive.write(store().path(version.file.sha256), file_name(work, version))
    packed.seek(0)
    return packed


def file_name(work: Work, version: Version) -> str:
    """A name made of what the document is: CCM_MSP_2011_WP.3-en.pdf."""
    stem = _NOT_IN_NAMES.sub("_", work.symbol or Path(version.name).stem)[:120] or work.identifier
    return f"{stem}-{version.language or 'xx'}-{version.file.sha256[:6]}{suffix_of(version.file.media)}"


def _files(work: Work) -> list[Version]:
    return standing([version for version in work.versions.select_related("file") if not version.file.destroyed_at])


def write_bag(works: Iterable[Work], folder: Path, *, title: str) -> int:
    """Write a bag with a folder of files for each work, and all metadata as JSON and CSV; returns the number of works.

    Raises TextRefused where files stand already.
    """
    with new_folder(folder) as part:
        rows = list(_into(works, part))
        (part / "documents.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
        _csv(rows, part / "documents.csv")
        bagit.make_bag(str(part), {"External-Description": title}, checksums=["sha256"])
    return len(rows)


def _into(works: Iterable[Work], folder: Path) -> Iterator[dict[str, Any]]:
    for work in works:
        place = folder / work.identifier
        place.mkdir()
        if work.standing != DESTROYED:
            for version in _files(work):
                shutil.copyfile(store().path(version.file.sha256), place / file_name(work, version))
        yield metadata_of(work)


def metadata_of(work: Work) -> dict[str, Any]:
    """All that is known of a work, as plain values."""
    names = ("identifier", "symbol", "kind", "meeting", "agenda_item", "dated", "distributed", "theme", "visibility", "standing")
    return {
        **{name: getattr(work, name) for name in names},
        "original_language": work.original_language,
        "source": work.source,
        "titles": {title.language: title.text for title in work.titles.all()},
        "authors": [author.state or author.body for author in work.authors.all()],
        "files": [
            {"language": version.language, "name": version.name, "sha256": version.file.sha256, "media": version.file.media}
            for version in work.versions.select_related("file")
        ],
    }


def _csv(rows: list[dict[str, Any]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(rows[0] if rows else ["identifier"])
        for row in rows:
            writer.writerow(json.dumps(cell, ensure_ascii=False) if isinstance(cell, (dict, list)) else cell for cell in row.values())
