"""Fifty stories wait a day on fifty phones without network, and each browser is started again before it sends."""

from tests.serving import serving
from tests.waiting_phones import Arrived, wait_for_the_network


def test_fifty_stories_that_waited_through_a_restart_arrive_once(tmp_path):
    from playwright.sync_api import sync_playwright

    with serving(tmp_path / "data", "--demo") as server, sync_playwright() as playwright:
        arrived = wait_for_the_network(server, playwright.chromium, tmp_path, phones=50)

    assert arrived == Arrived(once=50, lost=[], doubled=[], holding=0)
