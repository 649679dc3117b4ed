"""The worker is killed a hundred times over its tasks and mails, on both stores."""

from tests.worker_kills import kill_while_working


def test_in_a_hundred_kills_of_the_worker_no_task_is_left_undone_and_no_mail_is_missing_or_doubled(store, tmp_path):
    after = kill_while_working(tmp_path, kills=100, seed=11, **store)

    assert (after.kills, after.undone, after.failed) == (100, 0, 0)
    assert (after.missing, after.doubled, after.others) == ([], [], [])
    assert after.mails == 20 * 18
    assert min(after.at_steps.values()) >= 5
    assert after.copies <= after.between
