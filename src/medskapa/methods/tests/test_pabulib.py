"""Files of Pabulib are read and written; whatever is wrong in one is named with its line."""

from fractions import Fraction

import pytest

from medskapa.methods.errors import BadInput, MethodError
from medskapa.methods.shares.election import election_of
from medskapa.methods.shares.pabulib import File, read_pb, write_pb

FILE = """META
key;value
description;A vote
budget;100.50
vote_type;approval
PROJECTS
project_id;cost;votes;name
1;40;2;"A park; with a bench"
2;60,25;1;Lamp
VOTES
voter_id;vote;age
a;1,2;16
b;1;17
c;;18
"""


@pytest.fixture
def write(tmp_path):
    def written(content):
        path = tmp_path / "vote.pb"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def test_a_file_holds_budget_costs_ballots_names_and_groups(write):
    file = read_pb(write(FILE))

    election = file.election
    assert (election.budget, election.costs, election.voters) == (Fraction(201, 2), {"1": 40, "2": Fraction(241, 4)}, 3)
    assert {project: voters.tolist() for project, voters in election.supporters.items()} == {"1": [0, 1], "2": [0]}
    assert file.projects == {"1": {"votes": "2", "name": "A park; with a bench"}, "2": {"votes": "1", "name": "Lamp"}}
    assert (file.name("2"), file.name("9")) == ("2 Lamp", "9")
    assert (file.voter_ids, election.groups, file.remarks) == (["a", "b", "c"], {"age": ["16", "17", "18"]}, ())


@pytest.mark.parametrize(
    "change",
    [
        ("\n", "\r\n"),
        ("META", "\ufeffMETA"),
        ("a;1,2", "a; 1 , 2 "),
        ("PROJECTS", "Projects;;"),
        ("c;;18", "c;;18\n\n"),
        ("c;;18", "c;"),
        ("description;A vote", "description;A vote; of some"),
        ("voter_id;vote;age", "voter_id;vote;age;"),
    ],
)
def test_windows_line_ends_a_mark_at_the_beginning_and_blanks_change_nothing(write, change):
    read = read_pb(write(FILE.replace(*change)))

    assert {project: voters.tolist() for project, voters in read.election.supporters.items()} == {"1": [0, 1], "2": [0]}


def test_what_is_written_reads_back_the_same(write, tmp_path):
    file = read_pb(write(FILE))

    write_pb(tmp_path / "again.pb", file)

    again = read_pb(tmp_path / "again.pb")
    assert (again.meta, again.projects, again.voter_ids) == (file.meta, file.projects, file.voter_ids)
    assert (again.election.budget, again.election.costs) == (file.election.budget, file.election.costs)
    assert again.election.groups == file.election.groups
    assert {project: voters.tolist() for project, voters in again.election.supporters.items()} == {"1": [0, 1], "2": [0]}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (FILE, "", "vote.pb:1: the section META is missing, expected the sections META, PROJECTS and VOTES"),
        (FILE, "hello\n", "vote.pb:1: the line begins with 'hello', expected the line META"),
        ("VOTES\nvoter_id;vote;age\na;1,2;16\nb;1;17\nc;;18\n", "", "vote.pb:10: the section VOTES is missing"),
        ("voter_id;vote;age\na;1,2;16\nb;1;17\nc;;18\n", "", "vote.pb:11: the section VOTES is empty, expected a line with voter_id;vote"),
        ("VOTES", "META", "vote.pb:10: the section META stands there twice"),
        (
            "project_id;cost;votes;name",
            "project_id,cost,votes,name",
            "vote.pb:7: the column project_id is missing in PROJECTS, expected project_id;cost",
        ),
        ("budget;100.50\n", "", "vote.pb:4: there is no budget in META, expected a line budget;amount"),
        ("budget;100.50", "budget;-1", "vote.pb:4: budget is -1, expected an amount of at least 0"),
        ("budget;100.50", "budget;much", "vote.pb:4: budget is 'much', expected an amount such as 1500 or 1500.50"),
        ("1;40;2", "1;-40;2", "vote.pb:8: cost is -40, expected an amount of at least 0"),
        ("1;40;2", "2;40;2", "vote.pb:9: the project 2 stands there twice, expected each project once"),
        ("1;40;2", ";40;2", "vote.pb:8: a project has no id, expected each project once"),
        ("vote_type;approval", "vote_type;ordinal", "vote.pb:5: the ballots are of the kind 'ordinal', expected approval ballots"),
        ("b;1;17", "b;3;17", "vote.pb:13: a vote is for '3', expected projects of the section PROJECTS"),
        ("b;1;17", "b;1,1;17", "vote.pb:13: the voter b approves 1 twice, expected each project once on a ballot"),
        ("b;1;17", "a;1;17", "vote.pb:13: the voter a stands there twice, expected each voter once"),
        ("b;1;17", ";1;17", "vote.pb:13: a voter has no id, expected each voter once"),
        ('1;40;2;"A park; with a bench"\n2;60,25;1;Lamp\n', "", "vote.pb:7: there are no projects, expected at least one project"),
        ("vote_type;approval", "budget;100", "vote.pb:5: budget stands there twice, expected each key once"),
        ("description;A vote\nbudget;100.50\nvote_type;approval\n", "", "vote.pb:2: there is no budget in META"),
        ("budget;100.50", "budget;1,500", "vote.pb:4: budget is '1,500', expected an amount such as 1500 or 1500.50"),
        ("voter_id;vote;age", "voter_id;vote;vote", "vote.pb:11: the column vote stands there twice, expected each column once"),
        ("voter_id;vote;age", "voter_id;;vote", "vote.pb:11: a column has no name, expected each column once"),
        ("b;1;17", "b;1;17;x", "vote.pb:13: there are 4 cells, expected 3, and quotes around a text that holds a semicolon"),
        ("b;1;17", "b", "vote.pb:13: there are only 1 cells, expected the columns voter_id;vote;age"),
        ('"A park; with a bench"', '"A park; with a bench', "vote.pb:8: a quote opens a cell and does not close it"),
    ],
)
def test_each_fault_is_named_with_its_line(write, old, new, fault):
    with pytest.raises(BadInput) as refused:
        read_pb(write(FILE.replace(old, new, 1)))

    assert fault in str(refused.value)


def test_a_file_in_another_encoding_is_refused_with_its_line(write):
    with pytest.raises(BadInput, match=r"vote\.pb:9: the byte 0xe4 is not UTF-8"):
        read_pb(write(FILE.replace("Lamp", "Lämp").encode("latin-1")))


def test_votes_with_points_are_no_approvals(write):
    content = FILE.replace("vote_type;approval\n", "").replace("voter_id;vote;age", "voter_id;vote;points")

    with pytest.raises(BadInput, match=r"vote\.pb:10: the votes have points, expected approval ballots"):
        read_pb(write(content))


def test_where_a_file_does_not_agree_with_itself_it_is_remarked(write):
    said = "num_projects;2\nnum_votes;7\nmin_project_score_threshold;30\nvote_type;Approval"
    content = FILE.replace("vote_type;approval", said).replace("1;40;2", "1;40;9")

    assert read_pb(write(content)).remarks == (
        "num_votes says 7, but there are 3 votes",
        "beside these projects stands another number of votes than there are: 1",
        "the file asks that a project has at least 30 votes; that is not counted here",
    )


def test_a_text_in_quotes_may_go_on_in_the_next_line(write):
    file = read_pb(write(FILE.replace("A park; with", "A park;\nwith")))

    assert file.projects["1"]["name"] == "A park;\nwith a bench"


def test_an_amount_that_is_no_decimal_number_is_not_written(tmp_path):
    election = election_of(1, {"a": Fraction(1, 3)}, [["a"]])

    with pytest.raises(MethodError, match=r"the amount 1/3 is no decimal number, expected one such as 1500\.50"):
        write_pb(tmp_path / "vote.pb", File(election, {"budget": "1"}, {}, ["v"]))
