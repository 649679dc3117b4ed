"""The chain: whatever is changed in it is found."""

import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.ledger import chain, moment
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.models import Chain, Record
from medskapa.ground.ledger.proof import line_of, record_hash, verify, verify_lines
from medskapa.ground.ledger.tests.makers import chain_lines

START = datetime(2017, 8, 31, 9, 0, tzinfo=UTC)


LINES = chain_lines("aaaaaaaaaaaa", 4) + chain_lines("installation", 3)
WHOLE = "".join(LINES).encode()


def verdict_on(content: bytes, head: str | None = None):
    return verify_lines(content.splitlines(keepends=True), head)


def test_a_whole_chain_is_whole():
    verdict = verdict_on(WHOLE)

    assert verdict.is_whole
    assert str(verdict) == "7 records in 2 chains, all whole; if any were cut off at an end, only a printed head tells"
    assert verdict.lengths == {"aaaaaaaaaaaa": 4, "installation": 3}


def test_every_single_bit_that_changes_is_found():
    missed = []
    for place in range(len(WHOLE)):
        for bit in range(8):
            changed = WHOLE[:place] + bytes([WHOLE[place] ^ 1 << bit]) + WHOLE[place + 1 :]
            if verdict_on(changed).is_whole:
                missed.append((place, bit))

    assert missed == []


def test_the_first_broken_record_is_named():
    lines = LINES.copy()
    lines[5] = lines[5].replace("story.release", "story.hold")

    verdict = verdict_on("".join(lines).encode())

    assert str(verdict) == "line 6, record 2 of installation: its content does not fit its hash, so one of the two was changed"


@given(st.data())
def test_every_record_taken_out_before_the_end_of_its_chain_is_found(data):
    gone = data.draw(st.sets(st.sampled_from([*range(3), *range(4, 6)]), min_size=1))

    verdict = verdict_on("".join(line for place, line in enumerate(LINES) if place not in gone).encode())

    assert verdict.finding is not None


@given(st.permutations(range(len(LINES))).filter(lambda order: any(one > two for one, two in pairwise(order))))
def test_every_other_order_is_found(order):
    assert verdict_on("".join(LINES[place] for place in order).encode()).finding is not None


@given(st.integers(0, len(LINES) - 1), st.integers(0, len(LINES)))
def test_every_record_put_in_twice_is_found(one, place):
    lines = [*LINES[:place], LINES[one], *LINES[place:]]

    assert verdict_on("".join(lines).encode()).finding is not None


@given(st.binary(max_size=60), st.integers(0, len(WHOLE)))
def test_whatever_is_put_in_between_is_found(content, place):
    changed = WHOLE[:place] + content + WHOLE[place:]

    assert verdict_on(changed).is_whole == (changed == WHOLE)


def test_a_record_written_anew_breaks_the_one_after_it():
    content = json.loads(LINES[1]) | {"verb": "story.hold"}
    lines = [LINES[0], line_of(content | {"hash": record_hash(content)}), *LINES[2:]]

    assert (
        str(verdict_on("".join(lines).encode())) == "line 3, record 3 of aaaaaaaaaaaa: it does not carry the hash of the record before it"
    )


def test_a_cut_tail_is_found_against_a_printed_head_and_only_so():
    head = verdict_on(WHOLE).heads["installation"]
    cut = "".join(LINES[:-1]).encode()

    assert verdict_on(cut).is_whole
    assert not verdict_on(cut, head=head).is_whole
    assert verdict_on(WHOLE, head=head).is_whole
    assert verdict_on(WHOLE, head=f"{head[:4].upper()} {head[4:8]} {head[8:12]} {head[12:16]}").is_whole


def test_a_head_printed_long_ago_still_stands_in_the_chain():
    early = verdict_on("".join(LINES[:2]).encode()).heads["aaaaaaaaaaaa"]

    assert verdict_on(WHOLE, head=early).is_whole


@pytest.mark.parametrize("head", ["abc", "z" * 64, "a" * 65])
def test_what_is_no_head_is_refused(head):
    with pytest.raises(ValueError, match="a head is 16 to 64 digits"):
        verdict_on(WHOLE, head=head)


@pytest.mark.django_db
def test_what_is_exported_verifies(tmp_path):
    for number in range(3):
        with moment.at(START + timedelta(seconds=number)):
            chain.append("lab", actor=Actor.system("demo"), verb="story.tell", subject="listening.story:é", about=["b", "a"])
    chain.append("installation", actor=Actor.public(None), verb="lab.start", reading=True)

    count = chain.export(tmp_path / "chain.jsonl")

    verdict = verify(tmp_path / "chain.jsonl", head=chain.head_of("lab").hash)
    assert (count, verdict.is_whole, verdict.lengths) == (4, True, {"installation": 1, "lab": 3})
    assert stat.S_IMODE((tmp_path / "chain.jsonl").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["chain.jsonl"]


@pytest.mark.django_db
def test_a_changed_row_is_found_in_the_store_and_in_the_export(tmp_path):
    for _each in range(3):
        chain.append("lab", actor=Actor.system("demo"), verb="story.tell")
    Record.objects.filter(number=2).update(verb="story.read")

    chain.export(tmp_path / "chain.jsonl")

    assert verify(tmp_path / "chain.jsonl").finding.number == 2
    assert chain.verify_kept().finding.number == 2


@pytest.mark.django_db
def test_rows_cut_from_the_end_do_not_fit_the_head_in_the_store():
    for _each in range(3):
        chain.append("lab", actor=Actor.system("demo"), verb="story.tell")
    assert chain.verify_kept().is_whole

    Record.objects.filter(number=3).delete()

    assert chain.verify_kept().missing_head == Chain.objects.get().head


@pytest.mark.django_db
def test_a_removed_chain_is_gone_and_the_others_are_whole():
    for name in ("demo", "lab"):
        chain.append(name, actor=Actor.system("demo"), verb="story.tell", subject="x", reading=True)

    removed = chain.forget("demo")

    assert removed == 1
    assert chain.verify_kept().lengths == {"lab": 1}
    assert chain.head_of("demo") is None


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 3])
def test_adding_costs_three_queries_however_long_the_chain(length, django_assert_num_queries):
    for _each in range(length):
        chain.append("lab", actor=Actor.system("demo"), verb="story.tell")

    with django_assert_num_queries(3):
        chain.append("lab", actor=Actor.system("demo"), verb="story.tell")


def test_a_chain_is_only_added_to_inside_a_transaction(store):
    with pytest.raises(RuntimeError, match="inside a transaction"):
        chain.append("lab", actor=Actor.system("demo"), verb="story.tell")


def test_an_export_is_verified_without_django(tmp_path):
    path = tmp_path / "chain.jsonl"
    path.write_bytes(WHOLE)
    program = (
        "import sys; from medskapa.ground.ledger.proof import verify;"
        f"print(verify({str(path)!r}).is_whole, [name for name in sys.modules if name.startswith('django')])"
    )
    source = Path(__file__).parents[4]

    done = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": str(source)}, capture_output=True, text=True, check=True)

    assert done.stdout == "True []\n"
