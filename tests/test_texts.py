"""Catalogues: up to date with the source, whole in each language that covers every page, compiled from what is written."""

import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "medskapa" / "locale"


def test_every_catalogue_is_up_to_date_and_whole():
    found = subprocess.run([sys.executable, "tools/texts.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (found.stdout, found.stderr) == ("", "")


def test_what_is_compiled_is_what_is_written():
    for folder in sorted(path / "LC_MESSAGES" for path in LOCALE.iterdir() if path.is_dir()):
        with (folder / "django.po").open("rb") as source, (folder / "django.mo").open("rb") as compiled:
            written = {message.id: message.string for message in read_po(source) if message.id and message.string}
            assert {message.id: message.string for message in read_mo(compiled) if message.id} == written
