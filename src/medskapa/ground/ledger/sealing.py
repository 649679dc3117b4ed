"""Sealed fields: words that lie encrypted in the store and are opened only when somebody asks for them.

Each story, pseudonym or post has a data key. It lies wrapped by the key of its lab, that one wrapped by the master key in the key
file (AES-256-GCM throughout). A sealed value carries the id of its key and is bound to its field: moved to another field, or given
another key's id, it does not open. Loading a row opens nothing; ``unseal`` opens a whole list with one query.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar, overload

from django.core.exceptions import FieldError
from django.db import models

from medskapa.ground.ledger.data_keys import NONCE, bound_to, decrypt, destroy, destroy_all, encrypt, new_key, raw_key
from medskapa.ground.ledger.errors import SealBroken, WrongState
from medskapa.ground.ledger.models import DataKey

__all__ = ["Opened", "Sealed", "SealedText", "destroy", "destroy_all", "new_key", "seal", "unseal"]

M = TypeVar("M", bound=models.Model)

VERSION = b"\x01"
KEY_ID = 12
_HEAD = len(VERSION) + KEY_ID


class Sealed:
    """What a sealed field holds: bytes from the store, or fresh words on their way there. Never shows what is inside."""

    __slots__ = ("_fresh", "_place", "_stored", "key_id")

    def __init__(self, key_id: str, *, fresh: tuple[str, bytes] | None = None, stored: bytes = b"", place: str = "") -> None:
        self.key_id = key_id
        self._fresh = fresh  # the words and their key, until they are bound to a field
        self._stored = stored
        self._place = place

    @classmethod
    def from_store(cls, content: bytes, place: str) -> "Sealed":
        """What lies in the store under this field. Raises SealBroken if it is no seal."""
        if content[:1] != VERSION or len(content) < _HEAD + NONCE:
            raise SealBroken
        return cls(content[1:_HEAD].decode("ascii", "replace"), stored=content, place=place)

    def __repr__(self) -> str:
        return f"<Sealed under {self.key_id}>"

    def __copy__(self) -> "Sealed":
        return self

    def __deepcopy__(self, memo: Any) -> "Sealed":
        return self

    def __reduce__(self) -> Any:
        raise TypeError("sealed words are not pickled")

    def bound(self, place: str) -> "Sealed":
        """The same, encrypted for this field. Raises ValueError for words from another field, which are opened and sealed anew."""
        if self._fresh is None and self._place != place:
            raise ValueError(f"sealed for {self._place}, not for {place}")
        if self._fresh is None:
            return self
        text, key = self._fresh
        content = encrypt(key, text.encode(), bound=bound_to(place, self.key_id))
        return Sealed(self.key_id, stored=VERSION + self.key_id.encode() + content, place=place)

    def content(self) -> bytes:
        """The bytes for the store; none while the words are fresh."""
        return self._stored

    def opened(self, key: bytes) -> str:
        """The words. Raises SealBroken if the key does not fit, or if they were moved here from another field."""
        if self._fresh is not None:
            return self._fresh[0]
        return decrypt(key, self._stored[_HEAD:], bound=bound_to(self._place, self.key_id)).decode()

    def length(self) -> int:
        """How many characters fresh words have; 0 once they lie in the store."""
        return len(self._fresh[0]) if self._fresh else 0


class SealedText(models.BinaryField):
    """A field for words that only who may can read. Its value is ``Sealed`` or None, never the words.

    Renaming the field or its model means sealing anew, since a seal is bound to both names.
    """

    description = "Words, sealed"

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_characters = max_length

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"max_length": self.max_characters}

    @property
    def place(self) -> str:
        """What a seal of this field is bound to."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed.from_store(bytes(value), self.place)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Before the row goes to the store, fresh words are encrypted, and the row forgets them."""
        value = self._checked(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        checked = self._checked(value)
        return None if checked is None else super().get_db_prep_value(checked.content(), connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is something can be asked: words under a seal cannot be compared."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self.name} is sealed: a backup takes it as it lies")

    def _checked(self, value: Any) -> Sealed | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.place} takes Sealed, not {type(value).__name__}: seal(text, key)")
        if value.length() > self.max_characters:
            raise ValueError(f"{self.place} holds at most {self.max_characters} characters")
        return value.bound(self.place)


class Opened(Generic[M]):
    """A row whose sealed fields can be read: their words, or None if there are none any more. All else is the row's own."""

    __slots__ = ("_words", "row")

    row: M

    def __init__(self, row: M, words: dict[str, str | None]) -> None:
        object.__setattr__(self, "row", row)
        object.__setattr__(self, "_words", words)

    def __getattr__(self, name: str) -> Any:
        words = object.__getattribute__(self, "_words")
        return words[name] if name in words else getattr(self.row, name)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("an opened row is only read; change its .row")

    def __repr__(self) -> str:
        return f"<Opened {type(self.row).__name__}>"

    def __str__(self) -> str:
        return str(self.row)


def seal(text: str, key: DataKey) -> Sealed:
    """Seal words under a key; they are encrypted when the row is saved. Raises WrongState if the key was destroyed."""
    raw = raw_key(key)
    if raw is None:
        raise WrongState
    return Sealed(key.public_id, fresh=(text, raw))


@overload
def unseal(rows: M, *, only: Iterable[str] | None = None, keys: Iterable[DataKey] = ()) -> Opened[M]: ...
@overload
def unseal(rows: Iterable[M], *, only: Iterable[str] | None = None, keys: Iterable[DataKey] = ()) -> list[Opened[M]]: ...
def unseal(rows: M | Iterable[M], *, only: Iterable[str] | None = None, keys: Iterable[DataKey] = ()) -> Opened[M] | list[Opened[M]]:
    """Open a row, or every row of a list: their sealed fields, or ``only`` some. Raises SealBroken.

    One SQL query, none if all their ``keys`` are at hand, each with what it lies under.

    Opening protected words is the business of an action with ``reading=True``.
    """
    if isinstance(rows, models.Model):
        return _open([rows], only, keys)[0]
    return _open(list(rows), only, keys)


def _open(rows: list[M], only: Iterable[str] | None, at_hand: Iterable[DataKey]) -> list[Opened[M]]:
    wanted = None if only is None else frozenset(only)
    values = [dict(_sealed_fields(row, wanted)) for row in rows]
    keys = {key.public_id: raw_key(key) for key in at_hand}
    keys |= _raw_keys({sealed.key_id for found in values for sealed in found.values() if sealed is not None} - keys.keys())
    return [
        Opened(row, {field.name: _words(sealed, keys) for field, sealed in found.items()}) for row, found in zip(rows, values, strict=True)
    ]


def _sealed_fields(row: models.Model, only: frozenset[str] | None) -> Iterator[tuple[SealedText, Sealed | None]]:
    for field in row._meta.concrete_fields:
        if isinstance(field, SealedText) and (only is None or field.name in only):
            yield field, getattr(row, field.attname)


def _words(sealed: Sealed | None, keys: dict[str, bytes | None]) -> str | None:
    key = keys.get(sealed.key_id) if sealed else None
    return sealed.opened(key) if sealed and key else None


def _raw_keys(ids: set[str]) -> dict[str, bytes | None]:
    if not ids:
        return {}
    return {key.public_id: raw_key(key) for key in DataKey.objects.select_related("under").filter(public_id__in=ids)}
