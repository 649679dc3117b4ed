"""The report of concern to the social services, as PDF: made while somebody waits, and kept nowhere.

Its words are content (``texts/report.toml``); what the officer chose to tell comes from the form. Nothing is fetched while it is made.
"""

import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from django.template.loader import render_to_string

from medskapa.ground.labs.models import Lab
from medskapa.ground.places.models import Municipality
from medskapa.ground.safeguarding.errors import NoPdf

TEXTS = Path(__file__).with_name("texts") / "report.toml"
LOOK = TEXTS.with_suffix(".css")


@dataclass(frozen=True, slots=True)
class Report:
    """What the officer tells the social services of a municipality."""

    to: Municipality
    child: str
    worry: str
    done: str
    told: str
    reach: str
    urgency: int
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """One line that somebody wrote, and whether it is read from the left or the right."""

    text: str
    direction: str


@cache
def texts() -> dict[str, Any]:
    """The words of the letter, and what it says about the law. No SQL."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def page_of(report: Report, lab: Lab) -> str:
    """The letter as a page of its own, in Swedish. No SQL."""
    words = texts()
    context = {
        "report": report,
        "lines": {
            name: _lines(getattr(report, name) or words["words"]["not_said"]) for name in ("child", "worry", "done", "told", "reach")
        },
        "lab": lab,
        "words": words["words"],
        "law": words["law"],
        "to": words["words"]["to_whom"].format(municipality=report.to.name_full or report.to.name),
        "urgency": words["urgency"][str(report.urgency)],
    }
    return render_to_string("safeguarding/letters/report.html", context)


def _lines(text: str) -> list[Line]:
    """The lines of a text, each in the direction of its first letter (Unicode Standard Annex 9, rules P2 and P3)."""
    return [Line(line, _direction(line)) for line in text.splitlines()]


def _direction(line: str) -> str:
    kinds = (unicodedata.bidirectional(sign) for sign in line)
    first = next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


def pdf_of(report: Report, lab: Lab) -> bytes:
    """The letter as PDF. Raises NoPdf where the machine lacks the libraries that draw it."""
    try:
        from weasyprint import CSS, HTML  # heavy, and asks for libraries of the system
    except (ImportError, OSError) as error:
        raise NoPdf from error
    page = HTML(string=page_of(report, lab), url_fetcher=_fetch_nothing)
    made: bytes = page.write_pdf(stylesheets=[CSS(string=LOOK.read_text(encoding="utf-8"))], pdf_variant="pdf/ua-1")
    return made


def _fetch_nothing(url: str, *_args: Any, **_kwargs: Any) -> NoReturn:
    raise ValueError(f"a letter holds all that it needs, not {url}")
