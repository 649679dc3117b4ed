"""The audit chains: one for each lab and one for the installation. A record never changes and holds nothing but opaque ids."""

import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from medskapa.ground.ledger.actors import TEAM_ROLES, Actor
from medskapa.ground.ledger.db.shapes import Shape
from medskapa.ground.ledger.models import Chain, Reading, Record
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.proof import FIELDS, Verdict, beginning, line_of, record_hash, verify, verify_lines

__all__ = [
    "Head",
    "ReadBy",
    "append",
    "export",
    "first_readings",
    "forget",
    "head_of",
    "lock",
    "name_of",
    "readings_of",
    "verify",
    "verify_kept",
]


class ReadBy(NamedTuple):
    """That protected words were read: the number of the record in its chain, in which role, and when."""

    number: int
    role: str
    at: datetime


class Head(NamedTuple):
    """The end of a chain: how many records it has, and the hash of the last. Printed on decisions."""

    number: int
    hash: str


def _heads(chain: str) -> QuerySet[Chain, Any]:
    return Chain.objects.select_for_update().filter(key=chain).values_list("pk", "length", "head")


_HEADS = Shape(_heads, "key of a chain")  # every action asks twice


def name_of(thing: Any) -> str:
    """How the chain names a thing: its model and its public id, such as ``listening.story:kJ2_h…``; nothing for None."""
    meta = getattr(thing, "_meta", None)
    if meta is None:
        return ""
    public_id = getattr(thing, "public_id", None)
    return f"{meta.label_lower}:{public_id}" if public_id else str(meta.label_lower)


def lock(chain: str) -> Chain:
    """The head of a chain, held until the transaction ends. Raises RuntimeError outside a transaction. One SQL query."""
    if not connection.in_atomic_block:
        raise RuntimeError("a chain is only added to inside a transaction")
    for pk, length, head in _HEADS.rows(chain):
        return Chain(pk=pk, key=chain, length=length, head=head)
    return Chain.objects.select_for_update().get_or_create(key=chain, defaults={"head": beginning(chain)})[0]


def append(chain: str, *, actor: Actor, verb: str, subject: str = "", about: Iterable[str] = (), reading: bool = False) -> Record:
    """Add one record, in the transaction of what it tells of. Three SQL queries, one more for a reading."""
    head = lock(chain)
    content: dict[str, Any] = {
        "chain": chain,
        "number": head.length + 1,
        "at": _stamp(now()),
        "actor": actor.id,
        "roles": sorted(actor.roles),
        "verb": verb,
        "subject": subject,
        "about": sorted(set(about) - {subject}),
        "reading": reading,
        "before": head.head,
    }
    hashed = record_hash(content)
    record = Record.objects.create(**content | {"at": datetime.fromisoformat(content["at"]), "hash": hashed})
    Chain.objects.filter(pk=head.pk).update(length=record.number, head=hashed)
    if reading:
        read = [name for name in (subject, *content["about"]) if name]
        Reading.objects.bulk_create([Reading(record=record, subject=name) for name in read])
    return record


def readings_of(subject: Any) -> list[ReadBy]:
    """Who read the words of this subject, newest first: never by name, always by role. One SQL query."""
    rows = Record.objects.filter(readings__subject=name_of(subject)).order_by("-at", "-pk").values_list("number", "roles", "at")
    return [ReadBy(number, _weightiest(roles), at) for number, roles, at in rows]


def has_read(subject: Any, *, reader: str, since: datetime) -> bool:
    """Whether somebody's reading of this subject left a line since then. One SQL query."""
    return Record.objects.filter(readings__subject=name_of(subject), actor=reader, at__gte=since).exists()


def readings_of_each(subjects: Iterable[str]) -> list[tuple[str, ReadBy]]:
    """Who read the words of these subjects, by the subject's name, oldest first. One SQL query."""
    named = subjects if isinstance(subjects, QuerySet) else list(subjects)
    rows = Reading.objects.filter(subject__in=named).order_by("record__at", "record")
    found = rows.values_list("subject", "record__number", "record__roles", "record__at")
    return [(subject, ReadBy(number, _weightiest(roles), at)) for subject, number, roles, at in found]


def first_readings(subjects: Iterable[Any]) -> dict[str, list[ReadBy]]:
    """When each role first read the words of these subjects, by a subject's name, oldest first. One SQL query."""
    found: dict[str, dict[str, ReadBy]] = {name_of(subject): {} for subject in subjects}
    for subject, reading in readings_of_each(found):
        found[subject].setdefault(reading.role, reading)
    return {subject: list(by_role.values()) for subject, by_role in found.items()}


def head_of(chain: str) -> Head | None:
    """The end of a chain, or None if nothing is written on it yet. One SQL query."""
    found = Chain.objects.filter(key=chain).values_list("length", "head").first()
    return Head(*found) if found else None


def export(path: Path | str) -> int:
    """Write all chains to a file that only its owner can read; it is whole or not there. Gives how many records. One SQL query."""
    target = Path(path)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    count = 0
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            for count, line in enumerate(_lines(), start=1):  # noqa: B007
                file.write(line)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count


def verify_kept() -> Verdict:
    """Verify the chains as they lie in the store, and that each ends where its head says. Two SQL queries."""
    verdict = verify_lines(line.encode() for line in _lines())
    if verdict.finding is None:
        kept = dict(Chain.objects.filter(length__gt=0).values_list("key", "head"))
        lost = sorted(key for key, head in kept.items() if verdict.heads.get(key) != head)
        verdict.missing_head = kept[lost[0]] if lost else None
    return verdict


def forget(chain: str) -> int:
    """Remove a chain, as when the demo lab is removed; the action that does it leaves a record on the installation's."""
    removed = Record.objects.filter(chain=chain).count()
    Reading.objects.filter(record__chain=chain).delete()
    Record.objects.filter(chain=chain).delete()
    Chain.objects.filter(key=chain).delete()
    return removed


def _lines() -> Iterator[str]:
    rows = Record.objects.order_by("chain", "number").values(*FIELDS, "hash")
    for row in rows.iterator(chunk_size=2000):
        yield line_of(row | {"at": _stamp(row["at"])})


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _weightiest(roles: list[str]) -> str:
    """The role to name when somebody has several: the one with most to answer for."""
    return next((role for role in TEAM_ROLES if role in roles), roles[0] if roles else "")
