"""`medskapa teams` seats people, says how good that is, and names rules that clash."""

import json

import pytest

from medskapa.cli.commands import carry_out

PEOPLE = """\
id,role,age,languages,interprets,friends
Ada,co-creator,young,sv so,,Bo
Bo,co-creator,young,so,,Ada;Cy
Cy,host,old,sv,,
Di,host,old,sv so,sv so,
Eli,co-creator,young,sv,,
Fe,co-creator,young,sv en,,Gö
Gö,host,old,en sv,,
Hu,host,old,sv,,
"""
RULES = """\
[[share]]
column = "role"
value = "co-creator"
least = 2

[language]
interpreted = "interprets"

[[apart]]
people = ["Ada", "Eli"]

[[mix]]
column = "age"
weight = 2

[[near]]
column = "friends"
weight = 3
"""


@pytest.fixture
def lab_day(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "rules.toml").write_text(RULES)
    return tmp_path


def seat(folder, *more: str) -> int:
    return carry_out(["teams", f"{folder}/people.csv", "--tables", "2", "--rules", f"{folder}/rules.toml", "--seconds", "1", *more])


def test_a_seating_in_words(lab_day, capsys):
    assert seat(lab_day) == 0

    assert capsys.readouterr().out == (
        "8 people at 2 tables. Every rule holds at every table.\n"
        "Wishes: 0 of 25 points are lost; no seating does better.\n"
        "\nWishes\n"
        "  wish                                    weight  missed  of\n"
        "  an even mix of age                      2       0       8\n"
        "  sitting with somebody named in friends  3       0       3\n"
        "\nTables\n"
        "  1: Ada, Bo, Cy, Di\n"
        "      so; 2 with role co-creator; Di interprets for Cy\n"
        "  2: Eli, Fe, Gö, Hu\n"
        "      sv; 2 with role co-creator\n"
    )


def test_the_json_is_complete_and_the_same_for_the_same_seed(lab_day, capsys):
    said = []
    for _time in range(2):
        seat(lab_day, "--json", "--seed", "5", "--out", str(lab_day / "out.csv"))
        said.append(capsys.readouterr().out)

    found = json.loads(said[0])
    assert said[0] == said[1]
    assert found.pop("tables")[0] == {
        "name": "1",
        "people": ["Ada", "Bo", "Cy", "Di"],
        "language": "so",
        "remarks": ["2 with role co-creator", "Di interprets for Cy"],
    }
    assert found.pop("wishes")[1] == {"words": "sitting with somebody named in friends", "weight": 3, "points": 3, "missed": 0}
    assert found == {
        "points": 25,
        "lost": 0,
        "bound": 0,
        "gap": 0,
        "is_best": True,
        "moved": None,
        "fewest_moves": None,
        "gone": [],
    }
    assert (lab_day / "out.csv").read_text() == "person,table\nAda,1\nBo,1\nCy,1\nDi,1\nEli,2\nFe,2\nGö,2\nHu,2\n"


def test_an_earlier_seating_is_changed_as_little_as_can_be(lab_day, capsys):
    (lab_day / "before.csv").write_text(
        "person,table\nAda,window\nBo,door\nCy,window\nDi,window\nEli,window\nFe,door\nGö,door\nHu,door\nIx,door\n"
    )

    assert seat(lab_day, "--from", str(lab_day / "before.csv")) == 0

    said = capsys.readouterr()
    assert said.err == "Not among the people any more, and left out of the earlier seating: Ix\n"
    assert "People who sit elsewhere than before: 2; no seating that keeps the rules moves fewer.\n" in said.out
    assert "0 of 25 points are lost; no seating does better among those that move as few people.\n" in said.out
    assert "\nWho moves\n  person  from    to\n  Bo      door    window\n  Eli     window  door\n" in said.out
    assert "  door: Eli, Fe, Gö, Hu\n      sv; " in said.out

    seat(lab_day, "--from", str(lab_day / "before.csv"), "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["moved"][0], found["fewest_moves"], found["gone"]) == ({"person": "Bo", "from": "door", "to": "window"}, 2, ["Ix"])


def test_tables_without_a_name_get_numbers_and_stand_in_their_order(lab_day, capsys):
    (lab_day / "rules.toml").write_text("[size]\nmost = 4\n")
    (lab_day / "before.csv").write_text("person,table\nAda,10\nBo,2\nCy,\n")

    assert seat(lab_day, "--tables", "3", "--from", str(lab_day / "before.csv")) == 0

    said = capsys.readouterr().out
    assert [line.partition(":")[0] for line in said.splitlines() if line.startswith("  ")] == ["  1", "  2", "  10"]
    assert "People who sit elsewhere than before: 0; no seating that keeps the rules moves fewer.\n" in said


def test_rules_that_clash_are_a_finding_that_names_them(lab_day, capsys):
    (lab_day / "rules.toml").write_text(
        '[[apart]]\npeople = ["Ada", "Bo"]\n[[share]]\ncolumn = "role"\nmost = 2\n[[together]]\npeople = ["Bo", "Cy", "Ada"]\n'
    )

    assert seat(lab_day) == 1
    assert capsys.readouterr().out == (
        "No seating keeps all rules. These cannot hold together:\n"
        "  - Ada and Bo sit apart\n  - Bo, Cy and Ada sit together\nWithout any one of them the others can hold.\n"
    )
    assert seat(lab_day, "--json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "tables": None,
        "clash": ["Ada and Bo sit apart", "Bo, Cy and Ada sit together"],
        "is_smallest": True,
    }


def test_one_rule_that_nobody_can_keep_stands_alone(lab_day, capsys):
    assert seat(lab_day, "--tables", "3") == 1
    assert capsys.readouterr().out == (
        "No seating keeps this rule:\n  - at least 2 with role co-creator at each of 3 tables (there are 4)\n"
    )


def test_a_clash_that_may_not_be_the_smallest_says_so(lab_day, capsys, monkeypatch):
    from medskapa.methods.teams import seat as module

    def clash(*_arguments, **_more):
        raise module.RulesClash(["one", "two"], is_smallest=False)

    monkeypatch.setattr(module, "seat", clash)

    assert seat(lab_day) == 1
    assert capsys.readouterr().out.endswith("  - one\n  - two\nPerhaps fewer of them clash already: more --seconds may tell.\n")


def test_what_is_not_proven_is_not_claimed(lab_day, capsys, monkeypatch):
    from medskapa.methods.teams import seat as module

    table = module.Table("1", ("Ada",), "", ())
    found = module.Seating((table,), (module.Wished("w", 1, 20, 3),), points=20, lost=3, bound=1, moved=(("Ada", "2", "1"),) * 3, fewest=2)
    monkeypatch.setattr(module, "seat", lambda *_arguments, **_more: found)
    (lab_day / "before.csv").write_text("person,table\nAda,2\n")

    seat(lab_day, "--from", str(lab_day / "before.csv"))

    said = capsys.readouterr().out
    assert "People who sit elsewhere than before: 3; perhaps 2 would be enough.\n" in said
    assert "Wishes: 3 of 20 points are lost; the best there could be loses 1 (a gap of 10.5%).\n" in said


@pytest.mark.parametrize(
    "people",
    [
        PEOPLE.replace(",", ";").replace("Ada;Cy", "Ada,Cy"),
        "\ufeff" + PEOPLE,
        PEOPLE.replace("\n", "\r\n"),
        PEOPLE.replace("Ada;Cy", '"Ada, Cy"'),
        PEOPLE.replace("id,", "person,"),
    ],
)
def test_tables_as_peoples_programs_write_them_are_read(lab_day, capsys, people):
    (lab_day / "people.csv").write_bytes(people.encode())

    assert seat(lab_day) == 0
    assert "  1: Ada, Bo, Cy, Di\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (b"", "people.csv:1: the file is empty, expected a line with the names of the columns, and a line for each person\n"),
        (b"id,role\n", "people.csv:1: there are 0 rows, expected at least 1\n"),
        (b"id,role\nAda,host,9\n", "people.csv:2: there are 3 cells, expected 2, one for each column\n"),
        (b"id,role\nAda,host\nAda,host\n", "people.csv:3: Ada stands there twice, expected each person once\n"),
        (b"id,role\n,host\n", "people.csv:2: id is empty, expected a value\n"),
        (b"id,role\nG\xf6,host\n", "people.csv:2: the byte 0xf6 is not UTF-8, expected a file saved as UTF-8\n"),
        (b'id,role\n"Ada,host\n', "people.csv:2: the quotes are wrong (unexpected end of data), expected quotes that open and close\n"),
        (b"id,role\nAda,host\nBo,co-creator\n", "rules.toml:6: language: Ada has no column interprets, expected one of id, role\n"),
        (b"id|role\nAda|host\nBo|host\n", "rules.toml:1: share: Ada|host has no column role, expected one of id|role\n"),
    ],
)
def test_people_that_cannot_be_read_get_one_line(lab_day, capsys, people, said):
    (lab_day / "people.csv").write_bytes(people)

    assert seat(lab_day) == 2
    assert capsys.readouterr().err == f"{lab_day}/{said}"


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("[[share]\n", "1: it is no TOML ("),
        ('[[share]]\ncolumn = "role"\nleast = \n', "3: it is no TOML ("),
        ('[[share]]\ncolumn = "role', "2: it is no TOML ("),
        ("\n[[shares]]\n", "2: the rule shares is not known, expected one of size, share, apart, together, language, mix, balance, near\n"),
        ("size = 4\n", "1: size is not a section, expected a line [size], and below it what it says\n"),
        ("[[size]]\nmost = 4\n", "1: size is not a section, expected a line [size], and below it what it says\n"),
        ("mix = [1]\n", "1: mix is not a section, expected a line [[mix]], and below it what it says\n"),
        ("[size]\nfewest = 4\n", "1: size: fewest is not known, expected only least, most\n"),
        ("[size]\nleast = 0\n", "1: size: least is 0, expected a whole number of at least 1\n"),
        ("[size]\nleast = 5\nmost = 4\n", "1: size: most is 4, expected a whole number of at least 5\n"),
        ("[size]\nmost = true\n", "1: size: most is True, expected a whole number of at least 1\n"),
        ('[[share]]\nvalue = "host"\nleast = 1\n', '1: share: column is missing, expected column = "…"\n'),
        ('[[share]]\ncolumn = ""\nleast = 1\n', "1: share: column is '', expected column = \"…\"\n"),
        ('[[share]]\ncolumn = "role"\n', "1: share: nothing is asked for, expected least or most\n"),
        ('[[mix]]\ncolumn = "age"\n\n[[mix]]\ncolumn = "shoes"\n', "4: mix: Ada has no column shoes, expected one of id, role, "),
        ('[[mix]]\ncolumn = "age"\nweight = 0\n', "1: mix: weight is 0, expected a whole number of at least 1\n"),
        ('[[balance]]\ncolumn = "age"\n', "1: balance: age of Ada is 'young', expected a whole number of at least 0\n"),
        ('[[near]]\ncolumn = "role"\n', "1: near: there is no co-creator, expected one of the 8 people\n"),
        ("[[apart]]\n", "1: apart: whom it is about is not clear, expected either people or column\n"),
        ('[[apart]]\npeople = ["Ada", "Ada"]\n', "1: apart: people is ['Ada', 'Ada'], expected a list of at least two people, each once\n"),
        ('[[together]]\npeople = "Ada"\n', "1: together: people is 'Ada', expected a list of at least two people, each once\n"),
        ('[[together]]\npeople = ["Ada", "Zoe"]\n', "1: together: there is no Zoe, expected one of the 8 people\n"),
    ],
)
def test_rules_that_say_nothing_about_these_people_get_one_line(lab_day, capsys, rules, said):
    (lab_day / "rules.toml").write_text(rules)

    assert seat(lab_day) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"{lab_day}/rules.toml:{said}")
    assert error.count("\n") == 1


def test_people_of_one_value_sit_together_or_apart(lab_day, capsys):
    (lab_day / "people.csv").write_text("id,family,class\na,x,1\nb,x,2\nc,y,1\nd,,2\n")
    (lab_day / "rules.toml").write_text('[[together]]\ncolumn = "family"\n[[apart]]\ncolumn = "class"\n')

    assert seat(lab_day) == 0
    assert "  1: a, b\n  2: c, d\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--tables", "0"], "medskapa: --tables is 0 and --seconds is 1, expected at least 1 and more than 0\n"),
        (["--seconds", "nan"], "medskapa: --tables is 2 and --seconds is nan, expected at least 1 and more than 0\n"),
        (["--tables", "9"], "there are 8 people for 9 tables, expected at least one for each\n"),
        (["--out", "/none/out.csv"], "medskapa: cannot write /none/out.csv: No such file or directory\n"),
        (["--rules", "/none/rules.toml"], "/none/rules.toml:0: No such file or directory, expected a file that can be read\n"),
        (["--from", "{}/three.csv"], "medskapa: --tables is 2, expected at least 3, as many as the earlier seating has\n"),
        (["--from", "{}/twice.csv"], "{}/twice.csv:3: Ada stands there twice, expected each person once\n"),
        (["--from", "{}/people.csv"], "{}/people.csv:1: the column person is missing ("),
    ],
)
def test_what_cannot_be_done_gets_one_line(lab_day, capsys, more, said):
    (lab_day / "three.csv").write_text("person,table\nAda,1\nBo,2\nCy,3\n")
    (lab_day / "twice.csv").write_text("person,table\nAda,1\nAda,2\n")

    assert seat(lab_day, *(one.format(lab_day) for one in more)) == 2
    error = capsys.readouterr().err
    assert error.startswith(said.format(lab_day))
    assert error.count("\n") == 1
