"""`medskapa effect` says in words and numbers whether it got better, or that there is too little to tell."""

import json

import pytest

from medskapa.cli.commands import carry_out

ANSWERS = "when,value\n" + "before,no\n" * 32 + "before,yes\n" * 48 + "after,no\n" * 14 + "after,yes\n" * 56
TWICE = "unit,before,after\n" + "".join(f"person {number},{number % 4},{number % 4 + number % 3}\n" for number in range(12))
SCHOOLS = "unit,group,when,value\n" + "".join(
    f"school {number},{group},before,{number % 3}\nschool {number},{group},after,{number % 3 + (number % 2) / 4 + (group == 'pilot')}\n"
    for number, group in enumerate(["pilot"] * 5 + ["comparison"] * 6)
)
MONTHS = "time,when,value\n" + "".join(
    f"{2024 + month // 12}-{month % 12 + 1:02d},{'before' if month < 12 else 'after'},{month % 5 + 6 * (month >= 12)}\n"
    for month in range(24)
)
FILES = {"before-after": ANSWERS, "paired": TWICE, "did": SCHOOLS, "its": MONTHS}


@pytest.fixture
def run(tmp_path, capsys):
    """Writes a text to data.csv, carries the command out, and gives status, output and errors."""

    def carried_out(text, design, *options):
        (tmp_path / "data.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        status = carry_out(["effect", str(tmp_path / "data.csv"), "--design", design, *options])
        return status, *capsys.readouterr()

    return carried_out


def test_the_readable_answer_says_it_in_sentences_and_in_numbers(run):
    assert run(ANSWERS, "before-after") == (
        0,
        "Before, it was 48 of 80 (60%); after, it was 56 of 70 (80%).\n"
        "After is 20 percentage points higher; with 95% confidence that lies between 5 and 33 percentage points higher.\n"
        "It is clearly higher: chance alone makes a difference at least as large in about 13 of 1,000 such comparisons.\n"
        "It does not show why: whatever else changed at the same time is in it, too.\n"
        "\nIn numbers\n"
        "  what        estimate  from   to\n"
        "  difference  0.200     0.052  0.334\n"
        "  before      0.600     0.490  0.700\n"
        "  after       0.800     0.692  0.877\n",
        "",
    )


@pytest.mark.parametrize("design", FILES)
def test_json_is_complete_for_every_design(run, design):
    found = json.loads(run(FILES[design], design, "--json")[1])

    names = ("design", "is_share", "confidence", "estimate", "low", "high", "verdict", "by_chance", "parts", "words", "warnings")
    assert (tuple(found), found["design"], found["verdict"]) == (names, design, "higher")
    assert found["parts"][0].keys() == {"name", "estimate", "low", "high"}


@pytest.mark.parametrize("design", FILES)
def test_no_answer_calls_anything_significant(run, design):
    assert "signific" not in run(FILES[design], design)[1]


@pytest.mark.parametrize("design", FILES)
def test_the_same_seed_gives_the_same_bytes_whatever_the_order_of_the_lines(run, design):
    lines = FILES[design].splitlines(keepends=True)

    first = run("".join(lines), design, "--json", "--seed", "7")

    assert run("".join([lines[0], *reversed(lines[1:])]), design, "--json", "--seed", "7") == first


@pytest.mark.parametrize(
    ("text", "design"),
    [
        ("when,value\nbefore,1.5\nafter,2.5\n", "before-after"),
        ("unit,before,after\na,1,2\n", "paired"),
        ("unit,group,when,value\na,pilot,before,1\na,pilot,after,2\nb,comparison,before,1\nb,comparison,after,1\n", "did"),
        ("time,when,value\n1,before,1\n2,after,2\n", "its"),
    ],
)
def test_one_row_on_each_side_is_too_few_to_tell(run, text, design):
    status, said, _warned = run(text, design)

    assert status == 0
    assert "That is too few to tell: " in said
    assert "  difference" in said


def test_what_is_left_out_is_said_on_standard_error(run):
    _status, said, warned = run(TWICE + "another,1,\n", "paired", "--json")

    assert warned == "1 pair lacks a value and is left out.\n"
    assert json.loads(said)["warnings"] == ["1 pair lacks a value and is left out."]


@pytest.mark.parametrize(
    "text",
    [
        MONTHS.replace("\n", "\r\n"),
        "\ufeff" + MONTHS,
        MONTHS.replace(",", ";"),
        MONTHS.replace(",", "\t"),
        MONTHS.replace("after", '"after"'),
    ],
    ids=["Windows line ends", "byte order mark", "semicolons", "tabs", "quotes"],
)
def test_files_of_other_programs_give_the_same(run, text):
    assert run(text, "its", "--json") == run(MONTHS, "its", "--json")


@pytest.mark.parametrize(
    ("text", "design", "fault"),
    [
        ("", "its", "data.csv:1: the file is empty, expected a line with the columns time, when, value"),
        ("when,value\n", "before-after", "data.csv:1: there are 0 rows, expected at least 1"),
        ("when,value\nbefore,1\n", "before-after", "there are 1 values before and 0 after, expected some of both"),
        ("unit,before\na,1\n", "paired", "data.csv:1: the column after is missing"),
        ("unit,before,after\na,1,\n", "paired", "no pair has both values, expected at least one"),
        ("unit,before,after\na,1\n", "paired", "data.csv:2: there are 2 cells, expected 3, one for each column"),
        ("unit,group,when,value\na,pilot,before,1\n", "did", "0 units with a pilot and 0 without have values before and after"),
        ('time,when,value\n1,before,"1\n', "its", "data.csv:2: the quotes are wrong"),
        (
            "time,when,value\n1,after,1\n",
            "its",
            "the points do not change once from before to after, expected some before and then some after",
        ),
        ("when,value\nbefore,1\nåter,1\n".encode("latin-1"), "before-after", "data.csv:3: the byte 0xe5 is not UTF-8"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(run, text, design, fault):
    status, said, refused = run(text, design)

    assert (status, said) == (2, "")
    assert fault in refused
    assert refused.count("\n") == 1


def test_a_design_must_be_chosen_and_a_confidence_that_is_none_is_refused(run, capsys, tmp_path):
    with pytest.raises(SystemExit):
        carry_out(["effect", str(tmp_path / "data.csv")])
    assert "--design" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(MONTHS, "its", "--confidence", "95")
    assert "95 does not lie between 0 and 1" in capsys.readouterr().err
