"""Data keys: made, unwrapped and destroyed. What was sealed under a destroyed key cannot be read by anybody.

A data key lies wrapped by the key of its lab, that one wrapped by the master key in the key file, each time with AES-256-GCM.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection

from medskapa.ground.ledger import withdrawn_log
from medskapa.ground.ledger.errors import SealBroken
from medskapa.ground.ledger.keyfile import Keys
from medskapa.ground.ledger.models import DataKey, WrappingKey
from medskapa.ground.ledger.moment import now

NONCE = 12  # bytes
PURPOSE = "ledger/seal"


def new_key(chain_key: str) -> DataKey:
    """Make a data key in this lab, or in the installation. At most four SQL queries."""
    under = WrappingKey.objects.filter(chain_key=chain_key).first() or _new_wrapping_key(chain_key)
    key = DataKey(chain_key=chain_key, under=under)
    key.wrapped = encrypt(_wrapping(under), AESGCM.generate_key(256), bound=bound_to("data key", key.public_id))
    key.save(force_insert=True)
    return key


def destroy(key: DataKey) -> None:
    """Destroy a key for ever, inside a transaction; its id is on the withdrawal log's disk before the transaction ends.

    Should the transaction then fail, the log still says it: a restored backup then destroys what its teller had asked to destroy.
    Destroying it again does nothing. Two SQL queries. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a key is only destroyed inside a transaction")
    moment = now()
    changed = DataKey.objects.filter(pk=key.pk, destroyed_at__isnull=True).update(wrapped=None, destroyed_at=moment)
    key.refresh_from_db(fields=["wrapped", "destroyed_at"])
    if changed:
        withdrawn_log.append([key.public_id], moment)


def destroy_all(chain_key: str) -> int:
    """Destroy every key of a lab that is removed, its rows being gone, and the lab's own key. Four SQL queries."""
    keys = DataKey.objects.filter(chain_key=chain_key)
    withdrawn_log.append(list(keys.filter(destroyed_at__isnull=True).values_list("public_id", flat=True)), now())
    removed = keys.delete()[0]
    WrappingKey.objects.filter(chain_key=chain_key).delete()
    return removed


def encrypt(key: bytes, content: bytes, *, bound: bytes) -> bytes:
    """AES-256-GCM under a fresh random nonce, which stands first; ``bound`` has to be the same when it is opened."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, bound)


def decrypt(key: bytes, sealed: bytes, *, bound: bytes) -> bytes:
    """What was encrypted. Raises SealBroken if anything does not fit."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
    except (InvalidTag, ValueError):
        raise SealBroken from None


def raw_key(key: DataKey) -> bytes | None:
    """The key itself, or None if it was destroyed. One SQL query unless the lab's key is loaded with it."""
    if key.wrapped is None:
        return None
    return decrypt(_wrapping(key.under), bytes(key.wrapped), bound=bound_to("data key", key.public_id))


def bound_to(*parts: str) -> bytes:
    """What a seal is bound to besides its key."""
    return "\n".join(("medskapa seal 1", *parts)).encode()


def wrap_anew(under: WrappingKey, *, old: Keys, new: Keys) -> int:
    """Give a lab a new key under a new master key; it wraps the lab's data keys, which stay the same. Gives how many.

    Two SQL queries, one more for every 500 data keys. Raises SealBroken if the old master key does not open it.
    """
    lab_key = AESGCM.generate_key(256)
    keys = list(DataKey.objects.filter(under=under, wrapped__isnull=False))
    before = _unwrapped(under, old)
    for key in keys:
        bound = bound_to("data key", key.public_id)
        key.wrapped = encrypt(lab_key, decrypt(before, bytes(key.wrapped or b""), bound=bound), bound=bound)
    DataKey.objects.bulk_update(keys, ["wrapped"], batch_size=500)
    under.wrapped = _wrapped(lab_key, under.chain_key, new)
    under.save(update_fields=["wrapped"])
    return len(keys)


def opens(under: WrappingKey, keys: Keys) -> bool:
    """Whether a lab's key lies under this master key."""
    try:
        return bool(_unwrapped(under, keys))
    except SealBroken:
        return False


def _new_wrapping_key(chain_key: str) -> WrappingKey:
    wrapped = _wrapped(AESGCM.generate_key(256), chain_key, settings.MEDSKAPA_KEYS)
    return WrappingKey.objects.get_or_create(chain_key=chain_key, defaults={"wrapped": wrapped})[0]


def _wrapping(under: WrappingKey) -> bytes:
    return _unwrapped(under, settings.MEDSKAPA_KEYS)


def _wrapped(lab_key: bytes, chain_key: str, keys: Keys) -> bytes:
    return encrypt(keys.derived(PURPOSE), lab_key, bound=bound_to("lab key", chain_key))


def _unwrapped(under: WrappingKey, keys: Keys) -> bytes:
    return decrypt(keys.derived(PURPOSE), bytes(under.wrapped), bound=bound_to("lab key", under.chain_key))
