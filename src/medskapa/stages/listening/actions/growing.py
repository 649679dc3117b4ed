"""How old a teller is now: asked again while they are under 18, and what it means when they no longer are."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from medskapa.ground.labs.models import AgeBand, Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.safeguarding.actions import end_representatives
from medskapa.stages.listening.actions.representing import UP_TO, needs_adult, waiting_of
from medskapa.stages.listening.models import Consent

HALF_A_YEAR = timedelta(days=183)
YEAR = timedelta(days=365)
FROM = {AgeBand.UNDER_13: 0, AgeBand.FROM_13: 13, AgeBand.FROM_16: 16, AgeBand.ADULT: 18}  # the youngest in each band
AGREED_BY_BOTH = (Consent.Purpose.RELEASE, Consent.Purpose.RESEARCH)


def is_age_asked(teller: Pseudonym) -> bool:
    """Whether somebody who was under 18 half a year ago or more is asked how old they are now. No SQL."""
    said = teller.age_confirmed_at
    return said is not None and teller.age_band in UP_TO and said + HALF_A_YEAR < now()


def bands_since(teller: Pseudonym) -> list[AgeBand]:
    """The band that a teller was in, then those they can have grown into since they said so. No SQL."""
    band = AgeBand(teller.age_band)
    years = (now() - (teller.age_confirmed_at or now())) / YEAR
    return [band, *(older for older, least in FROM.items() if FROM[band] < least <= UP_TO[band] + 1 + years)]


@action("age.confirm")
def confirm_age(teller: Pseudonym, *, band: AgeBand, by: Actor) -> bool:
    """Note how old a teller is now. Who has become 18 speaks for themselves: what an adult agreed to ends, and what waited for one waits
    no more. Gives whether anything ended. Raises NotAllowed, WrongState (not asked, or no age that they can have).
    """
    if not is_age_asked(teller) or band not in bands_since(teller):
        raise WrongState
    still = Pseudonym.objects.filter(pk=teller.pk, age_confirmed_at=teller.age_confirmed_at)
    teller.age_band, teller.age_confirmed_at = band, now()
    if still.update(age_band=band, age_confirmed_at=teller.age_confirmed_at) != 1:
        raise WrongState
    if not needs_adult(teller):
        teller.adult_codes.filter(used_at__isnull=True).delete()
        waiting_of(teller).update(waits_since=None)
    if band != AgeBand.ADULT:
        return False
    end_representatives(teller, by=by)
    return _end_what_adults_agreed(teller)


def _end_what_adults_agreed(teller: Pseudonym) -> bool:
    agreed = Consent.objects.filter(story=OuterRef("story"), given_by=Consent.GivenBy.REPRESENTATIVE)
    rows = Consent.objects.filter(Exists(agreed), story__teller=teller, withdrawn_at__isnull=True, purpose__in=AGREED_BY_BOTH)
    rows = rows.exclude(valid_to__lte=now())
    stories = list(teller.stories.filter(consents__in=rows).select_related("lab").distinct())
    rows.update(valid_to=now())
    for story in stories:
        note(story)
    return bool(stories)
