"""A network has funds of its own besides the three, restricted or not; a used one stays."""

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DatabaseError

from booking.domain import ledger
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.fund import queries, service
from booking.money.fund.models import Entry, EntryLine, FundRow
from tests.builders import schools
from tests.builders.fund import make_fund, make_grant, post
from tests.page import soup, words

BURSARIES = Fund("bursaries")
TRANSFER = {"pence": "20", "fund": "cpd", "target": "bursaries", "reason": "Meeting of 3 May"}
FILLED = {"title": "Bursaries", "purpose": "For families who need it."}


@pytest.fixture
def lead(client, db_session):
    schools.make_network(schools=1, terms=False)
    schools.sign_in(client, "lead@fairplace.example")
    return client


@pytest.fixture
def treasurer(app, lead):
    client = app.test_client()
    schools.sign_in(client, "treasurer@fairplace.example")
    return client


def record(client, kind, **filled):
    filled = {"form_key": "form-1", "entered_on": "2027-03-01", "account": "assets:bank", **filled}
    return client.post(f"/fund/entries/new/{kind}", data=filled)


def test_three_funds_are_built_in(lead, db_session):
    assert [row.name for row in queries.all_funds()] == [Fund.EVENTS, Fund.ADMIN, Fund.CPD]

    page = lead.get("/fund/funds/cpd").text
    assert "This fund is built in" in page
    refused = lead.post("/fund/funds/cpd", data=FILLED)
    assert refused.status_code == 422
    assert "Add another for your purpose." in refused.text


def test_the_trail_of_one_fund_is_not_another_s(lead, db_session):
    for name in ("Bursaries", "Hardship"):
        lead.post("/fund/funds/new", data={"title": name, "purpose": f"What {name} is for."})
    lead.post("/fund/funds/bursaries", data={**FILLED, "purpose": "For trips."})

    trail = soup(lead.get("/admin/audit"))
    [links] = [{words(a): a["href"] for a in trail.select("td a") if words(a).startswith("Funds")}]
    counts = {
        about: words(soup(lead.get(address)).select_one(".pager-count"))
        for about, address in links.items()
    }

    assert counts == {"Funds bursaries": "2 entries", "Funds hardship": "1 entry"}


def test_lead_adds_a_fund_and_the_forms_offer_it(lead, treasurer, db_session):
    done = lead.post("/fund/funds/new", data={**FILLED, "restricted": "y"})

    assert (done.status_code, done.location) == (303, "/fund/funds")
    page = lead.get("/fund/funds").text
    assert "Restricted" in page
    assert "For families who need it." in page
    form = treasurer.get("/fund/entries/new/grant").text
    assert ">Bursaries, restricted: For families who need it.</option>" in form


def test_grant_goes_into_the_new_fund_and_every_page_calls_it_by_its_name(treasurer, db_session):
    make_fund()

    done = record(treasurer, "grant", pence="50", description="Rotary Club", fund="bursaries")

    assert done.status_code == 303
    assert queries.fund_balance(BURSARIES) == 5_000
    for path in ("/fund/funds/bursaries", "/fund/entries", done.location, "/fund/"):
        assert "Bursaries" in treasurer.get(path).text, path
    assert "Rotary Club" in treasurer.get("/fund/entries?fund=bursaries").text


def test_opening_balance_has_a_field_for_it(treasurer, db_session):
    make_fund()

    done = record(treasurer, "opening-balance", **{"fund-bursaries": "12", "cpd": "1"})

    assert done.status_code == 303
    assert queries.fund_balance(BURSARIES) == 1_200


def test_no_fund_of_the_networks_own_is_spent_below_zero(treasurer, db_session):
    make_fund()
    make_grant(fund=BURSARIES, pence=1_000)

    filled = {"pence": "10.01", "description": "Speaker", "fund": "bursaries"}
    refused = record(treasurer, "speaker", **filled)

    assert refused.status_code == 422
    assert "The fund “Bursaries” holds £10.00. It cannot pay £10.01." in refused.text
    assert queries.fund_balance(BURSARIES) == 1_000


def raw_entry(db_session, *lines):
    """Write an entry of (fund, account, pence), bypassing every rule but the database's own."""
    with transaction():
        entry_id = db_session.scalar(
            insert(Entry).returning(Entry.id),
            {
                "key": "raw",
                "kind": "grant",
                "description": "",
                "entered_on": clock.today(),
                "line_count": len(lines),
            },
        )
        db_session.execute(
            insert(EntryLine),
            [
                {"entry_id": entry_id, "fund": fund, "account": account, "pence": pence}
                for fund, account, pence in lines
            ],
        )


def test_database_lets_each_fund_balance_by_itself(db_session):
    make_fund()
    raw_entry(db_session, (BURSARIES, "assets:bank", 9), (BURSARIES, "income:grants", -9))
    assert queries.fund_balance(BURSARIES) == 9

    with pytest.raises(DatabaseError):
        raw_entry(db_session, (BURSARIES, "assets:bank", 9), (Fund.CPD, "income:grants", -9))
    assert queries.fund_balance(BURSARIES) == 9


def test_unknown_fund_is_refused_by_the_service_and_by_the_database(db_session):
    legacy = Fund("legacy")

    with pytest.raises(service.UnknownFund, match="Add it to its funds first"):
        post(ledger.grant(key="g", pence=100, description="Gift", fund=legacy))
    with pytest.raises(DatabaseError):
        raw_entry(db_session, (legacy, "assets:bank", 9), (legacy, "income:grants", -9))


class TestTransfer:
    """Money goes from fund to fund by a transfer, with a reason."""

    def test_transfer_moves_it_where_it_lies(self, treasurer, db_session):
        make_fund()
        make_grant(pence=5_000)

        assert record(treasurer, "transfer", **TRANSFER).status_code == 303

        assert (queries.fund_balance(Fund.CPD), queries.fund_balance(BURSARIES)) == (3_000, 2_000)
        assert sum(queries.held_by_fund("assets:bank").values()) == 5_000

    def test_sending_it_twice_moves_it_once(self, treasurer, db_session):
        make_fund()
        make_grant(pence=5_000)

        for _ in range(2):
            assert record(treasurer, "transfer", **TRANSFER).status_code == 303

        assert queries.fund_balance(BURSARIES) == 2_000

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"pence": "50.01"}, "The CPD fund can spare £50.00. Move less."),
            ({"target": "cpd"}, "Choose two different funds."),
            ({"reason": ""}, "Say why the money is being moved, and who decided."),
            ({"fund": "events"}, "The fund “Events” can spare £0.00. Move less."),
            ({"pence": "0"}, "Enter an amount above zero."),
        ],
    )
    def test_transfer_that_makes_no_sense_is_refused(self, treasurer, change, message, db_session):
        make_fund()
        make_grant(pence=5_000)

        refused = record(treasurer, "transfer", **{**TRANSFER, **change})

        assert refused.status_code == 422
        assert message in refused.text
        assert queries.fund_balance(BURSARIES) == 0

    def test_restricted_fund_gives_nothing_away(self, treasurer, db_session):
        make_fund(restricted=True)
        make_grant(fund=BURSARIES, pence=5_000)

        refused = record(
            treasurer, "transfer", **{**TRANSFER, "fund": "bursaries", "target": "cpd"}
        )

        assert refused.status_code == 422
        assert "it cannot be moved to another fund" in refused.text
        assert queries.fund_balance(BURSARIES) == 5_000


class TestKeeping:
    """The lead and the treasurer keep the list; a used fund stays."""

    def test_slip_is_removed_while_no_entry_names_it(self, lead, db_session):
        make_fund()

        assert lead.post("/fund/funds/bursaries/remove").status_code == 303
        assert queries.fund_named("bursaries") is None

    def test_used_fund_is_never_deleted(self, lead, db_session):
        make_fund()
        make_grant(fund=BURSARIES)

        refused = lead.post("/fund/funds/bursaries/remove")

        assert refused.status_code == 422
        assert "This fund has entries, so it cannot be removed." in refused.text
        with pytest.raises(DatabaseError), transaction():
            db_session.execute(text("DELETE FROM funds WHERE name = 'bursaries'"))

    def test_fund_is_closed_once_it_is_empty_and_opened_again(self, lead, treasurer, db_session):
        make_fund()
        make_grant(fund=BURSARIES, pence=700)
        refused = lead.post("/fund/funds/bursaries/close")
        assert refused.status_code == 422
        assert "Bursaries holds £7.00." in refused.text
        filled = {"pence": "7", "fund": "bursaries", "target": "cpd", "reason": "Meeting of 3 May"}
        record(treasurer, "transfer", **filled)

        assert lead.post("/fund/funds/bursaries/close").status_code == 303
        assert ">Bursaries</option>" not in treasurer.get("/fund/entries/new/grant").text

        assert lead.post("/fund/funds/bursaries/open").status_code == 303
        assert ">Bursaries</option>" in treasurer.get("/fund/entries/new/grant").text

    def test_form_that_was_open_when_the_fund_was_closed_is_refused(self, db_session):
        fund = make_fund()
        with transaction():
            service.close_fund(actor=COMMAND, now=clock.now(), fund=fund)
        hand = service.HandEntry(
            ledger.EntryKind.GRANT, "form-1", clock.today(), 500, BURSARIES, description="Gift"
        )

        message = "Open it again, or choose another"
        with pytest.raises(service.FundClosed, match=message), transaction():
            service.enter(actor=COMMAND, now=clock.now(), entry=hand)
        assert queries.fund_balance(BURSARIES) == 0

    def test_promise_to_a_giver_is_not_taken_back(self, lead, db_session):
        make_fund(restricted=True)
        make_grant(fund=BURSARIES)

        refused = lead.post("/fund/funds/bursaries", data=FILLED)

        assert refused.status_code == 422
        assert "so it stays restricted" in refused.text

    def test_name_and_purpose_may_change_and_the_slug_stays(self, lead, db_session):
        make_fund()

        done = lead.post("/fund/funds/bursaries", data={**FILLED, "title": "Hardship fund"})

        assert done.status_code == 303
        row = db_session.scalars(select(FundRow).where(FundRow.title == "Hardship fund")).one()
        assert row.name is BURSARIES

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"title": ""}, "Give the fund a name."),
            ({"title": "!!"}, "Give the fund a name with letters in it."),
            ({"title": "CPD"}, "There is already a fund with this name. Choose another."),
            ({"purpose": ""}, "Say what the fund’s money is for."),
        ],
    )
    def test_fund_that_makes_no_sense_is_refused(self, lead, change, message, db_session):
        refused = lead.post("/fund/funds/new", data={**FILLED, **change})

        assert refused.status_code == 422
        assert message in refused.text
        assert len(queries.all_funds()) == 3

    def test_auditor_reads_only(self, app, lead, db_session):
        make_fund()
        auditor = app.test_client()
        schools.sign_in(auditor, "auditor@fairplace.example")

        assert "Add a fund" not in auditor.get("/fund/funds").text
        assert "Remove it" not in auditor.get("/fund/funds/bursaries").text
        assert auditor.post("/fund/funds/new", data=FILLED).status_code == 404

    def test_fund_that_is_not_there_is_not_found(self, lead, db_session):
        assert lead.get("/fund/funds/legacy").status_code == 404
        assert lead.get("/fund/funds/No%20Slug").status_code == 404

    def test_two_at_the_desk_are_told_apart(self, db_session):
        make_fund()
        with pytest.raises(service.FundRefused, match="already a fund with this name"):
            make_fund()
