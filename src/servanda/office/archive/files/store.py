"""Bytes kept under their SHA-256: written once, never written over, checked again on demand."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_BLOCK = 1 << 20
_ABANDONED = 3_600  # seconds


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: its checksum, its size in bytes, and whether it was already here."""

    sha256: str
    size: int
    known: bool


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of files named by their checksum, two levels deep."""

    folder: Path

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def keep(self, source: BinaryIO) -> Kept:
        """Copy a stream into the store; it stands there whole or not at all, whatever happens meanwhile. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix="part-")
        try:
            with os.fdopen(handle, "wb") as target:
                sha256, size = _copy(source, target)
                target.flush()
                os.fsync(target.fileno())
            path = self.path(sha256)
            if path.exists():
                return Kept(sha256, size, known=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            os.chmod(name, 0o440)
            os.replace(name, path)
            return Kept(sha256, size, known=False)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)

    def checksum(self, sha256: str) -> str | None:
        """The checksum of what stands there now; None when nothing does."""
        try:
            with open(self.path(sha256), "rb", buffering=0) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return None

    def destroy(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Take away what an interrupted copy left behind: parts that nobody has written to for an hour."""
        for part in self.folder.glob("part-*"):
            with suppress(FileNotFoundError):
                if part.stat().st_mtime < time.time() - _ABANDONED:
                    part.unlink()

    def everything(self) -> Iterator[str]:
        """The names of all files that stand in the store."""
        for path in sorted(self.folder.glob("??/??/*")):
            yield path.name


def _copy(source: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        digest.update(block)
        target.write(block)
        size += len(block)
    return digest.hexdigest(), size
