"""Whatever a check says when it breaks, the answer is no: each check of the product, made to raise where it guards a door.

A door is something that somebody may do while its checks run. Then one check raises: nothing is shown, nothing is stored, and the
page says neither what broke nor where. Each door stands with the checks that it asks. The second lock, which only production asks
for, has its own: ``labs/tests/test_second_lock.py``.
"""

import secrets
from collections.abc import Callable
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from medskapa.ground.labs.actions import invite, new_pseudonym
from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, a_pseudonym, an_actor, client_of
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.people.permissions import _OWNS, table
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import an_account, came_in_by_mail
from medskapa.ground.safeguarding.tests.makers import a_concern, an_identity
from medskapa.stages.listening.models import Reach
from medskapa.stages.listening.tests.makers import a_statement, a_story, a_vote
from medskapa.stages.listening.tests.telling import fields_of, walk_to_the_end
from medskapa.stages.outcomes.tests.makers import a_measurement, an_indicator
from medskapa.stages.pilots.tests.makers import a_pilot, measured_before
from medskapa.stages.selection.tests.makers import a_best_interests, a_call, a_decision, an_application, moved_on
from medskapa.stages.understanding.tests.makers import an_insight

pytestmark = pytest.mark.django_db

SECRET = "The red bicycle stood by the lake"
BROKEN = "the check itself broke"
OPENED = {200, 302, 303}
MAY_GROW = {"ledger.Spent", "sessions.Session"}  # attempts are counted also when they fail, and a session notes when it was seen


class Door(NamedTuple):
    """Who asks for which page, or sends what there; and what the page shows that nobody may see when a check breaks."""

    browser: Client
    address: str
    form: dict[str, Any] | None = None
    shows: str = ""

    def ask(self) -> HttpResponse:
        """Ask once more, as if for the first time."""
        if self.form is None:
            return self.browser.get(self.address)
        return self.browser.post(
            self.address, {"form_key": secrets.token_urlsafe(18), **self.form}, headers={"origin": "http://testserver"}
        )


DOORS: list[tuple[Callable[[Lab], Door], str]] = []


def asks(*checks: str) -> Callable[[Callable[[Lab], Door]], Callable[[Lab], Door]]:
    """Say where the checks of a door stand in the code."""

    def note(door: Callable[[Lab], Door]) -> Callable[[Lab], Door]:
        DOORS.extend((door, f"medskapa.{check}") for check in checks)
        return door

    return note


def to(lab: Lab, name: str, **what: str) -> str:
    return reverse(name, kwargs={"lab": lab.slug, **what})


# Reading


@asks("ground.people.permissions._roles_of", "stages.listening.actions.reading.may_read_original", "ground.ledger.chain.append")
def a_moderator_reads_a_story_that_nobody_released(lab: Lab) -> Door:
    story = a_story(lab, words=SECRET)
    return Door(a_client(lab, Role.MODERATOR), to(lab, "listening:desk_story", story=story.public_id), shows=SECRET)


@asks("stages.listening.visibility._consented", "stages.listening.visibility.needed_by")
def a_member_reads_what_a_teller_agreed_to(lab: Lab) -> Door:
    story = a_story(lab, words=SECRET, released=True)
    return Door(a_client(lab, Role.ACTOR), to(lab, "listening:story", story=story.public_id), shows=SECRET)


@asks("ground.labs.sessions.hash_token", "ground.people.permissions._roles_of")
def a_teller_reads_their_own_story(lab: Lab) -> Door:
    story = a_story(lab, words=SECRET)
    return Door(client_of(story.teller), reverse("listening:own_story", kwargs={"story": story.public_id}), shows=SECRET)


@asks("ground.people.permissions._roles_of")
def the_officer_reads_a_concern(lab: Lab) -> Door:
    concern = a_concern(lab, worry=SECRET)
    return Door(a_client(lab, Role.SAFEGUARDING_OFFICER), to(lab, "safeguarding:concern", concern=concern.public_id), shows=SECRET)


@asks("ground.people.fresh_proof.needs_fresh_proof", "ground.people.permissions._roles_of", "ground.ledger.idempotency._slip")
def the_officer_opens_an_identity_just_after_signing_in(lab: Lab) -> Door:
    identity = an_identity(lab, who=SECRET)
    address = to(lab, "safeguarding:open_person", pseudonym=identity.pseudonym.public_id)
    return Door(a_client(lab, Role.SAFEGUARDING_OFFICER), address, {"reason": "The police asks."}, shows=SECRET)


@asks("ground.people.adapter.get_authentication_records")
def somebody_adds_an_app_just_after_signing_in(lab: Lab) -> Door:
    return Door(came_in_by_mail(an_account()), reverse("mfa_activate_totp"), shows="<code")


# Small numbers


@asks("ground.safeguarding.disclosure.is_few")
def anybody_reads_how_many_were_not_selected(lab: Lab) -> Door:
    a_decision("not_selected", lab=lab)
    return Door(Client(), to(lab, "selection:decisions"), shows="a few")


@asks("stages.outcomes.queries.is_few")
def anybody_reads_what_was_measured_of_three_people(lab: Lab) -> Door:
    indicator = an_indicator(lab)
    a_measurement(indicator, 37.5, people_count=3)
    return Door(Client(), indicator.get_absolute_url(), shows="Too few to say.")


@asks("stages.listening.queries.statements.is_few", "ground.safeguarding.disclosure.is_few")
def a_member_reads_how_two_people_answered(lab: Lab) -> Door:
    statement = a_statement(lab)
    a_vote(statement), a_vote(statement)
    address = to(lab, "listening:conversation", conversation=statement.conversation.public_id)
    return Door(a_client(lab, Role.ACTOR), address, shows="a few")


@asks("stages.understanding.actions.tellers_of")
def the_leader_publishes_an_insight_that_five_people_carry(lab: Lab) -> Door:
    insight = an_insight(lab, tellers=5, state="confirmed", reach=Reach.PUBLIC)
    return Door(a_client(lab, Role.PROCESS_LEADER), to(lab, "understanding:publish_insight", insight=insight.public_id), {})


# Telling, coming back, taking back


@asks("ground.web.guard._origin", "ground.ledger.limits._counted", "ground.ledger.idempotency._slip", "ground.people.permissions._roles_of")
def somebody_tells_a_story(lab: Lab) -> Door:
    filled = fields_of(walk_to_the_end(Client(), lab, words="I waited.", wish=Reach.LAB))
    return Door(Client(enforce_csrf_checks=True), to(lab, "listening:tell_send"), filled)


@asks("ground.labs.codes.check_digit", "ground.labs.coming_back.left", "ground.labs.coming_back.hash_code")
def a_teller_comes_back_with_their_code(lab: Lab) -> Door:
    _teller, code = new_pseudonym(lab, language="sv", by=Actor.public(lab.public_id))
    return Door(Client(), reverse("listening:return"), {"code": code})


@asks("ground.ledger.withdrawn_log.append", "ground.people.permissions._roles_of")
def a_teller_takes_a_story_back(lab: Lab) -> Door:
    story = a_story(lab)
    return Door(client_of(story.teller), reverse("listening:own_withdraw", kwargs={"story": story.public_id}), {})


@asks("stages.listening.actions.conversing._must_be_open")
def somebody_with_a_code_answers_a_statement(lab: Lab) -> Door:
    statement = a_statement(lab)
    address = to(lab, "listening:vote", conversation=statement.conversation.public_id)
    return Door(client_of(a_pseudonym(lab)), address, {"statement": statement.public_id, "value": "1"})


# Letting out, giving roles, deciding


@asks(
    "stages.listening.actions.moderating.personal_marks",
    "stages.listening.visibility._consents_now",
    "stages.listening.actions.moderating.may_read_original",
    "ground.people.permissions._roles_of",
    "ground.ledger.idempotency._slip",
    "ground.ledger.chain.lock",
)
def a_moderator_releases_a_story(lab: Lab) -> Door:
    story = a_story(lab, words=SECRET)
    said = {"title": "Waiting", "reach": "lab", "text_sv": "I waited."}
    return Door(a_client(lab, Role.MODERATOR), to(lab, "listening:desk_story", story=story.public_id), said)


@asks("ground.labs.actions.people.clash", "ground.people.permissions._roles_of")
def the_leader_gives_a_role(lab: Lab) -> Door:
    somebody = a_participation(lab)
    address = to(lab, "labs:give_role", participation=somebody.public_id)
    return Door(a_client(lab, Role.PROCESS_LEADER), address, {"role": "moderator", "last_day": ""})


@asks("ground.ledger.limits._counted", "ground.labs.actions.people.clash")
def somebody_takes_up_an_invitation(lab: Lab) -> Door:
    _invitation, token = invite(lab, name="Amal", role=Role.MODERATOR, by=an_actor(lab, Role.PROCESS_LEADER))
    return Door(Client(), reverse("labs:join", kwargs={"token": token}), {"name": "Amal", "email": "amal@example.org"})


@asks("stages.selection.queries.roles.clash")
def an_innovator_applies(lab: Lab) -> Door:
    said = {"title": "Kiosk", "summary": "Letters.", "language": "sv", "asks_minor": "1000"}
    return Door(a_client(lab, Role.INNOVATOR), to(lab, "selection:new_application", call=a_call(lab).public_id), said)


@asks("stages.selection.actions.decisions._must_wait", "stages.selection.forms.decisions.LabForm.clean")
def the_programme_manager_decides_about_an_application(lab: Lab) -> Door:
    application, weighed = an_application(a_call(lab)), a_best_interests(lab)
    moved_on(application.call, "judging")
    said = {"outcome": "selected", "reason": "Near.", "feedback": "Clear.", "best_interests": weighed.public_id}
    return Door(a_client(lab, Role.PROGRAMME_MANAGER), to(lab, "selection:decide_application", application=application.public_id), said)


@asks("stages.pilots.actions.missing_before_start")
def a_pilot_starts_once_best_interests_are_weighed(lab: Lab) -> Door:
    pilot = a_pilot(lab, state="planned", best_interests=a_best_interests(lab))
    measured_before(pilot)
    return Door(a_client(lab, Role.PROGRAMME_MANAGER), to(lab, "pilots:start_pilot", pilot=pilot.public_id), {})


@pytest.mark.parametrize(("door", "check"), DOORS, ids=lambda one: one.rpartition(".")[2] if isinstance(one, str) else one.__name__)
def test_where_a_check_breaks_nothing_is_shown_and_nothing_is_done(door, check, settings, tmp_path):
    settings.MEDSKAPA_WITHDRAWN = tmp_path / "withdrawn.log"
    opened = door(a_lab())
    opened.browser.raise_request_exception = False
    cookies = opened.browser.cookies.copy()
    with transaction.atomic():
        answer = opened.ask()
        transaction.set_rollback(True)
    assert answer.status_code in OPENED
    assert opened.shows in answer.content.decode()
    opened.browser.cookies = cookies
    before = everything_stored()

    with patch(check, side_effect=DatabaseError(BROKEN)) as broken:
        refused = opened.ask()

    page = refused.content.decode()
    assert broken.called
    assert refused.status_code >= 400
    assert [said for said in (SECRET, BROKEN, "Traceback", opened.shows or SECRET) if said in page] == []
    assert everything_stored() == before


@pytest.mark.parametrize("verb", sorted(_OWNS))
def test_where_the_question_whose_something_is_breaks_it_is_nobody_s(verb):
    lab = a_lab()
    owners = [role for role, answer in table()[verb].items() if answer == "own"]
    actors = [Actor("participation", "somebody", lab.public_id, frozenset({role})) for role in owners]
    assert actors != []

    with patch.dict(_OWNS, {verb: lambda _actor, _subject: 1 / 0}):
        assert [actor for actor in actors if may(actor, verb, lab)] == []


def everything_stored() -> dict[str, int]:
    """How many rows there are of each kind; the audit chain has one for each thing that was done."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.label not in MAY_GROW}
