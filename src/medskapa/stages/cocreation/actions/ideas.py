"""Ideas: sharing, editing, setting aside with a reason, taking up again."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.stages.cocreation.models import Challenge, Idea, IdeaInsight
from medskapa.stages.cocreation.people import Person, as_author, person_of
from medskapa.stages.understanding.models import Insight


@action("idea.share")
def share_idea(
    lab: Lab,
    *,
    title: str,
    summary: str,
    kind: str,
    language: str,
    by: Actor,
    challenge: Challenge | None = None,
    insights: Iterable[Insight] = (),
    author: Person | None = None,
    credit: str = "",
    source: str | None = None,
) -> Idea:
    """Answer a challenge with an idea. Its author is whoever acts, or whom a task names. Raises WrongState if the challenge takes none."""
    if challenge is not None and not Challenge.objects.filter(pk=challenge.pk, state=Challenge.State.OPEN).exists():
        raise WrongState(_("This challenge takes no new ideas now."), _("The ideas it has can still be read and built."))
    words = {"title": title, "summary": summary, "kind": kind, "language": language, "credit": credit, "source": source}
    made = Idea.objects.create(lab=lab, challenge=challenge, **words, **as_author(author or person_of(by)))
    link_insights(made, insights)
    return made


@action("idea.edit")
def edit_idea(
    idea: Idea, *, title: str, summary: str, kind: str, language: str, credit: str, insights: Iterable[Insight], by: Actor
) -> Idea:
    """Word an idea anew, and say which insights it grew from beside its challenge."""
    idea.title, idea.summary, idea.kind, idea.language, idea.credit = title, summary, kind, language, credit
    idea.save(update_fields=["title", "summary", "kind", "language", "credit"])
    wanted = list(insights)
    idea.insight_links.exclude(insight__in=wanted).delete()
    link_insights(idea, wanted)
    return idea


@action("idea.set_aside")
def set_aside_idea(idea: Idea, *, reason: str, by: Actor) -> Idea:
    """Stop working on an idea. It stays searchable and credited, with the reason. Raises WrongState."""
    idea.move_to(Idea.State.SET_ASIDE, reason=reason)
    return idea


@action("idea.take_up")
def take_up_idea(idea: Idea, *, by: Actor) -> Idea:
    """Work on an idea again that was set aside. Raises WrongState."""
    idea.move_to(Idea.State.SHARED, reason="")
    return idea


def link_insights(idea: Idea, insights: Iterable[Insight]) -> None:
    """Say which insights an idea grew from; those that are linked already stay. Two SQL queries."""
    there = set(idea.insight_links.values_list("insight_id", flat=True))
    links = [IdeaInsight(lab=idea.lab, idea=idea, insight=insight) for insight in insights if insight.pk not in there]
    IdeaInsight.objects.bulk_create(links)
