"""`medskapa panel` draws, explains, and draws again."""

import json

import pytest

from medskapa.cli.commands import carry_out

QUOTAS = "category,feature,min,max\nplace,town,1,1\nplace,village,1,1\nplace,island,0,0\n"
PEOPLE = "id,place\na,town\nb,town\nc,town\nd,town\ne,village\nf,island\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "quotas.csv").write_text(QUOTAS)
    (tmp_path / "people.csv").write_text(PEOPLE)
    return [str(tmp_path / "quotas.csv"), str(tmp_path / "people.csv")]


def test_the_panel_comes_with_chances_bound_replacements_and_quotas(files, capsys):
    assert carry_out(["panel", *files, "--size", "2", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["panel"][1] == "e"
    assert found["probabilities"] == {"a": 0.25, "b": 0.25, "c": 0.25, "d": 0.25, "e": 1, "f": 0}
    assert (found["min_probability"], found["bound"], found["cannot_be_drawn"]) == (0.25, 0.25, ["f"])
    assert sorted([found["panel"][0], *found["replacements"][found["panel"][0]]]) == ["a", "b", "c", "d"]
    assert found["quotas"][1] == {"category": "place", "value": "town", "min": 1, "max": 1, "pool": 4, "panel": 1}


def test_the_same_seed_gives_the_same_bytes_and_another_one_another_panel(files, capsys):
    said = []
    for seed in ("7", "7", "8", "9", "10"):
        carry_out(["panel", *files, "--size", "2", "--seed", seed, "--json"])
        said.append(capsys.readouterr().out)

    assert said[0] == said[1]
    assert len({json.loads(text)["panel"][0] for text in said}) > 1


def test_in_words_it_says_what_the_smallest_chance_was_and_who_had_none(files, capsys):
    carry_out(["panel", *files, "--size", "2", "--fairness", "maximin"])

    said = capsys.readouterr().out
    assert "Everybody who can be drawn had a chance of at least 25.00%; no lottery that keeps the quotas can give all" in said
    assert "No panel that keeps the quotas can have any of 1 people: they had no chance." in said
    assert "  place     village  1    1    1            1" in said


def test_whoever_has_the_audit_file_draws_the_same_panel_again(files, capsys, tmp_path):
    carry_out(
        ["panel", *files, "--size", "2", "--seed", "1 March", "--audit", str(tmp_path / "audit.json"), "--out", str(tmp_path / "out.csv")]
    )
    audit = json.loads((tmp_path / "audit.json").read_text())
    assert (tmp_path / "out.csv").read_text() == f"id,place\n{audit['panel'][0]},town\ne,village\n"
    capsys.readouterr()

    assert carry_out(["panel", *files, "--check", str(tmp_path / "audit.json")]) == 0
    assert capsys.readouterr().out == f"The draw gives the same panel of 2 again: {', '.join(audit['panel'])}\n"

    (tmp_path / "audit.json").write_text(
        json.dumps(audit | {"seed": "2 March", "panel": ["b", "e"] if audit["panel"] != ["b", "e"] else ["a", "e"]})
    )
    assert carry_out(["panel", *files, "--check", str(tmp_path / "audit.json")]) == 1
    assert "the draw gives another panel than the audit file says" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--size", "0"], "medskapa: --size is 0, expected a number from 1 to 6, the people in the pool\n"),
        (
            ["--size", "3"],
            "no panel of 3 keeps all quotas; these cannot hold together: place island: 0–0; place town: 1–1; expected",
        ),
        (["--size", "2", "--out", "/none/out.csv"], "medskapa: cannot write /none/out.csv: No such file or directory\n"),
        (["--size", "2", "--audit", "/none/audit.json"], "medskapa: cannot write /none/audit.json: No such file or directory\n"),
    ],
)
def test_what_cannot_be_done_gets_one_line(files, capsys, arguments, said):
    assert carry_out(["panel", *files, *arguments]) == 2

    error = capsys.readouterr().err
    assert error.startswith(said)
    assert error.count("\n") == 1


def test_a_file_that_is_no_audit_gets_one_line(files, capsys, tmp_path):
    (tmp_path / "audit.json").write_text("not JSON")

    assert carry_out(["panel", *files, "--check", str(tmp_path / "audit.json")]) == 2
    assert capsys.readouterr().err.endswith("expected an audit file in JSON\n")
