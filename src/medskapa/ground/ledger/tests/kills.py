"""Killing writers in the middle of their work, and looking at what is left."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from medskapa.ground.ledger import withdrawn_log
from medskapa.ground.ledger.proof import FIELDS, Verdict, line_of, verify_lines

AT_ONCE = 2  # writers that write at the same time


@dataclass
class Aftermath:
    """What was acknowledged, and what the store says after the last kill."""

    kills: int = 0
    acknowledged: dict[int, str] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    half_done: list[str] = field(default_factory=list)
    unlogged: set[str] = field(default_factory=set)
    integrity: str = ""
    verdict: Verdict = field(default_factory=Verdict)


def kill_writers(folder: Path, kills: int, seed: int = 0) -> Aftermath:
    """Start two writers on one store, kill one after a few of their actions, start another, and so on; then look."""
    chance, after = random.Random(seed), Aftermath()
    command = [sys.executable, "-m", "medskapa.ground.ledger.tests.writer", str(folder)]
    source = str(Path(__file__).parents[4])
    process = subprocess.Popen(command, env={"PYTHONPATH": source}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    alive: list[int] = []
    try:
        while after.kills < kills or alive:
            if after.kills + len(alive) < kills and len(alive) < AT_ONCE:
                _say(process, "go")
            _listen(process, alive, after, chance.randint(1, 12))
            _kill(process, alive.pop(chance.randrange(len(alive))), alive, after)
    finally:
        process.kill()
        process.communicate()
    _look(folder, after)
    return after


def _say(process: subprocess.Popen, word: str) -> None:
    assert process.stdin
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def _listen(process: subprocess.Popen, alive: list[int], after: Aftermath, acknowledgements: int) -> None:
    """Until so many actions are acknowledged and somebody is alive."""
    heard = 0
    while heard < acknowledgements or not alive:
        heard += _hear(process, alive, after) == "ack"


def _kill(process: subprocess.Popen, pid: int, alive: list[int], after: Aftermath) -> None:
    os.kill(pid, signal.SIGKILL)
    after.kills += 1
    while _hear(process, alive, after) != f"dead {pid}":
        pass


def _hear(process: subprocess.Popen, alive: list[int], after: Aftermath) -> str:
    assert process.stdout
    words = process.stdout.readline().split()
    assert words, "the writers' parent ended"
    if words[0] == "pid":
        alive.append(int(words[1]))
    elif words[0] == "ack":
        after.acknowledged[int(words[1])] = words[2]
        return "ack"
    return " ".join(words)


def _look(folder: Path, after: Aftermath) -> None:
    store = sqlite3.connect(folder / "store.sqlite3")
    store.row_factory = sqlite3.Row
    after.integrity = store.execute("PRAGMA integrity_check").fetchone()[0]
    records = [_content(row) for row in store.execute("SELECT * FROM ledger_record ORDER BY chain, number")]
    after.verdict = verify_lines(line_of(record).encode() for record in records)
    kept = {record["number"]: record["hash"] for record in records}
    after.lost = [number for number, hashed in after.acknowledged.items() if kept.get(number) != hashed]
    noted = {record["about"][0].partition(":")[2] for record in records}
    tasks = [row[0] for row in store.execute("SELECT task FROM ledger_due")]
    keys = dict(store.execute("SELECT public_id, destroyed_at IS NOT NULL FROM ledger_datakey").fetchall())
    whole = {f"{key} {part}" for key in noted for part in ("one", "two")}
    after.half_done = sorted(whole.symmetric_difference(tasks) | noted.symmetric_difference(keys))
    after.unlogged = {key for key, is_destroyed in keys.items() if is_destroyed} - withdrawn_log.read(folder / "withdrawn.log").ids
    store.close()


def _content(row: sqlite3.Row) -> dict[str, object]:
    content = {name: row[name] for name in (*FIELDS, "hash")}
    moment = row["at"].replace(" ", "T")
    moment = moment if "." in moment else f"{moment}.000000"
    return content | {
        "at": f"{moment}Z",
        "roles": json.loads(row["roles"]),
        "about": json.loads(row["about"]),
        "reading": bool(row["reading"]),
    }
