"""Tables in files: CSV as people's programs write it, read with the line of every fault."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from medskapa.methods.errors import BadInput

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by the name of their column, without blanks around them."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def __contains__(self, column: str) -> bool:
        return column in self.cells

    def bad(self, wrong: str, expected: str) -> BadInput:
        """The error of this line, to be raised."""
        return BadInput(self.file, self.line, wrong, expected)

    def number(self, column: str) -> float:
        """The cell as a finite number; a decimal comma is taken, too. Raises BadInput."""
        text = self.cells[column]
        try:
            found = float(text.replace(",", ".", 1) if text.count(",") == 1 and "." not in text else text)
        except ValueError:
            raise self.bad(f"{column} is {text!r}", "a number") from None
        if found in (float("inf"), float("-inf")) or found != found:
            raise self.bad(f"{column} is {text!r}", "a finite number")
        return found

    def whole(self, column: str, *, least: int | None = None) -> int:
        """The cell as a whole number, not below ``least``. Raises BadInput."""
        text = self.cells[column]
        expected = "a whole number" if least is None else f"a whole number of at least {least}"
        try:
            found = int(text)
        except ValueError:
            raise self.bad(f"{column} is {text!r}", expected) from None
        if least is not None and found < least:
            raise self.bad(f"{column} is {found}", expected)
        return found

    def filled(self, column: str) -> str:
        """The cell, which must not be empty. Raises BadInput."""
        if not self.cells[column]:
            raise self.bad(f"{column} is empty", "a value")
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, and the names of its columns in their order."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark; line ends of any system.

    Raises BadInput where it cannot be read or is not UTF-8, and names the line.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(str(path), 0, error.strerror or "it cannot be read", "a file that can be read") from None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(str(path), line, f"the byte 0x{raw[error.start]:02x} is not UTF-8", "a file saved as UTF-8") from None


def read_table(path: Path, needs: Sequence[str], *, least_rows: int = 1) -> Table:
    """Read a CSV file whose first line names its columns; commas, semicolons or tabs part them, quotes as in RFC 4180.

    needs       columns that must be there, in any order; others may stand beside them
    least_rows  fewer rows are refused

    Raises BadInput with the line at fault: a missing or doubled column, a row with too few or too many cells, an open quote.
    """
    columns, rows = open_table(path, needs)
    found = tuple(rows)
    if len(found) < least_rows:
        line = len(text_of(path).rstrip("\n").split("\n"))
        raise BadInput(str(path), line, f"there are {len(found)} rows", f"at least {least_rows}")
    return Table(str(path), columns, found)


def open_table(path: Path, needs: Sequence[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The columns of a CSV file, and its rows one by one, for files of millions of rows; otherwise as `read_table`."""
    text, name = text_of(path), str(path)
    lines = _lines(name, text, _delimiter(text.partition("\n")[0], needs))
    line, head = next(lines, (1, []))
    if not head:
        raise BadInput(name, 1, "the file is empty", f"a line with the columns {', '.join(needs)}")
    columns = _checked(name, line, [cell.strip() for cell in head], needs)
    return columns, (_row(name, line, cells, columns) for line, cells in lines)


def rows_in(text: str, columns: Sequence[str], delimiter: str, *, file: str, line: int) -> Iterator[Row]:
    """The rows of a part of a table, without its first line; the part begins at this line of the file. Raises BadInput."""
    return (_row(file, line - 1 + place, cells, tuple(columns)) for place, cells in _lines(file, text, delimiter))


def _lines(file: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is not blank, and where it begins."""
    reader = csv.reader(_pieces(text), delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(file, line, f"the quotes are wrong ({error})", "quotes that open and close") from None
        if any(cell.strip() for cell in cells):
            yield line, cells


def _pieces(text: str) -> Iterator[str]:
    """The lines of a text with their ends, one by one, so that a long text is not in memory twice."""
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        yield text[begin:end]
        begin = end


def _delimiter(header: str, needs: Sequence[str]) -> str:
    """The sign between the cells: the one that finds most of the needed columns, then the one that stands there most."""

    def found(sign: str) -> tuple[int, int]:
        cells = {cell.strip().strip('"') for cell in header.split(sign)}
        return len(cells & set(needs)), header.count(sign)

    return max(DELIMITERS, key=found)


def _checked(file: str, line: int, columns: list[str], needs: Sequence[str]) -> tuple[str, ...]:
    missing = [column for column in needs if column not in columns]
    if missing:
        shown = ", ".join(columns[:8]) + (" …" if len(columns) > 8 else "")
        raise BadInput(file, line, f"the column {missing[0]} is missing (there are: {shown})", f"the columns {', '.join(needs)}")
    doubled = [column for column in columns if column and columns.count(column) > 1]
    if doubled:
        raise BadInput(file, line, f"the column {doubled[0]} stands there twice", "each column once")
    return tuple(columns)


def _row(file: str, line: int, cells: list[str], columns: tuple[str, ...]) -> Row:
    if len(cells) > len(columns) and not any(cell.strip() for cell in cells[len(columns) :]):
        cells = cells[: len(columns)]
    if len(cells) != len(columns):
        raise BadInput(file, line, f"there are {len(cells)} cells", f"{len(columns)}, one for each column")
    return Row(file, line, {column: cell.strip() for column, cell in zip(columns, cells, strict=True) if column})
