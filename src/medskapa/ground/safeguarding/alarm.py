"""The alarm of a concern: a mail without content to the officer, and while nobody takes it on, each two hours to the next in line.

The line is officer, deputy, process leader; a post that nobody holds is passed over at once. After the last all of them are told
again, until somebody answers. Each mail is a row, also one that could not be sent. Rounds that were missed while the clock stood
still are made up for by one mail to each whose turn they were.
"""

from django.db.models import Max
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from medskapa.ground.labs.actors import roles_in_force
from medskapa.ground.labs.models import Lab, Participation
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.clock import every
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.mail import mailed_once
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.clocks import PATIENCE
from medskapa.ground.safeguarding.models import Alarm, Concern
from medskapa.ground.web import languages

LINE = (Role.SAFEGUARDING_OFFICER, Role.SAFEGUARDING_DEPUTY, Role.PROCESS_LEADER)


@every("minute")
def ring_for_waiting() -> int:
    """Tell whoever is next about each concern that nobody has taken on. A demo has nobody to tell. Gives how many mails."""
    waiting = Concern.objects.filter(state=Concern.State.RAISED, lab__is_demo=False).select_related("lab").order_by("raised_at", "pk")
    return sum(_ring_if_due(concern) for concern in waiting)


def _ring_if_due(concern: Concern) -> int:
    """Mails go out before the round is written: a slow mail server must hold up nobody else, and no kill may lose a mail."""
    last = concern.alarms.aggregate(last=Max("round"))["last"]
    rounds = range(0 if last is None else last + 1, 1 + int((now() - concern.raised_at) / PATIENCE))
    told = [(one, _mailed(concern, rounds[-1], one)) for one in whose_turn(concern.lab, rounds)] if rounds else []
    return len(ring(concern, number=rounds[-1], told=told, by=_clock(concern.lab))) if told else 0


@action("concern.ring")
def ring(concern: Concern, *, number: int, told: list[tuple[Participation, bool]], by: Actor) -> list[Alarm]:
    """Note who was mailed up to a round, and of each whether the mail went out. Raises NotAllowed.

    Where a mail server is slow two workers can be at the same round: each mail is noted once, and as sent if either sent it.
    """
    rows = [Alarm(lab=concern.lab, concern=concern, round=number, to=one, was_sent=was_sent) for one, was_sent in told]
    Alarm.objects.bulk_create(rows, ignore_conflicts=True)
    noted = concern.alarms.filter(round=number, to__in=[one for one, _was_sent in told])
    noted.filter(to__in=[one for one, was_sent in told if was_sent]).update(was_sent=True)
    return list(noted)


def whose_turn(lab: Lab, rounds: range) -> list[Participation]:
    """Who is told in these rounds, each once: in the first round the first post, and so on, then everybody. Three SQL queries."""
    posts = [post for role in LINE if (post := holders_of(lab, role))]
    turns = posts if rounds.stop > len(posts) else posts[rounds.start : rounds.stop]
    return list(dict.fromkeys(one for post in turns for one in post))


def holders_of(lab: Lab, role: Role) -> list[Participation]:
    """Who holds a post and has an account that can sign in, whoever has held it longest first. One SQL query."""
    given = roles_in_force(lab).filter(role=role, participation__account__is_active=True).select_related("participation__account")
    return [one.participation for one in given.order_by("valid_from", "pk")]


def _mailed(concern: Concern, number: int, who: Participation) -> bool:
    assert who.account is not None  # noqa: S101  # holders of a post have one
    lab, duty = concern.lab, f"alarm {concern.public_id} {number}"
    with override(languages.shown_in(who.account.language or lab.language, None)):
        text = render_to_string("safeguarding/letters/alarm.txt", {"lab": lab})
        return mailed_once(duty, _("Somebody has to look at %(lab)s today") % {"lab": lab.name}, text, who.account.email)


def _clock(lab: Lab) -> Actor:
    return Actor.system("clock", lab.public_id)
