"""Challenges: writing them from insights, opening and closing them, the owner's promise, and asking for new stories."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.people.models import Unit
from medskapa.stages.cocreation.models import AskAgain, Challenge, ChallengeInsight
from medskapa.stages.listening.actions import save_prompt
from medskapa.stages.listening.models import Prompt
from medskapa.stages.understanding.models import Insight


@action("challenge.write")
def write_challenge(
    lab: Lab,
    *,
    title: str,
    language: str,
    by: Actor,
    summary: str = "",
    insights: Iterable[Insight] = (),
    owner: Unit | None = None,
    source: str | None = None,
) -> Challenge:
    """Turn insights into a question. It begins as a draft that only the team sees."""
    challenge = Challenge.objects.create(lab=lab, title=title, summary=summary, language=language, owner=owner, source=source)
    _link(challenge, insights)
    return challenge


@action("challenge.edit")
def edit_challenge(
    challenge: Challenge, *, title: str, summary: str, language: str, insights: Iterable[Insight], owner: Unit | None, by: Actor
) -> Challenge:
    """Word a question anew, and say which insights it grew from. Raises WrongState if a promise would lose its owner."""
    if challenge.promise and owner is None:
        raise WrongState(_("A promise needs somebody who made it."), _("Change the promise first, then the problem owner."))
    challenge.title, challenge.summary, challenge.language, challenge.owner = title, summary, language, owner
    challenge.save(update_fields=["title", "summary", "language", "owner"])
    wanted = list(insights)
    challenge.insight_links.exclude(insight__in=wanted).delete()
    _link(challenge, wanted)
    return challenge


@action("challenge.open")
def open_challenge(challenge: Challenge, *, by: Actor) -> Challenge:
    """Let everyone read the question and answer it with ideas. Raises WrongState."""
    challenge.move_to(Challenge.State.OPEN)
    return challenge


@action("challenge.close")
def close_challenge(challenge: Challenge, *, by: Actor) -> Challenge:
    """Take no more ideas; what is there stays readable. Raises WrongState."""
    challenge.move_to(Challenge.State.CLOSED)
    return challenge


@action("challenge.promise")
def promise(challenge: Challenge, *, text: str, due_on: date, by: Actor) -> Challenge:
    """Say what the problem owner will decide, and by when. Raises WrongState if nobody owns the problem yet, or it was kept already."""
    if challenge.owner_id is None:
        raise WrongState(_("Nobody owns this problem yet."), _("Choose the problem owner first. Then they can promise something."))
    if challenge.promise_kept_on is not None:
        raise WrongState(_("This promise has been kept."), _("It stays as it was."))
    challenge.promise, challenge.promise_due_on = text, due_on
    challenge.save(update_fields=["promise", "promise_due_on"])
    return challenge


@action("challenge.keep")
def keep_promise(challenge: Challenge, *, on: date, by: Actor) -> Challenge:
    """Note that the owner decided what they promised. Raises WrongState if there is no promise, or it was kept already."""
    kept = Challenge.objects.filter(pk=challenge.pk, promise_kept_on__isnull=True).exclude(promise="").update(promise_kept_on=on)
    if kept != 1:
        raise WrongState
    challenge.promise_kept_on = on
    return challenge


@action("challenge.ask_again")
def ask_again(challenge: Challenge, *, title: str, language: str, by: Actor, summary: str = "") -> AskAgain:
    """Go back to new stories with a question that this challenge raised. Raises WrongState for a draft, which nobody has seen."""
    if challenge.state == Challenge.State.DRAFT:
        raise WrongState(_("This challenge is still a draft."), _("Open it first. Then new stories can be asked for."))
    prompt = save_prompt(Prompt(lab=challenge.lab, title=title, summary=summary, language=language), by=by)
    note(prompt)
    return AskAgain.objects.create(lab=challenge.lab, challenge=challenge, prompt=prompt)


def _link(challenge: Challenge, insights: Iterable[Insight]) -> None:
    there = set(challenge.insight_links.values_list("insight_id", flat=True))
    links = [ChallengeInsight(lab=challenge.lab, challenge=challenge, insight=insight) for insight in insights if insight.pk not in there]
    ChallengeInsight.objects.bulk_create(links)
