"""How long a backup and a restore take that hold many pictures, and whether they fit into a small machine's memory."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from benchmarks.figures import Figure
from tests.sending import inside
from tests.serving import COMMAND, bare_environment, medskapa

MIB = 1024  # of pictures, as incompressible as sealed ones are
TEN_GB = 10 * 10**9 / 2**20
FILL = f"""
from random import Random
from medskapa.stages.listening.models import Picture, Story
chance, stories, left = Random(25), list(Story.objects.select_related("lab")), {MIB} * 2**20
while left > 0:
    sizes = [chance.randint(2**17, 2**20) for _picture in range(20)]
    left -= sum(sizes)
    Picture.objects.bulk_create(
        Picture(lab=story.lab, story=story, sealed=chance.randbytes(size), width=1200, height=900)
        for size in sizes for story in [chance.choice(stories)]
    )
"""


def figures(folder: Path) -> list[Figure]:
    """The demo lab with a gigabyte of pictures, backed up and restored into an empty store. Its files are removed."""
    here, there, file = folder / "here", folder / "there", folder / "file.medskapa"
    assert medskapa("demo", MEDSKAPA_DATA=str(here)).returncode == 0
    inside(here, FILL, {})
    there.mkdir()
    shutil.copy2(here / "key", there / "key")
    assert medskapa("migrate", MEDSKAPA_DATA=str(there)).returncode == 0
    backed_up = _timed(here, "backup", str(file))
    restored = _timed(there, "restore", str(file), "--without-withdrawals")
    shutil.rmtree(folder)
    return [figure for what, took in (("backup", backed_up), ("restore", restored)) for figure in _told(what, *took)]


def _timed(data: Path, *arguments: str) -> tuple[float, float]:
    """Seconds that a command takes, and the most MiB of memory that it holds."""
    started = time.monotonic()
    process = subprocess.Popen([*COMMAND, *arguments], env=bare_environment(MEDSKAPA_DATA=str(data)), stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return time.monotonic() - started, used.ru_maxrss / 1024


def _told(what: str, seconds: float, memory: float) -> list[Figure]:
    rate = MIB / seconds
    return [
        Figure(f"{what} of the demo lab with {MIB:,} MiB of pictures", rate, "MiB/s", ">= 35"),
        Figure(f"{what} of 10 GB at this rate", TEN_GB / rate, "s", "<= 300"),
        Figure(f"memory of this {what}", memory, "MiB", "<= 300"),
    ]
