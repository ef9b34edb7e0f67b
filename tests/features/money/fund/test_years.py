"""A school year of the books is closed once; after that no entry can be dated in it."""

from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DatabaseError

from booking.domain import ledger
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.append_only import ChangeOfHistory
from booking.foundation.clock import LONDON
from booking.foundation.db import transaction
from booking.foundation.web import addresses
from booking.money.fund import ports, queries, service, year_end
from booking.money.fund.models import ClosedYear, Entry, EntryLine
from booking.money.fund.ports import Point
from tests.builders import events, schools
from tests.builders.fund import ask_reversal, make_cost, make_fund, make_grant, make_payment

LAST_YEAR, THIS_YEAR = "2025/26", "2026/27"
LAST_JUNE = date(2026, 6, 12)
CLOSE = "/fund/years/2025-26/close"


@pytest.fixture(autouse=True)
def no_other_features(app):
    """Only the fund's own points; higher features test what they add."""
    with ports.year_end_points.instead(year_end.points):
        yield


@pytest.fixture
def last_year(treasurer):
    """A grant of last school year, sealed."""
    grant = make_grant(pence=5_000, entered_on=LAST_JUNE)
    seal()
    return grant


def seal():
    with transaction():
        service.seal(now=clock.now())


def close(label=LAST_YEAR, *, accepted=True):
    with transaction():
        return service.close_year(actor=COMMAND, now=clock.now(), label=label, accepted=accepted)


def closed_count(session):
    return session.scalar(select(func.count()).select_from(ClosedYear))


def test_treasurer_closes_the_year_and_what_it_came_to_is_kept(treasurer, last_year, db_session):
    make_grant(pence=700)
    assert "Close the school year 2025/26" in treasurer.get("/fund/").text

    done = treasurer.post(CLOSE)

    assert (done.status_code, done.location) == (303, "/fund/years/2025-26")
    year = db_session.scalars(select(ClosedYear)).one()
    assert (year.first_on, year.last_on) == (date(2025, 9, 1), date(2026, 8, 31))
    assert year.funds["cpd"] == {
        "brought_forward_pence": 0,
        "came_in_pence": 5_000,
        "went_out_pence": 0,
        "moved_pence": 0,
        "carried_forward_pence": 5_000,
    }
    assert year.seal_hash == queries.latest_seal().hash
    assert "This year is closed" in treasurer.get("/fund/years/2025-26").text
    assert "Close the school year 2025/26" not in treasurer.get("/fund/").text


def test_next_year_begins_with_what_this_one_ended_with(last_year, db_session):
    close()
    make_grant(pence=700)

    year = queries.fund_years(THIS_YEAR)[Fund.CPD]

    assert (year.brought_forward_pence, year.carried_forward_pence) == (5_000, 5_700)


def test_entry_of_a_closed_year_is_refused(last_year, db_session):
    close()

    with pytest.raises(ledger.YearIsClosed, match="closed up to Monday 31 August 2026"):
        make_grant(entered_on=date(2026, 8, 31))
    with pytest.raises(ledger.YearIsClosed):
        make_grant(entered_on=date(2019, 1, 1))
    make_grant(entered_on=date(2026, 9, 1))
    assert queries.entry_count() == 2


def test_form_says_so_beside_the_date_and_keeps_what_was_typed(treasurer, last_year, db_session):
    close()

    refused = treasurer.post(
        "/fund/entries/new/admin-cost",
        data={
            "form_key": "f",
            "entered_on": "2026-06-12",
            "account": "assets:bank",
            "pence": "12.40",
            "description": "Postage",
        },
    )

    assert refused.status_code == 422
    assert "Enter a later date" in refused.text
    assert 'value="12.40"' in refused.text
    assert queries.entry_count() == 1


def test_mistake_of_a_closed_year_is_undone_in_the_open_one(last_year, db_session):
    close()

    with transaction():
        undone = service.reverse(
            actor=COMMAND, now=clock.now(), entry=last_year, reason="It was promised, not given"
        )

    assert undone.entered_on == clock.today()
    assert queries.fund_years(LAST_YEAR)[Fund.CPD].carried_forward_pence == 5_000
    assert service.verify().problem == ""


def test_same_fact_posted_again_after_the_closing_is_still_there(last_year, db_session):
    draft = ledger.grant(key="grant:1", pence=5_000, description="Grant of the Rotary Club")
    close()

    with transaction():
        again = service.post(actor=COMMAND, now=clock.now(), draft=draft, entered_on=LAST_JUNE)

    assert again.id == last_year.id


class TestInTheDatabase:
    """What the service refuses, the database refuses in raw SQL."""

    ENTRY = (
        "INSERT INTO entries (key, kind, description, entered_on, entered_at, reason, school, "
        "line_count) VALUES ('raw', 'grant', '', :day, '2027-03-01 09:30', '', '', 2)"
    )

    def test_entry_dated_in_a_closed_year_is_refused(self, last_year, db_session):
        close()

        with pytest.raises(DatabaseError, match="is closed"), transaction():
            db_session.execute(text(self.ENTRY), {"day": date(2026, 8, 31)})

    def test_closed_year_is_neither_changed_nor_deleted(self, last_year, db_session):
        close()

        for sql in ("UPDATE closed_years SET last_on = '2025-09-02'", "DELETE FROM closed_years"):
            with pytest.raises(DatabaseError, match="closed_years is append-only"), transaction():
                db_session.execute(text(sql))
        with pytest.raises(ChangeOfHistory), transaction():
            db_session.execute(update(ClosedYear).values(seal_hash="x"))

    @pytest.mark.postgres
    def test_closed_years_are_not_truncated(self, last_year, db_session):
        close()

        with pytest.raises(DatabaseError, match="append-only"), transaction():
            db_session.execute(text("TRUNCATE closed_years"))

    @pytest.mark.sqlite
    def test_closed_year_is_not_replaced(self, last_year, db_session):
        close()
        columns = "id, first_on, last_on, closed_at, closed_by_id, accepted, funds, seal_hash"
        again = f"INSERT OR REPLACE INTO closed_years SELECT {columns} FROM closed_years"

        with pytest.raises(DatabaseError, match="append-only"), transaction():
            db_session.execute(text(again))


class TestOrder:
    """Years close once, when they are over, one after another."""

    def test_year_is_not_closed_twice(self, treasurer, last_year, db_session):
        close()

        refused = treasurer.post(CLOSE)

        assert refused.status_code == 422
        assert (
            "The school year 2025/26 is already closed. There is nothing more to do."
            in refused.text
        )
        assert closed_count(db_session) == 1

    def test_year_that_still_runs_is_not_closed(self, treasurer, db_session):
        make_grant()

        page = treasurer.get("/fund/years/2026-27").text
        assert "The year lasts until" in page
        refused = treasurer.post("/fund/years/2026-27/close")
        assert refused.status_code == 422
        assert "lasts until Tuesday 31 August 2027. Close it after that day." in refused.text

    def test_oldest_year_comes_first(self, last_year, db_session):
        make_grant(entered_on=date(2024, 12, 1))
        seal()

        with pytest.raises(service.NotTheNextYear, match="Close the school year 2024/25 first"):
            close()

    def test_year_without_entries_closes_too(self, last_year, db_session, time_machine):
        close()
        time_machine.move_to(datetime(2027, 9, 6, 10, 0, tzinfo=LONDON))

        year = close(THIS_YEAR)

        assert year.funds["cpd"]["carried_forward_pence"] == 5_000

    def test_empty_books_have_no_year_to_close(self, treasurer, db_session):
        assert "The books have not begun" in treasurer.get("/fund/years").text
        assert treasurer.get("/fund/years/2025-26").status_code == 404
        with pytest.raises(service.NotTheNextYear, match="Enter the opening balances first"):
            close()

    @pytest.mark.parametrize("label", ["2025", "2025-27", "soon", "2031-32"])
    def test_other_year_is_not_found(self, treasurer, last_year, label):
        assert treasurer.get(f"/fund/years/{label}").status_code == 404


class TestCheckList:
    """What is open is shown; some of it must be put right first."""

    def test_settled_year_has_no_open_point(self, last_year):
        points = year_end.points(date(2025, 9, 1), date(2026, 8, 31))

        assert [point.label for point in points if not point.is_fine] == []
        assert len(points) == 8

    def test_entry_without_a_seal_comes_first(self, treasurer, db_session):
        make_grant(entered_on=LAST_JUNE)

        page = treasurer.get("/fund/years/2025-26").text
        assert "1 entry is waiting for a seal." in page
        assert "First put right what is marked" in page
        refused = treasurer.post(CLOSE, data={"accepted": "y"})
        assert refused.status_code == 422
        assert closed_count(db_session) == 0

    def test_open_points_are_accepted_or_refused(self, treasurer, last_year, db_session):
        make_fund()
        event = events.make_event(
            host=schools.make_school(),
            now=clock.now() - timedelta(days=300),
            low_year=1,
            dates=[events.one_date(clock.now() - timedelta(days=250))],
            fee_pence=600,
        )
        make_payment(event=event, account="assets:cash", entered_on=LAST_JUNE)
        make_payment(event=event, entered_on=LAST_JUNE)
        make_cost(event=event, pence=2_000, entered_on=LAST_JUNE)
        ask_reversal("treasurer@fairplace.example", last_year)
        seal()

        refused = treasurer.post(CLOSE)
        assert refused.status_code == 422
        page = BeautifulSoup(refused.text, "html.parser").main
        for label, link in (
            ("£6.00 was with the card processor.", "/fund/payouts"),
            ("1 request is waiting for a second person.", "/fund/decisions"),
        ):
            assert page.find("a", string=label)["href"] == link
        for words in (
            "Look at the open points, then tick the box to accept them.",
            "Not closed: Puzzle day.",
            "1 request is waiting for a second person.",
            "£6.00 was in the cash box.",
            "£6.00 was with the card processor.",
            "Below zero: Events.",
        ):
            assert words in refused.text, words
        assert closed_count(db_session) == 0

        assert treasurer.post(CLOSE, data={"accepted": "y"}).status_code == 303
        year = db_session.scalars(select(ClosedYear)).one()
        assert "Cash is banked: £6.00 was in the cash box." in year.accepted
        assert "£6.00 was in the cash box." in treasurer.get("/fund/years/2025-26").text

    def test_higher_features_add_points(self, treasurer, last_year, db_session):
        asked = []

        def open_payments(first_on, last_on):
            asked.append((first_on, last_on))
            label, problem = "Every payment is settled", "2 payments are open."
            return [Point(label, problem, addresses.FUND_PAYOUTS(), stops=True)]

        with ports.year_end_points.instead(open_payments):
            assert "2 payments are open." in treasurer.get("/fund/years/2025-26").text
            with pytest.raises(service.PointsOpen, match="2 payments are open"):
                close()
        assert asked[0] == (date(2025, 9, 1), date(2026, 8, 31))


def test_lead_and_auditor_read_and_do_not_close(app, last_year, db_session):
    for who in ("lead", "auditor"):
        client = app.test_client()
        schools.sign_in(client, f"{who}@fairplace.example")

        page = client.get("/fund/years/2025-26").text
        assert "What each fund did" in page
        assert "Close the year" not in page
        assert client.post(CLOSE).status_code == 404


def test_pages_ask_as_much_however_long_the_ledger(treasurer, last_year, count_queries):
    def sent(path):
        treasurer.get(path)
        with count_queries() as statements:
            treasurer.get(path)
        return len(statements)

    before = [sent(path) for path in ("/fund/years", "/fund/years/2025-26")]
    for _ in range(3):
        make_grant(entered_on=LAST_JUNE, fund=Fund.ADMIN)
        make_grant(entered_on=LAST_JUNE)
    assert [sent(path) for path in ("/fund/years", "/fund/years/2025-26")] == before


def test_entry_smuggled_into_a_closed_year_is_found(last_year, db_session):
    close()
    with transaction():
        if db_session.get_bind().dialect.name == "sqlite":
            db_session.execute(text("DROP TRIGGER entries_of_open_years"))
        else:
            db_session.execute(text("ALTER TABLE entries DISABLE TRIGGER entries_of_open_years"))
        db_session.add(
            Entry(
                key="late",
                kind="grant",
                description="",
                entered_on=LAST_JUNE,
                line_count=2,
                lines=[line(100), line(-100, "income:grants")],
            )
        )

    found = "Closed year 2025/26: the fund “cpd” is not as it was when it closed."
    assert service.verify().problem == found


def line(pence, account="assets:bank"):
    return EntryLine(account=account, fund=Fund.CPD, pence=pence)
