"""Elections in the format of Pabulib (.pb): sections META, PROJECTS and VOTES, cells parted by semicolons; approval ballots only.

Format: Faliszewski, Flis, Peters, Pierczyński, Skowron, Stolicki, Szufa and Talmon, 2023, Participatory budgeting: data, tools and
analysis, IJCAI; pabulib.org/format.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from io import StringIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.errors import BadInput, MethodError
from medskapa.methods.shares.election import Election
from medskapa.methods.tables import text_of

NEEDS = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
SECTIONS = "the sections META, PROJECTS and VOTES"
AMOUNT = re.compile(r"-?\d{1,18}([.,]\d{1,18})?")
UNCLEAR = re.compile(r"-?[1-9]\d{0,2},\d{3}")  # 1,500 is 1.5 to some and 1500 to others
Line = tuple[int, list[str]]


@dataclass(frozen=True)
class File:
    """What a file holds: the election, and what else it says of itself, its projects and its voters.

    meta       key → value, all of them
    projects   project → other columns than id and cost
    voter_ids  by number of the voter; what else is said of voters stands in the groups of the election
    remarks    where the file does not agree with itself, or asks for what is not counted
    """

    election: Election
    meta: Mapping[str, str]
    projects: Mapping[str, Mapping[str, str]]
    voter_ids: Sequence[str]
    remarks: Sequence[str] = ()

    def name(self, project: str) -> str:
        """What a project is called; its id if it has no name."""
        name = self.projects.get(project, {}).get("name", "")
        return f"{project} {name}" if name else project


@dataclass
class _Section:
    """The lines of a section, and where its columns stand."""

    file: str
    name: str
    head: dict[str, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    begins: int = 0  # the line of the head

    def column(self, name: str) -> list[str]:
        """What all lines say in a column."""
        place = self.head[name]
        return [cells[place].strip() if place < len(cells) else "" for _number, cells in self.lines]

    def others(self) -> list[str]:
        """The columns that the format does not need."""
        return [name for name in self.head if name not in NEEDS[self.name]]

    def bad(self, place: int, wrong: str, expected: str) -> BadInput:
        """The error of a line, to be raised."""
        return BadInput(self.file, self.lines[place][0], wrong, expected)


def read_pb(path: Path) -> File:
    """Read an election with approval ballots.

    Raises BadInput with the line at fault: a missing section or column, an amount that is none or below 0, a project or voter that stands
    there twice, a vote for a project that is not there, or twice for the same one, other ballots than approvals.
    """
    sections = _sections(str(path), text_of(path))
    projects, votes = sections["PROJECTS"], sections["VOTES"]
    meta = _meta(sections["META"], votes)
    ids = _ids(projects, "project_id", "project")
    if not ids:
        raise BadInput(str(path), projects.begins, "there are no projects", "at least one project")
    amounts = [_money(projects, place, text, "cost") for place, text in enumerate(projects.column("cost"))]
    voters = _ids(votes, "voter_id", "voter")
    if not voters:
        raise BadInput(str(path), votes.begins, "nobody voted", "at least one ballot")
    supporters = _supporters(votes, ids)
    groups = {name: votes.column(name) for name in votes.others()}
    election = Election(_budget(sections["META"]), dict(zip(ids, amounts, strict=True)), supporters, len(voters), groups)
    said = {name: projects.column(name) for name in projects.others()}
    about = {project: {name: column[place] for name, column in said.items()} for place, project in enumerate(ids)}
    return File(election, meta, about, voters, tuple(_remarks(meta, about, election)))


def write_pb(path: Path, file: File) -> None:
    """Write an election so that it reads back the same. Raises OSError, and MethodError for an amount that is no decimal number."""
    election = file.election
    ballots: list[list[str]] = [[] for _voter in range(election.voters)]
    for project in election.costs:
        for voter in election.supporters[project].tolist():
            ballots[voter].append(project)
    columns = list(dict.fromkeys(name for about in file.projects.values() for name in about))
    text = StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\n")
    rows.writerows([["META"], NEEDS["META"], *file.meta.items(), ["PROJECTS"], [*NEEDS["PROJECTS"], *columns]])
    for project, cost in election.costs.items():
        rows.writerow([project, _decimal(cost), *(file.projects.get(project, {}).get(name, "") for name in columns)])
    rows.writerows([["VOTES"], [*NEEDS["VOTES"], *election.groups]])
    for number, (voter, ballot) in enumerate(zip(file.voter_ids, ballots, strict=True)):
        rows.writerow([voter, ",".join(ballot), *(column[number] for column in election.groups.values())])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def _sections(file: str, text: str) -> dict[str, _Section]:
    found: dict[str, _Section] = {}
    section: _Section | None = None
    for number, cells in _lines(file, text):
        title = cells[0].strip().upper()
        if title in NEEDS and not "".join(cells[1:]).strip():
            if title in found:
                raise BadInput(file, number, f"the section {title} stands there twice", "each section once")
            section = found[title] = _Section(file, title)
        elif section is None:
            raise BadInput(file, number, f"the line begins with {cells[0].strip()[:40]!r}", "the line META")
        elif section.head:
            section.lines.append((number, _fitting(section, number, cells)))
        else:
            section.head, section.begins = _head(file, number, section.name, cells), number
    _refuse_missing(file, text.count("\n") + 1, found)
    return found


def _refuse_missing(file: str, end: int, found: dict[str, _Section]) -> None:
    for name, columns in NEEDS.items():
        if name not in found:
            raise BadInput(file, end, f"the section {name} is missing", SECTIONS)
        if not found[name].head:
            raise BadInput(file, end, f"the section {name} is empty", f"a line with {';'.join(columns)}")


def _lines(file: str, text: str) -> Iterator[Line]:
    """Each line that is not empty. Quotes count only where a cell begins with one; a cell that goes on in the next line must end there."""
    reader = csv.reader(StringIO(text), delimiter=";", strict=False)
    before = 0
    try:
        for cells in reader:
            if reader.line_num > before + 1:
                lines = text.split("\n")[before : reader.line_num]
                list(csv.reader(["\n".join(lines)], delimiter=";", strict=True))
            if "".join(cells).strip():
                yield before + 1, cells
            before = reader.line_num
    except csv.Error:
        raise BadInput(
            file, before + 1, "a quote opens a cell and does not close it", 'quotes that close, and "" for a quote inside'
        ) from None


def _head(file: str, number: int, section: str, cells: Sequence[str]) -> dict[str, int]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for needed in NEEDS[section]:
        if needed not in names:
            raise BadInput(
                file, number, f"the column {needed} is missing in {section}", f"{';'.join(NEEDS[section])}, parted by semicolons"
            )
    for name in names:
        if not name or names.count(name) > 1:
            raise BadInput(file, number, f"the column {name} stands there twice" if name else "a column has no name", "each column once")
    return {name: place for place, name in enumerate(names)}


def _fitting(section: _Section, number: int, cells: list[str]) -> list[str]:
    """The cells of a line, which must reach to the needed columns and not beyond the named ones."""
    width = len(section.head)
    if len(cells) == width:
        return cells
    if section.name == "META":  # a comment may hold semicolons
        return [*cells[: width - 1], ";".join(cells[width - 1 :])]
    if "".join(cells[width:]).strip():
        raise BadInput(section.file, number, f"there are {len(cells)} cells", f"{width}, and quotes around a text that holds a semicolon")
    if len(cells) <= max(section.head[name] for name in NEEDS[section.name]):
        raise BadInput(section.file, number, f"there are only {len(cells)} cells", f"the columns {';'.join(section.head)}")
    return cells


def _meta(section: _Section, votes: _Section) -> dict[str, str]:
    meta: dict[str, str] = {}
    for place, (key, value) in enumerate(zip(section.column("key"), section.column("value"), strict=True)):
        if key in meta:
            raise section.bad(place, f"{key} stands there twice", "each key once")
        if key == "vote_type" and value.lower() != "approval":
            raise section.bad(place, f"the ballots are of the kind {value!r}", "approval ballots")
        meta[key] = value
    if "vote_type" not in meta and "points" in votes.head:
        raise BadInput(section.file, votes.begins, "the votes have points", "approval ballots")
    return meta


def _budget(section: _Section) -> Fraction:
    for place, key in enumerate(section.column("key")):
        if key == "budget":
            return _money(section, place, section.column("value")[place], "budget")
    last = section.lines[-1][0] if section.lines else section.begins
    raise BadInput(section.file, last, "there is no budget in META", "a line budget;amount")


def _money(section: _Section, place: int, text: str, name: str) -> Fraction:
    plain = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if not AMOUNT.fullmatch(plain) or UNCLEAR.fullmatch(plain):
        raise section.bad(place, f"{name} is {text!r}", "an amount such as 1500 or 1500.50")
    amount = Fraction(plain.replace(",", "."))
    if amount < 0:
        raise section.bad(place, f"{name} is {text}", "an amount of at least 0")
    return amount


def _ids(section: _Section, column: str, what: str) -> list[str]:
    """The ids of a section, each of them once."""
    ids = section.column(column)
    if len(set(ids)) == len(ids) and "" not in ids:
        return ids
    seen: set[str] = set()
    for place, one in enumerate(ids):
        if not one or one in seen:
            raise section.bad(place, f"the {what} {one} stands there twice" if one else f"a {what} has no id", f"each {what} once")
        seen.add(one)
    return ids


def _supporters(section: _Section, projects: Sequence[str]) -> dict[str, NDArray[np.int64]]:
    """For each project the numbers of the voters who approved it."""
    numbers = {project: number for number, project in enumerate(projects)}
    approved, lengths = list[int](), list[int]()
    for place, ballot in enumerate(section.column("vote")):
        names = ballot.split(",") if ballot else []
        try:
            approved.extend([numbers[name] for name in names])
        except KeyError:
            approved.extend(_known(section, place, numbers, names))
        lengths.append(len(names))
        if len(names) > 1 and len(set(approved[-len(names) :])) < len(names):
            name, _count = Counter(name.strip() for name in names).most_common(1)[0]
            raise section.bad(
                place, f"the voter {section.column('voter_id')[place]} approves {name} twice", "each project once on a ballot"
            )
    which = np.array(approved, dtype=np.int64)
    voters = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)[np.argsort(which, kind="stable")]
    ends = np.bincount(which, minlength=len(projects)).cumsum()
    return dict(zip(projects, np.split(voters, ends[:-1]), strict=True))


def _known(section: _Section, place: int, numbers: dict[str, int], names: Iterable[str]) -> list[int]:
    """The numbers of projects whose names have blanks around them. Raises BadInput if one is not there."""
    for name in names:
        if name.strip() not in numbers:
            raise section.bad(place, f"a vote is for {name.strip()!r}", "projects of the section PROJECTS, parted by commas")
    return [numbers[name.strip()] for name in names]


def _remarks(meta: Mapping[str, str], about: Mapping[str, Mapping[str, str]], election: Election) -> Iterator[str]:
    """Where the file does not agree with itself, or asks for what is not counted."""
    for key, found, what in (("num_projects", len(election.costs), "projects"), ("num_votes", election.voters, "votes")):
        if meta.get(key, "").isdecimal() and int(meta[key]) != found:
            yield f"{key} says {meta[key]}, but there are {found} {what}"
    other = [
        project for project, said in about.items() if said.get("votes", "").isdecimal() and int(said["votes"]) != election.count(project)
    ]
    if other:
        shown = ", ".join(other[:5]) + (" …" if len(other) > 5 else "")
        yield f"beside these projects stands another number of votes than there are: {shown}"
    if threshold := meta.get("min_project_score_threshold"):
        yield f"the file asks that a project has at least {threshold} votes; that is not counted here"


def _decimal(amount: Fraction) -> str:
    """As a decimal number, exactly. Raises MethodError if there is none."""
    digits = next((digits for digits in range(amount.denominator.bit_length()) if 10**digits % amount.denominator == 0), None)
    if digits is None:
        raise MethodError(f"the amount {amount} is no decimal number, expected one such as 1500.50")
    whole = str(int(amount * 10**digits)).rjust(digits + 1, "0")
    return f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole
