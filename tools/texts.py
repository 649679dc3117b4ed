"""Collect the texts of the product for translators, and compile their catalogues: `make texts`.

Without arguments it collects, updates every catalogue and compiles it. `--check` changes nothing and says what is not
up to date, what is not translated and which placeholders are broken.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from medskapa.ground.web import tellers
from medskapa.ground.web.languages import COMPLETE, FOR_TELLERS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "medskapa"
LOCALE = SOURCE / "locale"
WIDTH = 120
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; status 1 if something is missing")
    options = parser.parse_args()
    template = collected()
    findings = [finding for folder in catalogues() for finding in _renewed(folder, template, is_check=options.check)]
    for finding in findings:
        print(finding)
    return 1 if options.check and findings else 0


def catalogues() -> list[Path]:
    """The folder of every language; a new language begins as an empty folder."""
    return sorted(path / "LC_MESSAGES" for path in LOCALE.iterdir() if path.is_dir())


def collected() -> Catalog:
    """All texts of the source, with where they stand."""
    template = Catalog(project="Medskapa", charset="utf-8")
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        if "tests" not in path.relative_to(SOURCE).parts:
            _add(template, path)
    return template


def _add(template: Catalog, path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for _line, function, message, comments in _texts(path):
        context, text = _unfolded(function, message)
        if text and (text if isinstance(text, str) else text[0]):
            template.add(text, locations=[(place, 0)], auto_comments=comments, context=context)


def _texts(path: Path) -> Iterator[tuple[int, str, object, list[str]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())  # indented lines would be read as Python's blocks
    found = extract_python(io.BytesIO(source.encode()), list(KEYWORDS), ["Translators:"], {})
    yield from ((line, function, message, list(comments)) for line, function, message, comments in found)


def _unfolded(function: str, message: object) -> tuple[str | None, str | tuple[str, str] | None]:
    """The context, and the text or singular and plural, of what one call says."""
    parts = [part for part in message if part is not None] if isinstance(message, tuple | list) else [message]
    if any(not isinstance(part, str) for part in parts):
        return None, None
    context = str(parts.pop(0)) if "pgettext" in function else None
    is_plural = function.startswith("n") or "npgettext" in function
    return context, (str(parts[0]), str(parts[1])) if is_plural and len(parts) > 1 else str(parts[0]) if parts else None


def _renewed(folder: Path, template: Catalog, *, is_check: bool) -> Iterator[str]:
    """Bring one language up to date; gives what is wrong with it."""
    source, compiled = folder / "django.po", folder / "django.mo"
    catalogue = _read(source)
    template.creation_date = catalogue.creation_date  # a date would change the file each time
    catalogue.header_comment = f"# The texts of Medskapa: {folder.parent.name}."
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    yield from _findings(catalogue, folder.parent.name)
    text, binary = _written(catalogue), _compiled(catalogue)
    if is_check:
        if not compiled.is_file() or compiled.read_bytes() != binary or source.read_bytes() != text:
            yield f"{folder.parent.name}: the catalogue is not up to date; run make texts"
        return
    folder.mkdir(exist_ok=True)
    source.write_bytes(text)
    compiled.write_bytes(binary)


def _read(source: Path) -> Catalog:
    locale = _locale(source.parent.parent.name)
    if not source.is_file():
        return Catalog(locale=locale, project="Medskapa", charset="utf-8", fuzzy=False)
    with source.open("rb") as file:
        return read_po(file, locale=locale)


def _locale(language: str) -> str | None:
    """The language as Babel knows it; for one that it does not know, the plural rule stands in the catalogue's head."""
    try:
        return str(Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return None


def _findings(catalogue: Catalog, language: str) -> Iterator[str]:
    """What no reader may meet: broken placeholders, and texts missing on a page that the language covers."""
    for_tellers = {path.relative_to(ROOT).as_posix() for path in tellers.sources()}
    for message in catalogue:
        if not message.id:
            continue
        if _is_translated(message):
            yield from (f"{language}: {error}: {message.id!r}" for error in message.check(catalogue))
        elif language in COMPLETE or (language in FOR_TELLERS and for_tellers.intersection(place for place, _ in message.locations)):
            yield f"{language}: not translated: {message.id!r}"


def _is_translated(message: Message) -> bool:
    parts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(parts) and all(parts) and not message.fuzzy


def _written(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=WIDTH, omit_header=False, sort_output=True, include_lineno=False)
    return out.getvalue()


def _compiled(catalogue: Catalog) -> bytes:
    """Only what is translated: Babel would write the English plural where a translation is missing."""
    translated = Catalog(catalogue.locale, charset="utf-8", header_comment=catalogue.header_comment)
    translated.mime_headers = catalogue.mime_headers
    for message in catalogue:
        if message.id and _is_translated(message):
            translated.add(message.id, message.string, context=message.context)
    out = io.BytesIO()
    write_mo(out, translated)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
