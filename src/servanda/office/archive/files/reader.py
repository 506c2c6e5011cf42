"""Reads files in processes of their own, so that no file can take the office down.

`Readers` starts a few processes of this module. Each takes one file at a time and forks a child for it with limits on time, memory
and files written; what the child has read when a limit ends it is kept, and the reason said. Answers are JSON, never objects.
"""

import contextlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from servanda.treaty.errors import Remark, sentence

from .formats import IMAGES, PDF, carried, media_of
from .languages import language_of
from .texts import Unreadable, pages

SECONDS, MEMORY, OUTPUT = 120, 1_500_000_000, 64_000_000
_FEW_LETTERS = 8

STOPPED = sentence(
    "Reading stopped at a limit of time, memory or length; {pages} pages were read. File it in parts to have all of it found."
)
FAILED = sentence("The file is damaged or not what it seems ({problem}); file a sound copy.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file: its true media type, `read`, `scan` or `unreadable`, texts with their languages, a remark."""

    media: str
    state: str
    pages: tuple[tuple[str, str], ...] = ()
    says: str = ""
    facts: dict[str, Any] | None = None


class Readers:
    """A few reading processes; use as a context."""

    def __init__(self, count: int = 2) -> None:
        self.count = count

    def __enter__(self) -> "Readers":
        self.free: SimpleQueue[_Process] = SimpleQueue()
        self.processes = [_Process() for _ in range(self.count)]
        for process in self.processes:
            self.free.put(process)
        self.threads = ThreadPoolExecutor(self.count)
        return self

    def __exit__(self, *problem: object) -> None:
        self.threads.shutdown(cancel_futures=True)
        for process in self.processes:
            process.stop()

    def read(self, jobs: Iterable[tuple[int, Path]]) -> Iterator[tuple[int, Reading]]:
        """The readings of files, each with the number it came with, as they are done; jobs are taken as there is room."""
        pending: dict[Future[Reading], int] = {}
        for number, path in jobs:
            pending[self.threads.submit(self._read, path)] = number
            if len(pending) >= self.count * 4:
                yield from _done(pending)
        while pending:
            yield from _done(pending)

    def _read(self, path: Path) -> Reading:
        process = self.free.get()
        try:
            return process.read(path)
        finally:
            self.free.put(process)


def _done(pending: dict[Future[Reading], int]) -> Iterator[tuple[int, Reading]]:
    for future in wait(pending, return_when=FIRST_COMPLETED).done:
        yield pending.pop(future), future.result()


class _Process:
    def __init__(self) -> None:
        command = [sys.executable, "-m", __spec__.name if __spec__ and __name__ != "__main__" else "servanda.office.archive.files.reader"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self, path: Path) -> Reading:
        try:
            self.process.stdin.write(json.dumps(str(path)).encode() + b"\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline() or b"null")
        except (OSError, ValueError):
            answer = None
        if answer is None:
            self.stop()
            self.__init__()
            return Reading("application/octet-stream", "unreadable", says=FAILED, facts={"problem": "the reader ended"})
        return Reading(answer["media"], answer["state"], tuple(map(tuple, answer["pages"])), answer["says"], answer["facts"])

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def serve() -> None:
    """Read one path a line from stdin, answer one line of JSON each, until stdin ends."""
    language_of("loads the model before the first file")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_apart(Path(json.loads(line)))) + "\n")
        sys.stdout.flush()


def _apart(path: Path) -> dict[str, Any]:
    """Read one file in a forked child; what it wrote before any limit ended it is the answer."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        _limit()
        with os.fdopen(send, "w") as out:
            _read_into(path, out)
        os._exit(0)
    os.close(send)
    written = _collect(receive, child)
    os.waitpid(child, 0)
    return _assembled(written)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)


def _read_into(path: Path, out: Any) -> None:
    media = "application/octet-stream"
    try:
        media = media_of(path)
        out.write(json.dumps({"media": media}) + "\n")
        for text in pages(path, media):
            out.write(json.dumps({"page": [text, language_of(text)]}) + "\n")
        found = carried(path, media) or Remark("")
        out.write(json.dumps({"end": "read", "says": found.says, "facts": dict(found.facts)}) + "\n")
    except Unreadable as problem:
        out.write(json.dumps({"end": "unreadable", "says": problem.remark.says, "facts": dict(problem.remark.facts)}) + "\n")
    except BaseException as problem:  # a parser may fail on hostile bytes in any way; the sentence says which
        out.write(json.dumps({"end": "unreadable", "says": FAILED, "facts": {"problem": type(problem).__name__}}) + "\n")


def _collect(receive: int, child: int) -> list[bytes]:
    """Whole lines from the child, until it ends, is too slow or says too much."""
    blocks, size, ends = [], 0, time.monotonic() + SECONDS * 2
    with os.fdopen(receive, "rb", buffering=0) as pipe:
        while True:
            ready, _, _ = select.select([pipe], [], [], max(ends - time.monotonic(), 0))
            block = pipe.read(1 << 20) if ready else b""
            if not block:
                break
            blocks.append(block)
            size += len(block)
            if size > OUTPUT:
                break
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return b"".join(blocks).split(b"\n")[:-1]


def _assembled(written: list[bytes]) -> dict[str, Any]:
    answer: dict[str, Any] = {"media": "application/octet-stream", "state": "", "pages": [], "says": "", "facts": {}}
    for line in map(json.loads, written):
        if "page" in line:
            answer["pages"].append(line["page"])
        elif "media" in line:
            answer["media"] = line["media"]
        else:
            answer |= {"state": line["end"], "says": line.get("says", ""), "facts": line.get("facts", {})}
    read = len(answer["pages"])
    if not answer["state"] or (answer["state"] == "unreadable" and read):
        answer |= {"state": "read" if read else "unreadable", "says": STOPPED, "facts": {"pages": read}}
    if answer["state"] == "read" and answer["media"] in (PDF, *IMAGES) and _is_scan(answer["pages"]):
        answer["state"] = "scan"
    return answer


def _is_scan(found: list[list[str]]) -> bool:
    """Hardly a letter on any page: pictures of text."""
    letters = sum(sum(char.isalnum() for char in text[:500]) for text, _ in found)
    return bool(found) and letters < _FEW_LETTERS * len(found)


if __name__ == "__main__":
    serve()
