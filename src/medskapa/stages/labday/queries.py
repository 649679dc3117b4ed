"""Reads of lab days: the days, their run sheets, tables and seats."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet

from medskapa.ground.labs.models import Gathering, Lab, Pseudonym
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.stages.labday.models import Seat, Table
from medskapa.stages.labday.runsheet import RunSheet, run_sheet

KINDS = (Gathering.Kind.LAB_DAY, Gathering.Kind.WORKSHOP)


def days_of(lab: Lab) -> QuerySet[Gathering]:
    """A lab's lab days and workshops with how many tables and seats each has, the latest first. One SQL query."""
    found = lab.gatherings.filter(kind__in=KINDS).select_related("lab")
    return found.annotate(table_count=Count("tables", distinct=True), block_count=Count("blocks", distinct=True)).order_by(
        "-starts_at", "-pk"
    )


def is_past(gathering: Gathering, moment: datetime | None = None) -> bool:
    """Whether the day lies behind, by the lab's calendar."""
    zone = ZoneInfo(gathering.lab.time_zone)
    return (moment or now()).astimezone(zone).date() > gathering.ends_at.astimezone(zone).date()


def run_sheet_of(gathering: Gathering) -> RunSheet:
    """The run sheet of a day as it stands now. One SQL query."""
    blocks = list(gathering.blocks.select_related("lab").order_by("order", "pk"))
    return run_sheet(blocks, starts_at=gathering.starts_at, moment=now(), is_over=is_past(gathering))


def tables_of(gathering: Gathering) -> QuerySet[Table]:
    """The tables of a day with what they work on and how many have come. One SQL query."""
    found = gathering.tables.select_related("lab", "gathering__lab", "challenge__lab", "prototype__lab")
    came = Count("seats", filter=Q(seats__checked_in_at__isnull=False))
    return found.annotate(seat_count=Count("seats"), came_count=came).order_by("number")


def with_people(tables: QuerySet[Table]) -> QuerySet[Table]:
    """The same tables with everybody who has a seat. One SQL query more."""
    return tables.prefetch_related(Prefetch("seats", seats_in_order()))


def seats_in_order() -> QuerySet[Seat]:
    """Seats with whose they are, in the order of the names shown."""
    return Seat.objects.select_related("lab", "gathering__lab", "pseudonym", "participation__unit__organisation").order_by("shown_as", "pk")


def seat_of(actor: Actor, gathering: Gathering) -> Seat | None:
    """The actor's seat on a day, if they have one. One SQL query."""
    key = {"participation": "participation__public_id", "pseudonym": "pseudonym__public_id"}.get(actor.kind)
    if key is None:
        return None
    return Seat.objects.filter(gathering=gathering, **{key: actor.key}).select_related("table__lab", "lab").first()


def named_pseudonyms(lab: Lab) -> QuerySet[Pseudonym]:
    """Co-creators who chose a name by which a seat can be given to them. One SQL query."""
    return lab.pseudonyms.exclude(alias="").filter(stopped_at__isnull=True).order_by("alias", "pk")


def next_day(lab: Lab) -> Gathering | None:
    """The day that runs now or comes next. One SQL query."""
    return lab.gatherings.filter(kind__in=KINDS, ends_at__gte=now()).select_related("lab").order_by("starts_at", "pk").first()
