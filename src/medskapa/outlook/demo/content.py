"""What the demo tells, read from the files beside this one. Texts are {sv: …, en: …}: the Swedish is the original."""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml

Entry = dict[str, Any]
Text = str | dict[str, str]

ORIGINAL = "sv"
HERE = ZoneInfo("Europe/Stockholm")
LONGEST_SOURCE = 200
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times faster, where it was built


@cache
def chapter(name: str) -> Entry:
    """One of the files."""
    text = files("medskapa.outlook.demo").joinpath("content", f"{name}.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=_Loader))  # noqa: S506  # both are safe loaders


def fact(path: str) -> Entry:
    """A public fact such as ``ideas/meet-sweden`` or ``events/0``; an entry of a list is found by its slug or its place."""
    found: Any = chapter("facts")
    for step in path.split("/"):
        if isinstance(found, dict):
            found = found[step]
        else:
            found = found[int(step)] if step.isdigit() else next(entry for entry in found if entry["slug"] == step)
    return dict(found)


def source(keys: str | Iterable[str] | None) -> str | None:
    """Where a public fact stands: titles and sites, or of many the first title and all sites. None for what is invented."""
    if not keys:
        return None
    known = chapter("facts")["sources"]
    named = [known[key] for key in ([keys] if isinstance(keys, str) else keys)]
    titled = [f"{one['title']}, {one['site']}" for one in named]
    said = "; ".join(titled)
    if len(said) <= LONGEST_SOURCE:
        return said
    return "; ".join(dict.fromkeys([titled[0], *(one["site"] for one in named[1:])]))


def original(text: Text) -> str:
    """A text as it was first written."""
    return (text if isinstance(text, str) else text[ORIGINAL]).strip()


def others(text: Text) -> dict[str, str]:
    """The same text in its other languages."""
    return {} if isinstance(text, str) else {code: words.strip() for code, words in text.items() if code != ORIGINAL}


def joined(*texts: Text) -> dict[str, str]:
    """Several texts as one, each a paragraph, in the languages that all of them have."""
    worded = [{ORIGINAL: text} if isinstance(text, str) else text for text in texts]
    return {code: "\n\n".join(text[code].strip() for text in worded) for code in worded[0] if all(code in text for text in worded)}


def clock(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a day where the lab is."""
    return datetime.combine(day, time(hour, minute), HERE)


def moment(said: str) -> datetime:
    """A moment written as ``2017-08-31 09:00``."""
    return datetime.fromisoformat(said).replace(tzinfo=HERE)
