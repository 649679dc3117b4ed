"""Catalogues: up to date with the source, whole in each language that covers every page, compiled from what is written."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "medskapa" / "locale"
# Latin, what stands between letters, the first Arabic block and the first Ethiopic one: the fonts of phones since 2014 have these
OLD_PHONES = re.compile(
    r"[\n\u0020-\u024f\u0600-\u06ff\u1200-\u137f" r"\u200b-\u2027\u202f-\u203a\u2070-\u218f\u2190-\u2193\u2212\u2248\u2264\u2265]"
)
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


@pytest.mark.parametrize("language", ["so", "ti", "ps", "ckb"])
def test_a_language_counts_as_its_speakers_do(language):
    catalogue = LOCALE / language / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as source:
        written = read_po(source).plural_forms
    rule = "n > 1" if language == "ti" else "n != 1"

    assert written == f"nplurals=2; plural=({rule});"


def test_no_text_uses_letters_that_old_phones_cannot_show():
    for folder in sorted(path / "LC_MESSAGES" for path in LOCALE.iterdir() if path.is_dir()):
        said = (folder / "django.po").read_text(encoding="utf-8")

        assert {sign for sign in said if not OLD_PHONES.match(sign)} == set(), folder.parent.name


def _texts(catalogue: Catalog) -> dict[tuple[str, str], tuple[str, ...]]:
    """What a catalogue says, by context (which Babel reads from a compiled one as bytes) and English text."""
    messages = [message for message in catalogue if message.id and not message.fuzzy]
    texts = {(_context(message.context), _forms(message.id)[0]): _forms(message.string) for message in messages}
    return {key: forms for key, forms in texts.items() if all(forms)}


def _forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _context(context: str | bytes | None) -> str:
    return context.decode() if isinstance(context, bytes) else context or ""
