"""Parcels: what was packed comes out again, and nothing that was touched opens."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.ledger import parcel
from medskapa.ground.ledger.errors import SealBroken
from medskapa.ground.ledger.parcel import pack, unpack

KEY, OTHER = b"k" * 32, b"o" * 32
THINGS = st.lists(st.binary(max_size=60), max_size=20)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(parcel, "SIZE", 32)
    monkeypatch.setattr(parcel, "SEALED_SIZE", 32 + 28)
    monkeypatch.setattr(parcel, "LARGE", 40)


def packed(things):
    target = BytesIO()
    pack(things, target, KEY)
    return target.getvalue()


def opens(content, key=KEY):
    try:
        return list(unpack(BytesIO(content), key))
    except SealBroken:
        return None


@given(things=THINGS)
def test_what_was_packed_comes_out_again(things):
    assert opens(packed(things)) == things


@given(things=THINGS, data=st.data())
def test_a_changed_bit_a_cut_tail_or_something_behind_is_found(things, data):
    whole = packed(things)
    place, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))

    changed = bytearray(whole)
    changed[place] ^= 1 << bit

    assert opens(bytes(changed)) is None
    assert opens(whole[:place]) is None
    assert opens(whole + b"x" * (place + 1)) is None


def test_pieces_in_another_order_do_not_open():
    whole = packed([bytes([number]) * 50 for number in range(200)])
    begin, first, second, rest = whole[:18], whole[18:78], whole[78:138], whole[138:]
    assert opens(begin + first + second + rest) is not None

    assert opens(begin + second + first + rest) is None


def test_another_key_opens_nothing():
    assert opens(packed([b"a thing"]), OTHER) is None


def test_what_is_small_is_pressed_and_what_is_large_goes_in_as_it_is(monkeypatch):
    monkeypatch.undo()
    small, large = [b"what is written again and again"] * 1_000, [bytes(range(256)) * 2_000] * 3

    assert len(packed(small)) < sum(map(len, small)) / 10
    assert sum(map(len, large)) < len(packed(large)) < sum(map(len, large)) + 1_000
    assert opens(packed(small + large + small)) == small + large + small
