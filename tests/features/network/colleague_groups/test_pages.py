"""Groups are founded, found, joined, noted and ended; who is not in one reads little of it."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.grouping_colleagues import GroupKind, Joining
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.network.colleague_groups import queries
from booking.network.colleague_groups.models import (
    StaffGroup,
    StaffGroupAsk,
    StaffGroupMember,
    StaffGroupNote,
)
from booking.network.meetings.models import Meeting
from tests.builders import colleague_groups, files, schools
from tests.page import soup, words

FORM = {
    "name": "Chess and logic",
    "kind": "subject",
    "subject": "mathematics",
    "purpose": "Games that make pupils think ahead.",
    "joining": "open",
}


def main(response):
    return words(soup(response).select_one("main"))


def here(group, act=""):
    return f"/groups/{group.public_id}{act}"


def names(group):
    db.session.rollback()
    return [row.person.name for row in queries.members(group.id)]


def said(response):
    """Return what is said above the page to which a button led."""
    return " ".join(words(each) for each in soup(response).select(".message"))


def test_a_group_is_founded_found_and_joined(browser_of, leader, other):
    done = browser_of(leader).post("/groups/new", data=FORM)
    assert done.status_code == 303
    theirs = browser_of(other)
    listed = main(theirs.get("/groups/?q=chess&subject=mathematics&kind=subject"))
    assert "Led by Lea Leader" in listed
    assert "1 member" in listed
    assert "Chess and logic" in main(theirs.get("/network-life/"))
    assert "No group fits all of this" in main(theirs.get("/groups/?kind=pair"))

    joined = theirs.post(f"{done.location}/join", follow_redirects=True)

    assert "Olu Other, Birchwood School" in main(joined)
    assert "You are in." in said(joined)
    again = theirs.post(f"{done.location}/join", follow_redirects=True)
    assert "in this group already" in said(again)
    assert "Chess and logic" in main(theirs.get("/groups/?mine=1"))


@pytest.mark.parametrize(
    ("change", "words_said"),
    [
        ({"name": " "}, "Give it a name."),
        ({"purpose": ""}, "Say in a sentence what it is for."),
        ({"kind": "club"}, "Choose one of these."),
        ({"subject": "alchemy"}, "Choose one of these."),
    ],
)
def test_what_cannot_be_founded_is_said_and_stays_typed(browser_of, leader, change, words_said):
    page = browser_of(leader).post("/groups/new", data=FORM | change)

    assert page.status_code == 422
    assert words_said in page.text
    assert soup(page).find(id="name")["value"] == (FORM | change)["name"].strip()
    assert db.session.query(StaffGroup).count() == 0


def test_who_is_not_in_it_reads_what_it_is_for_and_no_more(browser_of, member, other, lead, group):
    colleague_groups.note(group, member, "What did not work.")

    outside = main(browser_of(other).get(here(group)))
    assert "Games that make pupils think ahead." in outside
    for hidden in ("Mia Member", "What did not work.", "Meetings", "Files"):
        assert hidden not in outside
    refused = browser_of(other).post(here(group, "/notes"), data={"words": "Hello"})
    assert (refused.status_code, db.session.query(StaffGroupNote).count()) == (422, 1)
    for reader in (member, lead):
        assert "What did not work." in main(browser_of(reader).get(here(group)))
    assert "A note in Chess and logic" in main(browser_of(member).get("/network-life/"))
    assert "A note in" not in main(browser_of(other).get("/network-life/"))


def test_who_comes_in_on_request_is_answered(browser_of, leader, other, lead):
    group = colleague_groups.found(leader, joining=Joining.ON_REQUEST)
    theirs, mine = browser_of(other), browser_of(leader)
    assert "Whoever leads" not in main(theirs.get(here(group)))
    assert "they say who comes in" in said(theirs.post(here(group, "/join"), follow_redirects=True))
    theirs.post(here(group, "/ask"), data={"word": "I play myself."})
    again = theirs.post(here(group, "/ask"), data={"word": "Twice"})
    assert (again.status_code, "waits for an answer" in main(again)) == (422, True)
    assert "Olu Other asks to join “Chess and logic”" in main(mine.get("/network-life/"))
    (ask,) = queries.asks(group.id)
    answers = f"/groups/asks/{ask.public_id}"

    assert theirs.post(f"{answers}/yes").status_code == 404
    mine.post(f"{answers}/yes")

    assert names(group) == ["Lea Leader", "Olu Other"]
    (mail,) = db.session.scalars(select(Message).where(Message.template == "group_news"))
    assert (mail.recipient, mail.subject) == (
        other.email,
        "You are in the group: Chess and logic",
    )
    assert mine.post(f"{answers}/no").status_code == 404


def test_a_specialist_is_asked_in_and_says_so_themselves(browser_of, leader, group, lead):
    guest = schools.make_person(
        role=Role.ASSOCIATE, institution="Tallow Museum", name="Ari Associate"
    )
    mine = browser_of(leader)
    refused = mine.post(here(group, "/ask-in"), data={"email": "nobody@school.example"})
    assert refused.status_code == 422
    assert "Nobody with this address sees network life." in main(refused)
    mine.post(here(group, "/ask-in"), data={"email": guest.email, "word": "Do bring fossils."})
    (ask,) = queries.asks(group.id)
    theirs = browser_of(guest)
    assert "You are asked into “Chess and logic”" in main(theirs.get("/network-life/"))
    assert mine.post(f"/groups/asks/{ask.public_id}/yes").status_code == 404

    theirs.post(f"/groups/asks/{ask.public_id}/yes")

    assert "Ari Associate, Tallow Museum" in main(mine.get(here(group)))
    assert db.session.query(StaffGroupAsk).count() == 0


def test_a_pair_has_two(browser_of, leader, member, other):
    pair = colleague_groups.found(leader, member, kind=GroupKind.PAIR)
    theirs = browser_of(other)

    assert "complete" in said(theirs.post(here(pair, "/join"), follow_redirects=True))
    assert theirs.post(here(pair, "/ask"), data={"word": "?"}).status_code == 422
    triad = browser_of(leader).post(here(pair, "/change"), data=FORM | {"kind": "triad"})
    assert triad.status_code == 303
    theirs.post(here(pair, "/join"))
    back = browser_of(leader).post(here(pair, "/change"), data=FORM | {"kind": "pair"})
    assert (back.status_code, "It has 3 members" in main(back)) == (422, True)


def test_the_lead_of_a_group_is_handed_over(browser_of, leader, member, group):
    mine = browser_of(leader)
    alone = mine.post(here(group, "/leave"), follow_redirects=True)
    assert "Let another member lead it first." in said(alone)
    assert "alone lead" in said(mine.post(here(group, "/give-up-leading"), follow_redirects=True))
    row = colleague_groups.member(group, member)
    mine.post(f"/groups/members/{row.public_id}/lead")
    taken = mine.post(f"/groups/members/{row.public_id}/take-out", follow_redirects=True)
    assert "goes by themselves" in said(taken)
    mine.post(here(group, "/give-up-leading"))
    mine.post(here(group, "/leave"))

    assert names(group) == ["Mia Member"]
    (mail,) = db.session.scalars(
        select(Message).where(Message.subject == "You lead a group: Chess and logic")
    )
    assert mail.recipient == member.email
    browser_of(member).post(here(group, "/leave"))
    db.session.expire_all()
    assert db.session.get_one(StaffGroup, group.id).ended_reason == "Nobody is in it any more."


def test_whoever_leads_calls_a_meeting_of_the_members(browser_of, leader, member, other, group):
    assert browser_of(member).get(here(group, "/meetings/new")).status_code == 404
    on = clock.now() + timedelta(days=20)
    facts = {"title": "Games evening", "kind": "other", "on": f"{on:%Y-%m-%d}", "starts": "16:00"}
    facts |= {"ends": "17:00", "venue": "Ashdale, hall", "host_school_id": "0", "notes": ""}
    mine = browser_of(leader)
    assert (
        mine.post(here(group, "/meetings/new"), data=facts | {"ends": "15:00"}).status_code == 422
    )
    called = mine.post(here(group, "/meetings/new"), data=facts)
    assert called.location.startswith("/meetings/")

    invited = select(Message.recipient).where(Message.template == "meeting_called")
    assert set(db.session.scalars(invited)) == {leader.email, member.email}
    assert "Games evening" in main(browser_of(member).get(here(group)))
    assert browser_of(other).get(called.location).status_code == 404
    browser_of(other).post(here(group, "/join"))
    assert "Everybody in the group “Chess and logic”" in main(
        browser_of(other).get(called.location)
    )
    browser_of(other).post(here(group, "/leave"))
    assert browser_of(other).get(called.location).status_code == 404
    assert mine.post(f"{called.location}/cancel", data={"reason": "Snow"}).status_code == 303
    assert db.session.query(Meeting).one().cancelled_at is not None


def test_its_files_are_for_its_members(app, browser_of, leader, member, other, group):
    mine = browser_of(leader)
    keep = f"/files/of/staff_group/{group.public_id}/"
    assert soup(mine.get(here(group))).find("a", href=keep)
    assert browser_of(member).get(keep).status_code == 404
    sent = {"file": (io.BytesIO(files.pdf("Plan")), "plan.pdf"), "label": "Plan"}
    assert mine.post(keep, data=sent | {"audience": "members"}).status_code == 303
    link = soup(browser_of(member).get(here(group))).find("a", string="Plan")
    assert browser_of(member).get(link["href"]).data == files.pdf("Plan")
    assert browser_of(other).get(link["href"]).status_code == 404


def test_a_group_ends_and_begins_again(browser_of, leader, other, group):
    mine = browser_of(leader)
    assert mine.post(here(group, "/end"), data={"word": " "}).status_code == 422
    assert mine.post(here(group, "/end"), data={"word": "We are done."}).status_code == 303
    assert "We are done." in main(mine.get(here(group)))
    assert "has ended" in said(browser_of(other).post(here(group, "/join"), follow_redirects=True))
    assert "Chess" not in main(browser_of(other).get("/groups/"))
    assert "Chess" in main(browser_of(other).get("/groups/?ended=1"))

    mine.post(here(group, "/begin-again"))
    assert "Chess" in main(browser_of(other).get("/groups/"))


def test_a_note_is_deleted_by_its_author_or_whoever_leads(browser_of, leader, member, other, group):
    one, two = (colleague_groups.note(group, member, text) for text in ("One", "Two"))
    assert browser_of(other).post(f"/groups/notes/{one.public_id}/take-back").status_code == 404
    browser_of(member).post(f"/groups/notes/{one.public_id}/take-back")
    browser_of(leader).post(f"/groups/notes/{two.public_id}/take-back")

    assert db.session.query(StaffGroupNote).count() == 0


def fill(group, people):
    with transaction() as unit:
        unit.add_all(StaffGroupMember(group_id=group.id, person_id=one.id) for one in people)


def test_forty_groups_of_twenty_five_ask_as_often_as_one(
    browser_of, leader, member, other, group, count_queries
):
    theirs = browser_of(other)

    def asked(address):
        theirs.get(address)
        with count_queries() as statements:
            theirs.get(address)
        return len(statements)

    before = [asked("/groups/"), asked(here(group))]
    people = [schools.make_person(name=f"Colleague {number}") for number in range(24)]
    for number in range(39):
        more = colleague_groups.found(leader, name=f"Group {number}")
        fill(more, people)
    fill(group, people)

    assert [asked("/groups/"), asked(here(group))] == before
