"""A lab from its start to its close, and its texts in other languages."""

import secrets
from collections.abc import Mapping
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.text import slugify

from medskapa.ground.labs.actions.people import hold_role, make_participation
from medskapa.ground.labs.errors import NotReady
from medskapa.ground.labs.models import Lab, Wording
from medskapa.ground.labs.readiness import lacking, missing
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.models import Account, Organisation
from medskapa.ground.people.roles import Role

TRIES = 5  # to find an address that nobody has
NOT_AN_ADDRESS = frozenset({"", "new"})


class LabChanges(TypedDict, total=False):
    """What of a lab can be changed; what is left out stays."""

    name: str
    target_group: str
    purpose: str
    language: str
    languages: list[str]
    host: Organisation | None
    host_kind: str
    time_zone: str
    promise_days: int
    source: str | None


@action("lab.start")
def start_lab(leader: Account, *, by: Actor, slug: str = "", is_demo: bool = False, **what: Unpack[LabChanges]) -> Lab:
    """Begin a lab, with its first process leader. It cannot be seen by others until it opens."""
    what.setdefault("languages", [what.get("language", "sv")])
    lab = _with_free_address(Lab(is_demo=is_demo, created_at=now(), **what), slug or slugify(what["name"])[:50])
    participation = make_participation(lab, name=leader.name or leader.email, account=leader)
    hold_role(participation, Role.PROCESS_LEADER)
    note(participation)
    return lab


@action("lab.edit")
def edit_lab(lab: Lab, *, by: Actor, **changes: Unpack[LabChanges]) -> Lab:
    """Change what is known of a lab. Raises NotReady if an open lab would lose what it may not be without."""
    for name, value in changes.items():
        setattr(lab, name, value)
    if lab.state != Lab.State.SETTING_UP and (reasons := missing(lab)):
        raise NotReady([reason.text for reason in reasons])
    lab.save(update_fields=list(changes))
    return lab


@action("lab.open")
def open_lab(lab: Lab, *, by: Actor) -> Lab:
    """Let people tell. Raises NotReady with the reasons, in plain words; WrongState if it is open."""
    if reasons := lacking(lab):
        raise NotReady([reason.text for reason in reasons])
    lab.move_to(Lab.State.OPEN, opened_at=lab.opened_at or now(), closed_at=None)
    return lab


@action("lab.close")
def close_lab(lab: Lab, *, by: Actor) -> Lab:
    """Take no more stories; everything can still be read. Raises WrongState if it is not open."""
    lab.move_to(Lab.State.CLOSED, closed_at=now())
    return lab


@action("lab.word")
def word(row: Model, field: str, language: str, text: str, *, by: Actor, translator: str = "", reviewed_by: str = "") -> Wording | None:
    """Say a text of the lab in another language; an empty text takes the wording away. The original stays as it is."""
    lab: Lab = row.lab  # type: ignore[attr-defined]
    which = {"subject": row.public_id, "field": field, "language": language}  # type: ignore[attr-defined]
    if not text.strip():
        Wording.objects.filter(**which).delete()
        return None
    what = {"lab": lab, "text": text, "translator": translator, "reviewed_by": reviewed_by, "made_at": now()}
    return Wording.objects.update_or_create(**which, defaults=what)[0]


@action("lab.word")
def word_all(row: Model, texts: Mapping[str, Mapping[str, str]], *, by: Actor, translators: Mapping[str, str] | None = None) -> None:
    """Say several texts of one row (field → language → text) in other languages at once. Two SQL queries."""
    lab: Lab = row.lab  # type: ignore[attr-defined]
    by_whom = translators or {}
    wordings = [
        Wording(lab=lab, subject=row.public_id, field=field, language=code, text=text, translator=by_whom.get(code, ""), made_at=now())  # type: ignore[attr-defined]
        for field, worded in texts.items()
        for code, text in worded.items()
        if text.strip()
    ]
    Wording.objects.bulk_create(
        wordings,
        update_conflicts=True,
        unique_fields=["subject", "field", "language"],
        update_fields=["text", "translator", "made_at"],
    )


def _with_free_address(lab: Lab, wish: str) -> Lab:
    """Settled by the store: the address wished for, else the same with a few signs more."""
    for attempt in range(TRIES):
        lab.slug = wish if attempt == 0 and wish not in NOT_AN_ADDRESS else f"{wish or 'lab'}-{secrets.token_hex(2)}"
        try:
            with transaction.atomic():
                lab.save(force_insert=True)
        except IntegrityError:
            continue
        return lab
    raise IntegrityError(f"no free address for {wish!r} after {TRIES} tries")
