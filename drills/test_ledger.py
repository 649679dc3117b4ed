"""The ledger's promises at full size: writers killed, and a long chain changed in every kind of way."""

import random

from medskapa.ground.ledger.proof import verify_lines
from medskapa.ground.ledger.tests.kills import kill_writers
from medskapa.ground.ledger.tests.makers import chain_lines

KILLS = 200
RECORDS = 10_000
CHANGES = 100  # of each kind


def a_bit_changed(lines: list[bytes], place: int, chance: random.Random) -> list[bytes]:
    line = bytearray(lines[place])
    line[chance.randrange(len(line))] ^= 1 << chance.randrange(8)
    return [*lines[:place], bytes(line), *lines[place + 1 :]]


def one_taken_out(lines: list[bytes], place: int, chance: random.Random) -> list[bytes]:
    return [*lines[:place], *lines[place + 1 :]]


def two_in_the_other_order(lines: list[bytes], place: int, chance: random.Random) -> list[bytes]:
    return [*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]]


def the_tail_cut(lines: list[bytes], place: int, chance: random.Random) -> list[bytes]:
    return lines[: place + 1]


def test_two_hundred_kills_lose_nothing_and_leave_nothing_half_done(tmp_path):
    after = kill_writers(tmp_path, kills=KILLS)

    assert len(after.acknowledged) >= KILLS
    assert (after.lost, after.half_done, after.unlogged, after.integrity) == ([], [], set(), "ok")
    assert after.verdict.is_whole


def test_in_ten_thousand_records_every_change_is_found():
    chance = random.Random(22)
    lines = [line.encode() for line in chain_lines("installation", RECORDS)]
    head = verify_lines(lines).heads["installation"]

    missed = [
        (change.__name__, place)
        for change in (a_bit_changed, one_taken_out, two_in_the_other_order, the_tail_cut)
        for place in (chance.randrange(RECORDS - 1) for _each in range(CHANGES))
        if verify_lines(change(lines, place, chance), head).is_whole
    ]

    assert missed == []
