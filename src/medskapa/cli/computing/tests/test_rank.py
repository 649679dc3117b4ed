"""`medskapa rank` gives strengths with intervals, and says what stands on no common scale."""

import json

import pytest

from medskapa.cli.commands import carry_out


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("left,right,winner\na,b,a\na,b,a\nb,a,b\nb,c,b\n")
    return str(path)


def test_strengths_and_groups_in_json(file, capsys):
    assert carry_out(["rank", file, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert [(item["name"], item["group"], item["wins"], item["compared"]) for item in found["items"]] == [
        ("a", 0, 2, 3),
        ("b", 0, 2, 4),
        ("c", 1, 0, 1),
    ]
    assert found["items"][0]["strength"] == pytest.approx(0.3466, abs=1e-4)
    assert (found["above"], found["is_connected"], found["confidence"]) == ([[0, 1]], False, 0.95)


def test_in_words_it_says_which_groups_cannot_be_put_on_one_scale(file, capsys):
    carry_out(["rank", file])

    said = capsys.readouterr().out
    assert "There are 2 groups that cannot be put on one scale" in said
    assert "  c     2      –         –       –      0          1   -0.966\n" in said
    assert said.endswith("Group 1 was always preferred to group 2.\n")


def test_on_one_scale_nothing_more_is_said(tmp_path, capsys):
    (tmp_path / "pairs.csv").write_text("left,right,winner\na,b,a\nb,a,b\n")

    carry_out(["rank", str(tmp_path / "pairs.csv")])

    assert capsys.readouterr().out.startswith("\nRanking\n")


@pytest.mark.parametrize(
    "text",
    [
        "left,right,winner\r\na,b,a\r\nb,a,b\r\n",
        "\ufeffleft,right,winner\na,b,a\nb,a,b\n",
        "left;right;winner\na;b;a\nb;a;b\n",
        'winner,"left",right\n"a",a,b\nb,b,"a"\n',
    ],
    ids=["Windows line ends", "byte order mark", "semicolons", "quotes and another order"],
)
def test_files_of_other_programs_give_the_same(tmp_path, capsys, text):
    (tmp_path / "pairs.csv").write_bytes(text.encode())

    assert carry_out(["rank", str(tmp_path / "pairs.csv"), "--json"]) == 0
    assert [(item["name"], item["strength"]) for item in json.loads(capsys.readouterr().out)["items"]] == [("a", 0), ("b", 0)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"", "pairs.csv:1: the file is empty, expected a line with the columns left, right, winner"),
        (b"left,right,winner\n", "pairs.csv:1: there are 0 rows, expected at least 1"),
        (b"left,right\na,b\n", "pairs.csv:1: the column winner is missing"),
        (b"left|right|winner\na|b|a\n", "pairs.csv:1: the column left is missing"),
        (b"left,right,winner\na,b,d\n", "pairs.csv:2: the winner is 'd', expected a, b, or nothing for a draw"),
        (b"left,right,winner\na,a,a\n", "pairs.csv:2: a is compared with itself, expected two different ones"),
        (b'left,right,winner\na,"b,a\n', "pairs.csv:2: the quotes are wrong"),
        ("left,right,winner\nå,b,b\n".encode("latin-1"), "pairs.csv:2: the byte 0xe5 is not UTF-8"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path, capsys, text, fault):
    (tmp_path / "pairs.csv").write_bytes(text)

    assert carry_out(["rank", str(tmp_path / "pairs.csv")]) == 2
    refused = capsys.readouterr().err
    assert fault in refused
    assert refused.count("\n") == 1


def test_a_confidence_that_is_none_is_refused(file, capsys):
    with pytest.raises(SystemExit):
        carry_out(["rank", file, "--confidence", "1.5"])
    assert "1.5 does not lie between 0 and 1" in capsys.readouterr().err
