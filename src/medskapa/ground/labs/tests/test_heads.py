"""Each day two people of a lab get the end of its chain by mail: with it they can show that nothing was changed or cut off."""

from datetime import timedelta

import pytest

from medskapa.ground.labs.letters import send_heads
from medskapa.ground.labs.models import Lab, RoleGiven
from medskapa.ground.labs.tasks import mail_heads
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.chain import append, export, head_of
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.proof import verify
from medskapa.ground.people.roles import Role

pytestmark = pytest.mark.django_db


def a_lab_with_a_record(**what):
    lab = a_lab(**what)
    append(lab.public_id, actor=Actor.system("test", lab.public_id), verb="lab.open", subject="labs.lab:x")
    return lab


def page_of(client, address):
    return client.get(address).content.decode()


def the_officer(lab):
    return RoleGiven.objects.get(lab=lab, role=Role.SAFEGUARDING_OFFICER)


def test_a_process_leader_and_a_safeguarding_officer_get_the_end_of_the_chain(mailoutbox):
    lab = a_lab_with_a_record(language="en", name="Next step")
    leader = a_participation(lab, Role.PROCESS_LEADER)
    a_participation(lab, Role.MODERATOR)

    assert mail_heads() == 2

    assert {mail.to[0] for mail in mailoutbox} == {leader.account.email, the_officer(lab).participation.account.email}
    assert all(head_of(lab.public_id).hash in mail.body and "Next step" in mail.subject for mail in mailoutbox)


def test_the_head_in_the_mail_tells_that_the_chain_was_cut_short(mailoutbox, tmp_path):
    lab = a_lab_with_a_record(language="en")
    send_heads(lab)
    kept = head_of(lab.public_id).hash
    export(tmp_path / "whole.jsonl")
    lines = (tmp_path / "whole.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "cut.jsonl").write_text("".join(line for line in lines if kept not in line))

    assert kept in mailoutbox[0].body
    assert verify(tmp_path / "whole.jsonl", kept).is_whole
    assert not verify(tmp_path / "cut.jsonl", kept).is_whole


def test_one_person_who_is_both_gets_one_mail_and_the_mail_says_nothing_of_what_was_done(mailoutbox):
    lab = a_lab_with_a_record(language="en")
    RoleGiven.objects.filter(lab=lab).update(participation=a_participation(lab, Role.PROCESS_LEADER))

    send_heads(lab)

    assert len(mailoutbox) == 1
    assert "lab.open" not in mailoutbox[0].body


@pytest.mark.parametrize("what", [{"is_demo": True}, {"state": Lab.State.CLOSED}])
def test_nobody_is_mailed_about_a_demo_or_a_closed_lab(mailoutbox, what):
    a_lab_with_a_record(**what)

    assert mail_heads() == 0
    assert mailoutbox == []


def test_an_open_lab_whose_officer_s_time_ran_out_says_so_on_top_of_the_leader_s_page():
    lab = a_lab()
    leader = a_client(lab, Role.PROCESS_LEADER)
    address = f"/en/labs/{lab.slug}/desk/"
    assert "lacks what it must have" not in page_of(leader, address)

    RoleGiven.objects.filter(lab=lab, role=Role.SAFEGUARDING_OFFICER).update(valid_to=now() - timedelta(minutes=1))

    assert "lacks what it must have" in page_of(leader, address)
    assert "A safeguarding officer has to be in place." in page_of(leader, address)
    assert "lacks what it must have" not in page_of(a_client(lab, Role.MODERATOR), address)
