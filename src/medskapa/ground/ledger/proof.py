"""The proof of an audit chain: how a record is hashed, and how an export is verified. Needs no Django and no database.

A line of an export is one record as JSON, its keys in the order of ``FIELDS``, without a space too many; ``hash`` covers all
that stands before it on the line, ``before`` is the hash of the record before. The first record of a chain carries the chain's
own beginning. Chains follow each other in the order of their names. Without a head that was kept elsewhere, a chain that was
cut short at its end looks whole: nothing in a file can tell.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FIELDS: dict[str, type] = {
    "chain": str,
    "number": int,
    "at": str,
    "actor": str,
    "roles": list,
    "verb": str,
    "subject": str,
    "about": list,
    "reading": bool,
    "before": str,
}
SHORTEST_HEAD = 16  # hex digits of a printed head that are enough to know it by


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that is wrong: in which line of the file, with which record as far as it can be read, and what."""

    line: int
    what: str
    chain: str = ""
    number: int | None = None

    def __str__(self) -> str:
        record = f", record {self.number} of {self.chain}" if self.number is not None else ""
        return f"line {self.line}{record}: {self.what}"


@dataclass(slots=True)
class Verdict:
    """What verifying found. ``heads`` holds the last hash of each chain, ``lengths`` how many records it has."""

    records: int = 0
    finding: Finding | None = None
    heads: dict[str, str] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    missing_head: str | None = None  # the head asked for, if no record has it

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong with what is in the file, and the head asked for is in it."""
        return self.finding is None and self.missing_head is None

    def __str__(self) -> str:
        if self.finding:
            return str(self.finding)
        if self.missing_head:
            return f"no record has the head {self.missing_head}: records are missing at the end, or this is another chain"
        return f"{self.records} records in {len(self.heads)} chains, all whole; if any were cut off at an end, only a printed head tells"


class _Broken(Exception):
    """What is wrong with one line, and the record as far as it can be read."""

    def __init__(self, what: str, record: Mapping[str, Any] | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.record = record or {}


def beginning(chain: str) -> str:
    """What the first record of a chain carries in place of a hash before it."""
    return hashlib.sha256(f"medskapa chain 1\n{chain}".encode()).hexdigest()


def record_hash(content: Mapping[str, Any]) -> str:
    """The hash of a record with the keys of FIELDS."""
    return hashlib.sha256(_text({name: content[name] for name in FIELDS}).encode()).hexdigest()


def line_of(content: Mapping[str, Any]) -> str:
    """A record, with its hash, as a line of an export."""
    return _text({name: content[name] for name in (*FIELDS, "hash")}) + "\n"


def verify(path: Path | str, head: str | None = None) -> Verdict:
    """Read an export to its end or to the first broken record. With ``head``, some record must have that hash. No record proves nothing.

    Raises ValueError for a head that is not at least 16 hex digits, OSError if the file cannot be read.
    """
    with Path(path).open("rb") as lines:
        verdict = verify_lines(lines, head)
    if not verdict.records and not verdict.finding:
        verdict.finding = Finding(1, "there is no record in the file")
    return verdict


def verify_lines(lines: Iterable[bytes], head: str | None = None) -> Verdict:
    """The same for lines that are already at hand."""
    verdict = Verdict(missing_head=_clean_head(head) if head else None)
    chain = ""
    for place, line in enumerate(lines, start=1):
        try:
            record = _read(line)
            chain = _check_place(record, chain, verdict)
        except _Broken as broken:
            verdict.finding = Finding(place, broken.what, broken.record.get("chain", ""), broken.record.get("number"))
            return verdict
        _count(record, verdict)
    return verdict


def _read(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("ascii")
        record = json.loads(text)
    except (ValueError, RecursionError):
        raise _Broken("this is not a record") from None
    _check_shape(record)
    if line_of(record) != text:
        raise _Broken("the record is not written as an export writes it", record)
    if record_hash(record) != record["hash"]:
        raise _Broken("its content does not fit its hash, so one of the two was changed", record)
    return dict(record)


def _check_shape(record: Any) -> None:
    if not isinstance(record, dict) or record.keys() != {*FIELDS, "hash"} or type(record["hash"]) is not str:
        raise _Broken("this is not a record")
    if any(type(record[name]) is not kind for name, kind in FIELDS.items()):
        raise _Broken("this is not a record")


def _check_place(record: Mapping[str, Any], chain: str, verdict: Verdict) -> str:
    """Whether the record follows the one before it; gives the chain it stands in."""
    name, number, expected = record["chain"], record["number"], verdict.lengths.get(record["chain"], 0) + 1
    if name != chain and name <= chain:
        raise _Broken(f"it stands after a record of {chain}, where it does not belong", record)
    if number != expected:
        raise _Broken(f"record {expected} should stand here", record)
    if record["before"] != verdict.heads.get(name, beginning(name)):
        raise _Broken("it does not carry the hash of the record before it", record)
    return str(name)


def _count(record: Mapping[str, Any], verdict: Verdict) -> None:
    verdict.records += 1
    verdict.heads[record["chain"]] = record["hash"]
    verdict.lengths[record["chain"]] = record["number"]
    if verdict.missing_head and record["hash"].startswith(verdict.missing_head):
        verdict.missing_head = None


def _clean_head(head: str) -> str:
    clean = re.sub(r"[\s:-]", "", head).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST_HEAD},64}}", clean):
        raise ValueError(f"a head is {SHORTEST_HEAD} to 64 digits from 0 to 9 and a to f")
    return clean


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
