"""Tables that leave as CSV: no cell is a formula, and what was written comes back."""

import csv
import unicodedata
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medskapa.ground.web.sheets import guarded, sheet, unguarded

SIGNS = st.text(st.sampled_from(list("=+-@|%＝＋－＠\t\r\n\x00 \ufeff\u200b\u00a0'a1")), max_size=6)
TEXTS = st.one_of(SIGNS, st.tuples(SIGNS, st.text(max_size=20)).map("".join))
BLANK = " \t\r\n\x00\ufeff\u200b\u00a0"


@settings(max_examples=10_000)
@given(text=TEXTS)
def test_no_cell_begins_as_a_formula_and_what_was_written_comes_back(text):
    cell = guarded(text)

    assert unicodedata.normalize("NFKC", cell).lstrip(BLANK)[:1] not in {"=", "+", "-", "@", "|", "%"}
    assert unguarded(cell) == text


@pytest.mark.parametrize("text", ["=SUM(A1)", "+46 70", "-1", "@home", "|calc", "%x", "\t=1", " \ufeff=1", "＝1+1", "\x00"])
def test_what_a_spreadsheet_could_reckon_with_stands_behind_a_quote(text):
    assert guarded(text) == "'" + text


def test_a_file_says_what_it_is_and_holds_every_row():
    answer = sheet("decisions", ["what", "why"], [["=1+1", "two, things\nand a line"], ["Write shorter.", ""]])

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows == [["what", "why"], ["'=1+1", "two, things\nand a line"], ["Write shorter.", ""]]
