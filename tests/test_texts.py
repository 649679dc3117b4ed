"""Catalogues: up to date with the source, whole in each language that covers every page, compiled from what is written."""

import re
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "medskapa" / "locale"
COUNTED = re.compile(r"\{% blocktranslate [^%]*?\bcount (\w+)=[^%]*%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)


def test_every_catalogue_is_up_to_date_and_whole():
    found = subprocess.run([sys.executable, "tools/texts.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (found.stdout, found.stderr) == ("", "")


def test_what_is_compiled_is_what_is_written():
    for folder in sorted(path / "LC_MESSAGES" for path in LOCALE.iterdir() if path.is_dir()):
        with (folder / "django.po").open("rb") as source, (folder / "django.mo").open("rb") as compiled:
            assert _texts(read_mo(compiled)) == _texts(read_po(source))


def test_no_sentence_shows_its_count_in_other_digits_than_the_page():
    sentences = [(path.name, said) for path in LOCALE.parent.rglob("*.html") for said in COUNTED.findall(path.read_text(encoding="utf-8"))]
    assert len(sentences) > 30

    assert [name for name, (count, text) in sentences if f"{{{{ {count} }}}}" in text] == []


def _texts(catalogue: Catalog) -> dict[tuple[str, str], tuple[str, ...]]:
    """What a catalogue says, by context (which Babel reads from a compiled one as bytes) and English text."""
    messages = [message for message in catalogue if message.id and not message.fuzzy]
    texts = {(_context(message.context), _forms(message.id)[0]): _forms(message.string) for message in messages}
    return {key: forms for key, forms in texts.items() if all(forms)}


def _forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _context(context: str | bytes | None) -> str:
    return context.decode() if isinstance(context, bytes) else context or ""
