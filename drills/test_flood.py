"""Ten times the pages that a server can make are asked for, five minutes long, while somebody tells their stories."""

import http.client
import re
import statistics
import threading
import time
from collections import Counter
from secrets import token_hex

from tests.serving import Server, serving

CONNECTIONS = 100  # more than may wait at once
SECONDS = 300
BETWEEN = 1.0  # seconds from one story to the next
LAB = re.compile(r'href="(/en/labs/[a-z0-9-]+/)')
QUESTION = re.compile(r'name="(a_[A-Za-z0-9_-]+)"')


def test_in_a_flood_telling_a_story_stays_quick_and_nothing_breaks(tmp_path):
    with serving(tmp_path, "--demo") as server:
        lab = found(LAB, server, "/en/")
        question = found(QUESTION, server, f"{lab}tell/")
        answers, taken = flooded(server, lab, question)

    assert answers[429] > 0
    assert {status for status in answers if status >= 500} == set()
    assert statistics.quantiles(taken, n=20)[-1] < 2


def found(pattern: re.Pattern[str], server: Server, path: str) -> str:
    """What a page names."""
    match = pattern.search(server.get(path)[1])
    assert match, f"{path} names no {pattern.pattern}"
    return match[1]


def flooded(server: Server, lab: str, question: str) -> tuple[Counter[int], list[float]]:
    """How pages answered in the flood, and how long each telling took: its page and its sending together."""
    end = time.monotonic() + SECONDS
    answers: Counter[int] = Counter()

    def keep_asking() -> None:
        while time.monotonic() < end:
            answers[status_of(server, lab)] += 1

    crowd = [threading.Thread(target=keep_asking) for _each in range(CONNECTIONS)]
    for one in crowd:
        one.start()
    taken = []
    while time.monotonic() < end:
        taken.append(a_telling(server, lab, question))
        time.sleep(BETWEEN)
    for one in crowd:
        one.join()
    return answers, taken


def status_of(server: Server, path: str) -> int:
    """How a page answers to somebody who waits long."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("GET", path, headers={"Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def a_telling(server: Server, lab: str, question: str) -> float:
    """Seconds until a story was told and thanked for."""
    begun = time.monotonic()
    assert server.ask(f"{lab}tell/").status == 200
    form = {question: "I waited.", "form_key": token_hex(12), "step": "through"}
    told = server.ask(f"{lab}tell/send/", form, Host=f"localhost:{server.port}", Sec_Fetch_Site="same-origin")
    assert told.status == 200
    return time.monotonic() - begun
