"""The desks of those who moderate, translate and answer: nothing is shown before a line is written, and nothing leaves without a person."""

import re

import pytest

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor, client_of
from medskapa.ground.ledger import chain
from medskapa.ground.ledger.models import Record
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation
from medskapa.ground.safeguarding.models import Concern
from medskapa.stages.listening.actions import add_to_story, hold_story, translate_story, withdraw_story
from medskapa.stages.listening.models import Crossing, Message, Reach, Story, Version
from medskapa.stages.listening.tests.makers import a_prompt, a_statement, a_story, a_withdrawn_story, an_answer, teller_of

pytestmark = pytest.mark.django_db
NEXT = "key-of-a-form-0123456789"
NOT_MODERATORS = (Role.ACTOR, Role.JUROR, Role.FACILITATOR, "co_creator", "public")


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def url(lab: Lab, end: str) -> str:
    return f"/en/labs/{lab.slug}/{end}"


def released(**what: str) -> dict[str, str]:
    return {"form_key": NEXT, "title": "Waiting", "reach": "lab", "text_sv": "Jag väntade.", **what}


def test_the_queue_shows_no_word_and_leaves_no_line(lab):
    a_story(lab, words="Fyra brev på en vecka")

    page = a_client(lab, Role.MODERATOR).get(url(lab, "moderation/"))

    assert page.status_code == 200
    assert "A story in svenska" in page.content.decode()
    assert "Fyra brev" not in page.content.decode()
    assert not Record.objects.filter(reading=True).exists()


def test_opening_an_item_writes_the_line_before_the_words(lab):
    story = a_story(lab, words="Fyra brev på en vecka")

    page = a_client(lab, Role.MODERATOR).get(url(lab, f"moderation/{story.public_id}/"))

    assert "Fyra brev på en vecka" in page.content.decode()
    assert [reading.role for reading in chain.readings_of(story)] == [Role.MODERATOR]


@pytest.mark.parametrize("role", NOT_MODERATORS)
@pytest.mark.parametrize("end", ["moderation/{id}/", "translations/{id}/", "answers/{teller}/", "stories/{id}/", "stories/{id}/cross/"])
def test_for_all_others_an_unreleased_story_is_not_there(lab, role, end):
    story = a_story(lab)

    answer = a_client(lab, role).get(url(lab, end.format(id=story.public_id, teller=story.teller.public_id)))

    assert answer.status_code == 404
    assert chain.readings_of(story) == []


def test_a_story_of_another_lab_is_not_there(lab):
    story = a_story(a_lab(), released=True, reach=Reach.PUBLIC)
    leader = a_client(lab, Role.PROCESS_LEADER)

    for end in ("moderation/{}/", "stories/{}/", "stories/{}/worry/", "translations/{}/"):
        assert leader.get(url(lab, end.format(story.public_id))).status_code == 404


def test_a_story_is_released_from_the_desk(lab):
    story = a_story(lab)

    answer = a_client(lab, Role.MODERATOR).post(url(lab, f"moderation/{story.public_id}/"), released())

    story.refresh_from_db()
    assert (answer.status_code, story.state, story.reach) == (303, Story.State.RELEASED, Reach.LAB)
    assert unseal(story.versions.get()).words == "Jag väntade."
    assert unseal(story).title == "Waiting"


def test_a_mark_has_to_be_ticked_and_what_was_typed_stays(lab):
    story = a_story(lab)
    client, path = a_client(lab, Role.MODERATOR), url(lab, f"moderation/{story.public_id}/")
    text = "Ring mig på 070-123 45 67, sa hon."

    page = client.post(path, released(text_sv=text))

    assert page.status_code == 422
    assert text in page.content.decode()
    assert 'value="phone:070-123 45 67"' in page.content.decode()
    assert client.post(path, released(text_sv=text) | {"seen": "phone:070-123 45 67"}).status_code == 303


def test_no_further_reach_is_offered_than_the_teller_agreed(lab):
    story = a_story(lab, wish=Reach.LAB)
    client, path = a_client(lab, Role.MODERATOR), url(lab, f"moderation/{story.public_id}/")

    page = client.get(path).content.decode()

    assert [level for level in Reach.values if f'name="reach" value="{level}"' in page] == ["team", "lab"]
    assert client.post(path, released(reach="public")).status_code == 422


def test_marks_stand_in_the_original_on_the_desk(lab):
    story = a_story(lab, words="رقمه ٠٧٠١٢٣٤٥٦٧ الآن", language="ar")

    page = a_client(lab, Role.MODERATOR).get(url(lab, f"moderation/{story.public_id}/")).content.decode()

    assert re.search(r"<mark[^>]*>٠٧٠١٢٣٤٥٦٧</mark>", page)


def test_the_desk_says_how_many_wait_and_since_when(lab):
    a_story(lab)
    a_story(lab)

    page = re.sub(r"\s+", " ", a_client(lab, Role.MODERATOR).get(url(lab, "moderation/")).content.decode())

    assert "2 wait" in page
    assert "just now" in page


@pytest.mark.parametrize("place", ["", "?tab=held"])
def test_the_next_story_is_that_of_the_list_in_which_one_is(lab, place):
    stories = [a_story(lab) for _each in range(3)]
    for story in stories if place else ():
        hold_story(story, reason=Story.HeldFor.LOOK, by=an_actor(lab, Role.MODERATOR))

    page = a_client(lab, Role.MODERATOR).get(url(lab, f"moderation/{stories[1].public_id}/{place}")).content.decode()

    beside = dict(re.findall(r'href="([^"]+)" rel="(next|prev)"', page))
    wanted = {
        url(lab, f"moderation/{stories[2].public_id}/{place}"): "next",
        url(lab, f"moderation/{stories[0].public_id}/{place}"): "prev",
    }
    assert beside == wanted
    assert page.count(f'/{place}"') >= 5


def test_what_was_added_to_a_released_story_comes_back_to_the_desk(lab):
    story = a_story(lab, released=True)
    client = a_client(lab, Role.MODERATOR)
    assert "A story in" not in client.get(url(lab, "moderation/?tab=news")).content.decode()

    add_to_story(story, words="Ett brev till", by=teller_of(story))

    assert "A story in " in client.get(url(lab, "moderation/?tab=news")).content.decode()
    page = client.get(url(lab, f"moderation/{story.public_id}/")).content.decode()
    assert "I waited two years for an answer.\n\nEtt brev till" in page.replace("\r", "")


def test_a_translation_made_after_the_release_comes_back_to_the_desk(lab):
    story = a_story(lab, released=True)
    translate_story(story, language="en", words="I waited.", by=an_actor(lab, Role.INTERPRETER))

    client, path = a_client(lab, Role.MODERATOR), url(lab, f"moderation/{story.public_id}/")
    assert "A story in " in client.get(url(lab, "moderation/?tab=news")).content.decode()
    client.post(path, released(text_en="I waited."))

    texts = story.versions.filter(kind=Version.Kind.RELEASED, replaced_at__isnull=True)
    assert sorted(texts.values_list("language", flat=True)) == ["en", "sv"]
    assert "<b>A story in" not in client.get(url(lab, "moderation/?tab=news")).content.decode()


def test_a_released_story_is_held_again_from_the_desk(lab):
    story = a_story(lab, released=True)

    a_client(lab, Role.MODERATOR).post(url(lab, f"moderation/{story.public_id}/hold/"), {"form_key": NEXT})

    story.refresh_from_db()
    assert story.state == Story.State.HELD


def test_a_story_taken_back_is_on_no_desk(lab):
    story = a_withdrawn_story(lab)

    for end in ("moderation/{}/", "translations/{}/", "stories/{}/worry/"):
        assert a_client(lab, Role.MODERATOR).get(url(lab, end.format(story.public_id))).status_code == 404


def test_withdrawn_words_are_on_no_page(lab):
    words = "Mina alldeles egna ord"
    story = a_story(lab, words=words, released=True, reach=Reach.PUBLIC, title="En egen rubrik")
    pages = ["stories/", f"stories/{story.public_id}/", "moderation/", "moderation/?tab=released", "answers/", "translations/", ""]
    clients = [a_client(lab, role) for role in (Role.MODERATOR, Role.PROCESS_LEADER, Role.ACTOR, "public")]
    before = "".join(client.get(url(lab, page)).content.decode() for client in clients for page in pages)
    assert words in before
    assert "En egen rubrik" in before

    withdraw_story(story, by=teller_of(story))

    after = "".join(client.get(url(lab, page)).content.decode() for client in clients for page in pages)
    assert words not in after
    assert "En egen rubrik" not in after
    assert "A story that is no longer here" in after


def test_original_and_translation_stand_side_by_side(lab):
    story = a_story(lab, words="چهار نامه", language="prs")
    client, path = a_client(lab, Role.INTERPRETER), url(lab, f"translations/{story.public_id}/")
    assert "A story in " in client.get(url(lab, "translations/")).content.decode()

    answer = client.post(f"{path}?to=sv", {"form_key": NEXT, "words": "Fyra brev"})

    assert answer.status_code == 303
    page = client.get(f"{path}?to=sv").content.decode()
    assert "چهار نامه" in page
    assert "Fyra brev" in page
    assert "Everything is translated." in client.get(url(lab, "translations/")).content.decode()
    assert unseal(story).words == "چهار نامه"


def test_an_answer_reaches_the_teller_and_takes_them_off_the_list(lab):
    story = a_story(lab)
    client = a_client(lab, Role.MODERATOR)
    assert "told a story in" in client.get(url(lab, "answers/")).content.decode()
    path = url(lab, f"answers/{story.teller.public_id}/")

    answer = client.post(path, {"form_key": NEXT, "words": "Tack", "language": "sv", "about": story.public_id})

    assert (answer.status_code, Message.objects.get().story) == (303, story)
    assert "Nobody waits for an answer." in client.get(url(lab, "answers/")).content.decode()


def test_opening_the_talk_with_a_teller_leaves_a_line(lab):
    message = an_answer(a_story(lab))

    a_client(lab, Role.PROCESS_LEADER).get(url(lab, f"answers/{message.pseudonym.public_id}/"))

    assert [reading.role for reading in chain.readings_of(message)] == [Role.PROCESS_LEADER]


def test_an_empty_answer_is_not_sent(lab):
    story = a_story(lab)

    answer = a_client(lab, Role.MODERATOR).post(
        url(lab, f"answers/{story.teller.public_id}/"), {"form_key": NEXT, "words": "", "language": "sv"}
    )

    assert (answer.status_code, Message.objects.count()) == (422, 0)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ACTOR, "co_creator"])
def test_whoever_reads_a_story_can_say_that_they_worry(lab, role):
    story = a_story(lab, released=True)

    answer = a_client(lab, role).post(url(lab, f"stories/{story.public_id}/worry/"), {"form_key": NEXT, "worry": "She seems afraid."})

    assert (answer.status_code, Concern.objects.count(), story.concerns.count()) == (303, 1, 1)


def test_whoever_may_not_read_a_story_is_not_even_asked_whether_they_worry(lab):
    untold = a_story(lab)

    assert a_client(lab, Role.ACTOR).get(url(lab, f"stories/{untold.public_id}/worry/")).status_code == 404


def test_what_crosses_is_shown_first_and_crosses_only_as_shown(lab):
    story = a_story(lab, released=True)
    office = an_organisation(OrganisationKind.STATE_AGENCY, name="The agency")
    member = a_participation(lab, Role.ACTOR, unit=a_unit(office))
    client, path = a_client(lab, Role.PROCESS_LEADER), url(lab, f"stories/{story.public_id}/cross/")
    chosen = {"organisation": office.public_id, "version": story.versions.get().public_id}
    assert client_of(member).get(url(lab, f"stories/{story.public_id}/")).status_code == 404

    preview = client.post(path, chosen | {"form_key": NEXT}).content.decode()
    assert "I waited two years for an answer." in preview
    assert Crossing.objects.count() == 0
    hashed = re.search(r'name="confirmed" value="(\w{64})"', preview)
    assert hashed is not None
    client.post(path, chosen | {"form_key": NEXT + "2", "confirmed": "0" * 64})
    assert Crossing.objects.count() == 0
    client.post(path, chosen | {"form_key": NEXT + "3", "confirmed": hashed[1]})

    assert Crossing.objects.get().organisation == office
    assert client_of(member).get(url(lab, f"stories/{story.public_id}/")).status_code == 200


def test_nothing_crosses_to_a_kind_the_story_is_kept_from(lab):
    story = a_story(lab, released=True, kept_from=frozenset({OrganisationKind.STATE_AGENCY}))
    office = an_organisation(OrganisationKind.STATE_AGENCY, name="The agency")
    a_participation(lab, Role.ACTOR, unit=a_unit(office))

    page = a_client(lab, Role.PROCESS_LEADER).get(url(lab, f"stories/{story.public_id}/cross/")).content.decode()

    assert "The agency" not in page


@pytest.mark.parametrize(
    ("end", "role"),
    [
        ("stories/", Role.ACTOR),
        ("moderation/", Role.MODERATOR),
        ("moderation/?tab=released", Role.MODERATOR),
        ("translations/", Role.INTERPRETER),
        ("answers/", Role.MODERATOR),
        ("prompts/", Role.ACTOR),
        ("conversations/", Role.ACTOR),
    ],
)
def test_lists_cost_the_same_for_one_row_and_for_three(lab, end, role, django_assert_max_num_queries):
    client = a_client(lab, role)
    counts = []
    for _more in range(3):
        a_prompt(lab)
        a_statement(lab)
        a_story(lab, released="tab=released" in end or end == "stories/", language="prs")
        with django_assert_max_num_queries(25) as asked:
            assert client.get(url(lab, end)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[2]


@pytest.mark.parametrize(
    ("end", "role"), [("moderation/{}/", Role.MODERATOR), ("stories/{}/", Role.PROCESS_LEADER), ("translations/{}/", Role.INTERPRETER)]
)
def test_pages_of_one_story_stay_cheap(lab, end, role, django_assert_max_num_queries):
    story = a_story(lab, released=True, language="prs")
    client = a_client(lab, role)

    with django_assert_max_num_queries(40) as asked:
        assert client.get(url(lab, end.format(story.public_id))).status_code == 200

    assert (
        len([query for query in asked.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "PRAGMA"))]) <= 25
    )
