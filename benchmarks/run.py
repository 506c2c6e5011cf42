"""Measures what the house promises about speed and writes docs/performance.md; ratios are of runs interleaved in one go.

make bench
"""

import asyncio
import os
import platform
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path

import peers

from servanda.treaty.apportionment import apportion
from servanda.treaty.financing import compare, read_budget
from servanda.treaty.law import load_law
from servanda.treaty.money import Money
from servanda.treaty.risk import load_calibration, simulate
from servanda.treaty.scaling import Bounds, share, to_units
from servanda.treaty.status import status_table
from servanda.treaty.texts import DATA

TOP = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
PYTHON = sys.executable
HELLO = """
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x", MIDDLEWARE=[])
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("hello", headers={"Content-Length": "5"}))]
application = get_wsgi_application()
"""


def median_ms(run: Callable[[], object], times: int = 7) -> float:
    found = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        found.append((time.perf_counter() - started) * 1000)
    return statistics.median(found)


def cold() -> list[tuple[str, str, str]]:
    """A law command from cold beside a bare Python, run in turn."""
    bare, command = [], []
    for _ in range(11):
        bare.append(median_ms(lambda: subprocess.run([PYTHON, "-c", "pass"]), 1))
        words = [PYTHON, "-m", "servanda.cli", "status", "--format", "json"]
        command.append(median_ms(lambda words=words: subprocess.run(words, stdout=subprocess.DEVNULL), 1))
    nothing, law = statistics.median(bare), statistics.median(command)
    limit = 3 * nothing + 150
    return [("law command from cold", f"{law:.0f} ms (bare Python {nothing:.0f} ms)", f"at most 3 × bare + 150 = {limit:.0f} ms")]


def engine() -> list[tuple[str, str, str]]:
    law = load_law()
    budget = read_budget(law, (DATA / "finance" / "sample-budget.yaml").read_bytes(), "sample")
    models = [law.model(name) for name in ("assessed", "voluntary", "hybrid")]
    scale = law.scale("2026")
    members = {iso3: rate.percent for iso3, rate in scale.rates.items() if iso3 not in scale.outside}
    weights = {iso3: int(percent * 1000) for iso3, percent in members.items()}
    pool = Money(500_000_00, law.currency("CHF"))
    bounds = {iso3: Bounds(pool.units * members[iso3] / 200, pool.units * members[iso3] / 60 + 100) for iso3 in members}

    def limits() -> None:
        to_units(pool.units, share(pool.units * (members["LAO"] / members["LAO"]), members, bounds), bounds)

    def whole() -> None:
        apportion(pool=pool, model=law.model("plain-scale"), payers=list(members), scale=scale)

    def three() -> None:
        status_table.cache_clear()
        compare(law, budget, models, TODAY)

    result = compare(law, budget, models[:1], TODAY).results[0]
    calibration = load_calibration(law)
    risk = statistics.median(median_ms(lambda: simulate(budget, result, calibration, scenarios=100_000), 1) for _ in range(3))
    return [
        ("compare three models over 112 States", f"{median_ms(three):.1f} ms", "at most 20 ms"),
        ("one pool over 193 States, largest remainder", f"{median_ms(lambda: pool.split(weights), 51):.2f} ms", "at most 0.3 ms"),
        ("the same with joint floors and ceilings", f"{median_ms(limits, 21):.1f} ms", "at most 5 ms"),
        ("the same as `apportion`, every row with its working", f"{median_ms(whole, 11):.1f} ms", "no limit set"),
        ("risk, 100,000 scenarios × 112 payers × 4 quarters", f"{risk / 1000:.2f} s", "at most 0.6 s"),
        ("memory of that process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", "at most 150 MB"),
    ]


async def fetch(host: str, port: int, path: str, until: float) -> int:
    """Requests answered on one kept connection until a moment."""
    reader, writer = await asyncio.open_connection(host, port)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    count = 0
    while time.perf_counter() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n")[0], head[:100]
        await body(reader, head.lower())
        count += 1
    writer.close()
    return count


async def body(reader: asyncio.StreamReader, head: bytes) -> None:
    """Read one answer's body, of stated length or in chunks."""
    if b"content-length:" in head:
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


def rate(port: int, path: str, seconds: float = 2.0) -> float:
    async def all_of_them() -> float:
        until = time.perf_counter() + seconds
        return sum(await asyncio.gather(*(fetch("127.0.0.1", port, path, until) for _ in range(16)))) / seconds

    return asyncio.run(all_of_them())


def served() -> list[tuple[str, str, str]]:
    """Our pages beside a Django "hello" without middleware, under the same server command, in turn."""
    home = tempfile.mkdtemp()
    Path(home, "hello.py").write_text(HELLO)
    environment = {**os.environ, "SERVANDA_HOME": home, "PYTHONPATH": home}
    started = time.perf_counter()
    subprocess.run([PYTHON, "-m", "servanda.cli", "load"], env=environment, check=True, stdout=subprocess.DEVNULL)
    loaded = time.perf_counter() - started
    command = [PYTHON, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1", "--no-access-log"]
    command += ["--log-level", "error"]
    environment["DJANGO_SETTINGS_MODULE"] = "servanda.office.config.settings"
    ours = subprocess.Popen([*command, "--port", "8571", "servanda.office.config.wsgi:application"], env=environment)
    hello = subprocess.Popen([*command, "--port", "8572", "hello:application"], env=environment)
    rows = [("data load into an empty database", f"{loaded:.1f} s", "at most 5 s")]
    try:
        time.sleep(4)
        for path in ("/", "/states/", "/states/LAO/"):
            pairs = [(rate(8571, path), rate(8572, "/")) for _ in range(3)]
            share_of = statistics.median(mine / bare for mine, bare in pairs)
            mine = statistics.median(mine for mine, _ in pairs)
            rows.append((f"`{path}`, warm", f"{mine:.0f} requests/s, {share_of:.0%} of hello", "at least 60 %"))
        uncached = []
        for year in range(2010, 2026):
            began = time.perf_counter()
            with urllib.request.urlopen(f"http://127.0.0.1:8571/states/LAO/?on={year}-09-01") as answer:
                answer.read()
            uncached.append((time.perf_counter() - began) * 1000)
        rows.append(("an uncached State record, whole request", f"{statistics.median(uncached):.0f} ms", "at most 60 ms"))
        rows += beside(home)
        rows.append(("memory of a serving process", f"{memory(ours.pid)} MB", "at most 150 MB"))
    finally:
        ours.terminate()
        hello.terminate()
    return rows


def beside(home: str) -> list[tuple[str, str, str]]:
    """Our list of States beside the same kind of page of two peers, in turn."""
    rows = []
    for number, start in enumerate((peers.datasette, peers.wagtail)):
        port = 8573 + number
        served, path = start(Path(home, "peers", start.__name__), Path(home, "servanda.sqlite3"), port)
        try:
            time.sleep(6)
            pairs = [(rate(8571, "/states/"), rate(port, path)) for _ in range(3)]
        finally:
            served.terminate()
        theirs = statistics.median(other for _, other in pairs)
        ratio = statistics.median(mine / max(other, 0.1) for mine, other in pairs)
        rows.append(
            (f"the list of States in {start.__name__}", f"{theirs:.0f} requests/s; ours, kept, {ratio:.0f} times that", "beside ours")
        )
    return rows


def from_nothing() -> list[tuple[str, str, str]]:
    """`make run` in a new clone of the last commit, its package cache warm, to the first page."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "--quiet", str(TOP), f"{folder}/clone"], check=True)
        environment = {**os.environ, "SERVANDA_HOME": f"{folder}/home"}
        options = {"cwd": f"{folder}/clone", "env": environment, "stdout": subprocess.DEVNULL}
        subprocess.run(["make", "install"], check=True, **options)
        shutil.rmtree(f"{folder}/clone/.venv")
        started = time.perf_counter()
        serving = subprocess.Popen(["make", "run", "PORT=8579"], start_new_session=True, **options)
        wait_for("http://127.0.0.1:8579/")
        took = time.perf_counter() - started
        os.killpg(serving.pid, signal.SIGTERM)
        serving.wait()
    return [("`make run` from nothing, warm package cache, to the first page", f"{took:.0f} s", "at most 30 s")]


def wait_for(address: str) -> None:
    while True:
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.1)


def memory(pid: int) -> int:
    """Resident memory in MB of the largest process under `pid`."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    sizes = [Path(f"/proc/{each}/status").read_text().split("VmRSS:")[1].split()[0] for each in [str(pid), *children]]
    return max(map(int, sizes)) // 1024


def main() -> None:
    rows = [*cold(), *engine(), *served(), *from_nothing()]
    text = [
        "# Performance",
        "",
        f"Measured by `make bench` on {platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores.",
    ]
    text += ["Ratios compare runs interleaved in one go; read differences below a factor of 1.5 as none.", ""]
    text += ["| what | measured | limit |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows), ""]
    (TOP / "docs" / "performance.md").write_text("\n".join(text), encoding="utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main()
