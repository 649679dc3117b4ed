"""Coming back with a code: read, add, correct, write, take back, stop; and nothing that gives anybody away."""

import re
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.test import Client

from medskapa.ground.labs.actions import new_pseudonym
from medskapa.ground.labs.codes import new_code
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.labs.sessions import cookie_name
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.models import Record, Spent
from medskapa.ground.ledger.moment import at
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation
from medskapa.stages.listening.actions import add_to_story, answer_teller, cross_version, read_story, release_story
from medskapa.stages.listening.models import Message, Reach, Story
from medskapa.stages.listening.tests.makers import a_statement, a_story, a_withdrawn_story, an_answer, teller_of
from medskapa.stages.listening.tests.telling import code_on

pytestmark = pytest.mark.django_db
RETURN = "/sv/return/"
MINE = "/sv/return/mine/"
NEXT = "key-of-a-form-0123456789"


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def with_code(lab: Lab) -> tuple[Pseudonym, str]:
    return new_pseudonym(lab, language="sv", by=Actor.public(lab.public_id))


def come_back(code: str, client: Client | None = None):
    client = client or Client()
    return client, client.post(RETURN, {"code": code})


def wrong_code() -> str:
    return new_code()


def test_a_code_opens_ones_own_pages_from_any_phone(lab):
    teller, code = with_code(lab)
    a_story(lab, words="Fyra brev på en vecka", teller=teller)

    client, answer = come_back(f"{code[:3]} {code[3:6]}-{code[6:]}")

    assert (answer.status_code, answer.headers["Location"]) == (303, MINE)
    assert "Fyra brev på en vecka" in client.get(MINE).content.decode()


def test_a_session_that_somebody_planted_in_the_phone_does_not_become_the_tellers(lab):
    stranger = client_of(with_code(lab)[0])
    teller, code = with_code(lab)
    a_story(lab, words="Fyra brev på en vecka", teller=teller)
    planted = stranger.cookies[cookie_name()].value
    phone = Client()
    phone.cookies[cookie_name()] = planted

    come_back(code, phone)

    assert phone.cookies[cookie_name()].value != planted
    assert "Fyra brev på en vecka" in phone.get(MINE).content.decode()
    assert "Fyra brev på en vecka" not in stranger.get(MINE).content.decode()


def test_a_code_in_arabic_or_persian_digits_opens_them_too(lab):
    _teller, code = with_code(lab)

    for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"):
        assert come_back(code.translate(str.maketrans("0123456789", digits)))[1].status_code == 303


def test_a_typo_is_told_without_asking_the_store(lab, django_assert_num_queries):
    code = wrong_code()
    mistyped = code[:-1] + str((int(code[-1]) + 1) % 10)
    client = Client()

    with django_assert_num_queries(0):
        answer = client.post(RETURN, {"code": mistyped})

    assert answer.status_code == 422
    assert Spent.objects.count() == 0


def test_a_wrong_code_and_a_mistyped_one_get_the_same_words(lab):
    code = wrong_code()
    mistyped = code[:-1] + str((int(code[-1]) + 1) % 10)

    pages = [re.sub(r'value="[^"]*"', "", come_back(typed)[1].content.decode()) for typed in (code, mistyped)]

    assert pages[0] == pages[1]


def test_after_twenty_wrong_codes_only_one_a_minute_is_tried(lab):
    _teller, code = with_code(lab)
    with patch("medskapa.ground.labs.coming_back.hash_code", side_effect=lambda code: f"hash of {code}"):
        answers = [come_back(wrong_code())[1].status_code for _guess in range(22)]

    assert answers == [422] * 21 + [429]
    assert come_back(code)[1].status_code == 429


def test_the_page_for_the_code_says_nothing_about_what_it_is_for(lab):
    page = Client().get(RETURN).content.decode()

    title = re.search(r"<title>(.*?)</title>", page)
    assert title is not None
    assert title[1] in {"Page", "Sida"}
    assert lab.name not in page


@pytest.mark.parametrize("end", ["", "write/", "code/", "stop/", "{story}/", "{story}/add/", "{story}/readers/", "{story}/back/"])
def test_no_own_page_opens_without_a_code_or_is_kept_by_a_browser(lab, end):
    teller, _code = with_code(lab)
    path = MINE + end.format(story=a_story(lab, teller=teller).public_id)

    stranger, mine = Client().get(path), client_of(teller).get(path)

    assert (stranger.status_code, stranger.headers["Location"]) == (302, RETURN)
    assert mine.status_code == 200
    assert "no-store" in mine.headers["Cache-Control"]
    assert re.search(r"<title>(Page|Sida)</title>", mine.content.decode())


@pytest.mark.parametrize("end", ["", "add/", "readers/", "back/"])
def test_anothers_story_is_not_there(lab, end):
    teller, _code = with_code(lab)

    assert client_of(teller).get(f"{MINE}{a_story(lab).public_id}/{end}").status_code == 404


def test_own_pages_show_no_name_of_staff(lab):
    teller, _code = with_code(lab)
    story = a_story(lab, teller=teller)
    author = a_participation(lab, Role.MODERATOR, name="Sara Lindqvist")
    answer_teller(
        teller, story=story, words="Tack för att du berättade.", language="sv", author=author, by=Actor.system("demo", lab.public_id)
    )

    page = client_of(teller).get(MINE).content.decode()

    assert "Tack för att du berättade." in page
    assert "Sara" not in page


def test_the_teller_sees_in_which_role_and_when_somebody_opened_it(lab):
    teller, _code = with_code(lab)
    story = a_story(lab, teller=teller)
    read_story(story, by=an_actor(lab, Role.INTERPRETER))

    page = client_of(teller).get(f"/en/return/mine/{story.public_id}/").content.decode()

    assert "Interpreter" in page
    assert "Moderator" not in page


def day_of(number: int) -> datetime:
    return datetime(2017, 3, number, 12, tzinfo=UTC)


def steps_on(page: str) -> list[str]:
    """The line of text at the head of each step, in the order of the page."""
    heads = re.findall(r'<p class="when">(.*?)</p>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", head).split()) for head in heads]


def test_a_storys_thread_is_told_in_the_order_of_time_with_whoever_read_it_by_role(lab):
    teller, _code = with_code(lab)
    with at(day_of(1)):
        story = a_story(lab, teller=teller, wish=Reach.LAB)
    with at(day_of(5)):
        an_answer(story)
    with at(day_of(3)):
        moderator = an_actor(lab, Role.MODERATOR)
        read_story(story, by=an_actor(lab, Role.INTERPRETER))
        read_story(story, by=moderator)
        release_story(story, title="A wait", texts={"sv": "Jag väntade."}, reach=Reach.LAB, by=moderator)
    with at(day_of(2)):
        add_to_story(story, words="Ett brev till", by=teller_of(story))

    with at(day_of(9)):
        page = client_of(teller).get("/en/return/mine/").content.decode()

    assert steps_on(page) == [
        "1 March 2017 · You told this",
        "2 March 2017 · You added this",
        "3 March 2017 · Read by: Interpreter",
        "3 March 2017 · Read by: Moderator",
        "3 March 2017 · Now it may be read by: Everyone in the lab, without names and places",
        "5 March 2017 · The lab wrote to you new",
        "Next",
        "Today",
    ]


def test_two_stories_are_two_threads_and_each_answer_stands_with_its_own(lab):
    teller, _code = with_code(lab)
    with at(day_of(1)):
        first = a_story(lab, teller=teller)
    with at(day_of(2)):
        second = a_story(lab, teller=teller)
    with at(day_of(3)):
        an_answer(second)
    with at(day_of(4)):
        an_answer(first)
        page = client_of(teller).get("/en/return/mine/").content.decode()

    threads = [steps_on(part) for part in page.split('<ol class="echo"')[1:]]
    assert threads == [
        ["1 March 2017 · You told this", "4 March 2017 · The lab wrote to you new", "Next"],
        ["2 March 2017 · You told this", "3 March 2017 · The lab wrote to you new", "Next"],
        ["Today"],
    ]


def test_while_nothing_has_happened_the_page_says_what_will_be_here_and_by_when(lab):
    teller, _code = with_code(lab)
    with at(day_of(1)):
        a_story(lab, teller=teller)

    with at(day_of(2)):
        page = client_of(teller).get("/en/return/mine/").content.decode()

    assert steps_on(page) == ["1 March 2017 · You told this", "31 March 2017 · At the latest", "Today"]
    assert "Somebody in the lab reads it and writes to you here." in page


def test_an_answer_that_is_late_is_said_to_be_late(lab):
    teller, _code = with_code(lab)
    with at(day_of(1)):
        a_story(lab, teller=teller)

    page = client_of(teller).get("/en/return/mine/").content.decode()

    assert "You should have heard from us by 31 March 2017." in " ".join(page.split())


def test_what_is_new_is_said_first_and_leads_there_until_it_was_seen(lab):
    teller, _code = with_code(lab)
    an_answer(a_story(lab, teller=teller))
    client = client_of(teller)

    first, again = (client.get("/en/return/mine/").content.decode() for _visit in range(2))

    assert ("1 new thing since last time" in first, first.count('id="new"')) == (True, 1)
    assert ("since last time" in again, again.count('id="new"')) == (False, 0)


def test_that_a_story_was_handed_to_an_authority_is_told_with_its_name(lab):
    teller, _code = with_code(lab)
    story = a_story(lab, teller=teller, released=True)
    office = a_unit(an_organisation(kind="state_agency")).organisation
    cross_version(story.versions.get(), organisation=office, by=an_actor(lab, Role.PROCESS_LEADER))

    page = client_of(teller).get("/en/return/mine/").content.decode()

    assert "It was handed to an authority" in page
    assert office.name in page


def test_times_are_those_of_the_lab(lab):
    teller, _code = with_code(lab)
    Lab.objects.filter(pk=lab.pk).update(time_zone="Asia/Kabul")
    with at(datetime(2017, 3, 1, 21, tzinfo=UTC)):
        a_story(lab, teller=teller)

    assert "2 March 2017" in client_of(teller).get("/en/return/mine/").content.decode()


def test_opening_ones_own_page_leaves_one_line_that_names_all_of_it(lab):
    teller, _code = with_code(lab)
    story = a_story(lab, teller=teller)
    message = an_answer(story)

    client_of(teller).get(MINE)

    record = Record.objects.order_by("-pk").first()
    assert (record.verb, record.actor) == ("story.read_own", f"pseudonym:{teller.public_id}")
    assert set(record.about) == {f"listening.story:{story.public_id}", f"listening.message:{message.public_id}"}


def test_one_can_add_to_a_story(lab):
    teller, _code = with_code(lab)
    story = a_story(lab, teller=teller)

    client_of(teller).post(f"{MINE}{story.public_id}/add/", {"form_key": NEXT, "words": "Ett brev till"})

    assert unseal(story.additions.get()).words == "Ett brev till"


def test_one_can_change_who_may_read_it(lab):
    teller, _code = with_code(lab)
    story = a_story(lab, teller=teller, released=True, reach=Reach.PUBLIC)
    said = {"form_key": NEXT, "wish": "public", "kept_from": ["faith"]}

    client_of(teller).post(f"{MINE}{story.public_id}/readers/", said)

    story.refresh_from_db()
    assert (story.reach, story.kept_from) == (Reach.LAB, ["faith_community"])


def test_one_can_choose_the_name_under_which_it_is_public(lab):
    teller, _code = with_code(lab)
    story = a_story(lab, teller=teller)

    client_of(teller).post(f"{MINE}{story.public_id}/readers/", {"form_key": NEXT, "wish": "public_named", "alias": "Blåklocka"})

    teller.refresh_from_db()
    assert teller.alias == "Blåklocka"


def test_one_can_write_to_the_lab_and_read_the_answer(lab):
    teller, _code = with_code(lab)
    client = client_of(teller)

    client.post(f"{MINE}write/", {"form_key": NEXT, "words": "När händer något?"})
    message = Message.objects.get()
    an_answer(a_story(lab, teller=teller), words="I maj.")

    assert (message.from_lab, unseal(message).words) == (False, "När händer något?")
    assert "I maj." in client.get(MINE).content.decode()


def test_taking_back_is_said_first_and_then_done(lab):
    teller, _code = with_code(lab)
    story = a_story(lab, teller=teller)
    client = client_of(teller)

    page = client.get(f"/en/return/mine/{story.public_id}/back/").content.decode()
    assert "The words disappear everywhere. The count remains. This cannot be undone." in page
    answer = client.post(f"{MINE}{story.public_id}/back/", {"form_key": NEXT})

    assert answer.status_code == 303
    assert Story.objects.get().state == Story.State.WITHDRAWN
    assert client.get(MINE).status_code == 200


def test_a_new_code_makes_the_old_one_void(lab):
    teller, old = with_code(lab)
    client, _answer = come_back(old)

    page = client.post(f"{MINE}code/", {"form_key": NEXT})
    new = code_on(page)

    assert come_back(old)[1].status_code == 422
    assert come_back(new)[1].status_code == 303
    assert client.get(MINE).status_code == 302
    assert Pseudonym.objects.get() == teller


def test_a_new_code_leaves_a_story_on_the_phone_that_is_not_sent_yet(lab):
    _teller, code = with_code(lab)
    client, _answer = come_back(code)

    assert "data-draft-done" not in client.post(f"{MINE}code/", {"form_key": NEXT}).content.decode()


def test_the_new_code_is_not_lost_with_its_answer(lab):
    _teller, old = with_code(lab)
    client, _answer = come_back(old)

    first, again = (code_on(client.post(f"{MINE}code/", {"form_key": NEXT})) for _send in range(2))

    assert first == again


def test_who_stops_is_gone_from_every_browser(lab):
    _teller, code = with_code(lab)
    one, other = come_back(code)[0], come_back(code)[0]

    one.post(f"{MINE}stop/", {"form_key": NEXT})

    assert [client.get(MINE).status_code for client in (one, other)] == [302, 302]
    assert come_back(code)[1].status_code == 422


def test_leaving_forgets_this_browser(lab):
    _teller, code = with_code(lab)
    client, _answer = come_back(code)

    answer = client.post("/sv/return/leave/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(MINE).status_code == 302


def test_leaving_a_phone_on_which_others_told_leaves_what_waits_there(lab):
    _teller, code = with_code(lab)
    client, _answer = come_back(code)

    answer = client.post("/sv/return/leave/", {"keep": "1"})

    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get(MINE).status_code == 302


def test_what_was_written_too_long_travels_with_the_code(lab):
    teller, code = with_code(lab)
    words = "En lång text som tog mer än en halvtimme"

    page = Client().post(f"{MINE}write/", {"form_key": NEXT, "words": words})
    assert page.status_code == 422
    assert words in page.content.decode()
    answer = Client().post(f"{MINE}write/", {"form_key": NEXT, "words": words, "code": code})

    assert answer.status_code == 303
    assert unseal(teller.messages.get()).words == words


def test_sending_the_same_word_again_counts_once(lab):
    teller, _code = with_code(lab)
    client = client_of(teller)

    for _send in range(3):
        client.post(f"{MINE}write/", {"form_key": NEXT, "words": "Hej"})

    assert Message.objects.count() == 1


def test_a_form_of_another_site_does_nothing_here(lab):
    teller, _code = with_code(lab)
    client = client_of(teller)
    client.handler.enforce_csrf_checks = True

    answer = client.post(f"{MINE}write/", {"form_key": NEXT, "words": "Hej"}, headers={"origin": "https://elsewhere.example"})

    assert (answer.status_code, Message.objects.count()) == (403, 0)


def test_a_story_taken_back_is_a_line_without_words(lab):
    teller, _code = with_code(lab)
    a_withdrawn_story(lab, teller=teller, words="Det här är borta")

    page = client_of(teller).get("/en/return/mine/").content.decode()

    assert "You took it back" in page
    assert "Nobody can read it any more." in page
    assert "Det här är borta" not in page


def test_the_own_page_leads_to_statements_that_can_be_answered(lab):
    teller, _code = with_code(lab)
    statement = a_statement(lab)

    assert f"conversations/{statement.conversation.public_id}/answer/" in client_of(teller).get(MINE).content.decode()


def test_the_own_page_costs_the_same_for_one_story_and_for_three(lab, django_assert_max_num_queries):
    teller, _code = with_code(lab)
    client = client_of(teller)
    counts = []
    for _more in range(3):
        an_answer(a_story(lab, teller=teller, released=True))
        with django_assert_max_num_queries(27) as asked:  # two of them begin and end the transaction
            client.get(MINE)
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_staff_with_an_account_see_no_own_page(lab):
    assert a_client(lab, Role.PROCESS_LEADER).get(MINE).status_code == 302
