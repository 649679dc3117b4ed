"""Each kind of record has a period. What is past it goes, for good, and nothing goes before."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import BinaryField, CharField, Field, TextField
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.labs.actions import close_lab, invite
from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Invitation, Lab, Participation, Pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.models import Account
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import an_account, an_operator
from medskapa.ground.places.tests.makers import a_municipality
from medskapa.ground.safeguarding.actions import read_concern
from medskapa.ground.safeguarding.alarm import ring
from medskapa.ground.safeguarding.following import close_concern, take_concern
from medskapa.ground.safeguarding.models import Alarm, Concern, ConcernStep, LockedIdentity, Period, Representative
from medskapa.ground.safeguarding.retention import KINDS, kept_by, let_go_of
from medskapa.ground.safeguarding.shortening import second_shortening, set_period
from medskapa.ground.safeguarding.tasks import let_go_of_what_is_due
from medskapa.ground.safeguarding.tests.makers import a_representative, an_identity
from medskapa.stages.labday.models import Seat
from medskapa.stages.labday.tests.makers import a_day, a_seat, a_table
from medskapa.stages.listening.actions import end_partner_link, raise_story_concern, set_statement_aside, withdraw_story
from medskapa.stages.listening.models import Consent, Conversation, Message, Statement, StatementDecision, Story, StoryConcern, Vote
from medskapa.stages.listening.queries import results_of
from medskapa.stages.listening.tests.makers import a_partner_link, a_statement, a_story, a_vote, an_answer
from medskapa.stages.understanding.actions import add_answers
from medskapa.stages.understanding.tests.makers import an_insight
from tests.serving import medskapa

pytestmark = pytest.mark.django_db
# Whatever holds free text, with the kind that takes it away, or with what else does, or why it stays.
GOES_WITH: dict[str, str] = {
    "labs.Invitation": "invitations",
    "people.Account": "accounts",
    "labs.Pseudonym": "tellers",
    "safeguarding.Concern": "concerns",
    "safeguarding.ConcernStep": "concerns",
    "safeguarding.IdentityOpening": "identities",
    "safeguarding.LockedIdentity": "identities",
    "listening.Card": "cards",
    "listening.Message": "tellers",
    "listening.Statement": "suggestions",
    "listening.StatementDecision": "statement_decisions",
    "understanding.Evidence": "stories",
} | {f"listening.{name}": "stories" for name in ("Addition", "Cover", "EarlierWords", "Picture", "Recording", "Story", "Version")}
HASHES = "hashes, ids or sealed keys only"
GONE_SOON = "it has a fixed, short time of its own"
INSTALLATION = "of the installation, not of a lab: organisations, by the names they have in public"
PUBLIC_FACT = "public facts, or the lab's own words about itself"
LABS_OWN = "the lab's own words; they quote nobody, and names stand there by choice"
DECIDED = "what was applied for, judged, decided and reported: the record of the lab, and often an act of an authority"
STAYS: dict[str, str] = {
    **dict.fromkeys(("ledger.Chain", "ledger.Reading", "ledger.Record", "ledger.WrappingKey", "ledger.DataKey", "ledger.Due"), HASHES),
    **dict.fromkeys(("listening.AdultCode", "listening.Crossing", "safeguarding.Rehearsal"), HASHES),
    **dict.fromkeys(("ledger.Answer", "ledger.Spent", "labs.PseudonymSession", "people.Letter", "labday.Door"), GONE_SOON),
    **dict.fromkeys(("people.Organisation", "people.OrganisationName", "people.Unit"), INSTALLATION),
    **dict.fromkeys(("web.Topic", "places.Country", "places.County", "places.Municipality", "places.MunicipalityGroup"), PUBLIC_FACT),
    **dict.fromkeys(("labs.Lab", "labs.HelpContact", "labs.Phase", "labs.Gathering", "newsroom.Release"), PUBLIC_FACT),
    **dict.fromkeys(("safeguarding.WorryWords", "safeguarding.Period", "safeguarding.Shortening"), PUBLIC_FACT),
    **dict.fromkeys(("newsroom.PressContact", "labs.Vouching"), "somebody stands by it in public, by name"),
    "labs.Participation": "who worked in the lab stands by what they made and decided",
    "labs.Wording": "it leaves with what it puts into other words",
    "labday.Seat": "its name leaves with the code of whoever sat there",
    "listening.AnswersSetAside": "why a count is what it is",
    **dict.fromkeys(("listening.Prompt", "listening.Scale", "listening.Conversation", "listening.Beginning"), LABS_OWN),
    **dict.fromkeys(("understanding.Insight", "labday.Block", "labday.Table", "thread.Echo"), LABS_OWN),
    **{f"cocreation.{name}": LABS_OWN for name in ("Challenge", "Idea", "Team", "TeamMember", "Prototype", "PrototypeVersion", "Trial")},
    **{f"selection.{name}": DECIDED for name in ("Call", "Criterion", "Application", "ConflictOfInterest", "Review", "Decision")},
    **{f"incubation.{name}": DECIDED for name in ("Support", "SupportEvent", "Goal", "Report")},
    **dict.fromkeys(("selection.BestInterests", "outcomes.Indicator", "outcomes.Measurement", "pilots.Pilot", "pilots.Adoption"), DECIDED),
}


def a_closed_lab(days_ago: int) -> Lab:
    """A lab with a story, its answer, a locked identity and an invitation, that closed so many days ago."""
    lab = a_lab()
    story = a_story(lab, released=True)
    an_answer(story)
    an_identity(lab, pseudonym=story.teller)
    invitation, _token = invite(lab, name="Ada", role=Role.MODERATOR, email="ada@lab.example", by=an_actor(lab, Role.PROCESS_LEADER))
    close_lab(lab, by=an_actor(lab, Role.PROCESS_LEADER))
    Lab.objects.filter(pk=lab.pk).update(closed_at=now() - timedelta(days=days_ago))
    Invitation.objects.filter(pk=invitation.pk).update(ends_at=now() - timedelta(days=days_ago))
    lab.refresh_from_db()
    return lab


def run(lab: Lab) -> dict[str, int]:
    return let_go_of(lab, by=Actor.system("retention", lab.public_id))


def test_while_a_lab_is_open_nothing_of_its_stories_goes():
    lab = a_lab()
    a_story(lab)

    assert run(lab) == dict.fromkeys(KINDS, 0)
    assert {kept.kind.name: kept.next_at for kept in kept_by(lab)}["stories"] is None


def test_two_years_after_a_lab_has_closed_nobody_can_read_its_stories_and_their_number_stays():
    lab = a_closed_lab(days_ago=731)

    gone = run(lab)

    story = lab.stories.get()
    assert gone["stories"] == gone["tellers"] == gone["identities"] == gone["invitations"] == 1
    assert (unseal(story).words, story.state) == (None, Story.State.WITHDRAWN)
    assert unseal(Message.objects.get(story=story)).words is None
    assert unseal(story.versions.get()).words is None
    assert not LockedIdentity.objects.exists()
    assert not Invitation.objects.exists()
    assert Pseudonym.objects.get().stopped_at is not None


@given(days=st.integers(min_value=1, max_value=3650))
def test_whatever_day_it_is_nothing_past_its_time_is_left_and_nothing_else_is_gone(days):
    lab = a_closed_lab(days_ago=days)
    due = {kept.kind.name: kept.due_count for kept in kept_by(lab)}
    count = {kept.kind.name: kept.count for kept in kept_by(lab)}

    assert run(lab) == due

    after = {kept.kind.name: (kept.count, kept.due_count) for kept in kept_by(lab)}
    assert after == {name: (count[name] - due[name], 0) for name in KINDS}
    assert due == {name: count[name] * (kind.days <= days) for name, kind in KINDS.items() if count[name]} | dict.fromkeys(
        [name for name in KINDS if not count[name]], 0
    )


def test_who_speaks_for_a_teller_and_from_where_goes_with_who_they_are():
    lab = a_closed_lab(days_ago=364)
    agreed, noted = lab.pseudonyms.get(), a_pseudonym(lab)
    adult, _other = (a_representative(lab, pseudonym=teller, municipality=a_municipality()) for teller in (agreed, noted))
    Consent.objects.update(given_by=Consent.GivenBy.REPRESENTATIVE, representative=adult)

    assert (run(lab)["identities"], Representative.objects.filter(municipality__isnull=False).count()) == (0, 2)
    with at(now() + timedelta(days=2)):
        assert run(lab)["identities"] == 2
        assert run(lab)["identities"] == 0

    assert list(Representative.objects.values_list("pseudonym", "type", "municipality")) == [(agreed.pk, "", None)]


def test_an_account_goes_five_years_after_its_last_lab_closed_and_it_was_last_used():
    closed, running = a_closed_lab(days_ago=1826), a_lab()
    gone, used, elsewhere = (an_account(email=f"{name}@lab.example", name=name) for name in ("Gunnel", "Uno", "Elsa"))
    operator = an_operator()
    rows = [a_participation(closed, Role.MODERATOR, account=account, name="Kim") for account in (gone, used, elsewhere, operator)]
    a_participation(running, Role.MODERATOR, account=elsewhere)
    Account.objects.filter(pk=used.pk).update(last_login=now() - timedelta(days=1800))

    run(closed)
    run(running)

    for account in (gone, used, elsewhere, operator):
        account.refresh_from_db()
    assert [account.is_active for account in (gone, used, elsewhere, operator)] == [False, True, True, True]
    assert (gone.email, gone.name) == (f"{gone.public_id}@gone.invalid", "")
    assert (used.email, Participation.objects.get(pk=rows[0].pk).name) == ("uno@lab.example", "Kim")
    with at(now() + timedelta(days=26)):
        run(closed)
    used.refresh_from_db()
    assert not used.is_active


def test_a_concern_outlives_its_story_and_goes_five_years_after_it_was_closed():
    lab = a_lab()
    story = a_story(lab)
    concern = raise_story_concern(story, worry="He is hit.", by=an_actor(lab, Role.MODERATOR)).concern
    ring(concern, number=0, told=[(a_participation(lab, Role.SAFEGUARDING_OFFICER), True)], by=Actor.system("clock", lab.public_id))
    officer = an_actor(lab, Role.SAFEGUARDING_OFFICER)
    withdraw_story(story, by=actor_of_pseudonym(story.teller))
    assert run(lab)["concerns"] == 0
    close_concern(take_concern(concern, by=officer), ended="He has moved.", by=officer)

    assert "He is hit." in read_concern(concern, by=officer).concern.worry
    with at(now() + timedelta(days=1824)):
        assert run(lab)["concerns"] == 0
    with at(now() + timedelta(days=1826)):
        assert run(lab)["concerns"] == 1

    assert [model.objects.count() for model in (Concern, ConcernStep, Alarm, StoryConcern)] == [0, 0, 0, 0]
    assert Story.objects.get().state == Story.State.WITHDRAWN


def test_a_suggestion_that_was_refused_goes_a_year_later_with_its_words_and_the_reason():
    lab = a_lab()
    leader = an_actor(lab, Role.PROCESS_LEADER)
    refused = a_statement(lab, title="Sara at the office is mean.", is_open=False)
    set_statement_aside(refused, reason=Statement.NotFor.OTHER, words="It names somebody.", by=leader)
    opened = a_statement(lab, conversation=refused.conversation)
    a_vote(opened)

    with at(now() + timedelta(days=364)):
        assert run(lab)["suggestions"] == 0
    with at(now() + timedelta(days=366)):
        assert run(lab)["suggestions"] == 1

    assert list(Statement.objects.all()) == [opened]
    assert not StatementDecision.objects.exclude(statement=opened).exists()
    assert [result.answered for result in results_of(opened.conversation, reader=leader)] == [1]


def test_a_suggestion_that_nobody_decided_about_goes_after_its_conversation_was_closed():
    lab = a_lab()
    a_statement(lab, is_open=False)
    Conversation.objects.update(closed_at=now())

    with at(now() + timedelta(days=366)):
        assert run(lab)["suggestions"] == 1


def test_a_statement_that_answers_or_an_insight_rest_on_stays_and_only_the_log_about_it_goes():
    lab = a_lab()
    leader = an_actor(lab, Role.PROCESS_LEADER)
    answered, quoted = a_statement(lab), a_statement(lab)
    a_vote(answered)
    add_answers(an_insight(lab), statement=quoted, by=an_actor(lab, Role.SENSE_MAKER))
    for statement in (answered, quoted):
        set_statement_aside(statement, reason=Statement.NotFor.SAID, by=leader)
    close_lab(lab, by=leader)

    with at(now() + timedelta(days=729)):
        assert run(lab)["statement_decisions"] == 0
    with at(now() + timedelta(days=731)):
        gone = run(lab)

    assert (gone["suggestions"], gone["statement_decisions"]) == (0, 4)
    assert set(Statement.objects.values_list("state", flat=True)) == {Statement.State.SET_ASIDE}
    page = a_client(lab, Role.PROCESS_LEADER).get(answered.conversation.get_absolute_url())
    assert (page.status_code, Vote.objects.count()) == (200, 1)


def test_by_whom_a_story_came_is_forgotten_a_year_after_the_last_one_could_come_and_the_story_stays():
    lab = a_lab()
    ended, open_still = a_partner_link(lab), a_partner_link(lab, ends_on=today_of(lab) + timedelta(days=700))
    stories = [a_story(lab, partner=link) for link in (ended, open_still)]
    end_partner_link(ended, by=an_actor(lab, Role.PROCESS_LEADER))

    with at(now() + timedelta(days=371)):
        assert run(lab)["partner_links"] == 0
    with at(now() + timedelta(days=373)):
        assert run(lab)["partner_links"] == 1

    assert [Story.objects.get(pk=story.pk).partner for story in stories] == [None, open_still]
    assert set(Story.objects.values_list("state", flat=True)) == {Story.State.TOLD}


def test_a_link_that_nobody_ended_counts_from_its_last_day():
    lab = a_lab()
    a_partner_link(lab, ends_on=today_of(lab))

    with at(now() + timedelta(days=371)):
        assert run(lab)["partner_links"] == 0
    with at(now() + timedelta(days=374)):
        assert run(lab)["partner_links"] == 1


def test_whatever_holds_free_text_has_a_period_or_stays_for_a_reason():
    rows = [model for model in apps.get_models() if model.__module__.startswith("medskapa.")]
    texts = {model._meta.label for model in rows if any(_is_free_text(field) for field in model._meta.concrete_fields)}
    ruled = GOES_WITH.keys() | STAYS.keys()

    assert set(GOES_WITH.values()) <= KINDS.keys()
    assert texts ^ ruled == set()


def _is_free_text(field: Field) -> bool:
    named = {"public_id", "language", "quote_language", "source"}
    return isinstance(field, CharField | TextField | BinaryField) and not field.choices and field.name not in named


def test_the_name_under_which_a_teller_sat_at_a_table_goes_with_their_code(django_capture_on_commit_callbacks):
    lab = a_closed_lab(days_ago=731)
    seat = a_seat(a_table(a_day(lab)), person=Pseudonym.objects.get(), shown="Ada")

    with django_capture_on_commit_callbacks(execute=True):
        run(lab)

    assert [Seat.objects.get().shown_as, seat.shown_as] == ["Co-creator", "Ada"]


def test_running_it_twice_does_nothing_more():
    lab = a_closed_lab(days_ago=731)
    run(lab)

    assert sum(run(lab).values()) == 0


def test_a_lab_says_how_long_and_only_who_leads_it_does():
    lab = a_closed_lab(days_ago=100)
    asked = set_period(lab, kind="stories", days=90, by=an_actor(lab, Role.PROCESS_LEADER))
    assert run(lab)["stories"] == 0
    second_shortening(asked, by=an_actor(lab, Role.SAFEGUARDING_OFFICER))

    with pytest.raises(NotAllowed):
        set_period(lab, kind="tellers", days=1, by=an_actor(lab, Role.MODERATOR))

    assert run(lab)["stories"] == 1
    assert Period.objects.get().days == 90


def test_one_that_cannot_go_holds_up_no_other(monkeypatch):
    lab = a_closed_lab(days_ago=731)
    a_closed = KINDS["stories"]
    monkeypatch.setitem(KINDS, "stories", replace(a_closed, let_go=lambda _row, *, by: 1 / 0))

    gone = run(lab)

    assert (gone["stories"], gone["tellers"], gone["identities"]) == (0, 1, 1)


def test_its_teller_reads_that_its_time_was_over_and_not_that_they_took_it_back():
    lab = a_closed_lab(days_ago=100)
    Period.objects.create(lab=lab, kind="stories", days=90)
    run(lab)

    own = client_of(Pseudonym.objects.get()).get("/en/return/mine/").content.decode()

    assert "Its time was over, so it is gone" in own
    assert "You took it back" not in own


def test_the_clock_does_it_in_every_lab():
    labs = [a_closed_lab(days_ago=800), a_closed_lab(days_ago=10)]

    let_go_of_what_is_due()

    assert [Story.objects.get(lab=lab).state for lab in labs] == [Story.State.WITHDRAWN, Story.State.RELEASED]


def test_the_rooms_still_open_after_everything_has_gone():
    lab = a_closed_lab(days_ago=3000)
    run(lab)

    for page in ("stories/", "answers/", "moderation/", "concerns/"):
        role = Role.SAFEGUARDING_OFFICER if page == "concerns/" else Role.MODERATOR
        answer = a_client(lab, role).get(f"/en/labs/{lab.slug}/{page}")
        assert (page, answer.status_code) == (page, 200)
        assert "None" not in answer.content.decode()


def test_the_command_says_what_will_go_and_then_lets_it_go(demo_data):
    data = str(demo_data)

    said = medskapa("retention", "--dry-run", "--json", MEDSKAPA_DATA=data)

    kinds = json.loads(said.stdout)["kinds"]
    assert {one["kind"] for one in kinds} == set(KINDS)
    assert said.returncode == int(any(one["due"] for one in kinds))
    assert medskapa("retention", "--apply", MEDSKAPA_DATA=data).returncode == 0
    assert medskapa("retention", "--dry-run", "--lab", "nowhere", MEDSKAPA_DATA=data).returncode == 2
