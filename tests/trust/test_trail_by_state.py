"""An entry of the trail tells how its subject stands, so only whoever may see that reads it.

What may be seen is said here by the kind of subject, and not by the act or by any word: the program
decides by the act's topic, and both must come to the same.
"""

from collections import Counter

import pytest
from sqlalchemy import select

from booking.domain import permissions
from booking.domain.permissions import Action, Role, Scope
from booking.foundation.audit import pages as audit_pages
from booking.foundation.audit import queries as audit_queries
from booking.foundation.audit.details import EVERYTHING
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.people.schools.models import School
from tests.builders import schools
from tests.page import soup

#: What somebody must be allowed to see of a subject; of all others, what is in the trail.
BY_SUBJECT = {
    "funding": Action.SEE_FUNDING,
    **dict.fromkeys(
        (
            *("calls", "consents", "family_questions", "incidents", "late_changes", "needs"),
            *("missing_steps", "objections"),
        ),
        Action.READ_ANSWERS,
    ),
    **dict.fromkeys(
        (
            *("bank_matches", "bank_statements", "entries", "explanations", "funds"),
            *("ledger_decisions", "rule_changes", "payments", "payouts", "refunds", "disputes"),
            "spending_proposals",
        ),
        Action.SEE_FUND,
    ),
    **dict.fromkeys(("feeds", "invitations", "people"), Action.SEE_NETWORK),
}
#: A family's answer to what the host asks is kept with its place.
BY_ACT = {"answer_questions": Action.READ_ANSWERS}
OVERSEERS = ("lead", "auditor")


def actor_of(world, role):
    return schools.actor_of(schools.person_of(world.network.people[role]))


def may_see(actor, entry):
    action = BY_ACT.get(entry.action) or BY_SUBJECT.get(entry.subject_type)
    own = entry.school_id in actor.school_ids(Role.COORDINATOR)
    if action is None or own:
        return True
    if action is Action.SEE_NETWORK and actor.person_id in {
        entry.person_id,
        int(entry.subject_id) if entry.subject_type == "people" else None,
    }:
        return True
    return permissions.may(actor, action, Scope(entry.school_id))


def in_words(entry):
    return f"{entry.subject_type}:{entry.subject_id}", entry.action.replace("_", " ").capitalize()


def shown(browser, **wanted):
    """Return what the trail shows on all its pages: of which subject, and what was done."""
    found, number = Counter(), 1
    while True:
        page = soup(browser.get("/admin/audit", query_string={**wanted, "page": number}))
        rows = page.select("tbody tr")
        for row in rows:
            about = row.select_one("a")["href"].partition("about=")[2].replace("%3A", ":")
            found[about, row.select_one("[data-label=Did]").get_text(strip=True)] += 1
        if not page.select_one(f'a[href*="page={number + 1}"]'):
            return found
        number += 1


@pytest.fixture(scope="module")
def entries(world):
    found = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    assert {"funding", "needs", "consents"} <= {entry.subject_type for entry in found}
    return found


@pytest.mark.sweep
@pytest.mark.parametrize("role", OVERSEERS)
def test_the_trail_shows_an_overseer_what_they_may_see_however_they_ask(world, entries, role):
    actor, browser = actor_of(world, role), world.browsers[role]
    seen = [entry for entry in entries if may_see(actor, entry)]
    hidden = [entry for entry in entries if not may_see(actor, entry)]
    kept = {"needs", "consents", *(() if role == "auditor" else ("funding",))}

    assert shown(browser) == Counter(map(in_words, seen))
    assert kept <= {entry.subject_type for entry in hidden}
    for entry in {entry.subject_type: entry for entry in entries}.values():
        about, _ = in_words(entry)
        expected = [one for one in seen if in_words(one)[0] == about]
        assert shown(browser, about=about) == Counter(map(in_words, expected)), about
    for entry in {entry.action: entry for entry in hidden}.values():
        expected = [one for one in seen if one.action == entry.action]
        assert shown(browser, action=entry.action) == Counter(map(in_words, expected))
    parents = [one for one in seen if one.actor_kind == "parent"]
    assert shown(browser, who="parent") == Counter(map(in_words, parents))


@pytest.mark.sweep
@pytest.mark.parametrize("role", [*OVERSEERS, "own", "other", "host"])
def test_a_history_shows_what_its_reader_may_see(world, entries, role):
    actor = actor_of(world, role)
    whose = {
        (entry.subject_type, int(entry.subject_id))
        for entry in entries
        if entry.subject_id and entry.subject_type in {"events", "bookings"}
    }
    whose |= {("schools", school_id) for school_id in db.session.scalars(select(School.id))}
    families = 0
    for table, row_id in sorted(whose):
        reads = audit_pages.reader(actor, table, row_id)
        every = audit_queries.histories.newest(reads, (), most=1000)
        told = audit_queries.histories.newest(
            reads, audit_pages.hidden_in(reads), most=1000, wanted=EVERYTHING
        )
        assert {e.id for e in told} == {e.id for e in every if may_see(actor, e)}, (table, row_id)
        families += len(every) - len(told)
    assert families, "there was something to keep from everybody"
