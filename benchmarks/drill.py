"""`make drill`: the long promises at full size. What this machine cannot run is named."""

import csv
import http.client
import os
import random
import re
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.backup import figures as backup_figures
from benchmarks.figures import ROOT, Figure
from benchmarks.load import memory_mib
from medskapa.ground.web.sheets import sheet
from tests.serving import Server, medskapa, serving

KILLS = 20
CELLS = 10_000
SIGNS = "=+-@|%＝＋－＠\t\r\n\x00 \ufeff\u200b\u00a0'a1"  # what formulas begin with, written in several ways, and what stands before it
LAB = re.compile(r'href="(/en/labs/[a-z0-9-]+/)"')
FIELD = re.compile(r'name="(a_[A-Za-z0-9_-]+)"')


def run() -> tuple[list[Figure], list[str]]:
    """The figures, and what could not run."""
    with tempfile.TemporaryDirectory(prefix="medskapa-drill-") as folder:
        base = Path(folder)
        figures = [*_fresh_install(base / "fresh"), *_demo(base / "demo"), *_kills(base / "kills"), *backup_figures(base / "backup")]
        audited, not_audited = _advisories(base / "audit")
        opened, not_opened = _formulas(base / "sheets")
    return figures + audited + opened, not_audited + not_opened


def _fresh_install(folder: Path) -> list[Figure]:
    """A new environment from the lock file, the package in it, the demo lab, the first page."""
    folder.mkdir()
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--require-hashes", "-r", ROOT / "requirements.txt"], check=True)
    source = shutil.copytree(ROOT, folder / "source", ignore=shutil.ignore_patterns(".venv", "var", ".git", "__pycache__", ".*_cache"))
    wheel = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder / "dist", source]
    subprocess.run(wheel, check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", *(folder / "dist").glob("*.whl")], check=True)
    command = [folder / "venv" / "bin" / "medskapa", "demo"]
    subprocess.run(command, check=True, cwd=folder, env={"PATH": "/usr/bin:/bin", "MEDSKAPA_DATA": str(folder / "var")})
    return [Figure("fresh install to a loaded demo lab", time.monotonic() - started, "s", "<= 120")]


def _demo(data: Path) -> list[Figure]:
    started = time.monotonic()
    loaded = medskapa("demo", MEDSKAPA_DATA=str(data))
    taken = time.monotonic() - started
    assert loaded.returncode == 0, loaded.stderr
    with serving(data) as server:
        assert server.get("/en/")[0] == 200
        memory = memory_mib(server)
    return [Figure("demo lab loaded, start included", taken, "s", "<= 20"), Figure("memory, demo lab", memory, "MiB PSS", "<= 200")]


def _kills(data: Path) -> list[Figure]:
    """Kill everything at any moment while stories are told: what was thanked for is there, the store and the chain are whole."""
    assert medskapa("demo", MEDSKAPA_DATA=str(data)).returncode == 0
    told = lost = broken = 0
    for number in range(KILLS):
        before = _stories(data)
        thanked = _killed_while_telling(data, after=0.3 + 0.11 * number)
        told += thanked
        lost += max(0, thanked - (_stories(data) - before))
        broken += not _is_whole(data)
    return [
        Figure("stories told while everything was killed", told, "", ">= 20"),
        Figure(f"of them lost in {KILLS} kills", lost, "", "== 0"),
        Figure(f"stores broken by {KILLS} kills", broken, "", "== 0"),
    ]


def _killed_while_telling(data: Path, *, after: float) -> int:
    """How many stories were answered with a code before the server was killed."""
    thanked = 0
    with serving(data) as server:
        lab, field = _where_to_tell(server)
        threading.Timer(after, os.killpg, (server.process.pid, signal.SIGKILL)).start()
        while server.process.poll() is None:
            thanked += _tell(server, lab, field)
    return thanked


def _where_to_tell(server: Server) -> tuple[str, str]:
    """The address of the demo lab, and the name of the field of its first question."""
    lab = LAB.search(server.get("/en/")[1])
    assert lab, "the demo lab is not on the first page"
    field = FIELD.search(server.get(f"{lab[1]}tell/")[1])
    assert field, "the telling asks nothing"
    return lab[1], field[1]


def _tell(server: Server, lab: str, field: str) -> bool:
    """Tell a story; whether it was answered with a code."""
    answers = urlencode({"form_key": secrets.token_urlsafe(18), field: "I waited.", "wish": "team"}).encode()
    request = urllib.request.Request(f"{server.url}{lab}tell/send/", answers, {"Origin": server.url})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):
        return False


def _stories(data: Path) -> int:
    with closing(sqlite3.connect(data / "medskapa.sqlite3")) as store:
        return int(store.execute("SELECT count(*) FROM listening_story").fetchone()[0])


def _is_whole(data: Path) -> bool:
    with closing(sqlite3.connect(data / "medskapa.sqlite3")) as store:
        is_whole = store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        is_whole = is_whole and not store.execute("PRAGMA foreign_key_check").fetchall()
    chain = data / "chain.jsonl"
    exported = medskapa("audit", "export", str(chain), MEDSKAPA_DATA=str(data)).returncode
    return is_whole and exported == 0 and medskapa("audit", "verify", str(chain)).returncode == 0


def _advisories(folder: Path) -> tuple[list[Figure], list[str]]:
    """Known faults of what we depend on, from an environment of its own; a skipped package counts as a fault."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    if subprocess.run(
        [python, "-m", "pip", "install", "-q", "--require-hashes", "-r", ROOT / "requirements-audit.txt"], check=False
    ).returncode:
        return [], ["pip-audit (it cannot be installed here)"]
    command = [python, "-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes", "-r", ROOT / "requirements.txt"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if "Name" not in done.stdout and done.returncode:
        return [], ["pip-audit (no advisory data answer here)"]
    sys.stderr.write(done.stdout)
    return [Figure("known faults of dependencies", done.stdout.count("\n") - 2 if done.returncode else 0, "", "== 0")], []


def _formulas(folder: Path) -> tuple[list[Figure], list[str]]:
    """How many of 10,000 hostile cells LibreOffice reckons with when it opens our table; and how many, were they not guarded."""
    if not (office := shutil.which("soffice")):
        return [], ["the opening of tables in LibreOffice (install libreoffice-calc)"]
    folder.mkdir()
    lot = random.Random(20)  # the drill is the same every time
    cells = ["".join(lot.choices(SIGNS, k=lot.randint(1, 6))) + "1+1" for _cell in range(CELLS)]
    (folder / "guarded.csv").write_bytes(sheet("guarded", ["cell"], ([cell] for cell in cells)).content)
    with (folder / "bare.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([cell] for cell in cells)
    opened = [office, "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--convert-to", "fods", "--outdir", folder]
    subprocess.run([*opened, *folder.glob("*.csv")], check=True, capture_output=True, timeout=300)
    formulas = {name: (folder / f"{name}.fods").read_text(encoding="utf-8").count("table:formula=") for name in ("guarded", "bare")}
    return [
        Figure(f"formulas that LibreOffice finds in {CELLS:,} cells of a table of ours", formulas["guarded"], "", "== 0"),
        Figure("formulas in the same cells without our quotes", formulas["bare"], "", ">= 1"),
    ], []
