"""What views outside labs receive: the request knows who acts."""

from django.http import HttpRequest

from medskapa.ground.ledger.actors import Actor


class PersonRequest(HttpRequest):
    """A request whose actor was found, outside any lab."""

    actor: Actor
