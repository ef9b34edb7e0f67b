"""Whatever leaves the site as a file, and each refund, is in the trail: nobody takes it unseen."""

import ast

import pytest
from sqlalchemy import func, select

from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.security import events
from tests.house import tree
from tests.trust.matrix import ROWS
from tests.trust.test_matrix import ask

#: Each page that sends people's or the network's data as a file, and what the trail records.
RECORDED = {
    "answers.coach_list_pdf": "download_coach_list",
    "bank.statement_file": "export_books",
    "day_sheets.day_sheet": "download_day_paper",
    "day_sheets.labels": "download_day_paper",
    "day_sheets.sign_in": "download_day_paper",
    "fund.account_file": "export_books",
    "fund.event_file": "export_books",
    "fund.export": "export_books",
    "fund.income_file": "export_books",
    "invoices.statement_file": "export_books",
    "pupils.export": "export_pupils",
    "rosters.answers_file": "download_roster",
    "rosters.csv_file": "download_roster",
    "rosters.kitchen_file": "download_roster",
    "rosters.pdf_file": "download_roster",
    "rosters.xlsx_file": "download_roster",
    "travel.cards_pdf": "download_emergency_cards",
    "travel.pack_pdf": "download_visit_pack",
}
#: The others, each with the reason why nobody has to know.
UNRECORDED = {
    "allocation.script": "the program that recomputes a round, the same for everybody",
    "events.feed": "a calendar, which programs fetch again and again; it names no pupil to others",
    "guides.card": "a guide, the same for everybody",
    "invoices.paper": "one invoice, as its page shows it",
    "meetings.answers_file": "which colleagues come, as the page shows it",
    "resources.feed": "what is new, which programs fetch again and again; it names schools alone",
    "tours.certificate": "one pupil's certificate, printed by their own school",
}
#: Pictures, calendars and texts for machines, which name nobody or are what their page shows.
NO_EXPORT = (".svg", ".ics", ".txt", ".json", ".js", ".css", ".png", ".webmanifest", ".xml")
#: Each way to give money back, and what the trail records of it.
REFUNDS = {
    "checkout.refund": "request_refund",
    "checkout.given_back": "record_refund",
    "checkout.undo_refund": "record_refund",
    "clearing.record_hand_back": "record_refund",
    "clearing.try_again": "request_refund",
    "clearing.undo_hand_back": "record_refund",
    "parent.choose_refund": "give_instead",
    "transfers.sent_back": "record_refund",
    # What a school paid beyond what it owed: an entry of the ledger, made by hand.
    "invoices.give_back": "post_entry",
}
BACK = ("refund", "given-back", "hand-back", "/invoices/schools/<slug>/give-back")


def files(app):
    """Return the endpoints whose address ends like a file that people keep."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "." in rule.rule.rsplit("/", 1)[-1]
        and not rule.rule.endswith(NO_EXPORT)
        and not rule.endpoint.endswith("static")
    }


def test_every_file_is_recorded_or_says_why_not(app):
    assert files(app) == RECORDED.keys() | UNRECORDED.keys()
    told = {*events.EXPORT_ACTS, "export_books"}
    assert set(RECORDED.values()) <= told <= events.OF_ACTS.keys()


def test_every_refund_is_recorded(app):
    posts = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and any(word in rule.rule for word in BACK)
    }

    assert posts == REFUNDS.keys()
    acts = set(REFUNDS.values()) - {"post_entry"}
    assert {events.OF_ACTS[act][0] for act in acts} == {events.REFUND}


def test_a_refund_changes_its_state_only_where_that_is_recorded():
    found = {
        source.path
        for source in tree.under("booking/money/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and ast.unparse(target) == "refund.state"
    }

    assert found == {"booking/money/payments/service/refunding.py"}


@pytest.mark.sweep
@pytest.mark.parametrize("endpoint", sorted(RECORDED))
def test_whoever_takes_a_file_is_in_the_trail(world, back_again, endpoint):
    row = next(row for row in ROWS if row.endpoint == endpoint)
    written = select(func.count()).where(AuditEntry.action == RECORDED[endpoint])
    # Who oversees has to say why first, and is sent there.
    role = min(row.who - row.answers.keys())
    db.session.rollback()
    before = db.session.scalar(written)
    db.session.rollback()

    assert ask(world, role, row).status_code == 200

    db.session.rollback()
    assert db.session.scalar(written) > before
