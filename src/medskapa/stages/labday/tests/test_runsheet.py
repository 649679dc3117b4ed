from datetime import UTC, datetime, timedelta

import pytest

from medskapa.stages.labday.drawing import loop_of
from medskapa.stages.labday.models import Block
from medskapa.stages.labday.runsheet import run_sheet

NINE = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def after(minutes):
    return NINE + timedelta(minutes=minutes)


def a_sheet(*blocks, at, is_over=False):
    """Blocks as (minutes, began after, ended after), looked at so many minutes after nine."""
    rows = [
        Block(title=f"Block {number}", minutes=minutes, started_at=began and after(began - 1), ended_at=ended and after(ended - 1))
        for number, (minutes, began, ended) in enumerate(blocks, start=1)
    ]
    return run_sheet(rows, starts_at=NINE, moment=after(at), is_over=is_over)


def times(sheet):
    return [round((line.at - NINE) / timedelta(minutes=1)) for line in sheet.lines]


def states(sheet):
    return [str(line.progress) for line in sheet.lines]


def test_before_the_day_times_follow_from_its_start():
    sheet = a_sheet((30, None, None), (60, None, None), (15, None, None), at=-60)

    assert (times(sheet), states(sheet), sheet.drift) == ([0, 30, 90], ["later"] * 3, 0)
    assert sheet.end == after(105)


def test_a_late_start_moves_all_that_follows():
    sheet = a_sheet((30, 11, None), (60, None, None), at=20)  # began ten minutes late: counted from one, so that zero is a time

    assert (times(sheet), states(sheet), sheet.drift) == ([10, 40], ["now", "later"], 10)


def test_a_block_that_runs_over_pushes_the_rest():
    sheet = a_sheet((30, 1, None), (60, None, None), at=42)

    assert (times(sheet), sheet.minutes_left, sheet.minutes_over, sheet.drift) == ([0, 42], -12, 12, 12)


def test_a_block_that_ends_early_gives_time_back():
    sheet = a_sheet((30, 1, 21), (60, 21, None), at=25)

    assert (times(sheet), states(sheet), sheet.drift) == ([0, 20], ["done", "now"], -10)


def test_minutes_left_are_rounded_up():
    sheet = a_sheet((30, 1, None), at=29.5)

    assert sheet.minutes_left == 1


def test_what_was_jumped_over_is_left_out_and_takes_no_time():
    sheet = a_sheet((30, 1, 31), (20, None, None), (60, 31, None), at=35)

    assert states(sheet) == ["done", "left_out", "now"]
    assert sheet.drift == -20


def test_a_day_that_nobody_started_waits_for_its_first_block():
    sheet = a_sheet((30, None, None), (60, None, None), at=15)

    assert (times(sheet), sheet.drift) == ([15, 45], 15)


def test_a_past_day_that_nobody_started_went_as_planned():
    sheet = a_sheet((30, None, None), (60, None, None), at=60 * 48, is_over=True)

    assert (times(sheet), states(sheet), sheet.drift) == ([0, 30], ["done", "done"], 0)


def test_the_strip_shows_five_blocks_round_the_one_that_runs():
    blocks = [(10, 1 + 10 * number, 11 + 10 * number) for number in range(4)] + [(10, 41, None)] + [(10, None, None)] * 4

    assert [line.block.title for line in a_sheet(*blocks, at=45).strip()] == [f"Block {number}" for number in (3, 4, 5, 6, 7)]


@pytest.mark.parametrize(("at", "hand"), [(0, (330.0, 492.0)), (15, (130.0, 292.0)), (30, (330.0, 92.0)), (45, (530.0, 292.0))])
def test_the_hand_goes_round_with_the_clock_from_where_the_line_arrives(at, hand):
    assert loop_of(a_sheet((60, 1, None), at=at)).hand == hand


def test_the_ring_is_whole_when_the_time_is_up():
    arc = loop_of(a_sheet((60, 1, None), at=70)).arc

    assert arc == "M330 492A200 200 0 1 1 330 92A200 200 0 1 1 330 492"


def test_the_arc_is_that_of_the_design():
    """After 82 of 100 minutes the hand stands where the designed page has it."""
    assert loop_of(a_sheet((100, 1, None), at=100 * 294 / 360)).arc == "M330 492A200 200 0 1 1 512.7 373.3"
