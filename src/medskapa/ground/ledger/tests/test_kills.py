"""Killing a writer at any point loses nothing that was acknowledged and leaves nothing half done. The drill does it 200 times."""

from medskapa.ground.ledger.tests.kills import kill_writers


def test_twenty_kills_lose_nothing_and_leave_nothing_half_done(tmp_path):
    after = kill_writers(tmp_path, kills=20)

    assert len(after.acknowledged) >= 20
    assert (after.lost, after.half_done, after.unlogged, after.integrity) == ([], [], set(), "ok")
    assert after.verdict.is_whole
