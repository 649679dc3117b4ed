"""The draw: a lottery becomes tickets, a seed becomes a ticket and an order of people, and anybody can do it again with paper and SHA-256.

1. Every panel of the lottery gets its share of 10¹² tickets, numbered through in the order of the list.
2. The ticket that wins is the SHA-256 of ``<seed>/ticket``, read as a whole number, modulo the number of tickets.
3. Among people of one kind, those come first whose SHA-256 of ``<seed>/<id>`` is smallest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.errors import MethodError
from medskapa.methods.panel.committees import Committees, Counts
from medskapa.methods.panel.fairness import Lottery
from medskapa.methods.panel.pool import Pool

TICKETS = 10**12
MOST_REPLACEMENTS = 5


class AuditBroken(MethodError):
    """An audit file does not belong to these files, or does not give the panel that stands in it."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A panel, who could come in for each of its members, and everything needed to draw it again.

    chances       of each person, as they follow from the tickets
    panel         who was drawn, sorted by id
    replacements  for each of them who could take their place with all quotas kept, in the order of the lot; at most five
    audit         what the audit file holds
    """

    chances: Mapping[str, Fraction]
    panel: tuple[str, ...]
    replacements: Mapping[str, tuple[str, ...]]
    audit: Mapping[str, Any]


def draw(committees: Committees, lottery: Lottery, *, seed: str, fairness: str) -> Draw:
    """Draw a panel. The same pool, lottery and seed give the same panel, on any machine."""
    pool, tickets = committees.pool, tickets_of(lottery.weights)
    panels = lottery.panels.astype(np.int64)
    panel = _drawn(pool, panels, tickets, seed)
    audit = {
        "rule": " ".join((__doc__ or "").split()),
        "size": committees.size,
        "fairness": fairness,
        "seed": seed,
        "pool": digest(pool),
        "kinds": [dict(zip(pool.categories, kind, strict=True)) for kind in pool.kinds],
        "panels": [{"tickets": count, "of_each_kind": row.tolist()} for count, row in zip(tickets, panels, strict=True)],
        "panel": list(panel),
    }
    return Draw(_chances(pool, panels, tickets), panel, _replacements(committees, panel, seed), audit)


def drawn_again(pool: Pool, audit: Mapping[str, Any]) -> tuple[str, ...]:
    """The panel that an audit file gives for this pool. Raises AuditBroken if it is another pool's, or holds another panel."""
    try:
        tickets = [int(one["tickets"]) for one in audit["panels"]]
        panels = np.array([one["of_each_kind"] for one in audit["panels"]], dtype=np.int64)
        is_its_pool = audit["pool"] == digest(pool) and panels.shape[1] == len(pool.kinds)
        panel = _drawn(pool, panels, tickets, str(audit["seed"])) if is_its_pool else ()
        claimed = tuple(audit["panel"])
    except (KeyError, TypeError, ValueError, IndexError):
        raise AuditBroken("this is no audit file of a draw, or something in it was changed; expected the file as it was written") from None
    if not is_its_pool:
        raise AuditBroken("the audit file is about other quotas or other people; expected the files of that draw")
    if panel != claimed:
        raise AuditBroken("the draw gives another panel than the audit file says; expected the panel that follows from seed and tickets")
    return panel


def tickets_of(weights: NDArray[np.float64]) -> list[int]:
    """Weights as tickets, 10¹² in all: shares rounded down, the rest to the largest remainders, the first of equal ones."""
    shares = [Fraction(float(weight)) for weight in weights]
    exact = [share * TICKETS / sum(shares) for share in shares]
    tickets = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: (tickets[place] - exact[place], place))
    for place in by_remainder[: TICKETS - sum(tickets)]:
        tickets[place] += 1
    return tickets


def digest(pool: Pool) -> str:
    """What tells pools apart: SHA-256 of quotas and people, whatever the order they came in."""
    quotas = [[quota.category, quota.value, quota.least, quota.most] for quota in pool.quotas]
    people = sorted([person, *(values[category] for category in pool.categories)] for person, values in pool.people.items())
    return hashlib.sha256(json.dumps([quotas, people], ensure_ascii=False).encode()).hexdigest()


def _drawn(pool: Pool, panels: NDArray[np.int64], tickets: list[int], seed: str) -> tuple[str, ...]:
    winner = int(_lot(seed, "ticket"), 16) % sum(tickets)
    place = 0
    while winner >= tickets[place]:
        winner -= tickets[place]
        place += 1
    drawn = [_in_lot(people, seed)[:count] for people, count in zip(pool.members, panels[place], strict=True)]
    return tuple(sorted(person for people in drawn for person in people))


def _in_lot(people: tuple[str, ...], seed: str) -> list[str]:
    return sorted(people, key=lambda person: (_lot(seed, person), person))


def _lot(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}/{name}".encode()).hexdigest()


def _chances(pool: Pool, panels: NDArray[np.int64], tickets: list[int]) -> dict[str, Fraction]:
    drawn = [sum(count * int(row[kind]) for count, row in zip(tickets, panels, strict=True)) for kind in range(len(pool.kinds))]
    return {
        person: Fraction(count, sum(tickets) * len(people)) for people, count in zip(pool.members, drawn, strict=True) for person in people
    }


def _replacements(committees: Committees, panel: tuple[str, ...], seed: str) -> dict[str, tuple[str, ...]]:
    pool = committees.pool
    kind_of = {person: kind for kind, people in enumerate(pool.members) for person in people}
    on_panel = np.bincount([kind_of[person] for person in panel], minlength=len(pool.kinds)).astype(np.float64)
    by_kind = {kind: _fitting(committees, committees.matrix @ on_panel, kind) for kind in {kind_of[person] for person in panel}}
    waiting = _in_lot(tuple(sorted(set(pool.people) - set(panel))), seed)
    return {person: tuple(other for other in waiting if by_kind[kind_of[person]][kind_of[other]])[:MOST_REPLACEMENTS] for person in panel}


def _fitting(committees: Committees, rows: Counts, gone: int) -> NDArray[np.bool_]:
    """(kinds,) Of which kinds somebody may come in for somebody of a kind who goes."""
    after = rows[:, None] - committees.matrix[:, [gone]] + committees.matrix
    fits: NDArray[np.bool_] = np.all((after >= committees.least[:, None]) & (after <= committees.most[:, None]), axis=0)
    return fits
