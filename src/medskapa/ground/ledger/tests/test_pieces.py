import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.ledger import pieces
from medskapa.ground.ledger.data_keys import destroy, new_key
from medskapa.ground.ledger.errors import SealBroken, WrongState
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.pieces import BEGINNING, KEY_ID, open_pieces, seal_pieces

pytestmark = pytest.mark.django_db

HEAD = len(BEGINNING) + KEY_ID


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "SIZE", 10)
    monkeypatch.setattr(pieces, "SEALED_SIZE", 10 + 28)


def sealed(content: bytes, key: DataKey, name: str = "voice/1") -> bytes:
    target = io.BytesIO()
    seal_pieces(io.BytesIO(content), target, key, name)
    return target.getvalue()


def opened(content: bytes, name: str = "voice/1") -> bytes:
    return b"".join(open_pieces(io.BytesIO(content), name))


@given(st.binary(max_size=45))
def test_what_was_sealed_in_pieces_is_opened_again(content):
    file = sealed(content, new_key("lab"))

    assert opened(file) == content
    assert len(content) < 8 or content not in file[HEAD:]


def test_pieces_cut_off_put_in_or_moved_do_not_open():
    file = sealed(b"0123456789" * 3, new_key("lab"))
    head, parts = file[:HEAD], [file[HEAD + start : HEAD + start + 38] for start in (0, 38, 76)]

    changed = [parts[:2], parts[:1], [], [parts[1], parts[0], parts[2]], [*parts, parts[2]], [parts[0], parts[2]], [b"", parts[0][:-1]]]

    for wrong in changed:
        with pytest.raises(SealBroken):
            opened(head + b"".join(wrong))


def test_a_file_under_another_name_does_not_open():
    with pytest.raises(SealBroken):
        opened(sealed(b"voice", new_key("lab")), name="voice/2")


def test_what_is_no_sealed_file_is_refused():
    for content in (b"", b"RIFF....WAVE", BEGINNING + b"no such key!" + b"x" * 40):
        with pytest.raises(SealBroken):
            opened(content)


def test_a_destroyed_key_opens_nothing_and_seals_nothing():
    key = new_key("lab")
    file = sealed(b"voice", key)
    destroy(key)

    with pytest.raises(WrongState):
        opened(file)
    with pytest.raises(WrongState):
        sealed(b"voice", key)
