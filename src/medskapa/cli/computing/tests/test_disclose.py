"""`medskapa disclose` says what can be published, and writes it."""

import csv
import json

import pytest

from medskapa.cli.commands import carry_out

FILE = "place,age,count\nA,young,3\nA,old,9\nB,young,7\nB,old,8\n"


@pytest.fixture
def write(tmp_path):
    def written(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return written


def test_in_words(write, capsys):
    assert carry_out(["disclose", write(FILE)]) == 0

    said = capsys.readouterr().out
    assert said.startswith(
        "5 of 9 figures can be published. Withheld: 1 of fewer than 5 people, and 3 that would tell those.\n"
        "Attacked with all that is shown, no small figure can be told closer than to 6 numbers in a row.\n"
    )
    assert "  A      young  withheld\n" in said
    assert "  total  total  27\n" in said
    assert said.endswith("  place  age    what can be told\n  A      young  between 1 and 9\n")


def test_in_json_every_figure_has_its_count_or_why_it_is_withheld(write, capsys):
    assert carry_out(["disclose", write(FILE), "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert (found["threshold"], found["zeros"], found["columns"], found["warnings"]) == (5, False, ["place", "age"], [])
    assert {"of": {"place": "A", "age": "young"}, "count": None, "withheld": "small"} in found["figures"]
    assert {"of": {"place": "B", "age": "old"}, "count": None, "withheld": "complement"} in found["figures"]
    assert {"of": {"place": "A", "age": None}, "count": 12, "withheld": None} in found["figures"]
    assert found["attacked"] == [{"of": {"place": "A", "age": "young"}, "low": 1, "high": 9, "is_protected": True}]


def test_what_is_written_for_publication_does_not_say_which_figure_is_small(write, capsys, tmp_path):
    out = tmp_path / "public.csv"
    assert carry_out(["disclose", write(FILE), "--out", str(out)]) == 0

    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert {row["count"] for row in rows if "total" not in (row["place"], row["age"])} == {""}
    assert rows[-1].keys() == {"place", "age", "count"}
    assert [row["count"] for row in rows if (row["place"], row["age"]) == ("total", "old")] == ["17"]


def test_nothing_small_needs_nothing_withheld(write, capsys):
    assert carry_out(["disclose", write(FILE), "--threshold", "3"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("All 9 figures stay as they are.\n\nWhat can be published\n")
    assert "told" not in said


def test_zeros_are_withheld_if_asked_for(write, capsys):
    content = FILE.replace("A,young,3", "A,young,0")

    assert carry_out(["disclose", write(content)]) == 0
    assert "  A      young  0\n" in capsys.readouterr().out
    assert carry_out(["disclose", write(content), "--zeros"]) == 0
    assert "  A      young  between 0 and 7\n" in capsys.readouterr().out


def test_what_is_public_already_and_tells_a_small_figure_is_a_warning_and_status_1(write, capsys):
    content = "place,age,count,public\nA,young,3,no\nA,old,9,yes\nA,total,12,yes\n"

    assert carry_out(["disclose", write(content)]) == 1
    found = capsys.readouterr()
    assert found.err == "place=A, age=young can be told: it is 3; too much is public already\n"
    assert "Attacked" not in found.out


def test_where_nothing_limits_a_figure_it_is_at_least_something(write, capsys):
    assert carry_out(["disclose", write("age,count\nyoung,3\n")]) == 0
    assert "  young  at least 1\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [FILE.replace(",", ";"), FILE.replace("\n", "\r\n"), "\ufeff" + FILE, FILE.replace("A,", '"A",'), FILE + "\n", FILE.replace(",", "\t")],
)
def test_tables_of_other_programs_give_the_same(write, capsys, content):
    carry_out(["disclose", write(FILE), "--json"])
    plain = capsys.readouterr().out

    assert carry_out(["disclose", write(content), "--json"]) == 0
    assert capsys.readouterr().out == plain


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "table.csv:1: the file is empty"),
        ("place,age,count\n", "table.csv:1: there are 0 rows, expected at least 1"),
        (FILE.replace("count", "people"), "table.csv:1: the column count is missing"),
        (FILE.replace(",", "|"), "table.csv:1: the column count is missing"),
        (FILE + "A,old,9\n", "table.csv:6: this figure stands in line 3, too, expected each figure once"),
        (FILE.replace("8", "8.5"), "table.csv:5: count is '8.5', expected a whole number of at least 0"),
        (FILE.replace("8", "-8"), "table.csv:5: count is -8, expected a whole number of at least 0"),
        (FILE.replace("8", "few"), "table.csv:5: count is 'few', expected a whole number of at least 0"),
        (FILE + "A,total,13\n", "table.csv:6: place=A, age=total is 13, expected 12, the sum by place and age"),
        (FILE.replace("old", "ö").encode("latin-1"), "table.csv:3: the byte 0xf6 is not UTF-8"),
    ],
)
def test_bad_input_gets_one_line_and_status_2(write, capsys, content, fault):
    assert carry_out(["disclose", write(content)]) == 2

    said = capsys.readouterr().err
    assert fault in said
    assert said.count("\n") == 1


def test_a_threshold_that_is_none_and_a_file_that_cannot_be_written_are_refused(write, capsys, tmp_path):
    assert carry_out(["disclose", write(FILE), "--threshold", "1"]) == 2
    assert capsys.readouterr().err == "the threshold is 1, expected a number from 2 to 1000\n"
    assert carry_out(["disclose", write(FILE), "--out", str(tmp_path)]) == 2
    assert "cannot write" in capsys.readouterr().err
