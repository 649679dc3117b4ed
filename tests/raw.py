"""A folder of an installation in which a script lived, with all that it left there: to look for what must not stand readable in it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.serving import bare_environment


def lived_in(folder: Path, script: str) -> str:
    """Run a script where the store is, with the folder as its argument; gives its last line, which alone is not kept in the folder."""
    (folder / "tmp").mkdir()
    variables = {"MEDSKAPA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "medskapa.config.settings", "TMPDIR": str(folder / "tmp")}
    environment = bare_environment(**variables, PYTHONPATH=os.pathsep.join(sys.path))
    command = [sys.executable, "-W", "ignore", "-c", script, str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    *lines, last = done.stdout.splitlines()
    (folder / "said.log").write_text("\n".join([done.stderr, *lines]), encoding="utf-8")
    return last
