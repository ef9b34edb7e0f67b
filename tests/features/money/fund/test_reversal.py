"""A mistake is undone by its mirror image, with a reason, once."""

import pytest
from sqlalchemy import func, select

from booking.domain import ledger
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.fund import queries, service
from booking.money.fund.models import Entry
from tests.builders import schools
from tests.builders.fund import make_grant, make_speaker


def reverse(entry, reason="Entered twice"):
    with transaction():
        return service.reverse(actor=COMMAND, now=clock.now(), entry=entry, reason=reason)


def test_reversal_mirrors_every_line_and_leaves_both_entries(db_session):
    grant = make_grant(pence=500)

    undone = reverse(grant)

    assert [(line.account, line.pence) for line in undone.lines] == [
        ("assets:bank", -500),
        ("income:grants", 500),
    ]
    assert (undone.reverses_id, undone.reason) == (grant.id, "Entered twice")
    assert queries.fund_balance(Fund.CPD) == 0
    assert db_session.scalar(select(func.count()).select_from(Entry)) == 2


def test_reversal_without_a_reason_is_refused(db_session):
    grant = make_grant()

    with pytest.raises(ledger.EntryReasonMissing, match="Say why"):
        reverse(grant, reason=" ")


def test_second_reversal_is_refused(db_session):
    grant = make_grant()
    reverse(grant)

    with pytest.raises(service.AlreadyReversed, match="already been reversed"):
        reverse(grant)


def test_reversal_of_a_reversal_is_refused(db_session):
    undone = reverse(make_grant())

    with pytest.raises(ledger.ReversalOfReversal, match="A reversal cannot be undone"):
        reverse(undone)


def test_mistaken_grant_is_reversed_even_when_it_has_been_spent(db_session):
    # The books tell the truth; they only refuse to spend more.
    grant = make_grant(pence=500)
    make_speaker(pence=400)

    reverse(grant)

    assert queries.fund_balance(Fund.CPD) == -400


class TestOnThePage:
    """The treasurer reverses an entry with a form on its page."""

    def test_entry_is_reversed_and_says_so(self, treasurer, db_session):
        make_grant(pence=500)

        done = treasurer.post("/fund/entries/grant:1/reverse", data={"reason": "Entered twice"})

        assert (done.status_code, done.location) == (303, "/fund/entries/reversal:grant:1")
        page = treasurer.get("/fund/entries/grant:1").text
        assert "This entry has been reversed" in page
        assert "Entered twice" in page
        assert "Reverse this entry" not in page

    def test_missing_reason_is_asked_for(self, treasurer, db_session):
        make_grant()

        refused = treasurer.post("/fund/entries/grant:1/reverse", data={"reason": ""})

        assert refused.status_code == 422
        assert "Give a reason that somebody will still understand years later." in refused.text

    def test_reversal_of_a_reversal_is_refused_on_the_page(self, treasurer, db_session):
        reverse(make_grant())

        refused = treasurer.post("/fund/entries/reversal:grant:1/reverse", data={"reason": "Oh"})

        assert refused.status_code == 422
        assert "A reversal cannot be undone." in refused.text

    @pytest.mark.parametrize("email", ["lead@fairplace.example", "auditor@fairplace.example"])
    def test_reader_cannot_reverse(self, client, db_session, email):
        schools.make_network(schools=1, terms=False)
        make_grant()
        schools.sign_in(client, email)

        assert "Reverse this entry" not in client.get("/fund/entries/grant:1").text
        refused = client.post("/fund/entries/grant:1/reverse", data={"reason": "No"})
        assert refused.status_code == 404
