"""People without a name, and the code by which they come back."""

import secrets
from typing import Any

from medskapa.ground.labs.codes import hash_code, new_code
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import new_key

CODELESS = "no code:"  # begins the mark of somebody who came without a code; no hash begins so


@action("pseudonym.make")
def new_pseudonym(
    lab: Lab,
    *,
    by: Actor,
    language: str,
    age_band: str = "",
    alias: str = "",
    code_hash: str = "",
    with_code: bool = True,
) -> tuple[Pseudonym, str]:
    """A new person of the target group, and their code, which is in this answer and nowhere else. About 70 ms.

    ``code_hash``: that of a code which somebody has already, as on paper; the code in this answer is then "".
    ``with_code=False``: somebody who cannot come back, as from an import; the code is "".
    """
    digits = new_code() if with_code and not code_hash else ""
    pseudonym = Pseudonym(
        lab=lab,
        code_hash=code_hash or (hash_code(digits) if digits else CODELESS + secrets.token_hex(20)),
        key=new_key(lab.public_id),
        language=language,
        age_band=age_band,
        age_confirmed_at=now() if age_band else None,
        alias=alias,
        made_at=now(),
    )
    pseudonym.save(force_insert=True)
    return pseudonym, digits


@action("code.change")
def change_code(pseudonym: Pseudonym, *, by: Actor) -> tuple[Pseudonym, str]:
    """Give a new code; the old one opens nothing any more, and other browsers are forgotten. Raises WrongState if it just changed."""
    digits = new_code()
    changed: dict[str, Any] = {"code_hash": hash_code(digits)}
    if Pseudonym.objects.filter(pk=pseudonym.pk, code_hash=pseudonym.code_hash, stopped_at__isnull=True).update(**changed) != 1:
        raise WrongState
    pseudonym.sessions.all().delete()
    pseudonym.code_hash = changed["code_hash"]
    return pseudonym, digits
