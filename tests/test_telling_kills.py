"""A server that is killed while stories are sent has every acknowledged one exactly once. The drill does it more often."""

from tests.telling_kills import kill_while_telling


def test_killed_at_any_moment_every_acknowledged_story_is_there_exactly_once(tmp_path):
    after = kill_while_telling(tmp_path, kills=2)

    assert after.acknowledged >= 10
    assert after.acknowledged == after.sent
    assert (after.lost, after.doubled) == ([], [])
