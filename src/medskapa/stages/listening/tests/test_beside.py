"""What others see of a story beside its words, what the desk is told of it before, and who has to say yes."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, an_actor
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.actions import release_story, save_rules, second_release, withdraw_story
from medskapa.stages.listening.actions.releasing import UNDO
from medskapa.stages.listening.coarsening import BATCH
from medskapa.stages.listening.errors import AloneWithRareText
from medskapa.stages.listening.models import DeskRules, Reach, Story
from medskapa.stages.listening.queries import listed_stories, shown
from medskapa.stages.listening.queries.rules import needs_second
from medskapa.stages.listening.tests.makers import a_prompt, a_story, let_go, teller_of
from medskapa.stages.listening.visibility import may_read

pytestmark = pytest.mark.django_db
NEXT = "key-of-a-form-0123456789"
SUMMER = datetime(2026, 6, 10, 12, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def lab() -> Lab:
    with at(SUMMER):
        return a_lab(languages=["sv", "prs", "ar", "so"])


def out(lab: Lab, number: int, language: str = "sv", **what: object) -> list[Story]:
    """So many stories of one language, each by a teller of its own, that others read in Swedish."""
    what = {"reach": Reach.PUBLIC, "released": True, "texts": {"sv": "Jag väntade."}, **what}
    with at(SUMMER):
        return [a_story(lab, words=f"{language} {one}", language=language, **what) for one in range(number)]  # type: ignore[arg-type]


def page(lab: Lab, end: str, *who: str) -> str:
    with at(SUMMER):
        return a_client(lab, *who or ("public",)).get(f"/en/labs/{lab.slug}/{end}").content.decode()


def main(text: str) -> str:
    return text.partition("<main")[2].partition("</main")[0]


def of(story: Story) -> str:
    return f"stories/{story.public_id}/"


def test_of_the_first_stories_others_see_nothing_beside_the_words_and_the_team_all(lab):
    story = out(lab, BATCH - 1)[0]

    for place in ("stories/", of(story)):
        assert "2026" not in page(lab, place)
        assert "svenska" not in main(page(lab, place))
    assert "June 2026, <bdi>svenska</bdi>" in page(lab, of(story), Role.MODERATOR)


def test_from_fifteen_tellers_on_others_see_what_five_of_them_share(lab):
    (dari, *_five), (swedish, *_more) = out(lab, 6, "prs", prompt=a_prompt(lab)), out(lab, BATCH - 6)

    assert page(lab, "stories/").count("first half of 2026 · told in دری") == 6
    assert page(lab, "stories/").count("first half of 2026 · told in svenska") == BATCH - 6
    assert "Told in دری, translated by" in page(lab, of(dari))
    assert "What happened?" in page(lab, of(dari))
    assert "What happened?" not in page(lab, of(swedish))


def test_a_language_that_one_alone_has_told_in_is_said_nowhere_beyond_the_team(lab):
    out(lab, BATCH - 1)
    (alone,) = out(lab, 1, "so")
    places = ("", "stories/", of(alone))

    assert "Told in Soomaali, translated by" in page(lab, of(alone), Role.SENSE_MAKER)
    for who in ("public", "co_creator", Role.ACTOR):
        told = [main(page(lab, place, who)) for place in places]
        assert "Jag väntade." in told[-1]
        assert [one for one in told if "Soomaali" in one or "translated by" in one or "another language" in one] == []


def test_no_address_picks_stories_by_what_is_held_back(lab):
    out(lab, BATCH - 1)
    out(lab, 1, "so")
    whole = main(page(lab, "stories/"))

    for asked in ("language=so", "lang=so", "year=2026", "q=so", "prompt=1", "sort=language"):
        answer = main(page(lab, f"stories/?{asked}"))
        assert answer.count('<li class="row">') == whole.count('<li class="row">')


def test_what_one_takes_back_leaves_no_other_among_few(lab):
    dari = out(lab, 5, "prs")
    out(lab, BATCH - 5)

    with at(SUMMER):
        withdraw_story(dari[0], by=teller_of(dari[0]))

    assert "دری" not in main(page(lab, "stories/"))


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_stories_costs_three_queries_whatever_the_number(lab, number, django_assert_num_queries):
    out(lab, number)
    reader = an_actor(lab, Role.ACTOR)
    with at(SUMMER):
        rows = list(listed_stories(lab, reader=reader))

        with django_assert_num_queries(3):
            shown(rows, reader=reader)


def test_the_desk_says_before_what_others_will_see_and_what_is_held_back(lab):
    common, rare = (a_story(lab, language=language, wish=Reach.PUBLIC) for language in ("sv", "so"))
    client = a_client(lab, Role.MODERATOR)

    common_page, rare_page = (client.get(f"/en/labs/{lab.slug}/moderation/{story.public_id}/").content.decode() for story in (common, rare))

    held = "Held back until five or more share it: when it was told · in which language"
    assert held in common_page
    assert held in rare_page
    assert "Fewer than five have told in" not in common_page
    assert "Fewer than five have told in Soomaali" in rare_page
    assert "There is no other text yet: translate the story first." in rare_page


def test_the_desk_puts_a_rare_language_and_the_marks_in_the_text_together(lab):
    story = a_story(lab, words="Ring 070-123 45 67", language="so", wish=Reach.LAB)

    text = a_client(lab, Role.MODERATOR).get(f"/en/labs/{lab.slug}/moderation/{story.public_id}/").content.decode()

    assert "Together with the 1 place marked below it can be enough to know who it is." in text


def test_nothing_is_said_of_what_stays_with_the_team(lab):
    story = a_story(lab, language="so", wish=Reach.TEAM)

    text = a_client(lab, Role.MODERATOR).get(f"/en/labs/{lab.slug}/moderation/{story.public_id}/").content.decode()

    assert "Fewer than five have told in" not in text
    assert "What others see beside the text" not in text


@pytest.mark.parametrize("rule", DeskRules.Two.values)
def test_a_story_in_a_language_of_few_waits_for_a_second_person_whatever_the_lab_decided(lab, rule):
    leader, moderator = an_actor(lab, Role.PROCESS_LEADER), an_actor(lab, Role.MODERATOR)
    save_rules(DeskRules(lab=lab, release=rule), by=leader)
    story = let_go(a_story(lab, language="so"), texts={"so": "Waan sugay."}, by=moderator)

    with at(now() + UNDO):
        assert not may_read(story, reader=an_actor(lab, Role.ACTOR))
        second_release(story, by=leader)
    with at(now() + 2 * UNDO):
        assert may_read(story, reader=an_actor(lab, Role.ACTOR))


def test_once_five_have_told_in_it_one_person_is_enough_again(lab):
    an_actor(lab, Role.PROCESS_LEADER)
    moderator, story = an_actor(lab, Role.MODERATOR), a_story(lab, language="so")

    asked = []
    for _teller in range(5):
        asked.append(needs_second(story, reach=Reach.LAB, by=moderator))
        a_story(lab, language="so", released=True, teller=a_pseudonym(lab))

    assert asked == [True, True, True, True, False]
    assert needs_second(story, reach=Reach.PUBLIC, by=moderator)  # those others are read in the lab only


def test_five_stories_of_one_teller_do_not_hide_anybody(lab):
    an_actor(lab, Role.PROCESS_LEADER)
    one = a_pseudonym(lab)
    for _story in range(5):
        a_story(lab, language="so", released=True, teller=one)

    assert needs_second(a_story(lab, language="so"), reach=Reach.LAB, by=an_actor(lab, Role.MODERATOR))


def test_who_moderates_alone_lets_it_go_only_in_another_language_and_loses_nothing_typed(lab):
    story, client = a_story(lab, language="so"), a_client(lab, Role.MODERATOR)
    path = f"/en/labs/{lab.slug}/moderation/{story.public_id}/"
    typed = {"form_key": NEXT, "title": "Waiting", "reach": "lab", "text_so": "Waan sugay muddo dheer."}

    refused = client.post(path, typed)

    assert refused.status_code == 422
    assert "nobody else here can say the second yes" in refused.content.decode()
    assert "Waan sugay muddo dheer." in refused.content.decode()


def test_who_moderates_alone_is_not_stuck(lab):
    story = a_story(lab, language="so")
    said = {"title": "A wait", "reach": Reach.LAB, "by": an_actor(lab, Role.MODERATOR)}
    with pytest.raises(AloneWithRareText):
        release_story(story, texts={"so": "Waan sugay.", "sv": "Jag väntade."}, **said)

    release_story(story, texts={"sv": "Jag väntade."}, **said)

    with at(now() + UNDO):
        assert may_read(story, reader=an_actor(lab, Role.ACTOR))


@pytest.mark.parametrize("moderators", [1, 2])
def test_the_lab_publishes_what_it_does_with_a_language_of_few(lab, moderators):
    actors = [an_actor(lab, Role.MODERATOR) for _one in range(moderators)]
    wants_two = needs_second(a_story(lab, language="so"), reach=Reach.LAB, by=actors[0])

    text = a_client(lab, "public").get(f"/en/labs/{lab.slug}/how-we-moderate/").content.decode()

    assert ("Then two people say yes first." in text) == wants_two == (moderators == 2)
    assert ("Then others read your story only in another language." in text) == (moderators == 1)
