"""Statements are imported once, lines are matched with entries, and the rest is outstanding."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from booking.domain import ledger
from booking.domain.ledger import EntryKind, Fund, accounts
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.money.bank import queries, service, soundness
from booking.money.bank.models import BankLine, BankMatch, BankStatement
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.service import HandEntry
from tests.builders.bank import lines, make_statement
from tests.builders.fund import make_grant, make_speaker, post

pytestmark = pytest.mark.usefixtures("db_session")
FIRST = date(2027, 2, 1)


def on(day):
    return FIRST + timedelta(days=day)


def stored(db_session):
    """Return each bank line as (day, words, pence), in the bank's order."""
    rows = db_session.scalars(select(BankLine).order_by(BankLine.id))
    return [(line.moved_on, line.description, line.pence) for line in rows]


def standing():
    return queries.reconciliation(queries.newest_statement()).standing


def match(lines_, entries):
    with transaction():
        return service.match(
            actor=COMMAND,
            now=clock.now(),
            lines=[line.public_id for line in lines_],
            entries=[entry.key for entry in entries],
        )


def waiting():
    return queries.unmatched_lines(limit=100)


class TestImporting:
    """Every bank line is there once, and together they are what the bank says."""

    def test_the_first_statement_also_brings_what_was_there_before(self, db_session):
        statement = make_statement((on(0), "BGC", 600), opening_pence=1_000)

        assert stored(db_session) == [
            (on(0), "Balance brought forward", 1_000),
            (on(0), "BGC", 600),
        ]
        assert (statement.closing_pence, statement.first_on, statement.last_on) == (
            1_600,
            on(0),
            on(0),
        )

    def test_lines_of_overlapping_statements_are_one_line(self, db_session):
        make_statement((on(0), "A", 100), (on(1), "B", 200), (on(1), "B", 200))

        second = make_statement(
            (on(1), "b ", 200),
            (on(1), "B", 200),
            (on(1), "B", 200),
            (on(2), "C", -50),
            opening_pence=100,
        )

        assert stored(db_session)[3:] == [(on(1), "B", 200), (on(2), "C", -50)]
        assert second.known_count == 2

    def test_equal_lines_of_one_statement_are_all_kept(self, db_session):
        make_statement(*[(on(0), "BGC", 600)] * 3)

        assert stored(db_session) == [(on(0), "BGC", 600)] * 3

    def test_the_same_file_is_refused(self, db_session):
        make_statement((on(0), "A", 100))

        with pytest.raises(service.SameFile, match="was imported on Monday 1 March 2027"):
            make_statement((on(0), "A", 100))
        assert len(stored(db_session)) == 1

    def test_a_file_with_nothing_new_is_refused(self, db_session):
        make_statement((on(0), "A", 100), (on(1), "B", 200))

        with pytest.raises(service.NothingNew):
            make_statement((on(1), "B", 200), opening_pence=100)
        assert len(stored(db_session)) == 2

    def test_a_missing_statement_in_between_is_noticed(self, db_session):
        make_statement((on(0), "A", 100))

        with pytest.raises(service.DoesNotAddUp, match=r"hold £3\.00, but the bank says £4\.00"):
            make_statement((on(9), "C", 200), closing_pence=400)
        assert len(stored(db_session)) == 1

    def test_an_older_statement_with_other_lines_is_refused(self, db_session):
        make_statement((on(0), "A", 100), (on(9), "B", 100))

        with pytest.raises(service.NotTheNewest, match="ends before the newest statement"):
            make_statement((on(5), "C", 200), closing_pence=300)
        assert len(stored(db_session)) == 2

    def test_lines_from_before_the_first_statement_are_in_its_balance_already(self, db_session):
        make_statement((on(5), "A", 100), opening_pence=700)

        make_statement((on(0), "Old", 700), (on(5), "A", 100), (on(6), "B", 5))

        assert [row[1] for row in stored(db_session)] == ["Balance brought forward", "A", "B"]

    def test_the_newest_statement_can_be_taken_back(self, db_session):
        make_statement((on(0), "A", 100))
        wrong = make_statement((on(1), "Another account", 5), opening_pence=100)

        with transaction():
            service.remove_statement(actor=COMMAND, now=clock.now(), statement=wrong)

        assert stored(db_session) == [(on(0), "A", 100)]
        assert db_session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc())) == (
            "remove_bank_statement"
        )

    def test_an_older_statement_or_one_in_use_cannot(self, db_session):
        older = make_statement((on(0), "A", 50_000))
        match(waiting(), [make_grant(entered_on=on(0))])
        newer = make_statement((on(1), "B", 10_000), opening_pence=50_000)
        match(waiting(), [make_grant(pence=10_000, entered_on=on(1))])

        for statement, refusal in ((older, service.NotTheNewest), (newer, service.StatementInUse)):
            with pytest.raises(refusal), transaction():
                service.remove_statement(actor=COMMAND, now=clock.now(), statement=statement)
        assert len(db_session.scalars(select(BankStatement)).all()) == 2


class TestMatching:
    """A match has lines and entries of equal amounts, each of them once."""

    def test_several_entries_can_be_one_line(self, db_session):
        entries = [make_grant(pence=100, entered_on=on(0)), make_grant(pence=250, entered_on=on(1))]
        make_statement((on(2), "BGC", 350))

        made = match(waiting(), entries)

        assert [each.entry_id for each in made.entries] == [entry.id for entry in entries]
        assert waiting() == []
        assert queries.unmatched_entries() == []

    def test_several_lines_can_be_one_entry(self, db_session):
        grant = make_grant(pence=350, entered_on=on(0))
        make_statement((on(1), "BGC", 100), (on(2), "BGC", 250))

        match(waiting(), [grant])

        assert waiting() == []

    def test_an_entry_and_its_reversal_are_nothing_to_the_bank(self, db_session):
        grant = make_grant(pence=350, entered_on=on(0))
        with transaction():
            undone = fund.reverse(
                actor=COMMAND, now=clock.now(), entry=grant, reason="Typed twice."
            )

        match([], [grant, undone])

        assert queries.unmatched_entries() == []

    def test_other_amounts_are_refused(self, db_session):
        grant = make_grant(pence=350, entered_on=on(0))
        make_statement((on(1), "BGC", 360))

        with pytest.raises(service.NotEqual, match=r"£3\.60, in the ledger £3\.50: £0\.10 apart"):
            match(waiting(), [grant])
        assert db_session.scalars(select(BankMatch)).all() == []

    def test_what_is_matched_already_is_refused(self, db_session):
        grant = make_grant(pence=100, entered_on=on(0))
        make_statement((on(1), "A", 100), (on(1), "B", 100))
        first, second = waiting()
        match([first], [grant])

        with pytest.raises(
            service.AlreadyMatched, match="has already been matched with another line"
        ):
            match([second], [grant])
        with pytest.raises(service.AlreadyMatched, match="This bank line"):
            match([first], [make_grant(pence=100)])

    def test_nothing_chosen_unknown_or_not_at_the_bank_is_refused(self, db_session):
        make_statement((on(1), "A", 100))
        cash = post(
            ledger.grant(key="cash", pence=100, description="In the box", account=accounts.CASH)
        )

        for entries in ([], [cash]):
            with pytest.raises(service.NotChosen):
                match(waiting(), entries)
        with pytest.raises(service.NotChosen), transaction():
            service.match(actor=COMMAND, now=clock.now(), lines=["nowhere"], entries=[cash.key])

    def test_a_match_is_taken_back_whole(self, db_session):
        grant = make_grant(pence=100, entered_on=on(0))
        make_statement((on(1), "A", 40), (on(1), "B", 60))
        made = match(waiting(), [grant])

        with transaction():
            service.undo_match(actor=COMMAND, now=clock.now(), made=made)

        assert len(waiting()) == 2
        assert [each.key for each in queries.unmatched_entries()] == [grant.key]

    def test_proposals_that_are_ticked_are_matched(self, db_session):
        make_grant(pence=100, entered_on=on(0))
        make_speaker(pence=60, entered_on=on(3))
        make_statement((on(1), "BGC", 100), (on(4), "BACS", -60), (on(5), "Charges", -2))
        wanted, other = queries.proposals()

        with transaction():
            count = service.confirm(actor=COMMAND, now=clock.now(), tokens=[wanted.token])

        assert count == 1
        assert [each.token for each in queries.proposals()] == [other.token]
        with pytest.raises(service.NotChosen, match="have changed"), transaction():
            service.confirm(actor=COMMAND, now=clock.now(), tokens=[wanted.token])
        with pytest.raises(service.NotChosen, match="Tick"), transaction():
            service.confirm(actor=COMMAND, now=clock.now(), tokens=[])

    def test_an_entry_and_its_reversal_are_proposed(self, db_session):
        grant = make_grant(pence=100)
        with transaction():
            fund.reverse(actor=COMMAND, now=clock.now(), entry=grant, reason="Twice.")
        make_statement((clock.today(), "BGC", 100))

        (proposal,) = queries.proposals()

        assert (len(proposal.lines), len(proposal.entries)) == (0, 2)


class TestRecording:
    """What the ledger lacks is recorded from the bank line, once, and matched."""

    def record(self, line, **facts):
        facts = {"kind": EntryKind.ADMIN_COST, "description": "Bank charges", **facts}
        hand = HandEntry(reference="", entered_on=line.moved_on, **facts)
        with transaction():
            return service.record_missing(actor=COMMAND, now=clock.now(), line=line, entry=hand)

    def test_a_bank_charge_becomes_an_entry_and_a_match(self, db_session):
        make_statement((on(1), "CHARGES TO 28FEB", -450))

        entry = self.record(waiting()[0])

        assert (entry.entered_on, entry.kind) == (on(1), "admin_cost")
        assert fund_queries.held_by_fund(accounts.BANK)[Fund.ADMIN] == -450
        assert (waiting(), standing().difference_pence) == ([], 0)

    def test_a_second_time_is_refused(self, db_session):
        make_statement((on(1), "CHARGES", -450))
        line = waiting()[0]
        self.record(line)

        with pytest.raises(service.AlreadyMatched):
            self.record(line)
        assert fund_queries.entry_count() == 1

    def test_money_that_came_is_no_cost(self, db_session):
        make_statement((on(1), "BGC", 450))

        with pytest.raises(service.NotEqual, match="Choose another kind"):
            self.record(waiting()[0])
        assert fund_queries.entry_count() == 0

    def test_what_the_ledger_refuses_is_refused(self, db_session):
        make_statement((on(1), "BACS", -450))

        with pytest.raises(fund.NotEnoughMoney):
            self.record(waiting()[0], kind=EntryKind.SPEAKER, fund=Fund.CPD)
        assert len(waiting()) == 1

    def test_the_balance_brought_forward_is_the_opening_balance(self, db_session):
        make_statement((on(1), "A", 100), opening_pence=1_000)
        line = next(line for line in waiting() if line.brought_forward)

        self.record(line, kind=EntryKind.OPENING_BALANCE, amounts={Fund.CPD: 700, Fund.EVENTS: 300})

        assert sum(fund_queries.held_by_fund(accounts.BANK).values()) == 1_000
        with pytest.raises(service.NotEqual):
            self.record(waiting()[0], kind=EntryKind.OPENING_BALANCE, amounts={Fund.CPD: 99})


class TestReconciliation:
    """Ledger, what is outstanding, bank: equal to the penny, whatever is matched."""

    def test_what_is_on_the_way_and_what_is_missing_stand_between(self, db_session):
        make_grant(pence=1_000, entered_on=on(0))
        make_speaker(pence=300, entered_on=on(2))
        statement = make_statement((on(1), "BGC", 1_000), (on(2), "Charges", -45))
        match(waiting()[:1], [queries.unmatched_entries()[0].entry])
        make_grant(pence=5, entered_on=on(8))

        found = queries.reconciliation(statement)

        assert (found.standing.ledger_pence, found.standing.bank_pence) == (700, 955)
        assert [each.pence for each in found.entries.listed] == [-300]
        assert [line.pence for line in found.lines.listed] == [-45]
        assert found.standing.difference_pence == 0

    def test_an_older_statement_is_reconciled_as_of_its_day(self, db_session):
        cheque = make_grant(pence=1_000, entered_on=on(0))
        february = make_statement((on(0), "A", 7))
        make_statement((on(3), "CHEQUE", 1_000), opening_pence=7)
        match(waiting()[1:], [cheque])

        found = queries.reconciliation(february)

        assert [each.key for each in found.entries.listed] == [cheque.key]
        assert found.standing.difference_pence == 0

    @pytest.mark.parametrize("seed", range(6))
    def test_it_agrees_whatever_happened(self, db_session, seed):
        dice = random.Random(seed)
        balance = dice.randrange(-500, 5_000)
        rows = []
        for day in range(20):
            make_grant(pence=dice.randrange(1, 9), entered_on=on(day))
            rows += [(on(day), f"Line {day}", dice.choice([-1, 1]) * dice.randrange(1, 9))]
            if day % 5 == 4:
                closing = balance + sum(pence for _, _, pence in rows)
                part = rows[-dice.randrange(5, 9) :]
                make_statement(*part, closing_pence=closing)
            if day % 7 == 6:
                tokens = [each.token for each in queries.proposals() if dice.random() < 0.7]
                if tokens:
                    with transaction():
                        service.confirm(actor=COMMAND, now=clock.now(), tokens=tokens)

        statements = db_session.scalars(select(BankStatement)).all()
        assert [queries.reconciliation(each).standing.difference_pence for each in statements] == [
            0
        ] * 4
        held = sum(line.pence for line in db_session.scalars(select(BankLine)))
        assert held == statements[-1].closing_pence


def test_a_plan_reads_only(db_session):
    make_statement((on(0), "A", 100))

    plan = queries.plan(lines([(on(0), "A", 100), (on(0), "A", 100)]))

    assert [each.fate for each in plan.lines] == ["known", "new"]
    assert plan.expected_pence == 200
    assert len(stored(db_session)) == 1


class TestSoundness:
    """What the doctor finds."""

    def test_all_is_well_after_matching(self, db_session):
        grant = make_grant(pence=600, entered_on=on(0))
        make_statement((on(1), "A", 600))
        match(waiting(), [grant])

        assert list(soundness.problems()) == []

    def test_a_match_whose_line_is_gone_is_named(self, db_session):
        grant = make_grant(pence=600, entered_on=on(0))
        make_statement((on(1), "A", 600))
        made = match(waiting(), [grant])
        with transaction():
            made.lines[0].match_id = None

        assert list(soundness.problems()) == [
            f"match {made.public_id}: £0.00 at the bank, £6.00 in the ledger"
        ]
