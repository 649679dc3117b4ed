"""Tables as people's programs write them are read, and every fault is named with its line."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.methods.errors import BadInput, ShapeError
from medskapa.methods.tables import open_table, read_table, rows_in, text_of

NEEDS = ("juror", "score")


@pytest.fixture
def file(tmp_path):
    """Writes a file, given as text or bytes, and gives its path."""

    def write(content):
        path = tmp_path / "reviews.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def fault_of(path, **options):
    with pytest.raises(BadInput) as refused:
        read_table(path, NEEDS, **options)
    return str(refused.value).replace(str(path), "reviews.csv")


@pytest.mark.parametrize(
    "content",
    [
        "juror,score\nAda,3\nBo,4\n",
        "juror;score\nAda;3\nBo;4\n",
        "juror\tscore\nAda\t3\nBo\t4\n",
        "\ufeffjuror,score\r\nAda,3\r\n\r\nBo,4",
        '"juror", "score"\n"Ada",3\nBo,"4"\n',
        "note,score,juror\n,3,Ada\n,4,Bo\n",
        "juror,score,\nAda,3,\nBo,4,\n",
        "juror,score\nAda , 3\nBo,4,,\n",
    ],
)
def test_one_table_written_by_many_programs_reads_the_same(file, content):
    assert [(row["juror"], row.whole("score")) for row in read_table(file(content), NEEDS)] == [("Ada", 3), ("Bo", 4)]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "reviews.csv:1: the file is empty, expected a line with the columns juror, score"),
        ("juror,score\n", "reviews.csv:1: there are 0 rows, expected at least 1"),
        (
            "juror,points\nAda,3\n",
            "reviews.csv:1: the column score is missing (there are: juror, points), expected the columns juror, score",
        ),
        ("juror|score\nAda|3\n", "reviews.csv:1: the column juror is missing (there are: juror|score), expected the columns juror, score"),
        ("juror,score,score\nAda,3,4\n", "reviews.csv:1: the column score stands there twice, expected each column once"),
        ("juror,score\nAda,3\nBo\n", "reviews.csv:3: there are 1 cells, expected 2, one for each column"),
        ("juror,score\nAda,3,4\n", "reviews.csv:2: there are 3 cells, expected 2, one for each column"),
        (
            'juror,score\nAda,3\n"Bo,4\n',
            "reviews.csv:3: the quotes are wrong (unexpected end of data), expected quotes that open and close",
        ),
        ("juror,score\nÅsa,3\n".encode("latin-1"), "reviews.csv:2: the byte 0xc5 is not UTF-8, expected a file saved as UTF-8"),
    ],
)
def test_a_fault_is_one_line_with_file_and_line_and_what_was_expected(file, content, fault):
    assert fault_of(file(content)) == fault


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"none\.csv:0: No such file or directory, expected a file that can be read"):
        text_of(tmp_path / "none.csv")


def test_a_quoted_cell_may_hold_line_ends_and_later_lines_keep_their_number(file):
    read = read_table(file('juror,score\n"Ada\nfrom Umeå",3\nBo,4\n'), NEEDS)

    assert [(row.line, row["juror"]) for row in read] == [(2, "Ada\nfrom Umeå"), (4, "Bo")]


@pytest.mark.parametrize(("text", "value"), [("3", 3.0), ("2.5", 2.5), ("2,5", 2.5), ("-1e3", -1000.0)])
def test_numbers_are_taken_with_point_or_comma(file, text, value):
    assert read_table(file(f"juror;score\nAda;{text}\n"), NEEDS).rows[0].number("score") == value


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1,5,2"])
def test_what_is_no_finite_number_is_refused(file, text):
    with pytest.raises(BadInput, match=r"reviews\.csv:2: score is .*, expected a (finite )?number"):
        read_table(file(f"juror;score\nAda;{text}\n"), NEEDS).rows[0].number("score")


def test_whole_numbers_have_a_least_and_cells_may_have_to_be_filled(file):
    row = read_table(file("juror;score\n;-2\n"), NEEDS).rows[0]

    with pytest.raises(BadInput, match=r"score is -2, expected a whole number of at least 0"):
        row.whole("score", least=0)
    with pytest.raises(BadInput, match=r"juror is '', expected a whole number"):
        row.whole("juror")
    with pytest.raises(BadInput, match=r"juror is empty, expected a value"):
        row.filled("juror")
    assert row.filled("score") == "-2"
    assert "juror" in row
    assert "name" not in row


@given(cells=st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=5))
def test_whatever_is_written_as_csv_is_read_back_without_its_outer_blanks(tmp_path_factory, cells):
    cells = [tuple(text.replace("\r", "\n").replace("\0", "") for text in row) for row in cells]
    kept = [row for row in cells if any(cell.strip() for cell in row)]
    path = tmp_path_factory.mktemp("csv") / "reviews.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as written:
        csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([NEEDS, *cells])

    read = read_table(path, NEEDS, least_rows=0)

    as_written = [tuple(cell.encode(errors="replace").decode().strip() for cell in row) for row in kept]
    assert [(row["juror"], row["score"]) for row in read] == as_written


def test_a_long_table_is_read_row_by_row_until_its_first_fault(file):
    columns, rows = open_table(file("juror,score\nAda,3\n\nBo\n"), NEEDS)

    assert (columns, next(rows)["juror"]) == (NEEDS, "Ada")
    with pytest.raises(BadInput, match=r"reviews\.csv:4: there are 1 cells, expected 2"):
        next(rows)


def test_a_part_of_a_table_names_the_lines_of_the_whole_file():
    rows = rows_in('Ada,"3\n"\nBo\n', NEEDS, ",", file="reviews.csv", line=70)

    assert next(rows)["score"] == "3"
    with pytest.raises(BadInput, match=r"reviews\.csv:72: there are 1 cells"):
        next(rows)


def test_lengths_that_differ_are_named():
    assert str(ShapeError(votes=3, groups=4)) == "the lengths differ: votes 3, groups 4; expected the same"
