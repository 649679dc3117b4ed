"""What every command that computes does alike: JSON, tables, progress, refusals."""

import argparse
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from medskapa.cli.computing.common import Progress, add_command, plain, write_csv, write_json, write_table
from medskapa.cli.refusals import Refused


@dataclass(frozen=True)
class Result:
    share: Fraction
    groups: np.ndarray
    names: frozenset[str]


def test_a_result_is_written_as_json_with_whole_numbers_fractions_and_arrays(capsys):
    write_json({"result": Result(Fraction(1, 4), np.array([1, 2]), frozenset({"b", "a"})), 3: [Fraction(2), np.float64("nan"), None]})

    assert json.loads(capsys.readouterr().out) == {"result": {"share": 0.25, "groups": [1, 2], "names": ["a", "b"]}, "3": [2, None, None]}


def test_what_is_no_number_becomes_null():
    assert plain([float("inf"), float("nan"), np.array([1.5, np.nan])]) == [None, None, [1.5, None]]


def test_a_table_stands_in_columns_and_long_words_are_cut(capsys):
    write_table("Groups", ("name", "share"), [("a", 0.5), ("b\n" * 40, None)])

    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == ["", "Groups", f"  {'name'.ljust(60)}  share", f"  {'a'.ljust(60)}  0.500"]
    assert lines[4].endswith("b…  –")


def test_an_empty_table_says_nothing(capsys):
    write_table("Groups", ("name",), [])

    assert capsys.readouterr().out == ""


def test_a_csv_has_empty_cells_for_what_is_not_there(tmp_path):
    write_csv(tmp_path / "out.csv", ("person", "group"), [("Åsa, with comma", None), ("Bo", 2)])

    assert (tmp_path / "out.csv").read_bytes() == '"Åsa, with comma",\nBo,2\n'.join(["person,group\n", ""]).encode()


def test_a_file_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"cannot write .*: No such file or directory"):
        write_csv(tmp_path / "none" / "out.csv", ("person",), [])


def test_progress_is_silent_in_its_first_second_and_then_says_how_far_it_is(monkeypatch, capsys):
    moments = iter([10.0, 10.5, 11.5, 11.5, 12.0, 13.0, 13.0])
    monkeypatch.setattr("medskapa.cli.computing.common.time.monotonic", lambda: next(moments))

    progress = Progress("rounds")
    for done, total in ((1, 9), (2, 9), (3, 9), (4, None)):
        progress(done, total)

    assert capsys.readouterr().err == "rounds: 2 of 9\nrounds: 4\n"


def test_every_command_has_files_json_and_a_seed():
    parser = argparse.ArgumentParser()
    add_command(parser.add_subparsers(), "count", "count votes", "  medskapa count VOTES.csv", lambda options: 0, "VOTES.csv")

    options = parser.parse_args(["count", "here.csv", "--seed", "7", "--json"])

    assert (options.votes, options.seed, options.json) == (Path("here.csv"), 7, True)
    with pytest.raises(SystemExit):
        parser.parse_args(["count", "here.csv", "--seed", "-1"])
