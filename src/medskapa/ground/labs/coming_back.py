"""Coming back with a return code: how somebody without a name is found again, and how guessing is slowed."""

import logging

from medskapa.ground.labs.codes import hash_code, read_code
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.errors import BadCode, TooMany
from medskapa.ground.ledger.limits import left, spend

DAY, HOUR, MINUTE = 86_400, 3_600, 60
FREE = 20  # wrong codes from one source before it is slowed to one a minute
CEILING = 2_000  # wrong codes an hour from everywhere before every source is slowed, and an alarm is written

logger = logging.getLogger(__name__)


def find_by_code(typed: str, *, source: str) -> Pseudonym:
    """Who holds this code. A typo that the check digit tells is no guess. Raises BadCode, TooMany. About 70 ms.

    ``source``: where the request comes from; kept only as a keyed hash that changes daily. Called outside a transaction
    that the error would roll back. Four SQL queries for a right code.
    """
    code = read_code(typed)
    if code is None:
        raise BadCode
    slow_down(source)
    hashed = hash_code(code)
    found = Pseudonym.objects.select_related("lab", "key").filter(code_hash=hashed, stopped_at__isnull=True).first()
    if found is None:
        count_wrong(source)
        raise BadCode
    return found


def slow_down(source: str) -> None:
    """Before a code is looked up: who has typed many wrong ones may try one a minute. Raises TooMany."""
    if not left("wrong code", source, FREE, DAY) or not left("wrong code, all", "", CEILING, HOUR):
        spend("slow code", source, 1, MINUTE)


def count_wrong(source: str) -> None:
    """Count a code that was never given."""
    for kind, whence, limit, per_seconds in (("wrong code", source, FREE, DAY), ("wrong code, all", "", CEILING, HOUR)):
        try:
            spend(kind, whence, limit, per_seconds)
        except TooMany:
            if not whence:
                logger.error("more than %s times a wrong code in an hour: somebody is guessing; every source is slowed down", CEILING)
