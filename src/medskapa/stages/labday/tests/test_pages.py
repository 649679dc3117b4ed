import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.models import Gathering
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.web.templatetags.medskapa import in_words
from medskapa.stages.cocreation.tests.makers import a_challenge, a_prototype, a_trial
from medskapa.stages.labday.actions import start_block
from medskapa.stages.labday.models import Seat, Table
from medskapa.stages.labday.panels import todos
from medskapa.stages.labday.tests.makers import a_block, a_day, a_seat, a_table
from medskapa.stages.understanding.tests.makers import demo

pytestmark = pytest.mark.django_db
KEY = "form_key_of_a_test_00"


@pytest.fixture
def lab():
    return a_lab(languages=["sv", "en"])


def address(lab, page, **where):
    return reverse(f"labday:{page}", kwargs={"lab": lab.slug, **where})


def plan(lab):
    return reverse("labs:new_gathering", kwargs={"lab": lab.slug})


def page_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[-2000:]
    return response.content.decode().replace("<bdi>", "").replace("</bdi>", "")


def sent(client, url, status=303, **values):
    response = client.post(url, {"form_key": f"{KEY}_{abs(hash((url, *values.items())))}"[:60], **values})
    assert response.status_code == status, response.content.decode()
    return response


def running(day, title="Build"):
    return start_block(day.blocks.get(title=title), by=demo(day.lab))


def test_an_empty_list_says_what_will_be_there(lab):
    assert "No lab day yet" in page_of(a_client(lab, "co_creator"), address(lab, "days"))


def test_ones_own_page_leads_to_the_days_before_any_is_planned(lab):
    own = page_of(a_client(lab, "facilitator"), reverse("labs:desk", kwargs={"lab": lab.slug}))

    assert f'href="{address(lab, "days")}"' in own


@pytest.mark.parametrize("role", ["public", "reader"])
def test_days_are_for_those_who_take_part(lab, role):
    day = a_day(lab, tables=1)
    pages = [address(lab, "days"), day.get_absolute_url(), address(lab, "screen", day=day.public_id), day.tables.get().get_absolute_url()]

    for url in pages:
        page_of(a_client(lab, role), url, status=403)


def test_a_day_is_planned_with_blocks_and_tables_through_the_pages(lab):
    client, challenge = a_client(lab, "facilitator"), a_challenge(lab)
    day_values = {
        "name": "The prototype day",
        "kind": "lab_day",
        "starts_at": "2027-05-04T09:00",
        "ends_at": "2027-05-04T16:00",
        "place": "Town hall",
    }

    planned = sent(client, plan(lab), **day_values, about="")
    day = Gathering.objects.get(lab=lab)
    assert planned.headers["Location"] == day.get_absolute_url()
    for title, minutes in (("Welcome", 30), ("Build", 90)):
        sent(client, address(lab, "new_block", day=day.public_id), title=title, summary="Paper is enough.", kind="tables", minutes=minutes)
    sent(client, address(lab, "new_table", day=day.public_id), number=4, name="", challenge=challenge.public_id, prototype="")
    text = page_of(client, day.get_absolute_url())

    assert [part in text for part in ("09:00", "09:30", "11:00", "Table 4", challenge.title)] == [True] * 5


@pytest.mark.parametrize("ends", ["08:00", "09:00"])
def test_a_day_that_ends_before_it_starts_or_just_then_is_refused(lab, ends):
    values = {
        "name": "Backwards",
        "kind": "lab_day",
        "starts_at": "2027-05-04T09:00",
        "ends_at": f"2027-05-04T{ends}",
        "place": "",
        "about": "",
    }

    refused = sent(a_client(lab, "facilitator"), plan(lab), status=422, **values)

    assert "It ends after it starts." in refused.content.decode()


def test_a_gathering_is_planned_in_one_place_from_the_list_of_days_too(lab):
    client, day = a_client(lab, "facilitator"), a_day(lab)

    days = page_of(client, address(lab, "days"))
    form = page_of(client, f"{plan(lab)}?kind=lab_day")

    assert f'href="{plan(lab)}?kind=lab_day"' in days
    assert re.search(r'<input[^>]*value="lab_day"[^>]*checked', form)
    assert reverse("labs:edit_gathering", kwargs={"lab": lab.slug, "gathering": day.public_id}) in page_of(client, day.get_absolute_url())


def test_the_day_is_run_from_its_page(lab):
    client, day = a_client(lab, "facilitator"), a_day(lab, starts_at=now() - timedelta(minutes=10))
    first, second = day.blocks.order_by("order")[:2]

    sent(client, address(lab, "start_block", day=day.public_id, block=first.public_id))
    text = page_of(client, day.get_absolute_url())
    assert ("The day runs 10 minutes late." in text, "minutes left" in text, "Begin “Build”" in text) == (True, True, True)
    sent(client, address(lab, "move_block", day=day.public_id, block=second.public_id), way="down")
    assert "Begin “Show”" in page_of(client, day.get_absolute_url())
    sent(client, address(lab, "end_block", day=day.public_id, block=first.public_id))
    sent(client, address(lab, "remove_block", day=day.public_id, block=second.public_id))

    assert list(day.blocks.values_list("title", flat=True).order_by("order")) == ["Welcome", "Show"]


def test_seats_are_given_taken_checked_and_freed(lab):
    table = a_table(a_day(lab))
    staff, somebody = a_client(lab, "facilitator"), client_of(a_pseudonym(lab))
    karin, yasmin = a_participation(lab, "actor", name="Karin"), a_pseudonym(lab, alias="Yasmin")
    where = {"table": table.public_id}

    sent(staff, address(lab, "new_seat", **where), participation=karin.public_id, pseudonym="", shown="")
    sent(staff, address(lab, "new_seat", **where), participation="", pseudonym=yasmin.public_id, shown="Y.")
    sent(staff, address(lab, "new_seat", **where), status=422, participation=karin.public_id, pseudonym=yasmin.public_id, shown="")
    sent(somebody, address(lab, "sit_down", **where), shown="Amanuel")
    text = page_of(somebody, table.get_absolute_url())
    assert [name in text for name in ("Karin", "Y.", "Amanuel")] == [True] * 3
    seat = Seat.objects.get(participation=karin)
    sent(somebody, address(lab, "check_in", seat=seat.public_id, **where), status=403)
    sent(client_of(karin), address(lab, "check_in", seat=seat.public_id, **where))
    sent(staff, address(lab, "free_seat", seat=Seat.objects.get(pseudonym=yasmin).public_id, **where))

    assert sorted(table.seats.values_list("shown_as", flat=True)) == ["Amanuel", "Karin"]
    assert Seat.objects.get(pk=seat.pk).checked_in_at is not None


def test_a_table_says_what_to_do_now_and_what_it_has_come_to(lab):
    day, prototype = a_day(lab), a_prototype(lab)
    a_block(day, title="Test", summary="Somebody from another table tries it.")
    table = a_table(day, challenge=a_challenge(lab), prototype=prototype)
    trial = a_trial(prototype)
    running(day, "Test")

    text = page_of(a_client(lab, "co_creator"), table.get_absolute_url())

    parts = ["Somebody from another table tries it.", prototype.title, prototype.summary, "A sign and two chairs.", trial.pass_mark, "60"]
    assert [part for part in parts if part not in text] == []


def test_a_tables_number_is_changed_and_the_table_taken_away(lab):
    day, client = a_day(lab, tables=2), a_client(lab, "facilitator")
    table = day.tables.get(number=1)
    url = address(lab, "edit_table", table=table.public_id)

    refused = sent(client, url, status=422, number=2, name="", challenge="", prototype="")
    assert "There is a table with this number." in refused.content.decode()
    sent(client, url, number=7, name="By the window", challenge="", prototype="")
    assert Table.objects.get(pk=table.pk).number == 7
    sent(client, address(lab, "remove_table", table=table.public_id))

    assert day.tables.count() == 1


def test_the_printed_sheet_has_the_day_the_people_and_room_to_write(lab):
    table = a_table(a_day(lab), challenge=a_challenge(lab))
    a_seat(table, shown="Amanuel")

    text = page_of(a_client(lab, "facilitator"), address(lab, "sheet", table=table.public_id))

    assert [part in text for part in ("Table 1", "Amanuel", "Welcome", table.challenge.title, "For whom is it?")] == [True] * 5


def test_the_big_screen_shows_the_block_the_clock_and_the_tables_and_renews_itself(lab):
    day = a_day(lab, starts_at=now() - timedelta(minutes=30))
    a_table(day, number=3, prototype=a_prototype(lab, title="The letter desk"))
    running(day)
    client = a_client(lab, "facilitator")

    with at(now() + timedelta(minutes=15)):
        response = client.get(address(lab, "screen", day=day.public_id))

    text = response.content.decode()
    assert response.headers["Refresh"] == "20"
    assert 'aria-label="45 minutes left of “Build”. Next comes “Show”' in text
    assert 'd="M330 492A200 200 0 0 1 130.0 292.0"' in text
    assert "The letter desk" in text


def test_before_and_after_the_day_the_screen_says_so(lab):
    before, after = a_day(lab), a_day(lab, starts_at=now() - timedelta(days=3))
    client = a_client(lab, "co_creator")

    assert "“Welcome” begins" in page_of(client, address(lab, "screen", day=before.public_id))
    assert "Thank you for today" in page_of(client, address(lab, "screen", day=after.public_id))


def test_a_day_of_another_lab_is_not_found(lab):
    other = a_day(a_lab(), tables=1)

    page_of(a_client(lab, "facilitator"), address(lab, "day", day=other.public_id), status=404)
    page_of(a_client(lab, "facilitator"), address(lab, "table", table=other.tables.get().public_id), status=404)


def test_the_pages_of_a_day_cost_the_same_with_one_table_and_with_three(lab):
    day, client = a_day(lab), a_client(lab, "facilitator")
    counts = []
    for number in range(1, 4):
        table = a_table(day, number=number, challenge=a_challenge(lab), prototype=a_prototype(lab))
        a_seat(table)
        a_seat(table, person=a_participation(lab, "actor"))
        pages = [address(lab, "days"), day.get_absolute_url(), address(lab, "screen", day=day.public_id), table.get_absolute_url()]
        counts.append([])
        for url in pages:
            with CaptureQueriesContext(connection) as queries:
                page_of(client, url)
            counts[-1].append(len(queries))

    assert counts[0] == counts[2]
    assert max(counts[0]) <= 25


def test_each_is_told_what_the_next_day_asks_of_them(lab):
    day, somebody = a_day(lab, blocks=(), name="The prototype day"), a_pseudonym(lab)

    (to_run,) = todos(an_actor(lab, "facilitator"), lab)
    assert strip_tags(in_words(to_run)) == "Write the run sheet for “The prototype day”."
    assert to_run.due == day.starts_at
    a_seat(a_table(day, number=4), person=somebody)
    (to_come,) = todos(actor_of_pseudonym(somebody), lab)
    assert strip_tags(in_words(to_come)) == "You sit at table 4 at “The prototype day”."
    assert todos(an_actor(lab, "moderator"), lab) is None
