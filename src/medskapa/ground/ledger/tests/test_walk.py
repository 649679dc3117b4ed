"""The walk along the thread: tales lead to findings, findings to plans, and a plan may lead to new tales."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from medskapa.ground.ledger import edges
from medskapa.ground.ledger import walk as walking
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.checks import links_join_stages
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.registry import Link, Registry, Stage
from medskapa.ground.ledger.sealing import destroy
from medskapa.ground.ledger.stages import counts, register
from medskapa.ground.ledger.tests.app.models import AskedAgain, Bond, Finding, Plan, SmallLab, Tale
from medskapa.ground.ledger.tests.makers import a_lab, a_tale, an_actor
from medskapa.ground.ledger.walk import Walk, step, walk

pytestmark = pytest.mark.django_db

TEAM, PUBLIC = an_actor(None, "moderator"), Actor.public(None)


def visible_tales(actor: Actor) -> Any:
    return Tale.objects.exclude(state="withdrawn") if actor.is_team else Tale.objects.filter(state="released")


def a_registry() -> Registry:
    registry = Registry()
    registry.register(
        Stage(
            "listen",
            Tale,
            visible_tales,
            lambda tale, actor: tale.title,
            opens=("title",),
            moment=lambda tale, actor: "autumn 2016",
            is_withdrawn=lambda tale: tale.state == "withdrawn",
        )
    )
    registry.register(
        Stage(
            "understand",
            Finding,
            lambda actor: Finding.objects.all() if actor.is_team else Finding.objects.filter(is_open=True),
            lambda finding, actor: finding.name,
        )
    )
    registry.register(Stage("create", Plan, lambda actor: Plan.objects.select_related("lab"), lambda plan, actor: plan.name))
    registry.link(Link(Bond, parent="tale", child="finding"))
    registry.link(Link(Plan, parent="finding"))
    registry.link(Link(Plan, parent="before"))
    registry.link(Link(AskedAgain, parent="plan", child="tale"))
    return registry


REGISTRY = a_registry()


def a_thread(lab: SmallLab, tales: int = 2, name: str = "one", **tale: Any) -> tuple[list[Tale], Finding, Plan]:
    """Some tales, the finding they led to, and the plan that grew from it."""
    told = [a_tale(lab, title=f"tale {name} {number}", **tale) for number in range(tales)]
    finding = Finding.objects.create(lab=lab, name=f"finding {name}")
    Bond.objects.bulk_create([Bond(lab=lab, tale=each, finding=finding) for each in told])
    return told, finding, Plan.objects.create(lab=lab, finding=finding, name=f"plan {name}")


def titles(found: Walk, **wanted: Any) -> list[str]:
    return [str(node.title) for node in found.nodes if all(getattr(node, name) == value for name, value in wanted.items())]


def test_from_the_middle_it_goes_up_and_down():
    _tales, finding, plan = a_thread(a_lab())

    found = walk(finding, TEAM, REGISTRY)

    assert titles(found, on_path=True) == ["tale one 0", "tale one 1", "finding one", "plan one"]
    assert [node.level for node in found.nodes] == [-1, -1, 0, 1]
    assert [node.title for node in found.nodes if node.is_start] == ["finding one"]
    assert (len(found.edges), found.more) == (3, 0)
    assert found.nodes[-1].address == plan.get_absolute_url()


def test_what_grew_beside_is_shown_and_is_not_on_the_path():
    lab = a_lab()
    _tales, finding, plan = a_thread(lab)
    other = Plan.objects.create(lab=lab, finding=finding, name="plan beside")

    found = walk(plan, TEAM, REGISTRY)

    assert titles(found, on_path=False) == ["plan beside"]
    assert titles(found.path()) == ["tale one 0", "tale one 1", "finding one", "plan one"]
    assert [node.title for node in found.parents_of(f"ledger_tests.plan:{other.public_id}")] == ["finding one"]
    assert [edge.on_path for edge in found.edges].count(False) == 1


def test_what_the_reader_may_not_see_is_one_node_a_stage_and_the_thread_goes_on_through_it():
    lab = a_lab()
    _tales, _finding, plan = a_thread(lab, tales=12)
    Finding.objects.update(is_open=False)

    found = walk(plan, PUBLIC, REGISTRY)

    hidden = [(node.stage, node.count, node.title, node.address, node.row) for node in found.nodes if node.is_hidden]
    assert hidden == [("listen", 12, "", "", None), ("understand", 1, "", "", None)]
    assert [(edge.parent, edge.child) for edge in found.edges] == [
        ("hidden:listen", "hidden:understand"), ("hidden:understand", f"ledger_tests.plan:{plan.public_id}")
    ]  # fmt: skip


def test_hidden_ones_beside_the_path_do_not_count_with_those_on_it():
    lab = a_lab()
    tales, _finding, plan = a_thread(lab, tales=3)
    other = Finding.objects.create(lab=lab, name="other")
    more = [a_tale(lab) for _each in range(2)]
    Bond.objects.bulk_create([Bond(lab=lab, tale=each, finding=other) for each in [*more, tales[0]]])

    found = walk(plan, PUBLIC, REGISTRY)

    assert {(node.key, node.count) for node in found.nodes if node.is_hidden} == {("hidden:listen", 3), ("hidden:listen:beside", 2)}


def test_a_withdrawn_tale_is_a_stump_without_words_for_everybody():
    lab = a_lab()
    tales, _finding, plan = a_thread(lab, state="released")
    tales[0].move_to("withdrawn")
    destroy(tales[0].key)

    for reader in (TEAM, PUBLIC):
        found = walk(plan, reader, REGISTRY)
        [stump] = [node for node in found.nodes if node.is_stump]
        assert (stump.title, stump.address, stump.moment, stump.row) == ("", "", None, None)
        assert titles(found, stage="listen", is_stump=False) == ["tale one 1"]


def test_who_may_not_see_the_start_is_told_that_nothing_is_there():
    tales, _finding, _plan = a_thread(a_lab())

    with pytest.raises(NotAllowed) as refusal:
        walk(tales[0], PUBLIC, REGISTRY)

    assert refusal.value.status == 404


def test_what_is_no_artefact_has_no_thread():
    with pytest.raises(ValueError, match="SmallLab is not on the thread"):
        walk(a_lab(), TEAM, REGISTRY)


def test_a_thread_with_loops_ends_and_shows_each_artefact_once():
    lab = a_lab()
    tales, _finding, plan = a_thread(lab)
    AskedAgain.objects.create(lab=lab, plan=plan, tale=tales[0])
    Plan.objects.filter(pk=plan.pk).update(before=plan)

    found = walk(tales[0], TEAM, REGISTRY)

    assert sorted(titles(found)) == ["finding one", "plan one", "tale one 0", "tale one 1"]
    assert len(found.edges) == 4  # two bonds, one plan, one question asked again; not the plan from itself


def test_after_twelve_levels_it_says_how_many_more():
    lab = a_lab()
    plans = [Plan.objects.create(lab=lab, name="0")]
    for number in range(1, 20):
        plans.append(Plan.objects.create(lab=lab, name=str(number), before=plans[-1]))

    found = walk(plans[0], TEAM, REGISTRY)

    assert (len(found.nodes), found.more) == (13, 1)


def test_after_four_hundred_nodes_it_says_how_many_more():
    lab = a_lab()
    finding = Finding.objects.create(lab=lab)
    Plan.objects.bulk_create([Plan(lab=lab, finding=finding) for _number in range(436)])

    found = walk(finding, TEAM, REGISTRY)

    assert (len(found.nodes), found.more) == (400, 37)


def test_what_is_on_the_path_comes_before_what_is_beside(monkeypatch):
    monkeypatch.setattr(walking, "NODES", 6)
    lab = a_lab()
    tales, finding, _plan = a_thread(lab, tales=1)
    Plan.objects.bulk_create([Plan(lab=lab, finding=finding, name="long") for _number in range(3)])
    other = Finding.objects.create(lab=lab, name="beside")
    AskedAgain.objects.create(lab=lab, plan=Plan.objects.create(lab=lab, finding=other, name="beside"), tale=tales[0])
    Bond.objects.create(lab=lab, tale=a_tale(lab), finding=finding)

    found = walk(finding, TEAM, REGISTRY)

    assert titles(found, on_path=False) == []
    assert found.more > 0


@pytest.mark.parametrize("size", [1, 3, 9])
def test_a_walk_costs_the_same_however_many_there_are(size, django_assert_num_queries):
    lab = a_lab()
    _tales, finding, _plan = a_thread(lab, tales=size)
    Plan.objects.bulk_create([Plan(lab=lab, finding=finding) for _number in range(size)])
    start = Finding.objects.get(pk=finding.pk)

    with django_assert_num_queries(1 + 3 + 1):  # links; one for each model; the sealed titles
        walk(start, TEAM, REGISTRY)


@pytest.mark.parametrize("size", [1, 3])
def test_in_a_large_lab_it_asks_level_by_level_and_finds_the_same(size, django_assert_num_queries, monkeypatch):
    lab = a_lab()
    tales, finding, plan = a_thread(lab, tales=size)
    AskedAgain.objects.create(lab=lab, plan=plan, tale=tales[0])
    Plan.objects.bulk_create([Plan(lab=lab, finding=finding, name="beside") for _number in range(size)])
    small = walk(plan, TEAM, REGISTRY)
    monkeypatch.setattr(edges, "AT_ONCE", 2)

    with django_assert_num_queries(1 + 5 + 3 + 1):  # links, too many; a level each; one for each model; the sealed titles
        large = walk(plan, TEAM, REGISTRY)

    assert [node.key for node in large.nodes] == [node.key for node in small.nodes]
    assert large.edges == small.edges


@pytest.mark.parametrize("size", [1, 3])
def test_all_that_lies_below_some_tales_is_one_query(size, django_assert_num_queries):
    lab = a_lab()
    tales, finding, plan = a_thread(lab, tales=size)
    above = Finding.objects.create(lab=lab, name="of another tale")
    Bond.objects.create(lab=lab, tale=a_tale(lab), finding=above)
    AskedAgain.objects.create(lab=lab, plan=plan, tale=tales[0])

    with django_assert_num_queries(1):
        pairs = edges.pairs_below(tales, REGISTRY)

    assert {child for _parent, child in pairs} == {(Finding, finding.pk), (Plan, plan.pk), (Tale, tales[0].pk)}
    assert edges.pairs_below([], REGISTRY) == set()


def test_other_labs_are_never_walked_into():
    a_thread(a_lab(), name="other")
    _tales, finding, _plan = a_thread(a_lab(), name="mine")

    assert not [title for title in titles(walk(finding, TEAM, REGISTRY)) if "other" in title]


@given(links=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20), start=st.integers(0, 7))
def test_every_walk_ends_with_each_artefact_once_and_no_edge_into_nothing(links, start):
    pairs = [((Plan, one), (Plan, two)) for one, two in links]
    trail = walking._Trail(path={(Plan, start)}, levels={(Plan, start): 0})

    walking._follow_path(trail, (Plan, start), edges.LabEdges(pairs))
    walking._look_beside(trail, edges.LabEdges(pairs))

    assert trail.path == {(Plan, start)} | _reached(links, start, 0, 1) | _reached(links, start, 1, 0)
    assert set(trail.levels) == _joined(links, start)
    assert trail.beyond == set()


def _reached(links: list[tuple[int, int]], start: int, end: int, other: int) -> set[tuple[type, int]]:
    """Everything from the start in one direction, worked out the slow way."""
    found = {start}
    for _each in range(9):
        found |= {link[other] for link in links if link[end] in found}
    return {(Plan, one) for one in found}


def _joined(links: list[tuple[int, int]], start: int) -> set[tuple[type, int]]:
    found = {start}
    for _each in range(9):
        found |= {end for link in links if found & set(link) for end in link}
    return {(Plan, one) for one in found}


def test_a_link_may_lie_some_keys_away():
    registry = a_registry()
    registry.links.clear()
    registry.link(Link(AskedAgain, parent="plan__finding", child="tale"))
    lab = a_lab()
    tales, finding, plan = a_thread(lab)
    AskedAgain.objects.create(lab=lab, plan=plan, tale=tales[0])
    a_thread(lab, name="other")

    assert titles(walk(finding, TEAM, registry)) == ["tale one 0", "finding one"]
    assert titles(walk(tales[0], TEAM, registry)) == ["tale one 0", "finding one"]


def test_one_step_shows_parents_and_children_and_no_more(django_assert_num_queries):
    lab = a_lab()
    _tales, finding, plan = a_thread(lab)
    Plan.objects.create(lab=lab, before=plan, name="later")

    with django_assert_num_queries(1 + 3 + 1):
        found = step(finding, TEAM, REGISTRY)

    assert titles(found) == ["tale one 0", "tale one 1", "finding one", "plan one"]
    assert [node.on_path for node in found.nodes] == [True] * 4


def test_one_step_finds_the_links_that_a_walk_finds_at_its_first_level():
    tales, finding, plan = a_thread(a_lab())
    later = Plan.objects.create(lab=plan.lab, before=plan, name="later")
    AskedAgain.objects.create(lab=plan.lab, plan=plan, tale=tales[1])
    near = edges.LevelEdges(edges.links_on_thread(REGISTRY)).near

    for start in (*tales, finding, plan, later):
        here = {(type(start), start.pk)}
        assert edges.pairs_beside(start, REGISTRY) == near(here, here) != set()


def test_an_artefact_that_nothing_ever_joins_is_a_step_of_its_own():
    registry = Registry()
    registry.register(Stage("create", Plan, lambda actor: Plan.objects.all(), lambda plan, actor: plan.name))

    assert titles(step(Plan.objects.create(lab=a_lab(), name="alone"), TEAM, registry)) == ["alone"]


def test_counts_take_one_query_and_count_stumps_too(django_assert_num_queries):
    lab = a_lab()
    tales, _finding, _plan = a_thread(lab, tales=3)
    tales[0].move_to("withdrawn")
    a_thread(a_lab(), tales=5)

    with django_assert_num_queries(1):
        numbers = counts(lab, REGISTRY)

    assert {stage: number for stage, number in numbers.items() if number} == {"listen": 3, "understand": 1, "create": 1}
    assert len(numbers) == 10


def test_the_store_counts_and_hands_over_no_row_for_each_story(django_assert_num_queries):
    lab = a_lab()
    a_thread(lab, tales=30)

    with django_assert_num_queries(1) as asked:
        counts(lab, REGISTRY)

    with connection.cursor() as cursor:
        cursor.execute(asked.captured_queries[0]["sql"])
        assert sorted(cursor.fetchall()) == [("create", 1), ("listen", 30), ("understand", 1)]


def test_of_a_registry_without_stages_nothing_is_counted():
    assert set(counts(a_lab(), Registry()).values()) == {0}


def test_a_registry_refuses_what_makes_no_sense():
    registry = a_registry()

    with pytest.raises(ValueError, match="is no stage"):
        registry.register(Stage("dream", SmallLab, lambda actor: SmallLab.objects.all(), lambda lab, actor: ""))
    with pytest.raises(ValueError, match="already on the thread"):
        registry.register(Stage("listen", Tale, visible_tales, lambda tale, actor: ""))
    with pytest.raises(TypeError, match="is not a key"):
        registry.link(Link(Plan, parent="name"))
    with pytest.raises(ValueError, match="two keys"):
        registry.link(Link(Plan, parent="finding", child="finding"))


def test_a_link_to_what_is_no_stage_is_found_at_start():
    registry = a_registry()
    assert links_join_stages(registry=registry) == []

    del registry.stages[Finding]

    assert [error.msg for error in links_join_stages(registry=registry)] == [
        "Bond links the thread to Finding, which is no stage of it",
        "Plan links the thread to Finding, which is no stage of it",
    ]


def test_once_everything_has_started_the_registry_is_frozen():
    with pytest.raises(RuntimeError, match="frozen"):
        register(Stage("listen", SmallLab, lambda actor: SmallLab.objects.all(), lambda lab, actor: ""))
