from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from medskapa.ground.labs.actors import actor_of_participation, actor_of_pseudonym
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, an_actor
from medskapa.ground.ledger.errors import NotAllowed, WrongState
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.web.live import versions
from medskapa.stages.labday.actions import (
    add_block,
    add_table,
    check_in,
    edit_block,
    edit_table,
    end_block,
    give_seat,
    move_block,
    remove_block,
    remove_table,
    start_block,
    take_back_seat,
    take_seat,
    topic_of,
)
from medskapa.stages.labday.models import Block, Seat
from medskapa.stages.labday.queries import run_sheet_of
from medskapa.stages.labday.tests.makers import a_day, a_seat, a_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return a_lab()


@pytest.fixture
def facilitator(lab):
    return an_actor(lab, "facilitator")


def titles(day):
    return list(day.blocks.order_by("order").values_list("title", flat=True))


def block_of(day, title):
    return day.blocks.select_related("lab", "gathering__lab").get(title=title)


def test_blocks_stand_in_the_order_in_which_they_were_added(lab, facilitator):
    day = a_day(lab, blocks=())

    for title in ("Welcome", "Build", "Show"):
        add_block(day, title=title, minutes=30, by=facilitator)

    assert titles(day) == ["Welcome", "Build", "Show"]


def test_a_block_changes_places_with_its_neighbour_and_stops_at_the_ends(lab, facilitator):
    day = a_day(lab)

    move_block(block_of(day, "Show"), up=True, by=facilitator)
    move_block(block_of(day, "Welcome"), up=False, by=facilitator)

    assert titles(day) == ["Show", "Welcome", "Build"]
    with pytest.raises(WrongState):
        move_block(block_of(day, "Show"), up=True, by=facilitator)


def test_a_longer_block_moves_what_follows(lab, facilitator):
    day = a_day(lab)

    edit_block(block_of(day, "Welcome"), title="Welcome", summary="", kind="together", minutes=45, by=facilitator)

    assert run_sheet_of(day).lines[1].at == day.starts_at + timedelta(minutes=45)


def test_starting_a_block_ends_the_one_that_runs(lab, facilitator):
    day = a_day(lab, starts_at=now())
    start_block(block_of(day, "Welcome"), by=facilitator)

    with at(now() + timedelta(minutes=40)):
        start_block(block_of(day, "Build"), by=facilitator)
        sheet = run_sheet_of(day)

    assert (sheet.now.block.title, block_of(day, "Welcome").ended_at is None, sheet.drift) == ("Build", False, 10)
    with pytest.raises(WrongState):
        start_block(block_of(day, "Build"), by=facilitator)


def test_a_block_ends_and_can_begin_again(lab, facilitator):
    day = a_day(lab)
    build = start_block(block_of(day, "Build"), by=facilitator)

    end_block(build, by=facilitator)
    with pytest.raises(WrongState):
        end_block(build, by=facilitator)
    start_block(build, by=facilitator)

    assert run_sheet_of(day).now.block == build


def test_what_took_place_stays_on_the_run_sheet(lab, facilitator):
    day = a_day(lab)
    start_block(block_of(day, "Build"), by=facilitator)

    with pytest.raises(WrongState):
        remove_block(block_of(day, "Build"), by=facilitator)
    remove_block(block_of(day, "Show"), by=facilitator)
    assert titles(day) == ["Welcome", "Build"]


@pytest.mark.django_db(transaction=True)
def test_who_watches_the_day_hears_that_a_block_began():
    lab = a_lab()
    day = a_day(lab)
    topic = topic_of(day)
    before = versions([topic])[topic]

    start_block(block_of(day, "Build"), by=an_actor(lab, "facilitator"))

    assert versions([topic])[topic] == before + 1


@pytest.mark.parametrize("role", ["public", "co_creator", "actor", "sense_maker"])
def test_others_do_not_run_the_day(lab, role):
    day = a_day(lab)

    with pytest.raises(NotAllowed):
        start_block(block_of(day, "Build"), by=an_actor(lab, role))


def test_two_tables_of_a_day_have_two_numbers(lab, facilitator):
    day = a_day(lab, tables=2)

    with pytest.raises(WrongState):
        add_table(day, number=2, by=facilitator)
    with pytest.raises(WrongState):
        edit_table(day.tables.get(number=1), number=2, name="", challenge=None, prototype=None, by=facilitator)


def test_a_table_with_a_seat_is_not_taken_away(lab, facilitator):
    day = a_day(lab, tables=1)
    seat = a_seat(day.tables.get())

    with pytest.raises(WrongState):
        remove_table(day.tables.get(), by=facilitator)
    take_back_seat(seat, by=facilitator)
    remove_table(day.tables.get(), by=facilitator)
    assert not day.tables.exists()


def test_a_seat_is_for_somebody_with_a_code_or_with_a_name(lab, facilitator):
    table = a_table(a_day(lab))

    give_seat(table, person=a_pseudonym(lab, alias="Amanuel"), by=facilitator)
    give_seat(table, person=a_participation(lab, "actor", name="Karin"), by=facilitator)

    assert sorted(table.seats.values_list("shown_as", flat=True)) == ["Amanuel", "Karin"]


def test_somebody_with_a_seat_at_another_table_moves(lab, facilitator):
    day, somebody = a_day(lab, tables=2), a_pseudonym(lab)
    one, two = day.tables.order_by("number")
    seat = a_seat(one, person=somebody)

    moved = give_seat(two, person=somebody, by=facilitator)

    assert (moved.pk, Seat.objects.get(pk=seat.pk).table) == (seat.pk, two)


def test_sitting_down_oneself_says_that_one_has_come(lab):
    table, somebody = a_table(a_day(lab)), an_actor(lab, "co_creator")

    seat = take_seat(table, shown="Yasmin", by=somebody)

    assert (seat.shown_as, seat.checked_in_at is None) == ("Yasmin", False)


def test_one_checks_in_oneself_and_nobody_else(lab, facilitator):
    table, somebody = a_table(a_day(lab)), a_pseudonym(lab)
    mine, other = a_seat(table, person=somebody), a_seat(table, person=a_participation(lab, "actor"))

    check_in(mine, by=actor_of_pseudonym(somebody))

    with pytest.raises(NotAllowed):
        check_in(other, by=actor_of_pseudonym(somebody))
    check_in(other, by=facilitator)
    with pytest.raises(WrongState):
        check_in(other, by=actor_of_participation(other.participation))


def test_the_store_refuses_blocks_without_time_and_seats_for_two(lab):
    day = a_day(lab)
    table = a_table(day)
    two = {"pseudonym": a_pseudonym(lab), "participation": a_participation(lab)}

    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(lab=lab, gathering=day, order=9, title="Nothing", minutes=0)
    for wrong in ({}, two):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(lab=lab, gathering=day, table=table, shown_as="Two", **wrong)
