"""What people do with insights: writing them, saying what they rest on, confirming, publishing, setting aside."""

from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.labs.queries import participation_of
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import seal
from medskapa.ground.web.errors import LabError
from medskapa.stages.listening.models import Statement, Story
from medskapa.stages.understanding.models import Evidence, Insight
from medskapa.stages.understanding.queries import CONFIRMED_FROM, PUBLIC_FROM, tellers_of
from medskapa.stages.understanding.quoting import find_again, find_quote


class TooFewTellers(LabError):
    """Not enough different people's stories speak for this insight."""

    def __init__(self, *, tellers: int, needed: int) -> None:
        text = _("Stories of %(needed)d different people have to speak for it; there are %(tellers)d now. Add voices, then try again.")
        super().__init__(_("Too few people's stories carry this yet."), text % {"needed": needed, "tellers": tellers}, status=409)
        self.tellers, self.needed = tellers, needed


@action("insight.write")
def write_insight(
    lab: Lab,
    *,
    title: str,
    language: str,
    by: Actor,
    summary: str = "",
    source: str | None = None,
    made_by: Participation | None = None,
) -> Insight:
    """Begin an insight as a draft that only the team sees. ``made_by`` is for the demo; else it is whoever acts."""
    author = made_by if by.kind == "system" else participation_of(by)
    return Insight.objects.create(lab=lab, title=title, summary=summary, language=language, source=source, made_by=author)


@action("insight.edit")
def edit_insight(insight: Insight, *, title: str, summary: str, language: str, by: Actor) -> Insight:
    """Word an insight anew."""
    insight.title, insight.summary, insight.language = title, summary, language
    insight.save(update_fields=["title", "summary", "language"])
    return insight


@action("evidence.add")
def add_quote(
    insight: Insight, *, story: Story, quote: str, by: Actor, side: str = Evidence.Side.FOR, note: str = "", language: str = ""
) -> Evidence:
    """Let an insight rest on a quote. It is sealed under the story's own key, so that it leaves with the story.

    Raises NotAQuote if no version that this person may read says it so, WrongState if the story was withdrawn.
    """
    found = find_quote(story, quote, reader=by, language=language)
    evidence = Evidence.objects.create(
        lab=insight.lab,
        insight=insight,
        story=story,
        side=side,
        note=note,
        quote=seal(found.text, story.key),
        quote_language=found.language,
        added_at=now(),
    )
    find_again(story)
    return evidence


@action("evidence.add_answers")
def add_answers(insight: Insight, *, statement: Statement, by: Actor, side: str = Evidence.Side.FOR, note: str = "") -> Evidence:
    """Let an insight rest on how people answered a statement. Raises WrongState if it already does."""
    made, is_new = Evidence.objects.get_or_create(
        insight=insight, statement=statement, defaults={"lab": insight.lab, "side": side, "note": note, "added_at": now()}
    )
    if not is_new:
        raise WrongState(_("These answers are already there."), _("Each statement counts once for an insight."))
    return made


@action("evidence.edit")
def edit_evidence(evidence: Evidence, *, side: str, note: str, by: Actor) -> Evidence:
    """Say anew which way a quote or a statement's answers speak, and why they count. The words themselves never change."""
    evidence.side, evidence.note = side, note
    evidence.save(update_fields=["side", "note"])
    return evidence


@action("evidence.remove")
def remove_evidence(evidence: Evidence, *, by: Actor) -> Insight:
    """Take a quote or a statement's answers away from an insight. With fewer than five tellers left it is no longer public."""
    insight = evidence.insight
    evidence.delete()
    if insight.state == Insight.State.PUBLIC and tellers_of(insight) < PUBLIC_FROM:
        insight.move_to(Insight.State.CONFIRMED)
    return insight


@action("insight.confirm")
def confirm_insight(insight: Insight, *, by: Actor) -> Insight:
    """Let everyone in the lab read it. Raises TooFewTellers below three, WrongState if it is no draft."""
    _needs(insight, CONFIRMED_FROM)
    insight.move_to(Insight.State.CONFIRMED, confirmed_at=now())
    return insight


@action("insight.publish")
def publish_insight(insight: Insight, *, by: Actor) -> Insight:
    """Let everybody read it, with the quotes whose tellers agreed to that. Raises TooFewTellers below five, WrongState."""
    _needs(insight, PUBLIC_FROM)
    insight.move_to(Insight.State.PUBLIC)
    return insight


@action("insight.keep_inside")
def keep_insight_inside(insight: Insight, *, by: Actor) -> Insight:
    """Take a public insight back into the lab. What was read or printed cannot be recalled. Raises WrongState."""
    if insight.state != Insight.State.PUBLIC:
        raise WrongState
    insight.move_to(Insight.State.CONFIRMED)
    return insight


@action("insight.step_back")
def step_back_insight(insight: Insight, *, by: Actor) -> Insight:
    """After a withdrawal or a correction: what fewer than five people's stories carry is no longer public. Raises WrongState."""
    insight.move_to(Insight.State.CONFIRMED)
    return insight


@action("insight.set_aside")
def set_aside_insight(insight: Insight, *, by: Actor) -> Insight:
    """Work no more with it; the team can still find it. Raises WrongState."""
    insight.move_to(Insight.State.SET_ASIDE)
    return insight


@action("insight.take_up")
def take_up_insight(insight: Insight, *, by: Actor) -> Insight:
    """Make it a draft again, one that was set aside or confirmed. Raises WrongState."""
    insight.move_to(Insight.State.DRAFT)
    return insight


def _needs(insight: Insight, needed: int) -> None:
    tellers = tellers_of(insight)
    if tellers < needed:
        raise TooFewTellers(tellers=tellers, needed=needed)
