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
    assert "  c     2      –         –       –      0          1\n" in said
    assert said.endswith("Group 1 was always preferred to group 2.\n")


def test_on_one_scale_nothing_more_is_said(tmp_path, capsys):
    (tmp_path / "pairs.csv").write_text("left,right,winner\na,b,a\nb,a,b\n")

    carry_out(["rank", str(tmp_path / "pairs.csv")])

    assert capsys.readouterr().out.startswith("\nRanking\n")


def test_a_confidence_that_is_none_and_a_bad_line_are_refused(file, capsys, tmp_path):
    with pytest.raises(SystemExit):
        carry_out(["rank", file, "--confidence", "1.5"])
    assert "1.5 does not lie between 0 and 1" in capsys.readouterr().err
    (tmp_path / "pairs.csv").write_text("left,right,winner\na,b,d\n")
    assert carry_out(["rank", str(tmp_path / "pairs.csv")]) == 2
    assert capsys.readouterr().err.endswith("pairs.csv:2: the winner is 'd', expected a, b, or nothing for a draw\n")
