"""Below the age that the lab has set, an adult who speaks for the teller agrees first; until then nobody in the lab reads anything."""

import re
import secrets
from datetime import timedelta

import pytest

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.models import AgeBand, Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.models import LockedIdentity, Representative
from medskapa.ground.safeguarding.retention import let_go_of
from medskapa.ground.safeguarding.shortening import second_shortening, set_period
from medskapa.stages.listening.actions import change_consent, change_research, read_story, save_rules, withdraw_story
from medskapa.stages.listening.actions.representing import make_adult_code
from medskapa.stages.listening.errors import FurtherThanAgreed
from medskapa.stages.listening.models import AdultCode, Consent, DeskRules, Reach, Story
from medskapa.stages.listening.queries import waiting_stories
from medskapa.stages.listening.tests.makers import a_prompt, a_story
from medskapa.stages.listening.tests.telling import fields_of

pytestmark = pytest.mark.django_db
KEY = "key-of-a-form-0123456789"
DIGITS = re.compile(r"<span>(\d{3}) (\d{3})</span>")


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def a_child(lab: Lab, age_band: str = AgeBand.UNDER_13) -> Pseudonym:
    return a_pseudonym(lab, age_band=age_band)


def code_for(child: Pseudonym) -> str:
    return make_adult_code(child, by=actor_of_pseudonym(child))


def agree(client, code: str, **said: str):
    """Open the page with the code, and if somebody says who they are, agree to what stands there."""
    opened = client.post("/en/agree/", {"code": code})
    return client.post("/en/agree/", fields_of(opened) | {"code": code, "form_key": secrets.token_urlsafe(18)} | said) if said else opened


def test_until_the_adult_has_agreed_nobody_in_the_lab_reads_it(lab):
    story = a_story(lab, teller=a_child(lab))
    moderator = an_actor(lab, Role.MODERATOR)

    assert list(waiting_stories(lab, reader=moderator)) == []
    with pytest.raises(NotAllowed):
        read_story(story, by=moderator)
    for role in (Role.MODERATOR, Role.PROCESS_LEADER, Role.INTERPRETER, Role.SAFEGUARDING_OFFICER):
        assert a_client(lab, role).get(f"/en/labs/{lab.slug}/moderation/{story.public_id}/").status_code in (403, 404)


@pytest.mark.parametrize(
    ("below", "band", "waits"),
    [
        (13, AgeBand.UNDER_13, True),
        (13, AgeBand.FROM_13, False),
        (16, AgeBand.FROM_13, True),
        (16, AgeBand.FROM_16, False),
        (18, AgeBand.FROM_16, True),
        (18, AgeBand.ADULT, False),
        (18, "", False),
    ],
)
def test_whether_an_adult_is_asked_follows_the_rule_of_the_lab_and_what_they_say_of_their_age(lab, below, band, waits):
    save_rules(DeskRules(lab=lab, adult_below=below), by=an_actor(lab, Role.PROCESS_LEADER))

    assert (a_story(lab, teller=a_child(lab, band)).waits_since is not None) is waits


def test_a_child_tells_gets_two_codes_and_the_adult_agrees_to_what_was_chosen(client, lab):
    prompt = a_prompt(lab)
    sent = {f"a_{prompt.public_id}": "Nobody asked me.", "age_band": AgeBand.UNDER_13, "wish": "lab", "step": "through", "form_key": KEY}
    told = client.post(f"/en/labs/{lab.slug}/tell/send/", sent).content.decode()
    code = "".join("".join(pair) for pair in DIGITS.findall(told)[3:])

    seen = agree(client, code).content.decode()
    done = agree(client, code, type=Representative.Type.GOOD_MAN, name="Maria Ek")

    assert "This code is for the adult who speaks for you" in told
    assert "Everyone in the lab, without names and places" in seen
    assert "Nobody asked me." not in seen
    assert "You have agreed" in done.content.decode()
    story = Story.objects.get()
    assert story.waits_since is None
    consent = story.consents.get(given_by=Consent.GivenBy.REPRESENTATIVE)
    assert (consent.level, consent.representative.type) == ("lab", Representative.Type.GOOD_MAN)
    assert list(waiting_stories(lab, reader=an_actor(lab, Role.MODERATOR))) == [story]


def test_the_name_of_the_adult_is_in_the_locked_identity_and_nowhere_else(client, lab):
    child = a_child(lab)
    a_story(lab, teller=child)

    agree(client, code_for(child), type=Representative.Type.PARENT, name="Maria Ek")

    assert "Maria Ek" in (unseal(LockedIdentity.objects.get(pseudonym=child)).who or "")
    assert "Maria Ek" not in str(Representative.objects.values())


def test_a_code_works_once_and_a_new_one_voids_the_old(client, lab):
    child = a_child(lab)
    a_story(lab, teller=child)
    old, new = code_for(child), code_for(child)

    assert agree(client, old, type="parent", name="A").status_code == 422
    assert agree(client, new, type="parent", name="B").status_code == 200
    assert agree(client, new, type="parent", name="C").status_code == 422
    assert Representative.objects.count() == 1


def test_after_thirty_days_the_code_works_no_more_and_the_story_is_gone(client, lab):
    child = a_child(lab)
    story, code = a_story(lab, teller=child), code_for(child)

    with at(now() + timedelta(days=30, seconds=1)):
        assert agree(client, code, type="parent", name="A").status_code == 422
        assert let_go_of(lab, by=Actor.system("retention", lab.public_id))["waiting"] == 1
    assert unseal(Story.objects.get(pk=story.pk)).words is None


def test_a_wrong_code_says_so_and_many_of_them_slow_one_down(client, lab):
    answers = [agree(client, "111 111 111 111 111 111").status_code for _number in range(22)]

    assert answers[0] == 422
    assert answers[-1] == 429


def test_without_a_name_or_a_way_of_speaking_for_them_nothing_is_agreed(client, lab):
    child = a_child(lab)
    a_story(lab, teller=child)
    code = code_for(child)

    assert agree(client, code, type="parent", name="").status_code == 422
    assert agree(client, code, type="friend", name="A").status_code == 422
    assert AdultCode.objects.get().used_at is None


def test_whoever_comes_back_gets_a_new_code_for_the_adult(lab):
    child = a_child(lab)
    story = a_story(lab, teller=child)
    client = client_of(child)

    own = client.get(f"/en/return/mine/{story.public_id}/").content.decode()
    shown = client.post("/en/return/mine/adult/", {"form_key": KEY}).content.decode()

    assert "It waits for an adult to agree." in own
    assert len(DIGITS.findall(shown)) == 3


def test_nothing_goes_further_than_the_adult_agreed_and_less_far_at_once(client, lab):
    child = a_child(lab)
    story = a_story(lab, teller=child, wish=Reach.LAB)
    agree(client, code_for(child), type="parent", name="A")
    story.refresh_from_db()
    me = actor_of_pseudonym(child)

    with pytest.raises(FurtherThanAgreed):
        change_consent(story, wish=Reach.PUBLIC, kept_from=frozenset(), by=me)
    shown = client_of(child).get(f"/en/return/mine/{story.public_id}/readers/").content.decode()
    change_consent(story, wish=Reach.TEAM, kept_from=frozenset(), by=me)
    change_consent(story, wish=Reach.LAB, kept_from=frozenset(), by=me)

    assert 'value="lab"' in shown
    assert 'value="public"' not in shown


def test_a_lab_that_waits_shorter_says_so_and_its_codes_end_sooner(client, lab):
    asked = set_period(lab, kind="waiting", days=7, by=an_actor(lab, Role.PROCESS_LEADER))
    second_shortening(asked, by=an_actor(lab, Role.SAFEGUARDING_OFFICER))
    child = a_child(lab)
    story, code = a_story(lab, teller=child), code_for(child)

    seen = agree(client, code).content.decode()

    assert "after 7 days it is gone" in seen
    with at(now() + timedelta(days=7, seconds=1)):
        assert agree(client, code, type="parent", name="A").status_code == 422
        let_go_of(lab, by=Actor.system("retention", lab.public_id))
        own = client_of(child).get("/en/return/mine/").content.decode()
    assert "No adult agreed in time, so it is gone" in own
    assert "You took it back" not in own
    assert Story.objects.get(pk=story.pk).is_let_go


def test_an_agreement_that_is_sent_twice_is_one_and_is_thanked_for_twice(client, lab):
    child = a_child(lab)
    a_story(lab, teller=child)
    said = fields_of(client.post("/en/agree/", {"code": code_for(child)})) | {"type": "parent", "name": "A"}

    first, again = client.post("/en/agree/", said), client.post("/en/agree/", said)

    assert (first.status_code, again.status_code) == (200, 200)
    assert "You have agreed" in again.content.decode()
    assert Representative.objects.count() == 1


@pytest.mark.parametrize("changed", ["readers", "kept from", "until", "research", "another story", "taken back"])
def test_an_adult_agrees_to_what_they_were_shown_and_not_to_what_was_changed_since(client, lab, changed):
    child = a_child(lab)
    me, kept = actor_of_pseudonym(child), a_story(lab, teller=child, wish=Reach.LAB)
    story, code = a_story(lab, teller=child, wish=Reach.LAB), code_for(child)
    shown = fields_of(client.post("/en/agree/", {"code": code})) | {"type": "parent", "name": "Maria Ek"}
    as_before = {"wish": Reach.LAB, "kept_from": frozenset(), "by": me}
    if changed == "another story":
        a_story(lab, teller=child, wish=Reach.PUBLIC)
    elif changed == "taken back":
        withdraw_story(story, by=me)
    elif changed == "research":
        change_research(story, is_allowed=True, by=me)
    else:
        new = {"readers": {"wish": Reach.PUBLIC}, "kept from": {"kept_from": frozenset({"ngo"})}, "until": {"until": now() + timedelta(9)}}
        change_consent(story, **as_before | new[changed])

    refused = client.post("/en/agree/", shown)

    assert refused.status_code == 422
    assert "The young person has changed something. Read it again before you agree." in refused.content.decode()
    assert "Maria Ek" in refused.content.decode()
    assert not Consent.objects.filter(given_by=Consent.GivenBy.REPRESENTATIVE).exists()
    assert not Representative.objects.exists()
    assert client.post("/en/agree/", fields_of(refused) | {"type": "parent"}).status_code == 200
    assert Story.objects.get(pk=kept.pk).waits_since is None


def test_what_was_taken_back_is_not_shown_to_the_adult_and_gets_no_yes(client, lab):
    child = a_child(lab)
    a_story(lab, teller=child)
    gone = a_story(lab, teller=child)
    withdraw_story(gone, by=actor_of_pseudonym(child))
    code = code_for(child)

    seen = agree(client, code).content.decode()
    agree(client, code, type="parent", name="A")

    assert seen.count("Who must not read it") == 1
    assert not gone.consents.filter(given_by=Consent.GivenBy.REPRESENTATIVE).exists()
