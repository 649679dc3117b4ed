"""`medskapa select` says what is chosen, why, and what the others lacked."""

import json

import pytest

from medskapa.cli.commands import carry_out
from medskapa.methods.shares.completion import completed

VOTES = [("a", "1", 16), ("b", "1", 17), ("c", "2,3", 31), ("d", "", 16), ("e", "", 31), ("f", "", 31)]
FILE = "META\nkey;value\nbudget;9\nPROJECTS\nproject_id;cost;name\n1;6;Park\n2;3;Lamp\n3;9;Pool\n4;1;\nVOTES\nvoter_id;vote;age\n"
FILE += "".join(f"{voter};{vote};{age}\n" for voter, vote, age in VOTES)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(FILE)
    return str(path)


def test_every_winner_comes_with_its_reason_and_every_loser_with_what_it_lacked(file, capsys):
    assert carry_out(["select", file, "--completion", "add1", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert (found["cost"], found["budget"], found["voters"], found["without_any"]) == (9, 9, 6, 3)
    assert (found["endowment"], found["steps"], found["is_reached"], found["comparison"]) == (3.5, 2, True, None)
    assert found["winners"][0] == {
        "project": "1",
        "name": "Park",
        "cost": 6,
        "supporters": 2,
        "by": "equal-shares",
        "effectiveness": 2,
        "paid_by": {"paid_in_full": 2, "payment": 3, "paid_the_rest": 0, "paid_nothing": 0},
        "moment": None,
    }
    assert found["losers"][0] == {
        "project": "3",
        "name": "Pool",
        "cost": 9,
        "supporters": 1,
        "had": 0.5,
        "lacks": 8.5,
        "over": 9,
        "why": "its supporters had 0.50 left together: 8.50 too little",
    }
    assert [(group["group"], group["voters"]) for group in found["groups"]["age"]] == [("16–19, 30–44", 6)]
    assert (found["complaints"], found["warnings"]) == ([], [])


@pytest.mark.parametrize("rule", ["equal-shares", "phragmen", "greedy"])
@pytest.mark.parametrize("satisfaction", ["cost", "cardinality"])
def test_every_rule_is_told_in_words(file, capsys, rule, satisfaction):
    assert carry_out(["select", file, "--rule", rule, "--satisfaction", satisfaction]) == 0

    said = capsys.readouterr().out
    assert "2 of 4 projects are chosen. They cost 9 of 9.\n3 of 6 voters got none of the projects they approved.\n" in said
    assert "No group can say that its share would have paid for more (EJR+)." in said
    assert "\n  4        1     0           nobody approved it\n" in said


def said_of(capsys, file, *options):
    assert carry_out(["select", file, *options]) == 0
    return capsys.readouterr().out


def test_how_each_project_was_paid_is_said_in_the_words_of_the_rule(file, capsys):
    said = said_of(capsys, file)
    assert "An equal share is 1.50; so that more is bought, each began with 3.50.\n" in said
    assert "  1 Park   6     2           2 paid 3 each\n  2 Lamp   3     1           1 paid 3 each\n" in said
    assert "  3 Pool   9     1           its supporters had 0.50 left together: 8.50 too little\n" in said
    assert "\n  16–19, 30–44  6       0.50                                       3\n" in said

    said = said_of(capsys, file, "--rule", "phragmen")
    assert "  1 Park   6     2           its supporters had saved enough when each had earned 3\n" in said

    said = said_of(capsys, file, "--rule", "greedy")
    assert "  1 Park   6     2           most satisfaction for its cost among what still fitted\n" in said
    assert "  3 Pool   9     1           it costs 9 more than the budget had left\n" in said


def test_who_had_less_or_nothing_left_is_said(capsys, tmp_path):
    path = tmp_path / "rest.pb"
    votes = "a;1\nb;1\nc;1,2\nd;2\ne;3\nf;3\ng;3,4\nh;4,5\n"
    costs = "1;9\n2;3\n3;6\n4;4\n5;9000\n"
    path.write_text(f"META\nkey;value\nbudget;24\nPROJECTS\nproject_id;cost\n{costs}VOTES\nvoter_id;vote\n{votes}")

    said = said_of(capsys, str(path), "--completion", "none")

    assert "  1        9     3           3 paid 3 each\n" in said
    assert "  2        3     2           1 paid 3 each, 1 had nothing left\n" in said
    assert "  4        4     2           1 paid 3 each, 1 all they had left\n" in said
    assert "  5        9 000  1           its supporters had 0 left together: 9 000 too little\n" in said


def test_a_comparison_says_how_many_prefer_which_and_what_counts(capsys, tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text("META\nkey;value\nbudget;4\nPROJECTS\nproject_id;cost\n1;4\n2;1\nVOTES\nvoter_id;vote\na;1\nb;1\nc;2\n")

    said = said_of(capsys, str(path), "--completion", "add1-comparison")
    assert "1 voters got more of their projects by Equal Shares, 2 by the greedy rule: greedy counts.\n" in said
    found = json.loads(said_of(capsys, str(path), "--completion", "add1-comparison", "--json"))
    assert found["comparison"] == {"prefer_equal_shares": 1, "prefer_greedy": 2, "is_greedy_better": True}


def test_an_outcome_that_is_not_justified_names_the_group(capsys, tmp_path):
    path = tmp_path / "unfair.pb"
    votes = "a;1,2\nb;1,2\nc;1,2\nd;3\ne;3\nf;3\n".replace("f;3", "f;1,2")
    path.write_text(
        f"META\nkey;value\nbudget;3\nPROJECTS\nproject_id;cost;name\n1;1.5;Park\n2;1.5;Lamp\n3;1;Pool\nVOTES\nvoter_id;vote\n{votes}"
    )

    said = said_of(capsys, str(path), "--rule", "greedy")

    assert "Groups that could say their share would have paid for more: 2 people about 3 Pool\n" in said


def test_add1_that_was_not_reached_warns(file, capsys, monkeypatch):
    monkeypatch.setitem(completed.__kwdefaults__, "most_runs", 3)

    assert carry_out(["select", file, "--completion", "add1", "--step", "0.001"]) == 0

    said = capsys.readouterr().err
    assert said.startswith("when everybody had been given 0.001 more ")
    assert said.endswith(" times, projects still fitted: add1 did not come to its end, try --step 0.01\n")


@pytest.mark.parametrize("step", ["0", "-1", "1e9", "1/3"])
def test_a_step_that_is_none_is_refused(file, capsys, step):
    with pytest.raises(SystemExit):
        carry_out(["select", file, "--step", step])

    assert f"argument --step: {step} is not an amount above 0" in capsys.readouterr().err


def test_add1_with_another_rule_is_refused(file, capsys):
    assert carry_out(["select", file, "--rule", "phragmen", "--completion", "add1"]) == 2
    assert capsys.readouterr().err == "the completion add1 is one of Equal Shares, expected none or greedy with phragmen\n"


def test_a_vote_without_voters_and_a_broken_file_get_one_line(capsys, tmp_path):
    (tmp_path / "empty.pb").write_text(FILE.split("a;1")[0])

    assert carry_out(["select", str(tmp_path / "empty.pb")]) == 2
    assert capsys.readouterr().err.endswith("empty.pb:11: nobody voted, expected at least one ballot\n")
    assert carry_out(["select", str(tmp_path / "none.pb")]) == 2
    assert capsys.readouterr().err.endswith("none.pb:0: No such file or directory, expected a file that can be read\n")
