"""`medskapa calibrate` puts adjusted scores beside raw ones, and says how sure the order is."""

import json

import pytest

from medskapa.cli.commands import carry_out

HEAD = "juror,application,criterion,score\n"
STRICT = {"Ada": 0, "Bo": 1, "Cy": 2}
WORTH = {"North": 1, "South": 2, "East": 3, "West": 3, "Lake": 2, "Hill": 1}


def reviews(left_out=()):
    """Everybody reads everything but what is left out; Bo is a point milder than Ada, Cy two; Bo is torn about Hill."""
    odd = {("Bo", "Hill", "idea"): 1}
    rows = [
        f"{juror},{name},{criterion},{worth + ahead + odd.get((juror, name, criterion), 0)}\n"
        for juror, ahead in STRICT.items()
        for name, worth in WORTH.items()
        for criterion in ("idea", "team")
        if (juror, name) not in left_out
    ]
    return HEAD + "".join(rows)


@pytest.fixture
def run(tmp_path, capsys):
    """Writes a text to reviews.csv, carries the command out, and gives status, output and errors."""

    def carried_out(text, *options):
        (tmp_path / "reviews.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        status = carry_out(["calibrate", str(tmp_path / "reviews.csv"), *options])
        return status, *capsys.readouterr()

    return carried_out


def test_the_readable_answer_says_what_changes_and_who_is_strict(run):
    status, said, warned = run(reviews(left_out={("Ada", "East"), ("Ada", "South"), ("Cy", "West"), ("Cy", "Lake")}), "--top", "1")

    assert (status, warned) == (0, "")
    assert said.startswith("6 applications, 3 jurors, 14 reviews.\nAdjusting changes the order.\n")
    assert "less than 1 of 1,000 juries whose jurors are all equally strict.\nOf the differences between adjusted scores about" in said
    assert (
        "\nApplications\n  place  application  reviews  raw    adjusted  from   to     raw place  chance of top 1  cannot be told" in said
    )
    assert [line.split()[0] for line in said.partition("\n  juror ")[2].splitlines()[1:4]] == ["Ada", "Bo", "Cy"]


def test_who_comes_in_is_said(run):
    left_out = {("Ada", "South"), ("Ada", "Lake"), ("Cy", "West"), ("Cy", "East"), ("Bo", "West")}

    assert "Among the best 2: West instead of Lake.\n" in run(reviews(left_out), "--top", "2")[1]
    assert "Among the best" not in run(reviews(), "--top", "2")[1]


def test_json_is_complete(run):
    _status, said, _warned = run(reviews(), "--json", "--top", "2")

    found = json.loads(said)
    assert list(found) == [
        *("applications", "jurors", "groups", "warnings", "is_adjusted", "uses_stretch", "order_changes", "comes_in", "goes_out"),
        *("chance_size", "spread", "reliability", "efficiency", "severities_by_chance", "surprises"),
    ]
    assert [(one["name"], one["place"]) for one in found["applications"]][:2] == [("East", 1), ("West", 1)]
    assert found["applications"][0].keys() == {
        *("name", "reviews", "raw", "raw_place", "adjusted", "low", "high", "place", "chance", "alike"),
    }


def test_what_cannot_be_adjusted_is_said_on_standard_error_and_in_the_result(run):
    status, said, warned = run(HEAD + "Ada,a,idea,1\nAda,b,idea,2\n", "--json")

    assert status == 0
    assert warned == (
        "There is one juror, so how strict a juror is cannot be told from how good the applications are. "
        "The scores stand as they were given.\n"
    )
    assert json.loads(said)["warnings"] == [warned.strip()]
    assert run(HEAD + "Ada,a,idea,1\nAda,b,idea,2\n")[1].startswith("2 applications, 1 jurors, 2 reviews.\n\nApplications\n")


def test_an_odd_review_and_an_evened_scale_are_said(run):
    worths = (1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3, 4)
    rows = [
        f"{juror},a{number:02d},all,{3 + wide * (worth - 3) + (number * step) % 3 / 5}\n"
        for juror, wide, step in (("Ada", 1, 1), ("Bo", 1, 2), ("Cy", 0.3, 1), ("Dag", 1, 2))
        for number, worth in enumerate(worths)
    ]

    assert "\nThe jurors use the scale so differently that it was evened out.\n" in run(HEAD + "".join(rows))[1]
    rows[40] = "Dag,a04,all,1\n"
    assert "\nSingle reviews unlike what all the others lead one to expect: a reason to ask\n" in run(HEAD + "".join(rows))[1]


def test_adjusted_scores_go_to_a_file(run, tmp_path):
    run(reviews(), "--out", str(tmp_path / "out.csv"))

    lines = (tmp_path / "out.csv").read_text().splitlines()
    assert lines[0] == "application,raw,adjusted,low,high,place,chance"
    assert lines[1].startswith("East,4.0,4.0")
    assert lines[1].endswith(",1,")


def test_the_same_seed_gives_the_same_bytes_whatever_the_order_of_the_lines(run):
    lines = reviews().splitlines(keepends=True)

    first = run("".join(lines), "--json", "--top", "3", "--seed", "7")

    assert run("".join([lines[0], *reversed(lines[1:])]), "--json", "--top", "3", "--seed", "7") == first


@pytest.mark.parametrize(
    "text",
    [
        reviews().replace("\n", "\r\n"),
        "\ufeff" + reviews(),
        reviews().replace(",", ";"),
        reviews().replace(",", "\t"),
        reviews().replace("North", '"North"'),
    ],
    ids=["Windows line ends", "byte order mark", "semicolons", "tabs", "quotes"],
)
def test_files_of_other_programs_give_the_same(run, text):
    assert run(text, "--json") == run(reviews(), "--json")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ":1: the file is empty, expected a line with the columns juror, application, criterion, score"),
        (HEAD, ":1: there are 0 rows, expected at least 1"),
        (
            "juror,application,score\nx,a,1\n",
            ":1: the column criterion is missing (there are: juror, application, score), expected the columns",
        ),
        ("juror|application|criterion|score\nx|a|c|1\n", ":1: the column juror is missing"),
        (HEAD + "x,a,c,high\n", ":2: score is 'high', expected a number"),
        (HEAD + "x,a,c\n", ":2: there are 3 cells, expected 4, one for each column"),
        (HEAD + 'x,"a,c,1\n', ":2: the quotes are wrong"),
        (HEAD + "x,a,c,1\nx,a,c,2\n", ":3: x scores a twice for c (before in line 2), expected one score"),
        ((HEAD + "Åsa,a,c,1\n").encode("latin-1"), ":2: the byte 0xc5 is not UTF-8, expected a file saved as UTF-8"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(run, text, fault):
    status, said, refused = run(text)

    assert (status, said) == (2, "")
    assert f"reviews.csv{fault}" in refused
    assert refused.count("\n") == 1


def test_too_many_best_and_a_confidence_that_is_none_are_refused(run, capsys):
    assert run(reviews(), "--top", "6") == (2, "", "the best 6 are asked for, expected a number from 1 to 5\n")
    with pytest.raises(SystemExit):
        run(reviews(), "--confidence", "95")
    assert "95 does not lie between 0 and 1" in capsys.readouterr().err
