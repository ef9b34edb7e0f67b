"""What becomes of groups when people leave and time passes."""

from datetime import timedelta

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.colleague_groups import queries
from booking.network.colleague_groups.models import StaffGroup, StaffGroupNote
from booking.people.schools import service as school_service
from booking.upkeep import purging
from tests.builders import colleague_groups, schools
from tests.page import soup, words


def main(response):
    return words(soup(response).select_one("main"))


def test_a_group_whose_leader_has_left_waits_for_a_member_to_lead(
    browser_of, leader, member, lead, group
):
    colleague_groups.note(group, leader, "What we agreed.")
    with transaction():
        school_service.revoke_role(
            actor=schools.actor_of(lead), now=clock.now(), grant=leader.grants[0]
        )

    boss, theirs = browser_of(lead), browser_of(member)
    assert "Nobody leads “Chess and logic”" in main(boss.get("/admin/"))
    here = f"/groups/{group.public_id}"
    page = main(theirs.get(here))
    assert "Nobody leads this group" in page
    assert "What we agreed." in page
    theirs.post(f"{here}/take-the-lead")
    assert queries.leads(group.id, member.id)
    assert "Nobody leads" not in main(boss.get("/admin/"))
    late = boss.post(f"{here}/take-the-lead", follow_redirects=True)
    assert "Join the group first." in late.text


def test_who_leaves_reads_what_becomes_of_their_groups(browser_of, leader, group):
    page = main(browser_of(leader).get("/account/leave"))

    assert "You are taken out of 1 group." in page
    assert "1 group you lead: hand over first" in page


def test_a_silent_group_is_offered_an_end(browser_of, leader, member, group, time_machine):
    said = "Nothing has happened in “Chess and logic” for a year"
    assert said not in main(browser_of(leader).get("/network-life/"))
    time_machine.move_to(clock.now() + timedelta(days=366))

    assert said in main(browser_of(leader).get("/network-life/"))
    assert said not in main(browser_of(member).get("/network-life/"))
    assert "End this group" in main(browser_of(leader).get(f"/groups/{group.public_id}"))
    colleague_groups.note(group, member, "We still meet.")
    assert said not in main(browser_of(leader).get("/network-life/"))


def test_an_ended_group_goes_after_two_school_years_with_what_it_kept(browser_of, leader, group):
    colleague_groups.note(group, leader)
    browser_of(leader).post(f"/groups/{group.public_id}/end", data={"word": "Done."})

    def left():
        db.session.rollback()
        return db.session.query(StaffGroup).count(), db.session.query(StaffGroupNote).count()

    purging.purge(clock.now() + timedelta(days=800))
    assert left() == (1, 1)
    purging.purge(clock.now() + timedelta(days=1000))
    assert left() == (0, 0)
