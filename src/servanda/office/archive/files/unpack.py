"""The files inside folders, zips and mail folders, one at a time, whatever their names; a hostile zip opens nothing.

Nothing is unpacked onto the disk: a member's bytes go straight into the store, so a path inside a zip never becomes a path here.
"""

import mailbox
import os
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from servanda.treaty.errors import Remark, sentence

MOST_MEMBERS = 200_000
LARGEST = 2_000_000_000
MOST_UNPACKED = 50_000_000_000
_RATIO = 200
_SMALL = 10_000_000
_LEFT_OUT = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Found:
    """One file: its name as people see it (the path within what was given), and its bytes or the reason there are none.

    `filed` is called once the record holds it.
    """

    name: str
    stream: BinaryIO | None = None
    refusal: Remark | None = None
    filed: Callable[[], object] = lambda: None


TOO_LARGE = sentence("“{name}” unpacks to {size} MB, more than {limit} MB; split it, or file it by itself")
BOMB = sentence("“{name}” unpacks to {ratio} times its size, as a zip bomb does; unpack it by hand and file what you trust")
TOO_MANY = sentence("the zip holds {count} files, more than {limit}; split it")
BROKEN_ZIP = sentence("“{name}” is not a whole zip file ({problem}); send it again")
ENCRYPTED_MEMBER = sentence("“{name}” is encrypted within the zip; file it without its password")
UNREADABLE_FILE = sentence("“{name}” cannot be opened ({problem})")


def shown(name: str) -> str:
    """A file's name in one line, composed, without characters that would move the cursor or turn the text."""
    clean = "".join(
        char if char.isprintable() and unicodedata.category(char) != "Cf" else " " for char in unicodedata.normalize("NFC", name)
    )
    return " ".join(clean.split())[-300:] or "unnamed"


def files(paths: Iterable[Path]) -> Iterator[Found]:
    """Every file of these paths: folders with all they hold, zips with their members, mail folders with their messages."""
    for path in paths:
        if path.is_dir() and (path / "cur").is_dir() and (path / "new").is_dir():
            yield from _messages(path)
        elif path.is_dir():
            yield from _folder(path)
        else:
            yield from _file(path, shown(path.name))


def new_messages(folder: Path) -> Iterator[Found]:
    """The unread messages of a mail folder; each counts as read once it is filed, so none is lost to an interruption."""
    for path in sorted(path for path in (folder / "new").glob("*") if path.is_file()):
        read = folder / "cur" / f"{path.name.partition(':')[0]}:2,S"
        for one in _file(path, shown(f"{folder.name}/{path.name}.eml")):
            yield replace(one, filed=partial(path.rename, read))


def files_sent(sent: Iterable[Any]) -> Iterator[Found]:
    """Files sent by a browser, zips with their members."""
    for one in sent:
        name = shown(one.name)
        if name.lower().endswith(".zip"):
            yield from zipped(one.file, name)
        else:
            yield Found(name, one.file)


def _folder(folder: Path) -> Iterator[Found]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(here) / name
            if name not in _LEFT_OUT and not name.startswith("~$") and not path.is_symlink():
                yield from _file(path, shown(str(path.relative_to(folder.parent))))


def _file(path: Path, name: str) -> Iterator[Found]:
    try:
        with open(path, "rb") as stream:
            if path.suffix.lower() == ".zip" and stream.read(2) == b"PK":
                stream.seek(0)
                yield from zipped(stream, name)
            else:
                stream.seek(0)
                yield Found(name, stream)
    except OSError as problem:
        yield Found(name, refusal=Remark(UNREADABLE_FILE, {"name": name, "problem": problem.strerror or str(problem)}))


def zipped(stream: BinaryIO, name: str) -> Iterator[Found]:
    """The members of a zip, judged by what they truly unpack to, not by what the zip says."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MOST_MEMBERS:
                yield Found(name, refusal=Remark(TOO_MANY, {"count": len(members), "limit": MOST_MEMBERS}))
                return
            total = 0
            for member in members:
                inner = f"{name}/{shown(member.filename)}"
                total += member.file_size
                refusal = _refusal(member, inner, total)
                if refusal:
                    yield Found(inner, refusal=refusal)
                elif Path(member.filename).name not in _LEFT_OUT and "__MACOSX" not in member.filename:
                    yield from _member(archive, member, inner)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as problem:
        yield Found(name, refusal=Remark(BROKEN_ZIP, {"name": name, "problem": str(problem)}))


def _refusal(member: zipfile.ZipInfo, name: str, total: int) -> Remark | None:
    if member.flag_bits & 1:
        return Remark(ENCRYPTED_MEMBER, {"name": name})
    if member.file_size > LARGEST or total > MOST_UNPACKED:
        return Remark(TOO_LARGE, {"name": name, "size": max(member.file_size, total) >> 20, "limit": LARGEST >> 20})
    if member.file_size > _SMALL and member.file_size > _RATIO * max(member.compress_size, 1):
        return Remark(BOMB, {"name": name, "ratio": member.file_size // max(member.compress_size, 1)})
    return None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[Found]:
    try:
        with archive.open(member) as stream:
            yield Found(name, _Limited(stream, member.file_size))
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError) as problem:
        yield Found(name, refusal=Remark(BROKEN_ZIP, {"name": name, "problem": str(problem)}))


class _Limited:
    """A member's bytes, which may not be more than the zip said they are."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self.stream, self.left = stream, size

    def read(self, size: int = -1) -> bytes:
        block = self.stream.read(size)
        self.left -= len(block)
        if self.left < 0:
            raise zipfile.BadZipFile("a member is larger than the zip says")
        return block


def _messages(folder: Path) -> Iterator[Found]:
    """The messages of a mail folder (maildir), each as one file."""
    for key, _ in sorted(mailbox.Maildir(folder, create=False).iteritems()):
        for part in ("new", "cur"):
            for path in sorted((folder / part).glob(f"{key}*")):
                yield from _file(path, shown(f"{folder.name}/{key}.eml"))
