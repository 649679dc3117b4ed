"""`medskapa select` says what is chosen, why, and what the others lacked."""

import json

import pytest

from medskapa.cli.commands import carry_out

FILE = "META\nkey;value\nbudget;9\nPROJECTS\nproject_id;cost;name\n1;6;Park\n2;3;Lamp\n3;9;Pool\nVOTES\nvoter_id;vote;age\n" + "".join(
    f"{voter};{vote};{age}\n" for voter, vote, age in [("a", "1", 16), ("b", "1", 16), ("c", "2,3", 17)]
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(FILE)
    return str(path)


def test_every_winner_comes_with_its_reason_and_every_loser_with_what_it_lacked(file, capsys):
    assert carry_out(["select", file, "--completion", "none", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert (found["cost"], found["budget"], found["voters"], found["without_any"]) == (9, 9, 3, 0)
    assert found["winners"][0] == {
        "project": "1",
        "effectiveness": 2.0,
        "supporters": 2,
        "paid_by": {"paid_in_full": 2, "payment": 3.0, "paid_the_rest": 0},
    }
    assert found["losers"] == [{"project": "3", "supporters": 1, "shares": 3, "lacking": 6, "missed_by": 9}]
    assert found["groups"] == {"age": [{"group": "fewer than 5 each", "voters": 3, "mean": None}]}
    assert (found["complaints"], found["warnings"]) == ([], [])


@pytest.mark.parametrize("rule", ["equal-shares", "phragmen", "greedy"])
@pytest.mark.parametrize("satisfaction", ["cost", "cardinality"])
def test_every_rule_is_told_in_words(file, capsys, rule, satisfaction):
    assert carry_out(["select", file, "--rule", rule, "--satisfaction", satisfaction]) == 0

    said = capsys.readouterr().out
    assert "2 of 3 projects are chosen. They cost 9 of 9.\n0 of 3 voters got none of the projects they approved.\n" in said
    assert "No group can say that its share would have paid for more (EJR+)." in said
    assert "  3 Pool   9     1           the shares of its supporters lack 6.00 of its cost\n" in said


def test_an_outcome_that_is_not_justified_names_the_group(file, capsys, tmp_path):
    path = tmp_path / "unfair.pb"
    path.write_text(
        "META\nkey;value\nbudget;2\nPROJECTS\nproject_id;cost\n1;1\n2;1\n3;1\nVOTES\nvoter_id;vote\n"
        + "a;1,2\nb;1,2\nc;1,2\nd;3\ne;3\nf;\n"
    )

    carry_out(["select", str(path), "--rule", "greedy", "--satisfaction", "cardinality"])

    assert "2 of 3 projects are chosen." in capsys.readouterr().out


def test_add1_that_was_not_reached_warns(file, capsys, monkeypatch):
    monkeypatch.setattr("medskapa.methods.shares.completion.completed.__kwdefaults__", {"step": 1, "most_steps": 0, "progress": None})

    carry_out(["select", file, "--satisfaction", "cardinality", "--completion", "add1", "--step", "0.001"])

    assert capsys.readouterr().err in ("", "after 0 steps of 1/1000 more still fitted: not reached, try a larger --step\n")


@pytest.mark.parametrize("step", ["0", "-1"])
def test_a_step_that_is_none_is_refused(file, capsys, step):
    with pytest.raises(SystemExit):
        carry_out(["select", file, "--step", step])

    assert f"argument --step: {step} is not above 0" in capsys.readouterr().err


def test_a_vote_without_voters_and_a_broken_file_get_one_line(file, capsys, tmp_path):
    (tmp_path / "empty.pb").write_text(FILE.split("a;1")[0])

    assert carry_out(["select", str(tmp_path / "empty.pb")]) == 2
    assert capsys.readouterr().err.endswith("empty.pb: nobody voted, expected at least one ballot\n")
    assert carry_out(["select", str(tmp_path / "none.pb")]) == 2
    assert capsys.readouterr().err.endswith("none.pb:0: No such file or directory, expected a file that can be read\n")
