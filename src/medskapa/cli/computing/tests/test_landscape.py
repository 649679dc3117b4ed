"""`medskapa landscape` shows who answers alike and what joins them, or says that there are too few votes to tell."""

import json

import pytest

from medskapa.cli.commands import carry_out

SIDES = {"yes": range(1, 13), "no": range(13, 22)}  # who is for what splits them
LONG = "timestamp,comment-id,voter-id,vote\n" + "".join(
    f"{person},{statement},{person},{vote}\n"
    for side, people in SIDES.items()
    for person in people
    for statement in range(1, 9)
    for vote in (1 if statement == 8 or (side == "yes") == (statement % 2 == 1) else -1,)
    if (person + statement) % 9
)
COMMENTS = "comment-id,moderated,comment-body\n" + "".join(
    f'{statement},{-1 if statement == 1 else 1},"Statement {statement}, with a comma"\n' for statement in range(1, 9)
)
OF_STATEMENTS = ["statement", "position", "share", "shares", "interval"]


def as_wide(long):
    """The same votes, a line for each person."""
    said = {(person, statement): vote for _at, statement, person, vote in (line.split(",") for line in long.splitlines()[1:])}
    people, statements = (sorted({pair[place] for pair in said}, key=int) for place in (0, 1))
    lines = [[person, "0", *(said.get((person, statement), "") for statement in statements)] for person in people]
    return "".join(",".join(line) + "\n" for line in [["participant", "group-id", *statements], *lines])


@pytest.fixture
def run(tmp_path, capsys):
    """Writes a text to votes.csv, carries the command out, and gives status, output and errors."""

    def carried_out(text, *options, comments=None):
        (tmp_path / "votes.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        more = [] if comments is None else ["--comments", str(tmp_path / "comments.csv")]
        if more:
            (tmp_path / "comments.csv").write_bytes(comments if isinstance(comments, bytes) else comments.encode())
        status = carry_out(["landscape", str(tmp_path / "votes.csv"), *more, *options])
        return status, *capsys.readouterr()

    return carried_out


def test_json_is_complete(run):
    status, said, warned = run(LONG, "--json", comments=COMMENTS)

    found = json.loads(said)
    assert (status, warned) == (0, "")
    assert list(found) == [
        *("participants", "placed", "statements", "votes", "explained_variance", "k", "stability"),
        *("groups", "consensus", "bridging", "positions", "warnings"),
    ]
    assert [found[key] for key in ("participants", "placed", "statements", "votes", "k", "stability")] == [21, 21, 8, 149, 2, 1.0]
    assert [(group["id"], group["size"]) for group in found["groups"]] == [(1, 12), (2, 9)]
    assert list(found["groups"][0]["representative"][0]) == ["statement", "position", "share", "ratio", "z"]
    assert {one["statement"] for group in found["groups"] for one in group["representative"]} == {
        2,
        3,
        4,
        5,
        6,
    }  # five each; 1 was rejected
    assert [(list(one), one["statement"], one["position"], list(one["shares"])) for one in found["bridging"]] == [
        (OF_STATEMENTS, 8, "agree", ["1", "2"])
    ]
    assert list(found["consensus"][0]) == OF_STATEMENTS
    assert [(one["participant"], one["group"]) for one in found["positions"]][11:13] == [(12, 1), (13, 2)]


def test_the_readable_answer_is_in_words(run):
    _status, said, _warned = run(LONG, comments=COMMENTS)

    assert said.startswith(
        "People who voted: 21. Statements: 8. Votes: 149.\nPeople with at least 7 votes, who can be put into groups: 21.\n"
        "On a map, the two axes show "
    )
    assert "of the differences.\nThere are 2 groups. If other people like these had voted, two of one group would be in one group" in said
    assert "\n\nGroup 1, 12 people: what it says unlike the others\n  statement" in said
    assert "\n\nWhat joins the groups: more than half of each say so\n  statement                             people  share" in said
    assert "\n  8          Statement 8, with a comma  agree   " in said
    assert "Statement 1," not in said


def test_people_go_to_a_file_and_those_with_few_votes_without_a_group(run, tmp_path):
    run(LONG + "99,2,50,1\n", "--positions", str(tmp_path / "out.csv"))

    lines = (tmp_path / "out.csv").read_text().splitlines()
    assert lines[0] == "participant,x,y,group"
    assert (len(lines), lines[1].split(",")[3], lines[-1].split(",")[::3]) == (23, "1", ["50", ""])


def test_groups_keep_their_ids_between_runs_though_the_smaller_has_become_the_larger(run, tmp_path):
    run(LONG, "--positions", str(tmp_path / "before.csv"))
    grown = LONG + "".join(f"9,{statement},{person},{1 - 2 * (statement % 2)}\n" for person in range(30, 40) for statement in range(1, 9))

    fresh, kept = run(grown, "--json"), run(grown, "--json", "--before", str(tmp_path / "before.csv"))

    assert [(group["id"], group["size"]) for group in json.loads(fresh[1])["groups"]] == [(1, 19), (2, 12)]
    assert [(group["id"], group["size"]) for group in json.loads(kept[1])["groups"]] == [(1, 12), (2, 19)]


def test_the_same_seed_gives_the_same_bytes_whatever_the_order_of_the_lines_and_in_both_forms(run):
    lines = LONG.splitlines(keepends=True)
    first = run(LONG, "--json", "--seed", "7")

    assert run("".join([lines[0], *reversed(lines[1:])]), "--json", "--seed", "7") == first
    assert run(as_wide(LONG), "--json", "--seed", "7") == first


@pytest.mark.parametrize("form", [lambda text: text, as_wide], ids=["long", "wide"])
@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace("\n1,", '\n"1",'),
    ],
    ids=["Windows line ends", "byte order mark", "semicolons", "tabs", "quotes"],
)
def test_files_of_other_programs_give_the_same(run, changed, form):
    assert run(changed(form(LONG)), "--json") == run(LONG, "--json")


def test_both_header_forms_of_the_comments_say_the_same(run):
    newer = "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-seed,is-meta\n" + "".join(
        f"1,{statement},1,0,0,1,true,{'true' if statement == 1 else 'false'}\n" for statement in range(1, 9)
    )

    assert run(LONG, "--json", comments=newer) == run(LONG, "--json", comments=COMMENTS)


def test_statements_that_the_comments_do_not_know_are_told(run):
    warning = "2 statements with votes are not in the file of comments: they are taken as accepted\n"
    only_six = "".join(COMMENTS.splitlines(keepends=True)[:7])

    assert run(LONG, "--json", comments=only_six)[2] == warning
    assert json.loads(run(LONG, "--json", comments=only_six)[1])["warnings"] == [warning.strip()]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("voter-id,comment-id,vote\n1,1,1\n", "too few votes to tell: 0 people gave at least 7 votes, and two groups of 5 need 10\n"),
        (
            LONG.replace(",-1\n", ",1\n"),
            "everybody who voted on a statement said the same: there is nothing that could tell people apart\n",
        ),
    ],
    ids=["one person", "everybody alike"],
)
def test_where_there_is_too_little_to_tell_it_says_so_and_shows_no_groups(run, text, warning):
    status, said, warned = run(text, "--json")

    assert (status, warned) == (0, warning)
    assert [json.loads(said)[key] for key in ("k", "stability", "groups", "bridging")] == [0, None, [], []]
    assert "group" not in run(text)[1].partition("can be put into groups")[2]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "votes.csv:1: the file is empty, expected a line with the columns "),
        ("voter-id,comment-id,vote\n", "votes.csv:2: there are no votes, expected at least one"),
        ("voter-id,comment-id\n1,1\n", "votes.csv:1: the column vote is missing (there are: voter-id, comment-id), expected the columns"),
        ("voter-id|comment-id|vote\n1|1|1\n", "votes.csv:1: the column voter-id is missing"),
        ("voter-id,comment-id,vote\n1,1,yes\n", "votes.csv:2: vote is 'yes', expected 1 (agree), 0 (pass) or -1 (disagree)"),
        ("voter-id,comment-id,vote\n1,1\n", "votes.csv:2: there are 2 cells, expected 3, one for each column"),
        ('voter-id,comment-id,vote\n1,"1,1\n', "votes.csv:2: the quotes are wrong"),
        ("participant,1,2\n7,1,0\n7,1,0\n", "votes.csv:3: participant 7 stands there twice, expected each person once"),
        ("participant,1,2\n7,1,2\n", "votes.csv:2: the vote on 2 is '2', expected 1 (agree), 0 (pass) or -1 (disagree)"),
        ("voter-id,comment-id,vote\nÅsa,1,1\n".encode("latin-1"), "votes.csv:2: the byte 0xc5 is not UTF-8, expected a file saved as"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(run, text, fault):
    status, said, refused = run(text)

    assert (status, said) == (2, "")
    assert fault in refused
    assert refused.count("\n") == 1


@pytest.mark.parametrize(
    ("comments", "fault"),
    [
        ("comment-id\n1\n", "comments.csv:1: the column moderated is missing"),
        ("comment-id,moderated\n1,5\n", "comments.csv:2: moderated is '5', expected -1 (rejected), 0 (not looked at) or 1 (accepted)"),
        ("comment-id,moderated,comment-body\n1,1,på\n".encode("latin-1"), "comments.csv:2: the byte 0xe5 is not UTF-8"),
    ],
)
def test_broken_comments_are_refused_with_their_line(run, comments, fault):
    status, said, refused = run(LONG, comments=comments)

    assert (status, said, refused.count("\n")) == (2, "", 1)
    assert fault in refused


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("participant,x,y\n1,0,0\n", ":1: the column group is missing"),
        ("participant,x,y,group\n1,0,far,1\n", ":2: y is 'far', expected a number"),
        ("participant,x,y,group\n1,0,0,0\n", ":2: group is 0, expected a whole number of at least 1"),
    ],
)
def test_broken_positions_of_an_earlier_run_are_refused_with_their_line(run, tmp_path, text, fault):
    (tmp_path / "before.csv").write_text(text)

    status, said, refused = run(LONG, "--before", str(tmp_path / "before.csv"))

    assert (status, said, refused.count("\n")) == (2, "", 1)
    assert f"before.csv{fault}" in refused


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("--groups", "1"), "'1' is no number of groups, expected auto or a number from 2 to 20"),
        (("--groups", "many"), "'many' is no number of groups, expected auto or a number from 2 to 20"),
        (("--min-votes", "0"), "'0' is no number of votes, expected a whole number of at least 1"),
    ],
)
def test_options_that_make_no_sense_are_refused(run, capsys, options, fault):
    with pytest.raises(SystemExit):
        run(LONG, *options)
    assert fault in capsys.readouterr().err


def test_as_many_groups_as_asked_for_or_a_refusal(run):
    assert json.loads(run(LONG, "--json", "--groups", "3")[1])["k"] == 3
    assert json.loads(run(LONG, "--json", "--groups", "auto")[1])["k"] == 2
    status, _said, refused = run("voter-id,comment-id,vote\n1,1,1\n", "--groups", "2")
    assert (status, refused) == (2, "people lie in fewer than 2 different places, expected at least as many as groups\n")
