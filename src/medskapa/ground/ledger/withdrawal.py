"""What happens after a key was destroyed: every room cleans up what it made with the words, and the journal forgets the key."""

import logging
from collections.abc import Callable
from functools import partial

from django.db import transaction

from medskapa.ground.ledger import withdrawn_log
from medskapa.ground.ledger.forgetting import forget_journal
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.moment import now

AT_ONCE = 500

CleanUp = Callable[[DataKey], None]

_clean_ups: list[CleanUp] = []
_log = logging.getLogger(__name__)


def on_withdrawn(function: CleanUp) -> CleanUp:
    """Call this with every destroyed key: rows, index entries and caches go at once, files and feeds within the hour.

    It can be called again for the same key, until all clean-ups of a key have run. Registered in AppConfig.ready.
    """
    if function not in _clean_ups:
        _clean_ups.append(function)
    return function


def withdrawn(key: DataKey) -> None:
    """Clean up after this key as soon as its destruction is committed. Should that fail, the clock tries again each minute."""
    transaction.on_commit(partial(clean_up, key), robust=True)


def clean_up(key: DataKey) -> bool:
    """Run every clean-up for a destroyed key, each by itself; gives whether all of them went well."""
    went_well = [_ran(function, key) for function in _clean_ups]  # all of them, also after one that failed
    return all(went_well)


def clean_up_withdrawn() -> int:
    """Clean up after every key that still waits for it, and truncate the journal. Gives how many keys are done. Run each minute."""
    waiting = list(DataKey.objects.filter(destroyed_at__isnull=False, cleaned_at__isnull=True).order_by("pk"))
    cleaned = [key.pk for key in waiting if clean_up(key)]
    if not cleaned or not forget_journal():
        return 0
    return DataKey.objects.filter(pk__in=cleaned).update(cleaned_at=now())


def replay_withdrawals() -> int:
    """After a backup was restored and before it serves: destroy the keys that the log of withdrawals knows. Gives how many.

    The clock then cleans up after them. Two SQL queries for every 500 withdrawals in the log.
    """
    ids, destroyed = sorted(withdrawn_log.read().ids), 0
    for first in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            alive = list(DataKey.objects.filter(public_id__in=ids[first : first + AT_ONCE], destroyed_at__isnull=True))
            DataKey.objects.filter(pk__in=[key.pk for key in alive]).update(wrapped=None, destroyed_at=now())
        destroyed += len(alive)
    return destroyed


def _ran(function: CleanUp, key: DataKey) -> bool:
    try:
        with transaction.atomic():
            function(key)
    except Exception:
        _log.exception("cleaning up after a withdrawn key failed and is tried again within a minute")
        return False
    return True
