"""Measures the archive and writes docs/performance-documents.md: search beside its peers, a document's page, verify, OAI.

.venv/bin/python benchmarks/documents.py [PAGES [FOLDER]], 100,000 unless told. A folder is kept, and what stands in it is not made again: a
million pages take their time. The record is written by a process of its own, so that what asks is as small as what serves. Needs PostgreSQL
(SERVANDA_TEST_POSTGRES) and, for Xapian, the system's python3-xapian; what is missing is said in the page.
"""

import gc
import hashlib
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

HOME = Path(os.environ.get("SERVANDA_BENCH_HOME") or (sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="servanda-bench-")))
os.environ.update({"SERVANDA_HOME": str(HOME), "SERVANDA_DATABASE_URL": ""})

import corpus  # noqa: E402  the home folder is named before the office is loaded
import psycopg  # noqa: E402

from servanda.office.config.setup import set_up  # noqa: E402

TOP = Path(__file__).resolve().parent.parent
MOST_FOR_PEERS = 100_000
NOW = datetime(2026, 11, 23, tzinfo=UTC)
POSTGRES = os.environ.get("SERVANDA_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
FIELDS = ("meeting", "year", "kind", "language", "state", "theme")
COUNTS = " UNION ALL ".join(f"SELECT '{name}', {name}, count(*) FROM found GROUP BY {name}" for name in FIELDS)


def fields(number: int, language: str) -> dict[str, str]:
    """The facets of a page, drawn by its number."""
    draw = random.Random(number)
    return {
        "meeting": draw.choice(("1msp", "2msp", "3msp", "4msp", "5msp", "1rc", "6msp", "7msp")),
        "year": str(draw.randint(2010, 2026)),
        "kind": draw.choice(("statement", "working-paper", "letter", "other")),
        "language": language,
        "state": draw.choice(("LAO", "AUT", "NOR", "IRL", "LBN", "ZMB", "MEX", "JPN", "HRV", "CHE")),
        "theme": draw.choice(("clearance", "victim-assistance", "universalization", "")),
    }


def write_pages(count: int) -> Path:
    path = HOME / "pages.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, (language, text) in enumerate(corpus.pages(count)):
            file.write(json.dumps({"text": text, **fields(number, language)}, ensure_ascii=False) + "\n")
    return path


def written(count: int) -> tuple[Path, float]:
    """The pages, and the seconds their index took; both made by another process unless the folder holds them."""
    took = HOME / "seconds"
    if not took.exists():
        subprocess.run([sys.executable, __file__, str(count)], env={**os.environ, "SERVANDA_BENCH_HOME": str(HOME)}, check=True)
    return HOME / "pages.jsonl", float(took.read_text())


def write_all(count: int) -> None:
    from servanda.office.config.commands import load_when_empty

    load_when_empty()
    (HOME / "seconds").write_text(f"{ours(write_pages(count)):.1f}")


def ours(path: Path) -> float:
    """The whole record and its index: a document for every page; the seconds the index took."""
    from servanda.office.archive.models import Author, File, Page, Title, Version, Work
    from servanda.office.archive.operations.indexing import rebuild_index

    with path.open(encoding="utf-8") as file:
        for start, batch in enumerate(_batches(file, 5_000)):
            rows = [json.loads(line) for line in batch]
            first = start * 5_000
            named = [f"d{first + number:09}" for number in range(len(rows))]
            works = Work.objects.bulk_create(
                Work(
                    identifier=name,
                    kind=row["kind"],
                    meeting=row["meeting"],
                    dated=row["year"],
                    theme=row["theme"],
                    source="made",
                    standing="kept",
                    changed_at=NOW,
                )
                for name, row in zip(named, rows, strict=True)
            )
            files = File.objects.bulk_create(
                File(
                    sha256=hashlib.sha256(name.encode()).hexdigest(), size=1, media="text/plain", reading="read", page_count=1, kept_at=NOW
                )
                for name in named
            )
            both = list(zip(works, files, rows, strict=True))
            Title.objects.bulk_create(Title(work=work, language=row["language"], text=row["text"][:60]) for work, _, row in both)
            Author.objects.bulk_create(Author(work=work, state=row["state"]) for work, _, row in both)
            Version.objects.bulk_create(
                Version(work=work, language=row["language"], file=file, name="made", added_at=NOW) for work, file, row in both
            )
            Page.objects.bulk_create(Page(file=file, number=1, text=row["text"], language=row["language"]) for _, file, row in both)
    started = time.perf_counter()
    rebuild_index(at=NOW)
    return time.perf_counter() - started


def _batches(lines: object, size: int) -> object:
    batch = []
    for line in lines:
        batch.append(line)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def our_search() -> Callable[[str], int]:
    from servanda.office.archive.queries.search import search
    from servanda.office.common.policies import ANYONE

    return lambda text: search(text, ANYONE, on=NOW.date()).count


def once(name: str, make: Callable[[], None]) -> None:
    """Make a peer's store, unless the folder says that it stands."""
    mark = HOME / f"made-{name}"
    if not mark.exists():
        make()
        mark.touch()


def fts5(path: Path) -> Callable[[str], int]:
    base = sqlite3.connect(HOME / "fts.db")
    once("fts5", lambda: _fill_fts5(base, path))

    def ask(text: str) -> int:
        found = f"WITH found AS MATERIALIZED (SELECT facts.* FROM pages JOIN facts ON facts.id = pages.rowid WHERE pages MATCH ?) {COUNTS}"
        counts = base.execute(found, (text,)).fetchall()
        base.execute(
            "SELECT rowid, snippet(pages, 0, '[', ']', '…', 32) FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT 20", (text,)
        ).fetchall()
        return sum(count for name, _, count in counts if name == "language")

    return ask


def _fill_fts5(base: sqlite3.Connection, path: Path) -> None:
    base.execute("CREATE VIRTUAL TABLE pages USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    base.execute(f"CREATE TABLE facts (id INTEGER PRIMARY KEY, {', '.join(FIELDS)})")
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            row = json.loads(line)
            base.execute("INSERT INTO pages (rowid, text) VALUES (?, ?)", (number, row["text"]))
            base.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)", (number, *(row[name] for name in FIELDS)))
    base.commit()


def gin(path: Path) -> Callable[[str], int] | None:
    try:
        base = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        return None
    once("gin", lambda: _fill_gin(base, path))

    def ask(text: str) -> int:
        query = (
            f"{text[:-1]}:*"
            if text.endswith("*")
            else " <-> ".join(text.strip('"').split())
            if text[0] == '"'
            else " & ".join(text.split())
        )
        found = f"WITH found AS MATERIALIZED (SELECT {', '.join(FIELDS)} FROM bench_pages WHERE vector @@ %s::tsquery) {COUNTS}"
        counts = base.execute(found, [query.lower()]).fetchall()
        best = "SELECT text FROM bench_pages WHERE vector @@ %s::tsquery ORDER BY ts_rank(vector, %s::tsquery) DESC LIMIT 20"
        base.execute(f"SELECT ts_headline('simple', text, %s::tsquery) FROM ({best}) AS best", [query.lower()] * 3).fetchall()
        return sum(count for name, _, count in counts if name == "language")

    return ask


def _fill_gin(base: psycopg.Connection, path: Path) -> None:
    base.execute("DROP TABLE IF EXISTS bench_pages")
    base.execute(f"CREATE TABLE bench_pages (id serial, text text, vector tsvector, {', '.join(f'{name} text' for name in FIELDS)})")
    columns = f"text, {', '.join(FIELDS)}"
    with path.open(encoding="utf-8") as file, base.cursor() as cursor, cursor.copy(f"COPY bench_pages ({columns}) FROM STDIN") as copy:
        for line in file:
            row = json.loads(line)
            copy.write_row([row["text"], *(row[name] for name in FIELDS)])
    base.execute("UPDATE bench_pages SET vector = to_tsvector('simple', text)")
    base.execute("CREATE INDEX ON bench_pages USING gin (vector)")
    base.execute("VACUUM ANALYZE bench_pages")


def xapian(path: Path) -> Callable[[str], int] | None:
    command = ["/usr/bin/python3", str(TOP / "benchmarks" / "xapian_peer.py"), str(HOME / "xapian"), str(path)]
    peer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if peer.stdout.readline().strip() != "ready":
        return None

    def ask(text: str) -> int:
        peer.stdin.write(text + "\n")
        peer.stdin.flush()
        return int(peer.stdout.readline().split()[1])

    return ask


def timed(engines: dict[str, Callable[[str], int]]) -> list[tuple[str, str, float, float]]:
    """For each kind of question and each engine: the median and the 95th percentile, in milliseconds.

    All are asked the same, one engine after the other in one run; each is first asked a few questions of the kind that do not count, so
    that none pays for what the one before left in the caches.
    """
    gc.collect()
    gc.freeze()  # as a server does once it stands
    rows, others = [], corpus.questions(seed=12)
    for kind, texts in corpus.questions().items():
        for name, ask in engines.items():
            times: list[float] = []
            for text in [*others[kind][:5], *texts]:
                started = time.perf_counter()
                ask(text)
                times.append((time.perf_counter() - started) * 1000)
            found = times[5:]
            rows.append((kind, name, statistics.median(found), sorted(found)[int(len(found) * 0.95)]))
            print(f"{kind:10} {name:12} p50 {rows[-1][2]:8.1f}  p95 {rows[-1][3]:8.1f} ms", flush=True)
    return rows


def pages_of_the_site(count: int) -> list[tuple[str, str, str]]:
    """A document's page and the search page as a visitor asks for them, uncached; OAI at its beginning and its end."""
    from django.test import Client

    from servanda.office.archive.out.oai import Place

    client, rows = Client(), []

    def median(addresses: list[str]) -> float:
        found = []
        for address in addresses:
            started = time.perf_counter()
            assert client.get(address).status_code == 200
            found.append((time.perf_counter() - started) * 1000)
        return statistics.median(found)

    rows.append(("a document's page, uncached", f"{median([f'/documents/d{number:09}/' for number in range(50)]):.0f} ms", "60 ms"))
    rows.append(
        (
            "the search page, uncached",
            f"{median([f'/documents/?q={text}' for text in corpus.questions()['common']]):.0f} ms",
            "answer + 40 ms",
        )
    )
    ends = [Place(at=NOW.isoformat(), number=number) for number in (0, count - 200)]
    first, last = (median([f"/oai?verb=ListRecords&resumptionToken={place.token()}"] * 9) for place in ends)
    rows.append(("an OAI page at the end over one at the start", f"{last / first:.2f}", "the same"))
    return rows


def proof() -> tuple[str, str, str]:
    """Verify beside sha256sum on the same files, in turn."""
    from django.conf import settings

    from servanda.office.archive.models import File
    from servanda.office.archive.operations.trust import verify
    from servanda.office.archive.queries.visible import store

    File.objects.all().update(destroyed_at=NOW, destroyed_by="bench", destroyed_for="not on disk")
    draw = random.Random(3)
    for _ in range(400):
        (HOME / "part").write_bytes(draw.randbytes(1_000_000))
        with open(HOME / "part", "rb") as source:
            kept = store().keep(source)
        said = {"size": kept.size, "media": "application/pdf", "reading": "read", "kept_at": NOW, "destroyed_at": None}
        File.objects.update_or_create(sha256=kept.sha256, defaults=said)
    ours_s, theirs_s = [], []
    for _ in range(5):
        started = time.perf_counter()
        assert not verify(by="bench", at=NOW).findings
        ours_s.append(time.perf_counter() - started)
        started = time.perf_counter()
        subprocess.run(f"find {settings.FILES} -type f -print0 | xargs -0 sha256sum > /dev/null", shell=True, check=True)
        theirs_s.append(time.perf_counter() - started)
    ratio = statistics.median(theirs_s) / statistics.median(ours_s)
    return "verify over sha256sum, bytes a second", f"{ratio:.0%}", "at least 70 %"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    set_up()
    if "SERVANDA_BENCH_HOME" in os.environ:
        return write_all(count)
    path, seconds = written(count)
    print(f"index of {count} pages: {seconds:.0f} s", flush=True)
    peers = {"SQLite FTS5": fts5(path), "PostgreSQL GIN": gin(path), "Xapian": xapian(path)} if count <= MOST_FOR_PEERS else {}
    engines = {"Servanda": our_search(), **{name: ask for name, ask in peers.items() if ask}}
    rows = timed(engines)
    others = [*pages_of_the_site(count), proof()]
    others.append(("index written, analysis included", f"{count / seconds:.0f} pages a second", "–"))
    others.append(
        ("memory of the process that asks, at its highest", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", "–")
    )
    write(count, rows, others, [name for name, ask in peers.items() if ask is None])
    if len(sys.argv) < 3:
        shutil.rmtree(HOME, ignore_errors=True)


def write(count: int, rows: list[tuple[str, str, float, float]], others: list[tuple[str, str, str]], missing: list[str]) -> None:
    """The page; a run with another number of pages writes another page."""
    lines = [
        f"# Documents: measured with {count:,} pages",
        "",
        "Written by `benchmarks/documents.py`; one run, the same questions asked of all.",
        "",
    ]
    lines += ["Every answer holds the first twenty pages with their passages, the count, and the counts of six facets.", ""]
    lines += ["| question | engine | p50 | p95 | p95 over ours |", "|---|---|---|---|---|"]
    base = {kind: p95 for kind, name, _, p95 in rows if name == "Servanda"}
    lines += [f"| {kind} | {name} | {p50:.1f} ms | {p95:.1f} ms | {p95 / base[kind]:.1f} |" for kind, name, p50, p95 in rows]
    lines += ["", "| what | measured | limit |", "|---|---|---|", *(f"| {what} | {value} | {limit} |" for what, value, limit in others), ""]
    lines += [f"Left out, because not installed: {', '.join(missing)}.", ""] if missing else []
    (TOP / "docs" / f"performance-documents-{count}.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
