import copy
import pickle

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.ledger.data_keys import decrypt, encrypt
from medskapa.ground.ledger.errors import SealBroken, WrongState
from medskapa.ground.ledger.models import DataKey, WrappingKey
from medskapa.ground.ledger.sealing import Sealed, destroy, destroy_all, new_key, seal, unseal
from medskapa.ground.ledger.tests.app.models import Tale
from medskapa.ground.ledger.tests.makers import a_lab, a_tale

pytestmark = pytest.mark.django_db


def stored(column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM ledger_tests_tale")
        return bytes(cursor.fetchone()[0])


def put(column: str, content: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_tests_tale SET {column} = %s", [content])


def test_what_was_sealed_is_opened():
    tale = a_tale(words="I waited two years ሁለት ዓመት")

    opened = unseal(tale)

    assert (opened.words, opened.title, opened.state) == ("I waited two years ሁለት ዓመት", "Waiting", "told")
    assert opened.row is tale


def test_the_store_holds_no_word():
    a_tale(words="I waited two years")

    assert b"waited" not in stored("words")


def test_loading_a_row_opens_nothing(monkeypatch):
    tale = a_tale()
    monkeypatch.setattr("medskapa.ground.ledger.sealing.decrypt", lambda *args, **named: pytest.fail("opened"))

    loaded = Tale.objects.get(pk=tale.pk)
    shown = f"{loaded.words} {loaded.words!r} {vars(loaded)}"

    assert isinstance(loaded.words, Sealed)
    assert "waited" not in shown


def test_a_saved_row_has_forgotten_the_words():
    key = new_key(a_lab().public_id)
    tale = Tale(lab=a_lab(), key=key, words=seal("I waited", key))

    tale.save()

    assert tale.words.length() == 0
    assert unseal(tale).words == "I waited"


def test_the_same_words_never_look_the_same():
    tale = a_tale(words="the same", title="the same")

    assert stored("words") != stored("title")
    assert tale.words != a_tale(words="the same").words


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_is_opened_with_one_query(number, django_assert_num_queries):
    lab = a_lab()
    for each in range(number):
        a_tale(lab, words=f"words {each}")
    rows = list(Tale.objects.order_by("pk"))

    with django_assert_num_queries(1):
        opened = unseal(rows)

    assert [one.words for one in opened] == [f"words {each}" for each in range(number)]


def test_only_what_is_asked_for_is_opened():
    opened = unseal(a_tale(), only=["title"])

    assert opened.title == "Waiting"
    assert isinstance(opened.words, Sealed)


def test_nothing_to_open_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert unseal([]) == []


def test_an_opened_row_is_only_read():
    opened = unseal(a_tale())

    with pytest.raises(AttributeError):
        opened.state = "released"
    with pytest.raises(AttributeError):
        _ = opened.nothing_of_the_kind
    assert repr(opened) == "<Opened Tale>"


def test_words_moved_to_another_field_do_not_open():
    tale = a_tale()
    put("title", stored("words"))

    with pytest.raises(SealBroken):
        unseal(Tale.objects.get(pk=tale.pk))
    with pytest.raises(ValueError, match="sealed for"):
        Tale(lab=tale.lab, title=tale.words).save()


def test_words_given_another_key_s_id_do_not_open():
    tale, other = a_tale(), new_key("lab")
    content = stored("words")
    put("words", content[:1] + other.public_id.encode() + content[13:])

    with pytest.raises(SealBroken):
        unseal(Tale.objects.get(pk=tale.pk))


def test_every_bit_of_a_seal_counts():
    tale = a_tale(words="no", title="t")
    content = stored("words")
    for place in range(13, len(content)):
        for bit in range(8):
            changed = content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
            with pytest.raises(SealBroken):
                unseal(Tale(pk=tale.pk, words=Sealed.from_store(changed, "ledger_tests.tale.words")))


@pytest.mark.parametrize("content", [b"", b"\x01", b"\x02" + b"k" * 50, b"plain words that were never sealed"])
def test_what_is_no_seal_is_refused(content):
    with pytest.raises(SealBroken):
        Sealed.from_store(content, "ledger_tests.tale.words")


def test_a_wrapped_key_does_not_open_under_another_id_or_lab():
    one, two = a_tale(), a_tale()
    DataKey.objects.filter(pk=one.key_id).update(wrapped=None, destroyed_at="2017-08-31T00:00Z")
    DataKey.objects.filter(pk=two.key_id).update(wrapped=one.key.wrapped)
    with pytest.raises(SealBroken):
        unseal(Tale.objects.get(pk=two.pk))

    labs = WrappingKey.objects.order_by("pk")
    WrappingKey.objects.filter(pk=labs[1].pk).update(wrapped=labs[0].wrapped)
    with pytest.raises(SealBroken):
        new_key(labs[1].chain_key)


def test_another_master_key_opens_nothing(settings):
    tale = a_tale()
    settings.MEDSKAPA_KEYS = type(settings.MEDSKAPA_KEYS)(b"1" * 32, b"2" * 32, b"3" * 32)

    with pytest.raises(SealBroken):
        unseal(tale)


def test_a_destroyed_key_leaves_none_and_the_rest_of_the_row():
    tale = a_tale()

    with transaction.atomic():
        destroy(tale.key)

    opened = unseal(Tale.objects.get(pk=tale.pk))
    assert (opened.words, opened.title, opened.state) == (None, None, "told")
    assert DataKey.objects.get(pk=tale.key_id).wrapped is None


def test_nothing_is_sealed_under_a_destroyed_key():
    key = new_key("lab")
    destroy(key)

    with pytest.raises(WrongState):
        seal("too late", key)


def test_a_lab_that_is_removed_takes_all_its_keys_along(withdrawn_log):
    tale, other = a_tale(), a_tale()
    chain, key_id = tale.lab.public_id, tale.key.public_id
    tale.delete()

    assert destroy_all(chain) == 1

    assert unseal(other).words == "I waited two years"
    assert not WrappingKey.objects.filter(chain_key=chain).exists()
    assert key_id in withdrawn_log.read_text()


def test_sealed_words_cannot_be_compared_in_the_store():
    a_tale()

    assert Tale.objects.filter(words__isnull=False).count() == 1
    for lookup in ("words", "words__contains", "words__in"):
        with pytest.raises(FieldError):
            Tale.objects.filter(**{lookup: b"x"}).exists()


def test_plain_words_are_refused():
    with pytest.raises(TypeError, match="takes Sealed, not str"):
        Tale.objects.create(lab=a_lab(), words="plain")


def test_too_many_words_are_refused():
    key = new_key("lab")

    with pytest.raises(ValueError, match="at most 200 characters"):
        Tale.objects.create(lab=a_lab(), words=seal("x" * 201, key))


def test_words_can_be_given_with_an_update():
    tale = a_tale()

    Tale.objects.update(words=seal("other words", tale.key))

    assert unseal(Tale.objects.get()).words == "other words"


def test_sealed_words_are_not_pickled_and_a_copy_is_the_same():
    tale = a_tale()

    with pytest.raises(TypeError):
        pickle.dumps(tale.words)
    assert copy.deepcopy(tale.words) is copy.copy(tale.words) is tale.words


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.binary(max_size=20))
def test_whatever_is_encrypted_opens_and_under_no_other_binding(key, content, bound):
    sealed = encrypt(key, content, bound=bound)

    assert decrypt(key, sealed, bound=bound) == content
    with pytest.raises(SealBroken):
        decrypt(key, sealed, bound=bound + b"x")
    with pytest.raises(SealBroken):
        decrypt(bytes([key[0] ^ 1]) + key[1:], sealed, bound=bound)
