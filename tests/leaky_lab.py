"""A lab with something to leak in every room, and everybody who might look."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from medskapa.ground.labs.actions import add_help_contact, agree, invite, note_reading
from medskapa.ground.labs.actors import actor_of_participation, actor_of_pseudonym
from medskapa.ground.labs.models import Lab, Participation, Pseudonym
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, an_actor, client_of, just_proved
from medskapa.ground.labs.tokens import hash_token
from medskapa.ground.people.roles import Role
from medskapa.ground.people.tests.makers import a_unit, an_account, an_operator, signed_in
from medskapa.ground.safeguarding.models import Rehearsal
from medskapa.ground.safeguarding.shortening import set_period
from medskapa.ground.safeguarding.tests.makers import a_concern, a_representative, an_identity
from medskapa.outlook.newsroom.tests.makers import a_press_contact, a_release
from medskapa.outlook.thread.tests.makers import an_echo
from medskapa.stages.cocreation.tests.makers import a_challenge, a_member, a_prototype, a_team, a_trial, an_idea
from medskapa.stages.incubation.tests.makers import a_goal, a_report, a_support, an_event
from medskapa.stages.labday.tests.makers import a_day, a_door, a_seat, a_table
from medskapa.stages.listening.actions import let_contact, set_statement_aside, translate_story
from medskapa.stages.listening.models import Reach
from medskapa.stages.listening.tests.makers import (
    a_beginning,
    a_card,
    a_conversation,
    a_cover,
    a_drawing,
    a_partner_link,
    a_picture,
    a_prompt,
    a_recording,
    a_scale,
    a_shown_picture,
    a_statement,
    a_story,
)
from medskapa.stages.outcomes.tests.makers import a_measurement, an_indicator
from medskapa.stages.pilots.tests.makers import a_pilot, an_adoption, measured_before
from medskapa.stages.selection.tests.makers import a_best_interests, a_call, a_decision, a_juror, a_review, an_application, moved_on
from medskapa.stages.understanding.tests.makers import a_quote, an_insight

SECRET = "The red bicycle stood by the lake"  # in the words of a story that nobody has released
SECRET_TITLE = "A draft that only its author sees"

FORMS = {"labs:agree": {"purpose": "participation"}}  # what a POST needs to be understood at all

Ids = dict[str, str]


@dataclass(slots=True)
class LeakyLab:
    """The lab, what stands in the place of each argument of an address, and the people whose own things are in it."""

    lab: Lab
    ids: Ids
    more: dict[str, dict[str, Ids]]  # where an address is asked once more, for another thing of the same kind: view → what → ids
    owners: dict[str, Participation | Pseudonym]

    def arguments(self, view: str) -> dict[str, dict[str, Any]]:
        """What fills an address, once for each thing it is asked for; the first has no name."""
        plain = {"lab": self.lab.slug, **self.ids}
        return {"": plain} | {what: plain | ids for what, ids in self.more.get(view, {}).items()}


def a_leaky_lab() -> LeakyLab:
    """Something in every room, most of it not meant for everybody."""
    lab = a_lab(languages=["sv", "ar", "prs"])
    owners: dict[str, Participation | Pseudonym] = {role: a_participation(lab, role, unit=a_unit()) for role in OWNING}
    owners["co_creator"] = a_pseudonym(lab)
    filled = LeakyLab(lab, {}, {}, owners)
    for fill in (_people, _stories, _ideas, _day, _choosing, _realising, _telling):
        fill(filled)
    return filled


OWNING = (Role.INNOVATOR, Role.JUROR, Role.COACH, Role.PILOT_LEAD, Role.ACTOR)


def everybody(lab: Lab, owners: dict[str, Participation | Pseudonym]) -> dict[str, Client]:
    """A browser for each kind of person: every role of the lab, the owners of what is in it, and those outside."""
    found = {"public": Client(), "signed in": signed_in(an_account()), "operator": signed_in(an_operator())}
    found |= {role.value: client_of(a_participation(lab, role)) for role in Role if role != Role.CO_CREATOR}
    found["co_creator"] = client_of(a_pseudonym(lab))
    found |= {f"{role} (theirs)": client_of(owner) for role, owner in sorted(owners.items())}
    return found


def _people(here: LeakyLab) -> None:
    lab, actor = here.lab, here.owners[Role.ACTOR]
    assert isinstance(actor, Participation)
    leader = just_proved(a_participation(lab, Role.PROCESS_LEADER))
    add_help_contact(lab, name="Somebody who listens", phone="020 20 20 20", by=leader)
    invitation, token = invite(lab, name="Amal", role=Role.MODERATOR, by=leader)
    Rehearsal.objects.create(lab=lab, to=actor, token_hash=hash_token(token))
    agreement = agree(actor, "photo", by=actor_of_participation(actor))
    assert actor.unit is not None
    here.ids |= {
        "token": token,
        "account": an_account(is_demo=True).public_id,
        "organisation": actor.unit.organisation.public_id,
        "unit": actor.unit.public_id,
        "participation": actor.public_id,
        "given": actor.roles.get().public_id,
        "agreement": agreement.public_id,
        "invitation": invitation.public_id,
        "into": "ar",
        "vouching": note_reading(lab, language="ar", reader="Amal", by=leader).public_id,
        "step": "help",
        "concern": a_concern(lab).public_id,
        "pseudonym": an_identity(lab).pseudonym.public_id,
        "representative": a_representative(lab).public_id,
        "shortening": set_period(lab, kind="stories", days=90, by=leader).public_id,
    }


def _stories(here: LeakyLab) -> None:
    lab, teller = here.lab, here.owners["co_creator"]
    assert isinstance(teller, Pseudonym)
    told = a_story(lab, words=SECRET, teller=teller)
    released = a_story(lab, released=True)
    insight = an_insight(lab, tellers=3)
    conversation = a_conversation(lab)
    a_recording(told)
    let_contact(teller, contact=SECRET, by=actor_of_pseudonym(teller))
    unkind = a_statement(lab, title="They are all the same.", conversation=conversation, is_open=False, author=teller)
    set_statement_aside(unkind, reason="hurts", words="Say what should be different.", by=an_actor(lab, Role.MODERATOR))
    picture, seen = a_picture(told), a_shown_picture(lab)
    here.ids |= {
        "story": told.public_id,
        "picture": picture.public_id,
        "cover": a_cover(picture).public_id,
        "teller": teller.public_id,
        "prompt": a_prompt(lab).public_id,
        "card": a_card(lab, photo=a_drawing()).public_id,
        "partner": a_partner_link(lab).public_id,
        "beginning": a_beginning(lab, texts={"ar": "Words"}).public_id,
        "scale": a_scale(lab).public_id,
        "to": translate_story(told, language="en", words="Words", by=an_actor(lab, Role.INTERPRETER)).language,
        "conversation": conversation.public_id,
        "aside": conversation.asides.create(lab=lab, why="They are one person.", people_count=9, answers_count=99).public_id,
        "statement": a_statement(lab, conversation=conversation, is_open=False).public_id,
        "insight": insight.public_id,
        "evidence": a_quote(insight).public_id,
        "kind": "insight",
        "subject": insight.public_id,
    }
    here.more["listening:shown_picture"] = {"released": {"story": seen.picture.story.public_id, "cover": seen.public_id}}
    public = an_insight(lab, state="public", reach=Reach.PUBLIC)
    for view in ("listening:cross", "listening:story", "understanding:new_quote"):
        here.more[view] = {"released": {"story": released.public_id}}
    for view in ("understanding:insight", "thread:thread"):
        here.more[view] = {"public": {"insight": public.public_id, "subject": public.public_id}}


def _ideas(here: LeakyLab) -> None:
    lab, actor = here.lab, here.owners[Role.ACTOR]
    assert isinstance(actor, Participation)
    challenge = a_challenge(lab, state="draft")
    opened = a_challenge(lab)
    for view in ("cocreation:challenge", "cocreation:new_idea"):
        here.more[view] = {"open": {"challenge": opened.public_id}}
    idea = an_idea(lab, author=actor)
    team = a_team(idea)
    member = a_member(team, actor)
    prototype = a_prototype(lab, idea=idea)
    here.ids |= {
        "challenge": challenge.public_id,
        "idea": idea.public_id,
        "team": team.public_id,
        "member": member.public_id,
        "prototype": prototype.public_id,
        "trial": a_trial(prototype).public_id,
        "version": prototype.versions.get().public_id,
    }


def _day(here: LeakyLab) -> None:
    day = a_day(here.lab)
    table = a_table(day)
    a_door(day)
    here.ids |= {
        "gathering": day.public_id,
        "day": day.public_id,
        "block": day.blocks.first().public_id,
        "table": table.public_id,
        "seat": a_seat(table, person=here.owners["co_creator"]).public_id,
    }


def _choosing(here: LeakyLab) -> None:
    lab, innovator, juror = here.lab, here.owners[Role.INNOVATOR], here.owners[Role.JUROR]
    assert isinstance(innovator, Participation)
    assert isinstance(juror, Participation)
    call = a_call(lab, criteria=1)
    seat = a_juror(call, juror)
    draft = an_application(call, innovator, is_sent=False, title=SECRET_TITLE)
    judged = a_call(lab)
    sent = an_application(judged, innovator)
    review = a_review(sent, a_juror(judged, juror) if moved_on(judged, "judging") else seat)
    here.ids |= {
        "call": call.public_id,
        "criterion": call.criteria.get().public_id,
        "juror": seat.public_id,
        "application": draft.public_id,
        "review": review.public_id,
        "best_interests": a_best_interests(lab).public_id,
        "decision": a_decision(lab=lab).public_id,
    }
    for view in ("application", "new_conflict", "write_review", "decide_application"):
        here.more[f"selection:{view}"] = {"sent": {"application": sent.public_id}}


def _realising(here: LeakyLab) -> None:
    lab, innovator, lead = here.lab, here.owners[Role.INNOVATOR], here.owners[Role.PILOT_LEAD]
    indicator = an_indicator(lab)
    support = a_support(lab, innovator=innovator, coach=here.owners[Role.COACH])
    pilot, plan = a_pilot(lab, lead=lead), a_pilot(lab, lead=lead, state="planned")
    measured_before(plan)
    for view in ("pilots:edit_aim", "pilots:remove_aim"):
        here.more[view] = {"planned": {"pilot": plan.public_id, "aim": plan.indicator_links.get().public_id}}
    for view in ("incubation:report", "incubation:read_report"):
        here.more[view] = {"sent": {"report": a_report(support).public_id}}
    here.ids |= {
        "indicator": indicator.public_id,
        "event": an_event(support).public_id,
        "aim": pilot.indicator_links.get().public_id,
        "measurement": a_measurement(indicator).public_id,
        "support": support.public_id,
        "goal": a_goal(support).public_id,
        "report": a_report(support, is_sent=False).public_id,
        "pilot": pilot.public_id,
        "adoption": an_adoption(pilot).public_id,
    }


def _telling(here: LeakyLab) -> None:
    lab, teller = here.lab, here.owners["co_creator"]
    insight = lab.insights.get(public_id=here.ids["insight"])
    here.ids |= {
        "echo": an_echo(lab, insight, [teller]).public_id,
        "release": a_release(lab, is_published=False).public_id,
        "contact": a_press_contact(lab).public_id,
    }
