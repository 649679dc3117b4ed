"""Elections in the format of Pabulib (.pb): sections META, PROJECTS and VOTES, cells parted by semicolons; approval ballots only.

Format: Faliszewski, Flis, Peters, Pierczyński, Skowron, Stolicki, Szufa and Talmon, 2023, Participatory budgeting: data, tools and
analysis, IJCAI; pabulib.org/format.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.errors import BadInput
from medskapa.methods.shares.election import Election
from medskapa.methods.tables import text_of

NEEDS = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
NOT_GROUPS = ("voter_id", "vote", "points")  # columns of VOTES that say something else than who somebody is
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class File:
    """What a file holds: the election, and what else it says of itself and of its projects."""

    election: Election
    meta: dict[str, str]
    names: dict[str, str]
    voter_ids: list[str]


@dataclass
class _Section:
    """The lines of a section, and where its columns stand."""

    file: str
    name: str
    head: dict[str, int]
    lines: list[Line]

    def cell(self, line: Line, column: str) -> str:
        place = self.head[column]
        return line[1][place].strip() if place < len(line[1]) else ""

    def bad(self, line: Line, wrong: str, expected: str) -> BadInput:
        return BadInput(self.file, line[0], wrong, expected)


def read_pb(path: Path) -> File:
    """Read an election with approval ballots.

    Raises BadInput with the line at fault: a missing section or column, an amount that is none or below 0, a project or voter that stands
    there twice, a vote for a project that is not there, or twice for the same one, other ballots than approvals.
    """
    sections = _sections(str(path), text_of(path))
    meta = _meta(sections["META"])
    projects = sections["PROJECTS"]
    costs = _costs(projects)
    ids, supporters = _votes(sections["VOTES"], costs)
    election = Election(_budget(sections["META"]), costs, supporters, len(ids), _groups(sections["VOTES"]))
    names = {projects.cell(line, "project_id"): projects.cell(line, "name") for line in projects.lines} if "name" in projects.head else {}
    return File(election, meta, names, ids)


def write_pb(path: Path, file: File) -> None:
    """Write an election so that it reads back the same. Raises OSError."""
    election = file.election
    ballots: list[list[str]] = [[] for _voter in range(election.voters)]
    for project in election.costs:
        for voter in election.supporters[project].tolist():
            ballots[voter].append(project)
    text = StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\n")
    rows.writerows([["META"], NEEDS["META"], *file.meta.items(), ["PROJECTS"]])
    rows.writerow([*NEEDS["PROJECTS"], "name"] if file.names else NEEDS["PROJECTS"])
    for project, cost in election.costs.items():
        rows.writerow([project, _amount(cost), *([file.names[project]] if file.names else [])])
    rows.writerows([["VOTES"], [*NEEDS["VOTES"], *election.groups]])
    for number, (voter, ballot) in enumerate(zip(file.voter_ids, ballots, strict=True)):
        rows.writerow([voter, ",".join(ballot), *(column[number] for column in election.groups.values())])
    path.write_text(text.getvalue(), encoding="utf-8")


def _sections(file: str, text: str) -> dict[str, _Section]:
    found: dict[str, _Section] = {}
    section: _Section | None = None
    for number, cells in _lines(file, text):
        name = cells[0].strip()
        if name in NEEDS and not any(cell.strip() for cell in cells[1:]):
            if name in found:
                raise BadInput(file, number, f"the section {name} stands there twice", "each section once")
            section = found[name] = _Section(file, name, {}, [])
        elif section is None:
            raise BadInput(file, number, f"the line begins with {name[:40]!r}", "the line META")
        elif section.head:
            section.lines.append((number, cells))
        else:
            section.head = _head(file, number, section.name, cells)
    _refuse_missing(file, text.count("\n") + 1, found)
    return found


def _refuse_missing(file: str, end: int, found: dict[str, _Section]) -> None:
    for name, columns in NEEDS.items():
        if name not in found:
            raise BadInput(file, end, f"the section {name} is missing", "the sections META, PROJECTS and VOTES")
        if not found[name].head:
            raise BadInput(file, end, f"the section {name} is empty", f"a line with {';'.join(columns)}")


def _lines(file: str, text: str) -> Iterator[Line]:
    """Each line that is not empty. Quotes count only where a cell begins with one."""
    reader = csv.reader(StringIO(text), delimiter=";", strict=False)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise BadInput(file, reader.line_num, f"the quotes are wrong ({error})", "quotes that open and close") from None


def _head(file: str, number: int, section: str, cells: Sequence[str]) -> dict[str, int]:
    head = {cell.strip(): place for place, cell in enumerate(cells)}
    for needed in NEEDS[section]:
        if needed not in head:
            raise BadInput(
                file, number, f"the column {needed} is missing in {section}", f"{';'.join(NEEDS[section])}, parted by semicolons"
            )
    return head


def _meta(section: _Section) -> dict[str, str]:
    meta = {section.cell(line, "key"): section.cell(line, "value") for line in section.lines}
    kinds = [line for line in section.lines if section.cell(line, "key") == "vote_type"]
    if kinds and meta["vote_type"] != "approval":
        raise section.bad(kinds[-1], f"the ballots are of the kind {meta['vote_type']!r}", "approval ballots")
    return meta


def _budget(section: _Section) -> Fraction:
    for line in section.lines:
        if section.cell(line, "key") == "budget":
            return _money(section, line, "value", "budget")
    last = section.lines[-1][0] if section.lines else 1
    raise BadInput(section.file, last, "there is no budget in META", "a line budget;amount")


def _money(section: _Section, line: Line, column: str, name: str) -> Fraction:
    text = section.cell(line, column).replace(" ", "").replace("\u00a0", "")
    try:
        amount = Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise section.bad(line, f"{name} is {text!r}", "an amount such as 1500 or 1500.50") from None
    if amount < 0:
        raise section.bad(line, f"{name} is {text}", "an amount of at least 0")
    return amount


def _costs(section: _Section) -> dict[str, Fraction]:
    costs: dict[str, Fraction] = {}
    for line in section.lines:
        project = section.cell(line, "project_id")
        if not project or project in costs:
            raise section.bad(line, f"the project {project} stands there twice" if project else "a project has no id", "each project once")
        costs[project] = _money(section, line, "cost", "cost")
    if not costs:
        raise BadInput(section.file, 1, "there are no projects", "at least one project")
    return costs


def _votes(section: _Section, costs: dict[str, Fraction]) -> tuple[list[str], dict[str, NDArray[np.int64]]]:
    found: dict[str, list[int]] = {project: [] for project in costs}
    numbers: dict[str, int] = {}
    identity, vote = section.head["voter_id"], section.head["vote"]
    for line in section.lines:
        number, cells = len(numbers), line[1]
        voter = cells[identity].strip() if identity < len(cells) else ""
        if not voter or voter in numbers:
            raise section.bad(line, f"the voter {voter} stands there twice" if voter else "a voter has no id", "each voter once")
        numbers[voter] = number
        ballot = cells[vote].strip() if vote < len(cells) else ""
        for project in ballot.split(",") if ballot else ():
            voters = found.get(project) or found.get(project.strip())
            if voters is None:
                voters = _known(section, line, found, project.strip())
            if voters and voters[-1] == number:
                raise section.bad(line, f"the voter {voter} approves {project.strip()} twice", "each project once on a ballot")
            voters.append(number)
    return list(numbers), {project: np.array(voters, dtype=np.int64) for project, voters in found.items()}


def _known(section: _Section, line: Line, found: dict[str, list[int]], project: str) -> list[int]:
    if project not in found:
        raise section.bad(line, f"a vote is for {project!r}", "projects of the section PROJECTS, parted by commas")
    return found[project]


def _groups(section: _Section) -> dict[str, list[str]]:
    return {name: [section.cell(line, name) for line in section.lines] for name in section.head if name and name not in NOT_GROUPS}


def _amount(amount: Fraction) -> str:
    """As a decimal number, exactly: amounts come from decimal numbers."""
    digits = 0
    while (amount * 10**digits).denominator != 1:
        digits += 1
    whole = str(int(amount * 10**digits)).rjust(digits + 1, "0")
    return f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole
