"""`medskapa serve`: one parent, one address, everything ends together."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.serving import PATIENCE, Server, free_port, medskapa, serving

pytestmark = pytest.mark.server


def processes_of(server: Server) -> dict[int, str]:
    """The parent and everything it started, by process id."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines())
    return {int(pid): state for pid, group, state in rows if int(group) == server.process.pid and not state.startswith("Z")}


def are_gone(server: Server) -> bool:
    deadline = time.monotonic() + PATIENCE
    while processes_of(server) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes_of(server)


def test_pages_streams_and_static_files_answer_at_one_address(empty_server):
    assert empty_server.get("/")[0] == 200
    assert empty_server.get("/static/web/live.js")[0] == 200
    assert empty_server.get("/live/?topic=../etc")[0] == 400
    assert empty_server.get("/en/no-such-page/")[0] == 404


def test_it_says_where_it_answers(empty_server):
    assert empty_server.said().startswith(f"Medskapa is ready: {empty_server.url}/\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end_it_ends_with_all_its_processes(data, number):
    with serving(data) as server:
        assert len(processes_of(server)) == 4  # parent, pages, worker, clock

        assert server.stop(number) == 0

        assert are_gone(server)


def test_without_worker_there_are_only_pages(data):
    with serving(data, "--no-worker") as server:
        assert len(processes_of(server)) == 2


def test_when_the_parent_is_killed_nobody_stays_behind(data):
    with serving(data) as server:
        server.stop(signal.SIGKILL)

        assert are_gone(server)


def test_when_one_of_them_dies_all_end_and_it_is_said(data):
    with serving(data) as server:
        children = sorted(processes_of(server))[1:]

        os.kill(children[0], signal.SIGKILL)

        assert server.process.wait(timeout=PATIENCE) == 1
        assert are_gone(server)
        assert "ended by itself; everything stops" in server.said()


def test_an_open_stream_does_not_hold_it_up(data):
    with serving(data, "--no-worker") as server, socket.create_connection(("127.0.0.1", server.port)) as stream:
        stream.sendall(b"GET /live/?topic=lab/x HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"200 OK" in stream.recv(4096)

        assert server.stop() == 0


def test_a_second_start_keeps_the_data_and_collects_nothing(data):
    with serving(data, "--no-worker"):
        pass
    before = {path: path.stat().st_mtime_ns for path in data.joinpath("static").rglob("*") if path.is_file()}
    key = data.joinpath("key").read_bytes()

    with serving(data, "--no-worker") as server:
        assert server.get("/")[0] == 200

    assert len(before) > 5
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert data.joinpath("key").read_bytes() == key


def test_a_port_in_use_gets_one_clear_line(tmp_path):
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()

        refused = medskapa("serve", "--port", str(port), MEDSKAPA_DATA=str(tmp_path))

    assert refused.returncode == 2
    assert refused.stderr == (
        f"medskapa: cannot listen on 127.0.0.1 port {port}: Address already in use; choose another: --port (make run PORT=…)\n"
    )


def test_local_mode_answers_only_this_machine(tmp_path):
    refused = medskapa("serve", "--address", "0.0.0.0", MEDSKAPA_DATA=str(tmp_path))

    assert refused.returncode == 2
    assert refused.stderr == "medskapa: in local mode only this machine is answered; set MEDSKAPA_HOSTS to serve others\n"


def test_logs_hold_nothing_of_an_address_or_a_query(empty_server):
    canary = "canary-123456789012345678"
    empty_server.get(f"/en/{canary}/?code={canary}")
    empty_server.get(f"/live/?topic={canary}%20")

    assert canary not in empty_server.said()
    assert "127.0.0.1" not in Path(empty_server.log).read_text(encoding="utf-8")
