"""Who may read a story. This is the one function that says it: for stories, translations, quotes, prints, search and exports.

Role, reach and kind of organisation must all say yes, and the teller's consent must hold now; once its time is over, only the people
who work in the lab read the story. What others read is always a released version; the teller's own words are read by those who
moderate, and by the teller. What was let go counts from ``effective_at`` on, and a consent until ``valid_to``: both are compared with
now, and no task has to run for them.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest
from django.db.models.lookups import Contains

from medskapa.ground.labs.models import AgeBand, Lab, Participation
from medskapa.ground.ledger.actors import Actor, may
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import Opened
from medskapa.ground.people.roles import AUTHORITIES
from medskapa.stages.listening.models import Consent, Cover, Crossing, Reach, Story, Version
from medskapa.stages.listening.reach import farthest, from_here_on, nearest, needed_by, up_to

PUBLIC_LEVELS = from_here_on(Reach.PUBLIC)
TITLES = ("title", "title_before")  # what a list opens to show what a story is called now


def readable(stories: QuerySet[Story], *, reader: Actor) -> QuerySet[Story]:
    """Those of the stories whose released versions the reader may read now. No SQL of its own; a check that raises shows none."""
    need = needed_by(reader)
    rows = stories.filter(_read_at(need))
    if reader.lab is not None:
        rows = rows.filter(lab__public_id=reader.lab)
    for kind in sorted(reader.organisation_kinds):
        rows = rows.exclude(_kept_from(kind))
    return rows.filter(_crossed(reader)) if belongs_to_authority(reader) else rows


def may_read(story: Story, *, reader: Actor) -> bool:
    """Whether the reader may read the released versions of this story. One SQL query."""
    return readable(Story.objects.filter(pk=story.pk), reader=reader).exists()


def readable_versions(stories: QuerySet[Story], *, reader: Actor) -> QuerySet[Version]:
    """The released texts of these stories that the reader may read; an authority reads the very texts that crossed to it."""
    rows = counting(Version.objects.filter(story__in=readable(stories, reader=reader).values("pk")))
    if not belongs_to_authority(reader):
        return rows
    crossed = Exists(_crossings_to(reader).filter(version=OuterRef("pk")))
    free = Story.objects.filter(Q(lab__host_kind=Lab.HostKind.AUTHORITY) | _for_everybody())
    return rows.filter(Q(crossed) | Q(story__in=free.values("pk")))


def readable_covers(stories: QuerySet[Story], *, reader: Actor) -> QuerySet[Cover]:
    """What the reader may see of the pictures of these stories. To an authority only texts cross, never a picture. No SQL of its own."""
    rows = readable(stories, reader=reader)
    if belongs_to_authority(reader):
        rows = rows.filter(Q(lab__host_kind=Lab.HostKind.AUTHORITY) | _for_everybody())
    return counting_covers(Cover.objects.filter(picture__story__in=rows.values("pk")))


def listed(stories: QuerySet[Story], *, reader: Actor) -> QuerySet[Story]:
    """What a list or the thread shows: what the reader may read, and the stumps of what was withdrawn. No SQL of its own."""
    lab = Q() if reader.lab is None else Q(lab__public_id=reader.lab)
    stumps = Q(state=Story.State.WITHDRAWN, released_at__lte=F("withdrawn_at")) & lab
    return stories.filter(Q(pk__in=readable(stories, reader=reader).values("pk")) | stumps)


def may_read_original(story: Story, *, reader: Actor, verb: str = "story.read") -> bool:
    """Whether the reader may open the teller's own words: by role, never from a kind they are kept from, never across to an authority."""
    if story.state == Story.State.WITHDRAWN or story.waits_since or not may(reader, verb, story):
        return False
    if not reader.organisation_kinds.isdisjoint(story.kept_from):
        return False
    return not (belongs_to_authority(reader) and story.lab.host_kind != Lab.HostKind.AUTHORITY)


def may_read_any(story: Story, *, reader: Actor) -> bool:
    """Whether the reader may read the story at all: the teller's own words, or what was released of them. At most one SQL query."""
    return may_read_original(story, reader=reader) or may_read(story, reader=reader)


def moderated(stories: QuerySet[Story], *, reader: Actor) -> QuerySet[Story]:
    """Those of the stories whose own words the reader may open, by the same rules as ``may_read_original``. No SQL of its own."""
    rows = stories.exclude(state=Story.State.WITHDRAWN).filter(lab__public_id=reader.lab or "", waits_since__isnull=True)
    for kind in sorted(reader.organisation_kinds):
        rows = rows.exclude(_kept_from(kind))
    return rows.filter(lab__host_kind=Lab.HostKind.AUTHORITY) if belongs_to_authority(reader) else rows


def agreed_level(story: Story) -> str:
    """How far the teller lets the story go now: to the team only, if no consent holds. One SQL query."""
    level = _consents_now().filter(story=story).order_by("-valid_from", "-pk").values_list("level", flat=True).first()
    return nearest(level or Reach.TEAM, farthest(story.kept_from))


def may_go(story: Story) -> str:
    """How far a story may be let go now: as its teller agreed, but to the team only while what somebody wrote for them was not read
    back to them. One SQL query."""
    return Reach.TEAM if story.is_to_be_read_back else agreed_level(story)


def last_yes(story: Story) -> Consent | None:
    """The latest yes to others reading the story that was not taken back; its time may be over. One SQL query."""
    given = story.consents.filter(purpose=Consent.Purpose.RELEASE, withdrawn_at__isnull=True)
    return given.order_by("-valid_from", "-pk").first()


def is_for_research(story: Story) -> bool:
    """Whether the teller says now that researchers may use the story. One SQL query."""
    return research_agreed(story).exists()


def research_agreed(story: Any) -> QuerySet[Consent]:
    """The yes, if there is one now, that researchers may use a story, or each of an outer query. No SQL of its own."""
    return _consents_now(Consent.Purpose.RESEARCH).filter(story=story)


def research_now(story: Any) -> QuerySet[Consent]:
    """The same where it counts: not while what somebody wrote for its teller was not read back to them. No SQL of its own."""
    return research_agreed(story).exclude(~Q(story__writer=""), story__read_back_at__isnull=True)


def with_end(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Each with ``over_at``, since when what was agreed to is over and others read it no more, and ``is_over_for_adult``, whether the
    time is over that an adult had agreed to, so that only the team reads it until its teller is 18. No SQL of its own.
    """
    ended = Consent.objects.filter(story=OuterRef("pk"), purpose=Consent.Purpose.RELEASE, valid_to__lte=now())
    by_adult = ended.filter(given_by=Consent.GivenBy.REPRESENTATIVE).exclude(story__teller__age_band=AgeBand.ADULT)
    latest = ended.filter(withdrawn_at__isnull=True).exclude(level=Reach.TEAM).order_by("-valid_from", "-pk")
    return stories.annotate(over_at=Subquery(latest.values("valid_to")[:1]), is_over_for_adult=Exists(by_adult))


def placed(stories: QuerySet[Story], *, need: str) -> QuerySet[Story]:
    """Those of the stories whose tellers' marks count for who needs this level: not what was taken back, nor what nobody in the lab may
    know before an adult has agreed; and beyond the team, only those that somebody let go this far and whose teller lets them.

    No SQL of its own.
    """
    rows = stories.exclude(state=Story.State.WITHDRAWN).filter(waits_since__isnull=True)
    return rows if need == Reach.TEAM else rows.filter(_read_at(need))


def with_beginning(stories: QuerySet[Story], *, need: str) -> QuerySet[Any]:
    """Each with ``counts_since``, from when on it has counted for who needs this level: when it was let go, or when its teller said yes
    to that if it was later. Of what counts only. No SQL of its own.
    """
    agreed = _consents_now().filter(story=OuterRef("pk"), level__in=from_here_on(need)).order_by("valid_from")
    return stories.annotate(counts_since=Greatest(Coalesce("effective_at", now()), Subquery(agreed.values("valid_from")[:1])))


def adult_yes(story: Story) -> Consent | None:
    """What the adult who speaks for the teller agreed to, or None if nobody had to agree, or not any more. One SQL query."""
    if story.teller.age_band == AgeBand.ADULT:
        return None
    agreed = story.consents.filter(purpose=Consent.Purpose.RELEASE, given_by=Consent.GivenBy.REPRESENTATIVE)
    return agreed.order_by("-valid_from", "-pk").first()


def released(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Those of the stories that anybody but the desk reads now. No SQL of its own."""
    return stories.filter(_goes(tuple(Reach.values)), state=Story.State.RELEASED)


def counting(versions: QuerySet[Version]) -> QuerySet[Version]:
    """Those of the versions that are what others read now of a released story. No SQL of its own."""
    moment = now()
    return versions.filter(_not_over("replaced_at"), kind=Version.Kind.RELEASED, effective_at__lte=moment)


def counting_covers(covers: QuerySet[Cover]) -> QuerySet[Cover]:
    """Those of the covers that are what others see now of a released story. No SQL of its own."""
    return covers.filter(_not_over("replaced_at"), effective_at__lte=now())


def is_counting(cover: Cover) -> bool:
    """The same of one cover that is at hand. No SQL."""
    begun, over = cover.effective_at, cover.replaced_at
    return begun is not None and begun <= now() and (over is None or over > now())


def title_now(story: Opened[Story]) -> str:
    """The moderator's title that counts now; empty if none does. ``TITLES`` have to be open. No SQL."""
    return (story.title_before if story.row.is_going_out else story.title) or ""


def reach_now(story: Story) -> str:
    """How far a story goes now: what was let go counts once it is in effect, what was narrowed at once. Empty: nowhere. No SQL."""
    if not story.is_going_out:
        return story.reach
    return nearest(story.reach, story.reach_before) if story.reach_before else ""


def named_now() -> Exists:
    """Whether the teller of the version at hand lets their chosen name stand beside it now."""
    return Exists(_consents_now().filter(story=OuterRef("story"), level=Reach.PUBLIC_NAMED))


def with_audience(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Each with ``audience``: the farthest of the audiences beyond the team that read it now, or nothing. No SQL of its own."""
    cases = (When(_read_at(level), then=Value(level)) for level in (Reach.PUBLIC, Reach.REPORTS, Reach.LAB))
    return stories.annotate(audience=Case(*cases, default=Value(""), output_field=CharField()))


def belongs_to_authority(reader: Actor) -> bool:
    """Whether what this reader reads can become a public record."""
    return not AUTHORITIES.isdisjoint(reader.organisation_kinds)


def _consents_now(purpose: str = Consent.Purpose.RELEASE) -> QuerySet[Consent]:
    return Consent.objects.filter(_not_over("valid_to"), purpose=purpose, withdrawn_at__isnull=True, valid_from__lte=now())


def _read_at(need: str) -> Q:
    """It is out, went this far, and its teller lets it; what is kept from anybody never goes further than the lab."""
    kept = Q() if need in up_to(Reach.LAB) else Q(kept_from=[])
    return Q(_consented(need)) & _goes(from_here_on(need)) & kept & Q(state=Story.State.RELEASED)


def _goes(levels: Collection[str]) -> Q:
    """What was let go goes this far, and so does what counts before that is in effect."""
    return Q(reach__in=levels) & (Q(effective_at__lte=now()) | Q(reach_before__in=levels))


def _not_over(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": now()})


def _consented(need: str) -> Q | Exists:
    """What was told to the lab is the team's to read, also when no yes to more than that holds any longer."""
    if need == Reach.TEAM:
        return Q()
    return Exists(_consents_now().filter(story=OuterRef("pk"), level__in=from_here_on(need)))


def _kept_from(kind: str) -> Contains:
    return Contains(Cast("kept_from", TextField()), f'"{kind}"')


def _crossed(reader: Actor) -> Q:
    """In a lab whose host is no authority, members of one read what crossed to their organisation, and what everybody may read."""
    crossings = _crossings_to(reader).filter(version__story=OuterRef("pk"))
    return Q(lab__host_kind=Lab.HostKind.AUTHORITY) | Q(Exists(crossings)) | _for_everybody()


def _crossings_to(reader: Actor) -> QuerySet[Crossing]:
    mine = Participation.objects.filter(public_id=reader.key).values("unit__organisation")
    return Crossing.objects.filter(_not_over("replaced_at"), organisation__in=mine)


def _for_everybody() -> Q:
    return Q(_consented(Reach.PUBLIC), _goes(PUBLIC_LEVELS), kept_from=[])
