"""A gathering's door: the six digits on the wall, and who finds it by them.

The last digit tells a typo, so that a room full of people who mistype never counts as somebody who guesses.
"""

from django.db.models import QuerySet

from medskapa.ground.labs.codes import new_code, read_code
from medskapa.ground.labs.models import Gathering, Lab
from medskapa.ground.ledger.errors import TooMany
from medskapa.ground.ledger.limits import left, spend
from medskapa.ground.ledger.moment import now
from medskapa.stages.labday.models import Door

LENGTH = 6
HOUR, MINUTE = 3_600, 60
WRONG, SLOWED = "wrong door code", "slow door code"
FREE = 200  # wrong digits an hour from one source, such as a hall full of people, before there is one a minute


def new_digits() -> str:
    """Six digits that open no other door. One SQL query."""
    taken = set(Door.objects.filter(closed_at__isnull=True).values_list("digits", flat=True))
    while (digits := new_code(LENGTH)) in taken:
        pass
    return digits


def read_digits(typed: str) -> str | None:
    """The six digits in what was typed, in any script's digits and with any gaps; None if the last one says it is a typo. No SQL."""
    return read_code(typed, LENGTH)


def open_doors() -> QuerySet[Door]:
    """Doors that let people in now: opened, and of a gathering that has not ended, in a lab that is open. One SQL query."""
    doors = Door.objects.filter(closed_at__isnull=True, gathering__ends_at__gt=now(), lab__state=Lab.State.OPEN)
    return doors.select_related("lab", "gathering__lab")


def door_of(gathering: Gathering) -> Door | None:
    """The door of a gathering, if it lets people in now. One SQL query."""
    return open_doors().filter(gathering=gathering).first()


def find_door(digits: str, *, source: str) -> Door | None:
    """The door that these digits open now. Raises TooMany. At most eight SQL queries.

    Only wrong digits count, so whoever joins never slows the others; digits of a door that has closed are no guess.

    ``source``: where the request comes from; kept only as a keyed hash that changes daily.
    """
    is_slowed = not left(WRONG, source, FREE, HOUR)
    if is_slowed and not left(SLOWED, source, 1, MINUTE):
        raise TooMany(MINUTE)
    door = open_doors().filter(digits=digits).first()
    if door is None and not Door.objects.filter(digits=digits).exists():
        kind, most, seconds = (SLOWED, 1, MINUTE) if is_slowed else (WRONG, FREE, HOUR)
        spend(kind, source, most, seconds)
    return door
