"""Reads files in processes of their own, so that no file can take the office down.

`Readers` starts a few processes of this module. Each takes one file at a time and has it read by a forked child with limits on time,
memory and files written; a child reads a few files, and none after one that failed. What it has read when a limit ends it is kept, and
the reason said. Answers are JSON, never objects.
"""

import contextlib
import json
import math
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
from .texts import Unreadable, pages, warm_up

SECONDS, MEMORY, OUTPUT = 120, 1_500_000_000, 64_000_000
_FILES = 16  # read by one child: a fork costs as much as the reading of a few pages
_FEW_LETTERS = 8
_AHEAD, _AHEAD_BYTES = 256, 64_000_000  # files read before their readings are asked for

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
        """The readings of files, each with the number it came with, as they are done.

        Jobs are taken ahead, so that files are read while their readings are kept; but never more than what memory has room for.
        """
        pending: dict[Future[Reading], tuple[int, int]] = {}
        for number, path in jobs:
            size = path.stat().st_size if path.exists() else 0
            while pending and (len(pending) >= _AHEAD or size + sum(each for _, each in pending.values()) > _AHEAD_BYTES):
                yield from _done(pending)
            pending[self.threads.submit(self._read, path)] = number, size
        while pending:
            yield from _done(pending)

    def _read(self, path: Path) -> Reading:
        process = self.free.get()
        try:
            return process.read(path)
        finally:
            self.free.put(process)


def _done(pending: dict[Future[Reading], tuple[int, int]]) -> Iterator[tuple[int, Reading]]:
    for future in wait(pending, return_when=FIRST_COMPLETED).done:
        yield pending.pop(future)[0], future.result()


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
    warm_up()
    language_of("loads the model before the first file")
    child: _Child | None = None
    for line in sys.stdin:
        child = child or _Child()
        answer = _assembled(child.ask(line))
        if child.done or answer["state"] != "read":
            child.stop()
            child = None
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    if child:
        child.stop()


class _Child:
    """A forked process within limits, which reads a few files and ends; at once after a file that was not read well."""

    def __init__(self) -> None:
        asked, ask = os.pipe()
        self.answers, answer = os.pipe()
        self.number = os.fork()
        if self.number == 0:
            os.close(ask)
            os.close(self.answers)
            with os.fdopen(asked) as paths, os.fdopen(answer, "w") as out:
                _limit()
                for line in paths:
                    _limit_time()
                    _read_into(Path(json.loads(line)), out)
                    out.flush()
            os._exit(0)
        os.close(asked)
        os.close(answer)
        self.requests = os.fdopen(ask, "w")
        self.left = _FILES

    def ask(self, line: str) -> list[bytes]:
        """What it wrote of one file before it was done, or a limit ended it."""
        self.left -= 1
        try:
            self.requests.write(line)
            self.requests.flush()
        except OSError:
            return []
        return _collect(self.answers)

    @property
    def done(self) -> bool:
        return self.left <= 0

    def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self.requests.close()
        os.close(self.answers)
        os.waitpid(self.number, 0)


def _limit() -> None:
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
            out.write(json.dumps({"page": text}) + "\n")
        found = carried(path, media) or Remark("")
        out.write(json.dumps({"end": "read", "says": found.says, "facts": dict(found.facts)}) + "\n")
    except Unreadable as problem:
        out.write(json.dumps({"end": "unreadable", "says": problem.remark.says, "facts": dict(problem.remark.facts)}) + "\n")
    except BaseException as problem:  # a parser may fail on hostile bytes in any way; the sentence says which
        out.write(json.dumps({"end": "unreadable", "says": FAILED, "facts": {"problem": type(problem).__name__}}) + "\n")


def _limit_time() -> None:
    """So many seconds more than it has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime) + SECONDS, resource.RLIM_INFINITY))


def _collect(answers: int) -> list[bytes]:
    """Whole lines, until the one that ends a file, or until the child ends, is too slow or says too much."""
    blocks, size, ends = [], 0, time.monotonic() + SECONDS * 2
    while size <= OUTPUT:
        ready, _, _ = select.select([answers], [], [], max(ends - time.monotonic(), 0))
        block = os.read(answers, 1 << 20) if ready else b""
        if not block:
            break
        blocks.append(block)
        size += len(block)
        if block.endswith(b"}\n") and b"".join(blocks[-2:]).rpartition(b"\n{")[2].startswith(b'"end"'):
            break
    return b"".join(blocks).split(b"\n")[:-1]


def _assembled(written: list[bytes]) -> dict[str, Any]:
    answer: dict[str, Any] = {"media": "application/octet-stream", "state": "", "pages": [], "says": "", "facts": {}}
    for line in map(json.loads, written):
        if "page" in line:
            answer["pages"].append([line["page"], language_of(line["page"])])
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
