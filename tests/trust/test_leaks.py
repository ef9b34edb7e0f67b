"""What a school knows about its families stays there: every text is marked and searched for."""

import logging
from collections import Counter
from email.utils import parseaddr
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from booking.domain.overseeing import WITHOUT_GLASS
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.foundation.web import logs
from tests.trust import contents, shelf
from tests.trust.costs import PAYEE_WORD, RECEIPT_WORD
from tests.trust.crawling import crawl, text_of, unspaced
from tests.trust.glass_opened import GLASS_WORD
from tests.trust.left_behind import LOST_WORD, REFLECTED_WORD
from tests.trust.matrix import ROWS
from tests.trust.network import IDEA_WORD, ROLES
from tests.trust.resources_shared import RESOURCE_WORD

pytestmark = pytest.mark.sweep

HOMES = ["/", "/?past=1", "/school/", "/host/", "/admin/", "/fund/", "/account/"]


class Kept(logging.Handler):
    """Keeps every line of every log, as text and as JSON."""

    def __init__(self):
        super().__init__()
        self.lines = []
        self.formats = [logs.formatter(kind) for kind in logs.FORMATS]

    def emit(self, record):
        self.lines += [lines.format(record) for lines in self.formats]


@pytest.fixture(scope="module")
def logged():
    """Every line that is logged while everything is read."""
    root, kept = logging.getLogger(), Kept()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    yield kept.lines
    root.removeHandler(kept)
    root.setLevel(level)


@pytest.fixture(scope="module")
def read(world, logged):
    """Everything that people can read, by role and then by address."""
    own = [world.address(r.address) for r in ROWS if r.method == "GET" and not r.unknown]
    theirs = world.network.facts | {
        name.removeprefix("their_"): value
        for name, value in world.network.facts.items()
        if name.startswith("their_")
    }
    others = [r.address.format(**theirs) for r in ROWS if r.method == "GET" and not r.unknown]
    begin = list(dict.fromkeys([*HOMES, *own, *others]))
    before = contents.of_tables()
    found = {role: crawl(world.browsers[role], begin) for role in ROLES}
    assert contents.of_tables() == before, "a link that is followed changes nothing"
    return found


def found_in(pages, words):
    """Return where these words appear, and which."""
    texts = {address: unspaced(text) for address, text in pages.items()}
    return sorted((a, word) for a, text in texts.items() for word in words if word in text)


def seen(pages, words):
    return {word for _, word in found_in(pages, words)}


def test_a_school_reads_nothing_of_another(world, read, counted):
    own, other = world.network.own, world.network.other

    assert found_in(read["own"], other.all) == []
    assert found_in(read["other"], own.all) == []
    # To show that the test can fail: each reads their own.
    for role, mark in (("own", own), ("other", other)):
        assert len(seen(read[role], mark.private | mark.roster)) > 25
    pages = sum(len(found) for found in read.values())
    counted(
        f"{pages} pages, feeds and files read by {len(read)} people for "
        f"{len(own.all | other.all)} marked texts"
    )


@pytest.mark.parametrize("role", ["visitor", "treasurer", "elsewhere"])
def test_who_has_no_part_in_the_day_reads_nothing_of_any_family(world, read, role):
    assert found_in(read[role], world.network.own.all | world.network.other.all) == []
    assert len(read[role]) > 15


@pytest.mark.parametrize("role", ["host", "day"])
def test_who_has_the_pupils_reads_the_roster_and_nothing_else(world, read, role):
    for mark in (world.network.own, world.network.other):
        assert found_in(read[role], mark.private | mark.unsent) == []
        for group in (mark.roster, mark.needs, mark.health):
            assert seen(read[role], group)


@pytest.mark.parametrize("role", ["lead", "auditor"])
def test_who_oversees_reads_of_no_family_without_a_glass(world, read, role):
    """Each page that is otherwise is in the table, with its reason."""
    pages = world.app.url_map.bind("localhost")
    for mark in (world.network.own, world.network.other):
        where = {pages.match(urlsplit(a).path)[0] for a, _ in found_in(read[role], mark.all)}
        assert where <= WITHOUT_GLASS.keys()
        assert where or role == "auditor", "the table has no line too many"
        hidden = mark.private | mark.unsent | mark.needs | mark.health
        assert found_in(read[role], hidden) == []


def test_why_a_glass_was_opened_is_read_by_the_schools_whose_pupils_they_are(read):
    readers = {role for role, pages in read.items() if seen(pages, {GLASS_WORD})}

    assert readers == {"own", "other"}


def test_a_school_reads_health_of_its_own_pupils_around_the_day_and_no_draft(world, read):
    # Its coordinators prepare the adults who travel along, in the window of the day's staff.
    for role, mark in (("own", world.network.own), ("other", world.network.other)):
        assert seen(read[role], mark.health)
        for where, _ in found_in(read[role], mark.health):
            assert where.startswith("/school/bookings/") or "/coach-list" in where
        assert found_in(read[role], mark.unsent) == []


def test_an_idea_is_read_by_schools_and_overseers_alone(read):
    readers = {role for role, pages in read.items() if seen(pages, {IDEA_WORD})}

    assert readers == {"own", "other", "host", "elsewhere", "lead", "auditor"}


def test_a_resource_is_read_by_whoever_sees_network_life_alone(read):
    readers = {role for role, pages in read.items() if seen(pages, {RESOURCE_WORD})}

    schools, network = {"own", "other", "host", "elsewhere", "staff"}, {"treasurer", "lead"}
    assert readers == schools | network | {"auditor", "associate"}


def test_what_was_left_behind_is_read_by_schools_that_came_and_a_reflection_by_its_hosts(read):
    for word, guests in ((LOST_WORD, {"own", "other"}), (REFLECTED_WORD, set())):
        readers = {role for role, pages in read.items() if seen(pages, {word})}
        assert readers == guests | {"host", "lead", "auditor"}


def test_a_receipt_is_read_by_its_claimant_the_treasurer_and_the_auditor_alone(read):
    readers = {role for role, pages in read.items() if seen(pages, {PAYEE_WORD})}
    assert readers == {"host", "treasurer", "lead", "auditor"}
    openers = {role for role, pages in read.items() if seen(pages, {RECEIPT_WORD})}
    assert openers <= {"host", "treasurer", "auditor"}


def test_a_file_is_read_and_named_only_where_it_is_meant_to_be(read):
    for role, pages in read.items():
        for audience, mark in shelf.MARKS.items():
            found = seen(pages, {mark, f"{mark}text", f"{mark}name"})
            meant = audience in shelf.SEEN[role]
            assert bool(found) == meant, (role, audience, found_in(pages, {mark}))
            assert not meant or f"{mark}text" in found, "the file itself was read too"


def test_no_log_names_a_family_or_has_a_secret_address(world, read, logged, counted):
    lines = "\n".join(logged)
    secrets = {value for name, value in world.network.facts.items() if "token" in name}

    assert '"event": "denied"' in lines, "to show that the test can fail"
    assert [secret for secret in secrets if len(secret) > 20 and secret in lines] == []
    marks = world.network.own.all | world.network.other.all
    assert found_in({"log": lines}, marks) == []
    people = {email for email in world.network.people.values() if email}
    assert [email for email in people if email in lines] == []
    counted(f"{len(logged)} lines of logs without any of {len(marks)} marked texts")


def test_calendars_name_no_family(world):
    marks = world.network.own.all | world.network.other.all
    addresses = [
        "/calendar/network.ics",
        world.address("/calendar/feeds/{feed_token}.ics"),
        world.address("/events/{day_event}.ics"),
    ]

    for address in addresses:
        calendar = text_of(world.browsers["visitor"].get(address))
        assert "BEGIN:VEVENT" in calendar
        assert found_in({address: calendar}, marks) == []


def test_mails_tell_no_health_and_their_subjects_no_pupil_but_to_the_parents(world):
    mails = list(db.session.scalars(select(Message)))
    own, other = world.network.own, world.network.other

    for mark in (own, other):
        for mail in mails:
            whole = f"{mail.subject}\n{mail.text}\n{mail.html}"
            assert found_in({mail.template: whole}, mark.health | mark.needs | mark.unsent) == []
            parents = mail.recipient in mark.private  # theirs says for whom it is
            names = {word for word in mark.roster if parents and "fore" in word}
            assert found_in({mail.template: mail.subject}, mark.roster - names) == []
    assert {"invited", "receipt"} <= {mail.template for mail in mails}
    db.session.rollback()


def test_mails_of_one_family_go_to_nobody_elses_address(world):
    own, other = world.network.own, world.network.other
    for mail in db.session.scalars(select(Message)):
        whole = {mail.template: f"{mail.subject}\n{mail.text}"}
        if mail.recipient in own.private:
            assert found_in(whole, other.all) == []
        elif mail.recipient in other.private:
            assert found_in(whole, own.all) == []
    db.session.rollback()


def test_an_answer_to_a_mail_reaches_whom_it_concerns_and_never_another_parent(world, counted):
    mails = list(db.session.scalars(select(Message)))
    people, network = world.network.people, world.app.config["CONTACT_EMAIL"]
    private = world.network.own.private | world.network.other.private
    answered = Counter()

    for mail in mails:
        address = parseaddr(mail.reply_to)[1]
        assert address not in private, mail.key
        if mail.recipient in private:
            assert mail.about.startswith(("booking:", "data_request:")), mail.key
            school = "own" if mail.recipient in world.network.own.private else "other"
            assert address in (network, people[school]), mail.key  # while it had no coordinator
            answered["families"] += 1
        elif mail.template in {"bid_news", "invoice_raised", "invoice_reminder"}:
            assert address in (network, people["treasurer"]), mail.key
            answered["money"] += 1
    assert min(answered["families"], answered["money"]) > 1
    counted(f"{answered.total()} mails answered by a person")
    db.session.rollback()
