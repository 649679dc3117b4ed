"""Lab days with blocks, tables and seats, for tests."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from medskapa.ground.labs.models import Gathering, Lab
from medskapa.ground.labs.tests.makers import a_gathering, a_pseudonym, an_actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.roles import Role
from medskapa.stages.cocreation.people import Person
from medskapa.stages.labday.actions import add_block, add_table, give_seat, open_door
from medskapa.stages.labday.models import Block, Door, Seat, Table
from medskapa.stages.understanding.tests.makers import demo

PROGRAMME = (("Welcome", 30), ("Build", 60), ("Show", 30))


def a_day(lab: Lab, *, blocks: Sequence[tuple[str, int]] = PROGRAMME, tables: int = 0, **what: Any) -> Gathering:
    """A lab day that starts in an hour, with these blocks (what, minutes) and so many tables."""
    begin = what.pop("starts_at", now() + timedelta(hours=1))
    said = {"name": "The prototype day", "kind": Gathering.Kind.LAB_DAY, "starts_at": begin, "ends_at": begin + timedelta(hours=8)}
    day = a_gathering(lab, **(said | what))
    for title, minutes in blocks:
        a_block(day, title=title, minutes=minutes)
    for number in range(1, tables + 1):
        a_table(day, number=number)
    return day


def a_block(day: Gathering, **what: Any) -> Block:
    """A block at the end of a day."""
    return add_block(day, by=demo(day.lab), **({"title": "Build", "minutes": 60} | what))


def a_table(day: Gathering, **what: Any) -> Table:
    """A table of a day."""
    return add_table(day, by=demo(day.lab), **({"number": 1} | what))


def a_seat(table: Table, *, person: Person | None = None, shown: str = "Amanuel") -> Seat:
    """Somebody's seat, somebody with a code unless a person is given."""
    return give_seat(table, person=person or a_pseudonym(table.lab), shown=shown, by=demo(table.lab))


def a_door(day: Gathering) -> Door:
    """The open door of a day."""
    return open_door(day, by=an_actor(day.lab, Role.FACILITATOR))
