"""Tables that leave as CSV. The one way out, so that no spreadsheet takes what somebody wrote for a formula."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse

QUOTE = "'"
FORMULA = re.compile(
    r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]*[=+\-@|%]|[\t\r\n\x00]"
)  # what spreadsheets reckon with, also after blanks


def guarded(text: str) -> str:
    """The text with a quote before it if a spreadsheet might take it for a formula, written in full width or not.

    >>> [guarded(text) for text in ("=1+1", " \\uff1d1+1", "'", "2 = 2")]
    ["'=1+1", "' \\uff1d1+1", "''", '2 = 2']

    Source: OWASP, CSV Injection; the beginning is normalised (NFKC) first, since full-width signs pass else.
    """
    return QUOTE + text if text.startswith(QUOTE) or FORMULA.match(unicodedata.normalize("NFKC", text)) else text


def unguarded(cell: str) -> str:
    """What was written, out of a cell that `guarded` gave."""
    return cell.removeprefix(QUOTE)


def sheet(name: str, header: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A table as a file to download: UTF-8 with the mark by which spreadsheets know it, every cell guarded."""
    written = StringIO()
    table = csv.writer(written)
    table.writerows([guarded(str(cell)) for cell in row] for row in [header, *rows])
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
