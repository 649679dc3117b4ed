"""Commands that need a lab: the thread as text, the chain of everything that was done, the demo lab itself."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.serving import Server

pytestmark = pytest.mark.server


def first_id(server: Server, table: str, where: str = "1 = 1") -> str:
    """The public id of some row."""
    with closing(sqlite3.connect(server.data / "medskapa.sqlite3")) as store:
        return str(store.execute(f"SELECT public_id FROM {table} WHERE {where} ORDER BY id LIMIT 1").fetchone()[0])


def test_the_thread_of_a_pilot_reaches_from_stories_to_echoes(demo_server):
    pilot = first_id(demo_server, "pilots_pilot", "state <> 'stopped'")

    printed = demo_server.run("thread", pilot, "--as", "process_leader")

    assert (printed.returncode, printed.stderr) == (0, "")
    stages = {line.replace("→", " ").split()[0] for line in printed.stdout.splitlines() if line.startswith("  ")}
    assert {"listen", "understand", "frame", "create", "prototype", "realise"} <= stages


def test_as_json_a_thread_has_nodes_and_edges(demo_server):
    pilot = first_id(demo_server, "pilots_pilot")

    found = json.loads(demo_server.run("thread", pilot, "--as", "process_leader", "--json").stdout)

    keys = {node["key"] for node in found["nodes"]}
    assert [node["key"] for node in found["nodes"] if node["is_start"]] == [f"pilots.pilot:{pilot}"]
    assert {edge[end] for edge in found["edges"] for end in ("parent", "child")} <= keys


def test_an_unknown_artefact_gets_one_line(demo_server):
    refused = demo_server.run("thread", "AAAAAAAAAAAA")

    assert refused.returncode == 2
    assert refused.stderr == "medskapa: AAAAAAAAAAAA: there is no such artefact; its id stands at the end of its page's address\n"


def test_an_unknown_role_gets_one_line(demo_server):
    refused = demo_server.run("thread", first_id(demo_server, "pilots_pilot"), "--as", "king")

    assert refused.returncode == 2
    assert refused.stderr.startswith("medskapa: --as king: there is no such role; there are public, process_leader, ")


def test_the_public_sees_no_title_that_is_not_public(demo_server):
    draft = first_id(demo_server, "understanding_insight", "state = 'draft'")

    refused = demo_server.run("thread", draft)

    assert refused.returncode == 2
    assert refused.stderr == f"medskapa: {draft}: there is no such artefact that public may see\n"


def test_the_chain_of_the_demo_is_whole_and_one_changed_record_is_named(demo_server, tmp_path):
    file = tmp_path / "chain.jsonl"
    assert demo_server.run("audit", "export", str(file)).returncode == 0
    assert demo_server.run("audit", "verify", str(file)).returncode == 0
    lines = file.read_text(encoding="ascii").splitlines(keepends=True)
    assert len(lines) > 100
    lines[40] = lines[40].replace('"actor":"', '"actor":"x', 1)
    file.write_text("".join(lines), encoding="ascii")

    verified = demo_server.run("audit", "verify", str(file))

    assert verified.returncode == 1
    assert verified.stdout.startswith(f"{file}: line 41, record ")


def test_the_demo_lab_is_loaded_once(demo_server):
    refused = demo_server.run("demo")

    assert refused.returncode == 2
    assert refused.stderr == "medskapa: the demo lab is there already; to load it anew, remove it first: medskapa demo --remove\n"


def test_the_server_names_the_demo_people_to_sign_in_as(demo_server):
    assert f"Sign in as one of the demo people with one click: {demo_server.url}/en/sign-in/\n" in demo_server.said()
    assert "Process leader" in demo_server.said()
