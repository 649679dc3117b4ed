"""A thousand stories are sent through a network that cuts three of ten sends, half of them after the server has what was sent."""

from tests.cutting_proxy import SHARE, tell_through_a_cutting_proxy


def test_of_a_thousand_stories_none_is_lost_halved_or_doubled(tmp_path):
    after, cut = tell_through_a_cutting_proxy(tmp_path, sends=1000, seed=2)

    assert (after.sent, after.acknowledged) == (1000, 1000)
    assert sum(number for what, number in cut.items() if what) >= 1000 * SHARE
    assert (after.lost, after.doubled, after.others) == ([], [], [])
