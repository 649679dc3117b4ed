"""Votes come out of files as they were given: the last one counts, the order of lines does not, and a fault has a line."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medskapa.methods.errors import BadInput, MethodError, ShapeError
from medskapa.methods.landscape import plain, reading, votes
from medskapa.methods.landscape.reading import read_statements, read_votes
from medskapa.methods.landscape.votes import AGREE, DISAGREE, PASS, votes_of
from medskapa.methods.tests.conversations import a_conversation, dense

LONG = "timestamp,comment-id,voter-id,vote\n10,1,7,1\n20,2,7,-1\n30,1,8,0\n"
WIDE = "participant,group-id,n-votes,1,2\n7,0,2,1,-1\n8,,1,0,\n9,,0,,\n"


@pytest.fixture
def written(tmp_path):
    def write(text, name="votes.csv", **options):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(**options))
        return path

    return write


def as_rows(found):
    who = np.repeat(found.people, found.given)
    return list(zip(who.tolist(), found.statements[found.columns].tolist(), found.values.tolist(), strict=True))


@st.composite
def ballots(draw):
    """Rows of person, statement, value and moment; people may vote again."""
    row = st.tuples(st.integers(0, 6), st.integers(0, 4), st.sampled_from([AGREE, PASS, DISAGREE]), st.integers(0, 5))
    return draw(st.lists(row, min_size=1, max_size=30))


def test_of_two_votes_of_one_person_on_one_statement_the_later_counts():
    assert as_rows(votes_of([1, 1], [5, 5], [AGREE, DISAGREE], moments=[20, 10])) == [(1, 5, AGREE)]
    assert as_rows(votes_of([1, 1], [5, 5], [AGREE, DISAGREE])) == [(1, 5, DISAGREE)]


def test_whoever_says_both_at_one_moment_has_passed():
    found = votes_of([1, 1, 1, 2, 2], [5, 5, 5, 5, 5], [AGREE, DISAGREE, AGREE, AGREE, AGREE], moments=[9, 9, 3, 4, 4])

    assert as_rows(found) == [(1, 5, PASS), (2, 5, AGREE)]


@given(rows=ballots(), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(rows, shuffled):
    other = list(rows)
    shuffled.shuffle(other)

    first, second = (votes_of(*list(zip(*some, strict=True))[:3], moments=[row[3] for row in some]) for some in (rows, other))

    assert as_rows(first) == as_rows(second)


@given(rows=ballots(), added=ballots())
def test_votes_added_one_by_one_are_the_votes_read_at_once(rows, added):
    found = votes_of(*list(zip(*rows, strict=True))[:3])
    for person, statement, value, _moment in added:
        found = found.with_vote(person, statement, value)

    at_once = votes_of(*list(zip(*rows, *added, strict=True))[:3])
    assert as_rows(found) == as_rows(at_once)
    assert found.counts.tolist() == at_once.counts.tolist()


def test_a_new_person_with_a_longer_id_and_a_new_statement_find_their_place():
    found = votes_of(["bo", "di"], ["x", "x"], [AGREE, AGREE], out=["x"]).with_vote("carlotta", "a", DISAGREE)

    assert as_rows(found) == [("bo", "x", AGREE), ("carlotta", "a", DISAGREE), ("di", "x", AGREE)]
    assert found.is_out.tolist() == [False, True]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: votes_of([1], [1], [2]), "a vote is 2, expected 1 (agree), 0 (pass) or -1 (disagree)"),
        (lambda: votes_of([1], [1], [1]).with_vote(1, 1, 3), "a vote is 3, expected 1 (agree), 0 (pass) or -1 (disagree)"),
        (lambda: votes_of([1], [1], [1]).with_vote("ada", 1, 1), "the id 'ada' is of another kind than the others, expected one like [1]"),
    ],
)
def test_what_is_no_vote_is_refused(wrong, said):
    with pytest.raises(MethodError) as refused:
        wrong()

    assert str(refused.value) == said


def test_columns_of_unequal_length_are_refused():
    with pytest.raises(ShapeError):
        votes_of([1, 2], [1], [1])


def test_ids_far_apart_and_ids_that_are_text_are_sorted_each_in_their_way():
    assert votes_of([10**15, 3, -4], [1, 1, 1], [1, 1, 1]).people.tolist() == [-4, 3, 10**15]
    assert votes_of(["10", "9"], ["1", "1"], [1, 1]).people.tolist() == [9, 10]
    assert votes_of(["10", "9", "x"], ["1", "1", "1"], [1, 1, 1]).people.tolist() == ["10", "9", "x"]


def test_sums_over_blocks_of_people_are_the_sums_over_everybody(monkeypatch):
    monkeypatch.setattr(votes, "BLOCK", 7)
    monkeypatch.setattr(votes, "PART", 5)
    found, _camp = a_conversation(people=30, seen=0.5)
    table = dense(found)

    assert len(found.blocks) == 5
    assert found.counts.T.tolist() == [(table == value).sum(axis=0).tolist() for value in (DISAGREE, PASS, AGREE)]
    assert found.weighted(np.arange(30.0)[:, None])[:, 2, 0] == pytest.approx(((table == AGREE) * np.arange(30)[:, None]).sum(axis=0))
    assert as_rows(votes_of(*zip(*as_rows(found), *as_rows(found), strict=True))) == as_rows(found)


def test_some_people_bring_their_votes_along():
    found, _camp = a_conversation(people=30, seen=0.5)

    some = found.some(10, rng=np.random.default_rng(1))

    assert len(some.people) == 10
    assert as_rows(some) == [row for row in as_rows(found) if row[0] in some.people]
    assert found.some(30, rng=np.random.default_rng(1)) is found


def test_the_long_and_the_wide_file_say_the_same(written):
    long, wide = read_votes(written(LONG), out={"2"}), read_votes(written(WIDE, "wide.csv"))

    assert as_rows(long) == as_rows(wide) == [(7, 1, AGREE), (7, 2, DISAGREE), (8, 1, PASS)]
    assert long.is_out.tolist() == [False, True]


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(
    "changed",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: text.replace(",", " , ").encode(),
        lambda text: "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()).encode(),
        lambda text: text.replace("\n", ',"a, b"\n').replace('"a, b"', "note", 1).encode(),
        lambda text: text.replace("\n", ',"two\nlines"\n').replace('"two\nlines"', "note", 1).encode(),
        lambda text: text.replace("\n", ",året\n").replace("året", "note", 1).encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: (text + "\n\n").encode(),
        lambda text: text.replace(",1\n", ",1.0\n").encode(),
    ],
)
def test_a_file_is_read_however_the_program_wrote_it(written, changed, wide):
    if wide:
        noted = changed(WIDE).replace(b"note", b"n-note")
        assert as_rows(read_votes(written(noted))) == [(7, 1, AGREE), (7, 2, DISAGREE), (8, 1, PASS)]
    else:
        assert as_rows(read_votes(written(changed(LONG)))) == [(7, 1, AGREE), (7, 2, DISAGREE), (8, 1, PASS)]


def test_ids_may_be_names(written):
    found = read_votes(written("voter-id,comment-id,vote\nada,1,1\n007,1,-1\n"))

    assert as_rows(found) == [("007", 1, DISAGREE), ("ada", 1, AGREE)]


@given(rows=ballots(), piece=st.integers(1, 60))
@settings(max_examples=30)
def test_many_rows_at_once_read_as_one_by_one(tmp_path_factory, rows, piece):
    path = tmp_path_factory.getbasetemp() / "many.csv"
    path.write_text("timestamp,comment-id,voter-id,vote\n" + "".join(f"{moment},{what},{who},{vote}\n" for who, what, vote, moment in rows))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "PIECE", piece)
        told = []
        at_once = [column.tolist() for column in reading._plain(path, told.append)]

    assert at_once == [column.tolist() for column in reading._careful(path, told.append)]
    assert told[-1] == len(rows)


@pytest.mark.parametrize("piece", [20, 10_000])
@pytest.mark.parametrize("mark", ["", ' "quoted"'])
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("60,1,9,2", "vote is '2', expected 1 (agree), 0 (pass) or -1 (disagree)"),
        ("60,1,9,", "vote is '', expected 1 (agree), 0 (pass) or -1 (disagree)"),
        ("60,1,,1", "voter-id is empty, expected a value"),
        ("60,,9,1", "comment-id is empty, expected a value"),
        ("soon,1,9,1", "timestamp is 'soon', expected a whole number"),
        ("60,1,9", "there are 3 cells, expected 4, one for each column"),
        ("60,1,9,1,1", "there are 5 cells, expected 4, one for each column"),
    ],
)
def test_a_fault_is_named_with_its_line(written, monkeypatch, line, said, mark, piece):
    monkeypatch.setattr(plain, "PIECE", piece)
    path = written(
        "timestamp,comment-id,voter-id,vote\n" + "10,1,7,1\n" * 4 + (f"10,1,7{mark},1\n" if mark else "") + line + "\n10,1,7,1\n"
    )

    with pytest.raises(BadInput) as refused:
        read_votes(path)

    assert str(refused.value) == f"{path}:{7 if mark else 6}: {said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: the file is empty, expected a line with the columns "),
        (
            "voter-id|comment-id|vote\n1|1|1\n",
            ":1: the column voter-id is missing (there are: voter-id|comment-id|vote), expected the columns",
        ),
        ("voter-id,comment-id\n1,1\n", ":1: the column vote is missing (there are: voter-id, comment-id), expected the columns voter-id"),
        ("voter-id,comment-id,vote,vote\n1,1,1,1\n", ":1: the column vote stands there twice, expected each column once"),
        ("voter-id,comment-id,vote\n", ":2: there are no votes, expected at least one"),
        ("participant,1,2\n7,,\n", ":2: there are no votes, expected at least one"),
        ("participant,1,2\n7,1,0\n7,1,0\n", ":3: participant 7 stands there twice, expected each person once"),
        ("participant,1,2\n7,1,5\n", ":2: the vote on 2 is '5', expected 1 (agree), 0 (pass) or -1 (disagree)"),
        ("participant,1,2\n,1,1\n", ":2: participant is empty, expected a value"),
        ("participant,1,1\n7,1,1\n", ":1: the column 1 stands there twice, expected each column once"),
        ('voter-id,comment-id,vote\n1,1,"1\n', ":2: the quotes are wrong (unexpected end of data), expected quotes that open and close"),
        (b"voter-id,comment-id,vote,note\n1,1,1,\xe5ret\n", ":2: the byte 0xe5 is not UTF-8, expected a file saved as UTF-8"),
    ],
)
def test_a_file_that_holds_no_votes_is_refused_in_one_line(written, text, said):
    path = written(text)

    with pytest.raises(BadInput) as refused:
        read_votes(path)

    assert str(refused.value).startswith(f"{path}{said}")


def test_a_file_that_is_not_there_is_refused_in_one_line(tmp_path):
    with pytest.raises(BadInput) as refused:
        read_votes(tmp_path / "none.csv")

    assert str(refused.value) == f"{tmp_path}/none.csv:0: No such file or directory, expected a file that can be read"


def test_rejected_and_meta_statements_are_out_in_both_forms_of_the_file(written):
    older = read_statements(written('comment-id,moderated,comment-body\n1,1,"Yes, I do"\n2,-1,No\n3,0,\n'))
    newer = read_statements(written("comment-id,moderated,is-meta,is-seed\n1,1,false,false\n2,0,true,false\n3,-1,,true\n"))

    assert (dict(older.texts), older.out) == ({"1": "Yes, I do", "2": "No", "3": ""}, {"2"})
    assert newer.out == {"2", "3"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("comment-id\n1\n", ":1: the column moderated is missing"),
        ("comment-id,moderated\n1,2\n", ":2: moderated is '2', expected -1 (rejected), 0 (not looked at) or 1 (accepted)"),
        ("comment-id,moderated,is-meta\n1,1,perhaps\n", ":2: is-meta is 'perhaps', expected true or false"),
        ("comment-id,moderated\n1,1\n1,1\n", ":3: comment-id 1 stands there twice, expected each statement once"),
        ("comment-id,moderated\n,1\n", ":2: comment-id is empty, expected a value"),
    ],
)
def test_a_fault_in_the_statements_is_named_with_its_line(written, text, said):
    path = written(text, "comments.csv")

    with pytest.raises(BadInput) as refused:
        read_statements(path)

    assert str(refused.value).startswith(f"{path}{said}")
