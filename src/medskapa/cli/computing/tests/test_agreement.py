"""`medskapa agreement` says how far coders agree, and on what they do not."""

import json

import pytest

from medskapa.cli.commands import carry_out


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "codings.csv"
    path.write_text("coder,unit,code\nAda,a,yes\nBo,a,yes\nAda,b,no\nBo,b,no\nAda,c,yes\nBo,c,no\n")
    return str(path)


def test_in_json_alpha_kappas_and_what_is_disputed(file, capsys):
    assert carry_out(["agreement", file, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert (round(found["alpha"]["value"], 4), found["alpha"]["units"], found["alpha"]["codes"]) == (0.4444, 3, 6)
    assert [(pair["one"], pair["other"], pair["value"]) for pair in found["kappas"]] == [("Ada", "Bo", pytest.approx(0.4))]
    assert found["disputed"] == [{"unit": "c", "disagreement": 1.0}]


def test_in_words(file, capsys):
    carry_out(["agreement", file])

    said = capsys.readouterr().out
    assert said.startswith("Krippendorff's alpha is 0.444 (between ")
    assert "  c     1.000         Ada: yes, Bo: no\n" in said


def test_where_nobody_could_disagree_it_says_so(tmp_path, capsys):
    (tmp_path / "same.csv").write_text("coder,unit,code\nAda,a,x\nBo,a,x\n")

    carry_out(["agreement", str(tmp_path / "same.csv")])

    assert capsys.readouterr().out.startswith("All 2 codes are the same: nobody could disagree, so there is no alpha.\n")


def test_ranks_that_are_no_numbers_get_one_line(file, capsys):
    assert carry_out(["agreement", file, "--level", "ordinal"]) == 2
    assert capsys.readouterr().err == "the code 'no' is not a number, expected numbers for ranks and intervals\n"
