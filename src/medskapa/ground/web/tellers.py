"""Which files hold the texts that a storyteller can meet: the languages for tellers only cover these, and no others have to be in them."""

import re
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
FRAME = "web/teller.html"
OWN = "/own/"  # the steps that rooms tell on a teller's own page
ALSO = (
    "web/error.html",
    "web/languages.html",
    "web/calendar.html",
    "web/form/form.html",
    "web/form/field.html",
    "labs/labs.html",
    "labs/lab.html",
    "labs/phases.html",
    "listening/parts/card.html",
    "listening/panels/voices.html",
    "listening/panels/figures.html",
    "cocreation/panels/front.html",
    "cocreation/panels/figures.html",
    "pilots/parts/figures.html",
    "pilots/parts/front.html",
    "labday/panels/front.html",
    "newsroom/front.html",
)
CODE = (
    "ground/web/moments.py",
    "ground/web/forms.py",
    "ground/web/error_pages.py",
    "ground/web/glyphs.py",
    "ground/ledger/errors.py",
    "ground/safeguarding/disclosure.py",
    "ground/safeguarding/speaking.py",
    "ground/labs/errors.py",
    "ground/labs/models.py",
    "ground/labs/prints.py",
    "ground/labs/thread_in_words.py",
    "ground/people/roles.py",
    "stages/*/own.py",
    "stages/listening/circles.py",
    "stages/listening/errors.py",
    "stages/listening/figures.py",
    "stages/listening/landscape.py",
    "stages/listening/lines.py",
    "stages/listening/models/*.py",
    "stages/listening/others.py",
    "stages/listening/place.py",
    "stages/listening/scales.py",
    "stages/listening/forms/*.py",
    "stages/listening/views/telling.py",
    "stages/listening/views/returning.py",
    "stages/listening/views/own.py",
    "stages/listening/views/voting.py",
    "stages/labday/joining.py",
    "stages/outcomes/templatetags/outcomes.py",
    "outlook/thread/figures.py",
    "outlook/thread/own.py",
    "outlook/thread/returning.py",
)
NAMES = re.compile(r"""\{%\s*(extends|include)\s+["']([\w./]+)["']""")


@cache
def _templates() -> dict[str, Path]:
    return {str(path).partition("/templates/")[2]: path for path in sorted(PACKAGE.glob("**/templates/**/*.html"))}


@cache
def _named(template: str, how: str) -> frozenset[str]:
    text = _templates()[template].read_text(encoding="utf-8")
    return frozenset(name for verb, name in NAMES.findall(text) if verb == how and name in _templates())


def _stands_in_the_frame(template: str) -> bool:
    return template == FRAME or OWN in template or any(_stands_in_the_frame(base) for base in _named(template, "extends"))


def templates() -> set[str]:
    """Every template of a storyteller's page: those in the frame, what they extend and include, and the pages around them."""
    found: set[str] = set()
    waiting = [name for name in _templates() if _stands_in_the_frame(name) or name in ALSO]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_named(name, "extends") | _named(name, "include"))
    return found


def sources() -> list[Path]:
    """All files whose texts a storyteller can meet."""
    code = [path for pattern in CODE for path in sorted(PACKAGE.glob(pattern))]
    return sorted([*(_templates()[name] for name in templates()), *code])
