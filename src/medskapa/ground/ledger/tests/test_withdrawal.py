"""Withdrawal: from the commit on nobody can read the words, and within a minute no file of the store holds their key."""

import logging
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection, transaction

from medskapa.ground.ledger import withdrawal
from medskapa.ground.ledger import withdrawn_log as log
from medskapa.ground.ledger.data_keys import destroy, new_key
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.ledger.tests.app.models import Tale
from medskapa.ground.ledger.tests.makers import a_lab, a_tale
from medskapa.ground.ledger.withdrawal import clean_up_withdrawn, on_withdrawn, replay_withdrawals, withdrawn

PLANTED = b"wrapped key that must be found nowhere"


@pytest.fixture(autouse=True)
def no_clean_ups(monkeypatch):
    monkeypatch.setattr(withdrawal, "_clean_ups", [])


def withdraw(tale: Tale) -> None:
    with transaction.atomic():
        destroy(tale.key)
        withdrawn(tale.key)


def files_with(content: bytes, store: Path) -> list[str]:
    return sorted(path.name for path in store.parent.glob(f"{store.name}*") if content in path.read_bytes())


def test_no_file_of_the_store_holds_a_destroyed_key_after_the_clean_up(store_path):
    lab = a_lab()
    planted = {number: PLANTED + b" %04d" % number for number in range(300)}
    keys = [new_key(lab.public_id) for _number in planted]
    for key, content in zip(keys, planted.values(), strict=True):
        DataKey.objects.filter(pk=key.pk).update(wrapped=content)
    assert files_with(PLANTED, store_path) != []

    with transaction.atomic():
        for key in keys[::2]:
            destroy(key)
    assert files_with(PLANTED + b" 0100", store_path) != []  # the journal still knows it: the clean-up is needed
    done = clean_up_withdrawn()

    assert done == 150
    assert [number for number in range(0, 300, 2) if files_with(planted[number], store_path)] == []
    assert "store.sqlite3" in files_with(planted[101], store_path)


def test_words_of_a_deleted_row_are_in_no_file_after_the_clean_up(store_path):
    tales = [a_tale(words=f"tale {number}") for number in range(50)]
    sealed = [tale.words.content() for tale in tales]
    assert files_with(sealed[7], store_path) != []
    on_withdrawn(lambda key: Tale.objects.filter(key=key).update(words=None, title=None))

    for tale in tales:
        withdraw(tale)
    clean_up_withdrawn()

    assert [content for content in sealed if files_with(content, store_path)] == []


def test_while_somebody_still_reads_the_clean_up_waits_for_the_next_minute(store_path):
    tale = a_tale()
    reader = connection.copy()
    with reader.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT count(*) FROM ledger_record").fetchall()
        withdraw(tale)

        first = clean_up_withdrawn()

        cursor.execute("ROLLBACK")
    reader.close()
    assert (first, clean_up_withdrawn()) == (0, 1)


@pytest.mark.django_db
def test_the_log_has_the_key_on_disk_before_the_commit(withdrawn_log):
    tale = a_tale()

    with suppress(ArithmeticError), transaction.atomic():
        destroy(tale.key)
        assert tale.key.public_id in withdrawn_log.read_text()
        raise ArithmeticError

    assert unseal(Tale.objects.get()).words == "I waited two years"  # as before: the store undid what the log already says


@pytest.mark.django_db
def test_a_log_that_cannot_be_written_keeps_the_key(settings, tmp_path):
    settings.MEDSKAPA_WITHDRAWN = tmp_path / "no such folder" / "withdrawn.log"
    tale = a_tale()

    with pytest.raises(FileNotFoundError):
        withdraw(tale)

    assert unseal(Tale.objects.get()).words == "I waited two years"


@pytest.mark.django_db
def test_a_key_destroyed_twice_is_logged_once(withdrawn_log):
    tale = a_tale()

    withdraw(tale)
    first = DataKey.objects.get(pk=tale.key_id).destroyed_at
    withdraw(tale)

    assert DataKey.objects.get(pk=tale.key_id).destroyed_at == first
    assert len(withdrawn_log.read_text().splitlines()) == 1


@pytest.mark.database
def test_a_key_is_only_destroyed_inside_a_transaction(store):
    with pytest.raises(RuntimeError, match="inside a transaction"):
        destroy(a_tale().key)


@pytest.mark.database
def test_clean_ups_run_on_commit_and_not_before(store):
    tale, cleaned = a_tale(), []
    on_withdrawn(lambda key: cleaned.append(key.public_id))

    with transaction.atomic():
        withdraw(tale)
        before = list(cleaned)

    assert (before, cleaned) == ([], [tale.key.public_id])


@pytest.mark.database
def test_a_clean_up_that_fails_is_tried_again_and_stops_no_other(store, caplog):
    tale, fails, others = a_tale(), [True], []

    @on_withdrawn
    def sometimes(key: DataKey) -> None:
        if fails:
            Tale.objects.update(state="half done")
            raise ArithmeticError

    on_withdrawn(lambda key: others.append(key.pk))
    with caplog.at_level(logging.CRITICAL):
        withdraw(tale)
        first = clean_up_withdrawn()
    state = Tale.objects.get().state
    fails.clear()
    second, third = clean_up_withdrawn(), clean_up_withdrawn()

    assert (first, state, second, third) == (0, "told", 1, 0)
    assert len(others) == 3
    assert DataKey.objects.get().cleaned_at is not None


@pytest.mark.django_db
def test_a_restored_backup_forgets_again_what_was_withdrawn_since():
    kept, withdrawn_since = a_tale(), a_tale()
    backup = DataKey.objects.filter(pk=withdrawn_since.key_id).values("wrapped", "destroyed_at").get()
    withdraw(withdrawn_since)
    DataKey.objects.filter(pk=withdrawn_since.key_id).update(**backup)
    assert unseal(Tale.objects.get(pk=withdrawn_since.pk)).words == "I waited two years"

    replayed = replay_withdrawals(), replay_withdrawals()

    assert replayed == (1, 0)
    assert unseal(Tale.objects.get(pk=withdrawn_since.pk)).words is None
    assert unseal(kept).words == "I waited two years"
    assert DataKey.objects.filter(destroyed_at__isnull=False, cleaned_at__isnull=True).count() == 1


def test_the_log_gives_back_what_was_written(withdrawn_log):
    ids = ["kJ2_hQ-9aB3x", "0123456789ab"]

    log.append(ids, now())

    assert read_log() == (frozenset(ids), ())
    assert oct(withdrawn_log.stat().st_mode)[-3:] == "600"


def test_an_absent_log_is_an_empty_one():
    assert read_log() == (frozenset(), ())


def test_a_line_cut_off_by_a_power_failure_harms_no_other(withdrawn_log):

    log.append(["aaaaaaaaaaaa"], now())
    log.append(["bbbbbbbbbbbb"], now())
    withdrawn_log.write_bytes(withdrawn_log.read_bytes()[:-7])

    log.append(["cccccccccccc"], now())

    assert read_log() == (frozenset({"aaaaaaaaaaaa", "cccccccccccc"}), (2,))


def test_a_changed_line_is_named_and_not_believed(withdrawn_log):
    log.append(["aaaaaaaaaaaa", "bbbbbbbbbbbb"], now())
    withdrawn_log.write_text(withdrawn_log.read_text().replace("aaaa", "aaab"))

    assert read_log() == (frozenset({"bbbbbbbbbbbb"}), (1,))


def read_log() -> tuple[frozenset[str], tuple[int, ...]]:
    found = log.read()
    return found.ids, found.unreadable
