"""What people do on a lab day: its door, the run sheet, the tables, and who sits where."""

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Gathering, Lab
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.web.live import touch
from medskapa.stages.cocreation.models import Challenge, Prototype
from medskapa.stages.cocreation.people import Person, as_member, person_of, shown_as
from medskapa.stages.labday.doors import new_digits
from medskapa.stages.labday.models import Block, Door, Seat, Table


def topic_of(gathering: Gathering) -> str:
    """What pages of a day watch."""
    return f"lab/{gathering.lab.public_id}/day/{gathering.public_id}"


@action("door.open")
def open_door(gathering: Gathering, *, by: Actor, digits: str = "") -> Door:
    """Let people in by six digits until the gathering ends; if they can come in already, the digits stay. Raises WrongState.

    ``digits`` are for the demo, which has the same each time; else they are drawn.
    """
    if gathering.ends_at <= now():
        raise WrongState(_("This gathering is over."), _("Change when it ends, or plan a new one."))
    if gathering.lab.state != Lab.State.OPEN:
        raise WrongState(_("The lab is not open."), _("Open the lab first. Then people can join."))
    values = {"lab": gathering.lab, "digits": digits or new_digits(), "opened_at": now()}
    return Door.objects.get_or_create(gathering=gathering, closed_at=None, defaults=values)[0]


@action("door.close")
def close_door(door: Door, *, by: Actor) -> Door:
    """Let nobody in any more; who came in stays. Opened again, a gathering gets other digits. Raises WrongState if it is closed."""
    door.closed_at = now()
    if Door.objects.filter(pk=door.pk, closed_at__isnull=True).update(closed_at=door.closed_at) != 1:
        raise WrongState
    return door


@action("block.add")
def add_block(
    gathering: Gathering,
    *,
    title: str,
    minutes: int,
    by: Actor,
    summary: str = "",
    kind: str = Block.Kind.TOGETHER,
    source: str | None = None,
) -> Block:
    """Put a block at the end of a day's run sheet."""
    last = gathering.blocks.aggregate(last=Max("order"))["last"] or 0
    touch(topic_of(gathering))
    return Block.objects.create(
        lab=gathering.lab, gathering=gathering, order=last + 1, title=title, summary=summary, kind=kind, minutes=minutes, source=source
    )


@action("block.edit")
def edit_block(block: Block, *, title: str, summary: str, kind: str, minutes: int, by: Actor) -> Block:
    """Change a block; a longer one moves all that follow."""
    block.title, block.summary, block.kind, block.minutes = title, summary, kind, minutes
    block.save(update_fields=["title", "summary", "kind", "minutes"])
    touch(topic_of(block.gathering))
    return block


@action("block.move")
def move_block(block: Block, *, up: bool, by: Actor) -> Block:
    """Let a block change places with the one before it, or after it. Raises WrongState at either end."""
    blocks = list(block.gathering.blocks.order_by("order", "pk"))
    here = next(place for place, other in enumerate(blocks) if other.pk == block.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(blocks):
        raise WrongState(_("It can't move further."), _("It is the first or the last of the day already."))
    blocks[here], blocks[there] = blocks[there], blocks[here]
    _number(blocks)
    touch(topic_of(block.gathering))
    return block


@action("block.remove")
def remove_block(block: Block, *, by: Actor) -> Gathering:
    """Take a block out of the run sheet. Raises WrongState for one that has begun."""
    gathering = block.gathering
    if Block.objects.filter(pk=block.pk, started_at__isnull=True).delete()[0] != 1:
        raise WrongState(_("This block has begun."), _("What took place stays on the run sheet."))
    touch(topic_of(gathering))
    return gathering


@action("block.start")
def start_block(block: Block, *, by: Actor) -> Block:
    """Begin a block; the one that runs ends. One that ended can begin again. Raises WrongState if it runs already."""
    if block.gathering.blocks.filter(pk=block.pk, started_at__isnull=False, ended_at__isnull=True).exists():
        raise WrongState(_("This block runs already."), _("Open the page again to see how it is now."))
    moment = now()
    block.gathering.blocks.filter(started_at__isnull=False, ended_at__isnull=True).update(ended_at=moment)
    block.started_at, block.ended_at = moment, None
    block.save(update_fields=["started_at", "ended_at"])
    touch(topic_of(block.gathering))
    return block


@action("block.end")
def end_block(block: Block, *, by: Actor) -> Block:
    """End the block that runs. Raises WrongState for any other."""
    moment = now()
    if Block.objects.filter(pk=block.pk, started_at__isnull=False, ended_at__isnull=True).update(ended_at=moment) != 1:
        raise WrongState
    block.ended_at = moment
    touch(topic_of(block.gathering))
    return block


@action("table.add")
def add_table(
    gathering: Gathering, *, number: int, by: Actor, name: str = "", challenge: Challenge | None = None, prototype: Prototype | None = None
) -> Table:
    """Set up a table. Raises WrongState if its number is taken."""
    _free(gathering, number)
    touch(topic_of(gathering))
    return Table.objects.create(lab=gathering.lab, gathering=gathering, number=number, name=name, challenge=challenge, prototype=prototype)


@action("table.edit")
def edit_table(table: Table, *, number: int, name: str, challenge: Challenge | None, prototype: Prototype | None, by: Actor) -> Table:
    """Change what a table works on. Raises WrongState if its new number is taken."""
    if number != table.number:
        _free(table.gathering, number)
    table.number, table.name, table.challenge, table.prototype = number, name, challenge, prototype
    table.save(update_fields=["number", "name", "challenge", "prototype"])
    touch(topic_of(table.gathering))
    return table


@action("table.remove")
def remove_table(table: Table, *, by: Actor) -> Gathering:
    """Take a table away. Raises WrongState while somebody has a seat at it."""
    gathering = table.gathering
    if table.seats.exists():
        raise WrongState(_("Somebody has a seat at this table."), _("Give them another seat first."))
    table.delete()
    touch(topic_of(gathering))
    return gathering


@action("seat.give")
def give_seat(table: Table, *, person: Person, by: Actor, shown: str = "") -> Seat:
    """Give somebody a seat at a table; whoever had one at another table of that day moves."""
    return _seat(table, person, shown)


@action("seat.take")
def take_seat(table: Table, *, by: Actor, shown: str = "") -> Seat:
    """Sit down at a table oneself, which also says that one has come. Raises WrongState for somebody who is not one of the lab."""
    person = person_of(by)
    if person is None:
        raise WrongState(_("Seats are for people of the lab."), _("Come in with your code, or sign in, and try again."))
    seat = _seat(table, person, shown)
    Seat.objects.filter(pk=seat.pk, checked_in_at__isnull=True).update(checked_in_at=now())
    seat.refresh_from_db(fields=["checked_in_at"])
    return seat


@action("seat.take_back")
def take_back_seat(seat: Seat, *, by: Actor) -> Table:
    """Free a seat."""
    table = seat.table
    seat.delete()
    touch(topic_of(table.gathering))
    return table


@action("seat.check_in")
def check_in(seat: Seat, *, by: Actor) -> Seat:
    """Note that somebody has come. Raises WrongState if that was noted before."""
    if Seat.objects.filter(pk=seat.pk, checked_in_at__isnull=True).update(checked_in_at=now()) != 1:
        raise WrongState(_("They have checked in already."), _("Open the page again to see how it is now."))
    seat.checked_in_at = now()
    touch(topic_of(seat.gathering))
    return seat


def _seat(table: Table, person: Person, shown: str) -> Seat:
    values = {"table": table, "shown_as": shown or shown_as(person)}
    touch(topic_of(table.gathering))
    return Seat.objects.update_or_create(
        gathering=table.gathering, **as_member(person), defaults=values, create_defaults={**values, "lab": table.lab}
    )[0]


def _free(gathering: Gathering, number: int) -> None:
    if gathering.tables.filter(number=number).exists():
        raise WrongState(_("There is a table with this number."), _("Choose a number that is free."))


def _number(blocks: Sequence[Block]) -> None:
    for place, block in enumerate(blocks, start=1):
        block.order = place
    Block.objects.bulk_update(blocks, ["order"])
