"""`medskapa match` says who got what, and what is not as both would wish."""

import json

import pytest

from medskapa.cli.commands import carry_out

WISHES = "from,to,rank\nAda,north,1\nAda,south,2\nBo,north,1\nnorth,Ada,1\nnorth,Bo,2\nsouth,Ada,1\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "wishes.csv").write_text(WISHES)
    (tmp_path / "room.csv").write_text("place,capacity\nnorth,1\nsouth,1\n")
    return [str(tmp_path / "wishes.csv"), str(tmp_path / "room.csv")]


def test_a_stable_matching_in_words(files, capsys):
    assert carry_out(["match", *files]) == 0

    assert capsys.readouterr().out == (
        "1 of 2 people have a place.\n"
        "Without a place: Bo\n"
        "No person and place would rather have each other than what they got.\n"
        "\nHow far down their list people got\n  rank  people\n  1     1\n"
        "\nWho got which place\n  person  place\n  Ada     north\n"
        "\nRoom left\n  place  free\n  south  1\n"
    )


def test_the_least_cost_names_whom_it_keeps_apart(files, capsys, tmp_path):
    assert carry_out(["match", *files, "--rule", "least-cost", "--json", "--out", str(tmp_path / "out.csv")]) == 0

    assert json.loads(capsys.readouterr().out) == {
        "rule": "least-cost",
        "best_for": None,
        "pairs": {"Ada": "south", "Bo": "north"},
        "without": [],
        "blocking": [["Ada", "north"]],
        "ranks": {"1": 1, "2": 1},
        "room_left": {"north": 0, "south": 0},
    }
    assert (tmp_path / "out.csv").read_text() == "person,place\nAda,south\nBo,north\n"
    carry_out(["match", *files, "--rule", "least-cost"])
    assert "Would rather have each other than what they got: Ada and north" in capsys.readouterr().out


def test_bad_input_gets_one_line(files, capsys):
    files[0] = files[1]

    assert carry_out(["match", *files]) == 2
    assert capsys.readouterr().err.endswith(
        "room.csv:1: the column from is missing (there are: place, capacity), expected the columns from, to, rank\n"
    )
