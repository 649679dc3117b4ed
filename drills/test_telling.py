"""The server is killed again and again while stories are sent, on both stores."""

from tests.telling_kills import kill_while_telling


def test_after_twenty_kills_every_acknowledged_story_is_there_exactly_once(store, tmp_path):
    after = kill_while_telling(tmp_path, kills=20, seed=2, **store)

    assert after.acknowledged >= 100
    assert after.acknowledged == after.sent
    assert (after.lost, after.doubled, after.others) == ([], [], [])
