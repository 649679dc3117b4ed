"""Static files are collected once for each version of them, so that a second start costs nothing."""

import hashlib
import os
from pathlib import Path

STAMP = "collected"


def collect_static() -> None:
    """Collect the static files into the data folder, unless these very files lie there already."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT, STAMP)
    state = _state([storage.path(name) for finder in get_finders() for name, storage in finder.list([])])
    if stamp.is_file() and stamp.read_text(encoding="ascii") == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state, encoding="ascii")


def _state(paths: list[str]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        status = os.stat(path)  # noqa: PTH116  # a few hundred files at every start
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
