"""Cards of paper: printed with codes, photographed when they come back, and typed in."""

from collections.abc import Iterable

from django.db.models import Max

from medskapa.ground.labs.actions import new_pseudonym
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actions import action, note
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.pieces import opened_whole, sealed_whole
from medskapa.ground.ledger.sealing import destroy, new_key
from medskapa.ground.ledger.withdrawal import withdrawn
from medskapa.stages.listening.models import Card


@action("card.print")
def print_cards(lab: Lab, *, hashes: Iterable[str], language: str, by: Actor) -> list[Card]:
    """Number new cards, one for each code, of which only the hash comes here. Raises NotAllowed."""
    last = lab.cards.aggregate(last=Max("number"))["last"] or 0  # the chain of the lab is locked: nobody else numbers now
    return [
        Card.objects.create(lab=lab, number=number, code_hash=code_hash, language=language)
        for number, code_hash in enumerate(hashes, last + 1)
    ]


@action("card.open")
def add_card_photo(card: Card, *, photo: bytes, by: Actor) -> Card:
    """Keep a photo of a card, drawn anew, until the card is typed in; another takes its place. Raises NotAllowed, WrongState."""
    key = new_key(card.chain_key)
    sealed = sealed_whole(photo, key, card.public_id)
    if not Card.objects.filter(pk=card.pk, code_hash__isnull=False).update(photo=sealed, photo_key=key):
        raise WrongState
    _destroy(card.photo_key)
    return card


@action("card.read", reading=True)
def read_card_photo(card: Card, *, by: Actor) -> bytes:
    """Open the photo of a card that is to be typed in. Raises NotAllowed, WrongState (there is none)."""
    if card.photo is None:
        raise WrongState
    note(card)
    return opened_whole(card.photo, card.public_id)


@action("card.type")
def take_card(card: Card, *, language: str, age_band: str, by: Actor) -> Pseudonym:
    """Make whoever wrote on a card a teller, who comes back with the code of its stub; the photo goes. Raises NotAllowed, WrongState."""
    code_hash = card.code_hash
    if not code_hash or not Card.objects.filter(pk=card.pk, code_hash=code_hash).update(code_hash=None, photo=None, photo_key=None):
        raise WrongState
    teller, _no_code = new_pseudonym(card.lab, code_hash=code_hash, language=language, age_band=age_band, by=by)
    Card.objects.filter(pk=card.pk).update(teller=teller)
    _destroy(card.photo_key)
    return teller


@action("card.let_go")
def let_go_of_card(card: Card, *, by: Actor) -> None:
    """Forget the code of a card that did not come back, and its photo; its number stays, so that no other card gets it."""
    Card.objects.filter(pk=card.pk, code_hash__isnull=False).update(code_hash=None, photo=None, photo_key=None)
    _destroy(card.photo_key)


def forget_photo_under(key: DataKey) -> None:
    """Clean up after this key: the photo that lay under it. One SQL query."""
    Card.objects.filter(photo_key=key).update(photo=None, photo_key=None)


def _destroy(key: DataKey | None) -> None:
    if key is not None:
        destroy(key)
        withdrawn(key)
