"""Measures the intake of born-digital PDFs beside pdftotext, and its memory as the files grow in number; writes docs/performance-intake.md.

.venv/bin/python benchmarks/intake.py [FILES ...], 100, 1,000 and 10,000 unless told; above 10,000 files have one page, and memory alone is
measured. Needs pdftotext (poppler-utils). The pages are English, French and Spanish: a PDF's own fonts write no other script, and embedding
fonts is what a PDF maker does, not a reader.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from itertools import islice
from pathlib import Path

import corpus

TOP = Path(__file__).resolve().parent.parent
SERVANDA = [sys.executable, "-m", "servanda.cli"]
PAGES_A_FILE, MOST_TIMED = 10, 10_000
# A process counts the memory of what started it until it is its own program: so a small one starts the command, and says how much it took.
_MEASURED = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(status, used.ru_maxrss)
"""


def pdf(texts: list[str]) -> bytes:
    """A PDF with a page for each text, in its own Helvetica."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    pages = []
    for text in texts:
        shown = b"".join(b"(%s) '\n" % _escaped(line) for line in textwrap.wrap(text, 95))
        stream = b"BT /F 10 Tf 12 TL 50 800 Td\n%sET" % shown
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
        objects.append(page % len(objects))
        pages.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(pages))
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return bytes(out) + head + table + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def _escaped(line: str) -> bytes:
    return line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def write_files(folder: Path, count: int) -> int:
    """So many PDFs in a folder; returns the number of their pages."""
    each = PAGES_A_FILE if count <= MOST_TIMED else 1
    texts = (text for _, text in corpus.pages(count * each, languages=("en", "fr", "es")))
    for number in range(count):
        content = pdf(list(islice(texts, each)))
        (folder / f"{number:06}.pdf").write_bytes(content)
    return count * each


def pdftotext(folder: Path) -> float:
    started = time.perf_counter()
    subprocess.run(f"find {folder} -name '*.pdf' -print0 | xargs -0 -I{{}} pdftotext {{}} /dev/null", shell=True, check=True)
    return time.perf_counter() - started


def ours(folder: Path) -> tuple[float, int]:
    """Seconds of the whole command (record, text and index), and the memory of its largest process in MB."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "SERVANDA_HOME": home, "SERVANDA_DATABASE_URL": ""}
        subprocess.run([*SERVANDA, "load"], env=environment, check=True, capture_output=True)
        started = time.perf_counter()
        command = [sys.executable, "-c", _MEASURED, *SERVANDA, "archive", "add", str(folder)]
        status, memory = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()
        assert status == "0"
        return time.perf_counter() - started, int(memory) // 1024


def main() -> None:
    counts = [int(text) for text in sys.argv[1:]] or [100, 1_000, 10_000]
    lines = ["# Intake: measured beside pdftotext", "", "Written by `benchmarks/intake.py`; each pair of runs one after the other.", ""]
    lines += [f"Files of {PAGES_A_FILE} pages with 2–4 KB of text each; ours keeps, reads, describes, records and indexes.", ""]
    lines += [
        "| files | pages | ours, pages a second | pdftotext | ours over pdftotext | memory of our largest process |",
        "|---|---|---|---|---|---|",
    ]
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            pages = write_files(Path(folder), count)
            rounds = 3 if count <= 1_000 else 1
            timed = count <= MOST_TIMED
            theirs = statistics.median(pdftotext(Path(folder)) for _ in range(rounds)) if timed else 0
            runs = [ours(Path(folder)) for _ in range(rounds)]
        seconds, memory = statistics.median(seconds for seconds, _ in runs), max(memory for _, memory in runs)
        ours_over = f"{pages / theirs:.0f} | {theirs / seconds:.0%}" if timed else "– | –"
        lines.append(f"| {count:,} | {pages:,} | {pages / seconds:.0f} | {ours_over} | {memory} MB |")
        print(lines[-1], flush=True)
    lines += [
        "",
        "Limits: at least 80 % of the pages a second of one pdftotext process; at most 400 MB, the same for any number of files.",
        "",
    ]
    (TOP / "docs" / "performance-intake.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
