"""Votes and statements out of the files that Polis exports.

``votes.csv`` is long, a line for each vote: voter-id, comment-id, vote, and timestamp where there is one. ``participants-votes.csv`` is
wide, a line for each person and a column for each statement. In both, 1 is to agree, -1 to disagree, 0 to pass; nothing is not seen.
``comments.csv`` says of each statement what moderation decided: moderated is -1 for those rejected, and newer files have is-meta.
"""

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.errors import BadInput
from medskapa.methods.landscape.picture import Positions
from medskapa.methods.landscape.plain import Cells, NotPlain, header_of, read_pieces, whole_numbers
from medskapa.methods.landscape.votes import AGREE, DISAGREE, PASS, Ids, Votes, ids_of, votes_of
from medskapa.methods.tables import DELIMITERS, Row, open_table, read_table, rows_in

LONG = ("voter-id", "comment-id", "vote")
WIDE = "participant"
WHEN = "timestamp"
BESIDE = {"participant", "xid", "group-id"}  # columns of the wide form that are no statements, and those named n-…
VOTES = {"1": AGREE, "0": PASS, "-1": DISAGREE, "1.0": AGREE, "0.0": PASS, "-1.0": DISAGREE}
YES, NO = {"true", "t", "yes", "1"}, {"false", "f", "no", "0", ""}
TOLD = 10_000  # rows, between news of how far it has come
A_VOTE = "1 (agree), 0 (pass) or -1 (disagree)"

Tell = Callable[[int], None]
Columns = tuple[NDArray[np.generic], NDArray[np.generic], NDArray[np.generic], NDArray[np.generic] | None]


@dataclass(frozen=True)
class Statements:
    """What ``comments.csv`` says: the text of each statement by its id, and the ids of those that are out (rejected, or meta)."""

    texts: Mapping[str, str]
    out: frozenset[str]


def read_statements(path: Path) -> Statements:
    """Read ``comments.csv``, in the older form or the newer. Raises BadInput with the line at fault."""
    texts: dict[str, str] = {}
    out: set[str] = set()
    for row in read_table(path, ("comment-id", "moderated")):
        name = row.filled("comment-id")
        if name in texts:
            raise row.bad(f"comment-id {name} stands there twice", "each statement once")
        texts[name] = row.cells.get("comment-body", "")
        if _is_out(row):
            out.add(name)
    return Statements(texts, frozenset(out))


def _is_out(row: Row) -> bool:
    if row["moderated"] not in ("-1", "0", "1"):
        raise row.bad(f"moderated is {row['moderated']!r}", "-1 (rejected), 0 (not looked at) or 1 (accepted)")
    meta = row.cells.get("is-meta", "").lower()
    if meta not in YES | NO:
        raise row.bad(f"is-meta is {row['is-meta']!r}", "true or false")
    return row["moderated"] == "-1" or meta in YES


def read_positions(path: Path) -> Positions:
    """Read where people lay in an earlier picture: participant, x, y, group (empty for none). Raises BadInput with the line at fault."""
    people, xy, groups = _Names(), array("d"), array("q")
    for row in read_table(path, ("participant", "x", "y", "group")):
        people.append(row.filled("participant"))
        xy.extend((row.number("x"), row.number("y")))
        groups.append(row.whole("group", least=1) if row["group"] else -1)
    return Positions(people.ids(), np.array(xy).reshape(-1, 2), np.array(groups, dtype=np.int64))


def read_votes(path: Path, *, out: Collection[str] = (), tell: Tell = lambda _rows: None) -> Votes:
    """Read ``votes.csv`` or ``participants-votes.csv``. Where somebody voted twice on a statement, the later vote counts.

    out   ids of statements that are out, as `read_statements` gives them
    tell  called with the rows read so far

    A plain file is read many rows at once; any other, and one with a fault, line by line. Raises BadInput with the line at fault.
    """
    try:
        people, statements, values, moments = _plain(path, tell)
    except (NotPlain, OSError):
        people, statements, values, moments = _careful(path, tell)
    if not len(values):
        raise BadInput(str(path), 2, "there are no votes", "at least one")
    return votes_of(people, statements, values, moments=moments, out=tuple(out))


@dataclass(frozen=True)
class _Form:
    """A plain table: its file, the names of its columns, and the sign between them."""

    path: Path
    columns: tuple[str, ...]
    delimiter: str

    def parts(self, read: Callable[[Cells], Columns], careful: Callable[[Iterator[Row]], object], tell: Tell) -> list[Columns]:
        """What is read of each piece. Raises NotPlain, or BadInput if a piece that is not plain has a fault."""
        parts, lines = [], 0
        for piece in read_pieces(self.path):
            try:
                cells = piece.cells(len(self.columns), self.delimiter)
                parts.append(read(cells))
            except NotPlain:
                if b'"' not in piece.raw:
                    text = piece.raw.decode("utf-8", "replace")
                    careful(rows_in(text, self.columns, self.delimiter, file=str(self.path), line=piece.line))
                raise
            lines += len(cells.begins)
            tell(lines)
        if not parts:
            raise NotPlain
        return parts


def _plain(path: Path, tell: Tell) -> Columns:
    form = _Form(path, *header_of(path, DELIMITERS))
    if len(set(form.columns)) == len(form.columns):
        if set(LONG) <= set(form.columns):
            return _plain_long(form, tell)
        if WIDE in form.columns:
            return _plain_wide(form, tell)
    raise NotPlain


def _plain_long(form: _Form, tell: Tell) -> Columns:
    wanted = [form.columns.index(column) for column in (*LONG, *([WHEN] if WHEN in form.columns else []))]

    def read(cells: Cells) -> Columns:
        people, statements, values, *moments = (cells.numbers(column) for column in wanted)
        return people, statements, _votes(values), moments[0] if moments else None

    parts = form.parts(read, partial(_careful_long, has_moments=WHEN in form.columns), tell)
    people, statements, values = (np.concatenate([part[column] for part in parts]) for column in range(3))
    moments = [part[3] for part in parts if part[3] is not None]
    return people, statements, values, np.concatenate(moments) if moments else None


def _plain_wide(form: _Form, tell: Tell) -> Columns:
    wanted = [number for number, column in enumerate(form.columns) if _is_statement(column)]
    ids, places = ids_of([form.columns[number] for number in wanted])
    everybody: list[NDArray[np.int64]] = []

    def read(cells: Cells) -> Columns:
        everybody.append(cells.numbers(form.columns.index(WIDE)))
        begins, ends = cells.begins[:, wanted], cells.ends[:, wanted]
        rows, at = np.nonzero(ends > begins)
        return everybody[-1][rows], ids[places][at], _votes(whole_numbers(cells.raw, begins[rows, at], ends[rows, at])), None

    named = [form.columns[number] for number in wanted]
    parts = form.parts(read, partial(_careful_wide, named=named), tell)
    if len(np.unique(np.concatenate(everybody))) < sum(map(len, everybody)):
        raise NotPlain
    people, statements, values = (np.concatenate([part[column] for part in parts]) for column in range(3))
    return people, statements, values, None


def _votes(values: NDArray[np.int64]) -> NDArray[np.int8]:
    if not ((values >= DISAGREE) & (values <= AGREE)).all():
        raise NotPlain
    return values.astype(np.int8)


def _is_statement(column: str) -> bool:
    return bool(column) and column not in BESIDE and not column.startswith("n-")


def _careful(path: Path, tell: Tell) -> Columns:
    """Row by row, whatever the file's quotes and ids."""
    columns, rows = open_table(path, ())
    if WIDE in columns and "vote" not in columns:
        return _careful_wide(_counted(rows, tell), named=[column for column in columns if _is_statement(column)])
    columns, rows = open_table(path, LONG)
    return _careful_long(_counted(rows, tell), has_moments=WHEN in columns)


def _counted(rows: Iterator[Row], tell: Tell) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        yield row
        if number % TOLD == 0:
            tell(number)


def _careful_long(rows: Iterator[Row], *, has_moments: bool) -> Columns:
    people, statements, values, moments = _Names(), _Names(), array("b"), array("q")
    for row in rows:
        people.append(row.filled("voter-id"))
        statements.append(row.filled("comment-id"))
        values.append(_vote(row, "vote"))
        if has_moments:
            moments.append(row.whole(WHEN))
    return people.ids(), statements.ids(), np.array(values), np.array(moments) if has_moments else None


def _careful_wide(rows: Iterator[Row], *, named: list[str]) -> Columns:
    seen: set[str] = set()
    people, statements, values = _Names(), _Names(), array("b")
    for row in rows:
        person = row.filled(WIDE)
        if person in seen:
            raise row.bad(f"participant {person} stands there twice", "each person once")
        seen.add(person)
        for column in named:
            if row[column]:
                people.append(person)
                statements.append(column)
                values.append(_vote(row, column))
    return people.ids(), statements.ids(), np.array(values), None


class _Names:
    """A long list of few names, each kept once."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._places = array("q")

    def append(self, name: str) -> None:
        self._places.append(self._known.setdefault(name, len(self._known)))

    def ids(self) -> Ids:
        ids, places = ids_of(np.array(list(self._known), dtype=np.str_))
        found: Ids = ids[places[np.array(self._places)]]
        return found


def _vote(row: Row, column: str) -> int:
    if row[column] not in VOTES:
        raise row.bad(f"{column if column == 'vote' else 'the vote on ' + column} is {row[column]!r}", A_VOTE)
    return VOTES[row[column]]
