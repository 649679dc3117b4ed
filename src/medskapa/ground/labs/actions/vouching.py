"""Answering for a language by name: a speaker who has read its texts, and the process leader who lets people tell in it."""

from medskapa.ground.labs.models import Lab, Participation, Vouching
from medskapa.ground.labs.vouching import NotYourName, OnlyLanguage, version_of
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now


@action("language.read")
def note_reading(lab: Lab, *, language: str, reader: str, by: Actor) -> Vouching:
    """Note who has read the texts of a language as they are now. Raises NotAllowed."""
    return _vouch(lab, language, Vouching.Kind.READ, reader)


@action("language.confirm")
def confirm_language(lab: Lab, *, language: str, name: str, by: Actor) -> Vouching:
    """Let people tell in a language whose texts no speaker has read, by one's own name. Raises NotAllowed, NotYourName."""
    own = Participation.objects.filter(lab=lab, public_id=by.key).values_list("name", flat=True).first()
    if own is None or _plain(own) != _plain(name):
        raise NotYourName
    return _vouch(lab, language, Vouching.Kind.CONFIRMED, own)


@action("language.take_back")
def take_back_vouching(vouching: Vouching, *, by: Actor) -> Vouching:
    """Take back what was said of a language. Without a process leader's yes nobody tells in it any more.

    Raises NotAllowed, OnlyLanguage.
    """
    lab = vouching.lab
    if vouching.kind == Vouching.Kind.CONFIRMED and vouching.language in lab.languages:
        if lab.languages == [vouching.language]:
            raise OnlyLanguage
        lab.languages = [code for code in lab.languages if code != vouching.language]
        lab.save(update_fields=["languages"])
    vouching.taken_back_at = now()
    vouching.save(update_fields=["taken_back_at"])
    return vouching


def _vouch(lab: Lab, language: str, kind: str, name: str) -> Vouching:
    lab.vouchings.filter(language=language, kind=kind, taken_back_at__isnull=True).update(taken_back_at=now())
    return Vouching.objects.create(lab=lab, language=language, kind=kind, name=name, version=version_of(language))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
