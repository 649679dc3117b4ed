"""What people do for a child at risk: raise a concern, read it, lock and open identities, note who speaks for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import Opened, new_key, seal, unseal
from medskapa.ground.safeguarding.models import (
    LONGEST,
    Concern,
    ConcernStep,
    IdentityOpening,
    LockedIdentity,
    Post,
    Representative,
    WorryWords,
)
from medskapa.ground.safeguarding.worries import usual, worrying
from medskapa.ground.web import languages

MOST_NAMED = 2_000  # signs of the list of words that were found


@dataclass(frozen=True, slots=True)
class OpenedConcern:
    """A concern with what was done about it, as the officer reads it."""

    concern: Opened[Concern]
    steps: list[Opened[ConcernStep]]


@dataclass(frozen=True, slots=True)
class OpenedIdentity:
    """Who a pseudonym is, and why that was asked before."""

    identity: Opened[LockedIdentity]
    openings: list[Opened[IdentityOpening]]


def post_of(lab: Lab) -> Post:
    """The officer's post of a lab, with its key; made when the lab is opened or first needs it. One SQL query when it stands."""
    post = Post.objects.select_related("key__under").filter(lab=lab).first()
    return post or Post.objects.get_or_create(lab=lab, defaults={"key": new_key(lab.chain_key)})[0]


@action("concern.raise")
def raise_concern(lab: Lab, *, worry: str, by: Actor, about: Pseudonym | None = None, is_by_words: bool = False) -> Concern:
    """Tell the officer that a child may be at risk. Sealed at once: not even who raised it reads it again. Raises NotAllowed.

    ``about``: in whose words it was seen.
    """
    key = post_of(lab).key
    return Concern.objects.create(lab=lab, key=key, worry=seal(worry, key), pseudonym=about, raised_by=by.id, is_by_words=is_by_words)


@action("concern.add")
def add_to_concern(concern: Concern, *, worry: str, by: Actor) -> None:
    """Put what worries in the same story since then under a concern that nobody has taken on, as much of it as there is room for.

    Raises NotAllowed, WrongState.
    """
    whole = f"{unseal(concern).worry}\n\n{worry}"
    concern.change_while(Concern.State.RAISED, worry=seal(whole[:LONGEST], concern.key))


def worry_in(text: str, lab: Lab) -> str:
    """What to tell the officer of a text: the words that worry in it, and a copy; "" if there are none. One SQL query."""
    found = worrying(text, lab)
    if not found:
        return ""
    with override(languages.shown_in(lab.language, None)):
        first = _("Words that worry: %(words)s") % {"words": ", ".join(found)}
    return f"{first[:MOST_NAMED]}\n\n{text}"


@action("worry_words.set")
def set_worry_words(lab: Lab, *, language: str, words: Sequence[str], by: Actor) -> None:
    """Say which expressions of a language raise a concern by themselves; the usual list again takes the lab's own away.

    Raises NotAllowed.
    """
    if language in usual() and tuple(words) == usual()[language].words:
        WorryWords.objects.filter(lab=lab, language=language).delete()
    else:
        values = {"words": "\n".join(words), "changed_at": now()}
        note(WorryWords.objects.update_or_create(lab=lab, language=language, defaults=values)[0])


@action("concern.read", reading=True)
def read_concern(concern: Concern, *, by: Actor) -> OpenedConcern:
    """Open a concern and its steps; leaves a line. Raises NotAllowed, as "not found"."""
    return OpenedConcern(unseal(concern), unseal(concern.steps.select_related("reported_to").order_by("at", "pk")))


@action("identity.lock")
def lock_identity(pseudonym: Pseudonym, *, who: str, by: Actor) -> LockedIdentity:
    """Lock away who somebody is; what was locked before is replaced. Who locks cannot open, unless they are the officer."""
    key = post_of(pseudonym.lab).key
    values = {"lab": pseudonym.lab, "key": key, "who": seal(who, key), "made_at": now()}
    return LockedIdentity.objects.update_or_create(pseudonym=pseudonym, defaults=values)[0]


@action("identity.open", reading=True)
def open_identity(identity: LockedIdentity, *, reason: str, by: Actor) -> OpenedIdentity:
    """See who somebody is, for a written reason that is kept. Raises NotAllowed (as "not found"), NotProvedLately."""
    before = list(identity.openings.order_by("at", "pk"))
    opening = IdentityOpening.objects.create(lab=identity.lab, identity=identity, reason=seal(reason, identity.key), by=by.id)
    note(opening)
    return OpenedIdentity(unseal(identity), unseal([*before, opening]))


@action("representative.edit")
def save_representative(representative: Representative, *, by: Actor) -> Representative:
    """Note or change who speaks for a young person by law, from when to when. Raises NotAllowed."""
    representative.save()
    return representative


@action("representative.end")
def end_representatives(pseudonym: Pseudonym, *, by: Actor) -> None:
    """Let nobody speak any more for somebody who now speaks for themselves. Raises NotAllowed. Two SQL queries."""
    today = today_of(pseudonym.lab)
    rows = Representative.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today), pseudonym=pseudonym)
    rows.filter(valid_from__gt=today).delete()
    rows.update(valid_to=today)
