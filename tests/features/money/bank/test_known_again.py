"""A line that an earlier statement brought is known again, whatever the bank calls it now."""

from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.money.bank import queries, service
from booking.money.bank.imports.carried import Carried
from booking.money.bank.imports.statement import LeftOutLine, StatementLine
from booking.money.bank.models import BankLine, BankStatement
from booking.money.bank.queries.plans import LineFate
from tests.builders.bank import make_statement
from tests.builders.fund import make_grant

pytestmark = pytest.mark.usefixtures("db_session")
FIRST = date(2027, 2, 1)


def on(day):
    return FIRST + timedelta(days=day)


def with_balances(*rows, opening=0):
    """Return lines of (day, words, pence), with what the account held after each."""
    held = list(accumulate((pence for _, _, pence in rows), initial=opening))[1:]
    return tuple(
        StatementLine(number, on(day), pence, words, balance)
        for number, ((day, words, pence), balance) in enumerate(zip(rows, held, strict=True), 2)
    )


def load(lines, closing=None, *, left_out=(), digest=None):
    with transaction():
        return service.import_statement(
            actor=COMMAND,
            now=clock.now(),
            carried=Carried("bank.csv", digest or repr(lines), tuple(lines), tuple(left_out)),
            closing_pence=lines[-1].balance_pence if closing is None else closing,
        )


def stored():
    rows = db.session.scalars(select(BankLine).order_by(BankLine.moved_on, BankLine.id))
    return [(line.moved_on, line.description, line.pence) for line in rows]


def fates(lines, closing=None):
    return [each.fate for each in queries.plan(lines, closing_pence=closing).lines]


STRIPE, SHOP = (0, "STRIPE", 12_000), (2, "CARD PAYMENT TO PAPER SHOP", -1_200)
SHOP_NOW = (2, "PAPER SHOP LTD TINDLEBROOK ON 02 FEB BCC", -1_200)
NEW = (4, "ST MARY PRIMARY", 3_000)


def test_a_line_whose_words_changed_is_the_same_line_in_its_new_words():
    load(with_balances(STRIPE, SHOP))
    later = with_balances(STRIPE, SHOP_NOW, NEW)
    assert fates(later) == [LineFate.KNOWN, LineFate.CHANGED, LineFate.NEW]

    statement = load(later)

    assert stored() == [
        (on(0), "STRIPE", 12_000),
        (on(2), "PAPER SHOP LTD TINDLEBROOK ON 02 FEB BCC", -1_200),
        (on(4), "ST MARY PRIMARY", 3_000),
    ]
    assert statement.known_count == 2
    assert fates(later) == [LineFate.KNOWN] * 3
    told = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (told.facts["lines"], told.facts["changed"]) == (1, 1)
    assert "PAPER" not in str(told.facts), "the bank's words may name people"


def test_a_line_whose_words_changed_keeps_its_match():
    load(with_balances((0, "ROTARY", 50_000)))
    (line,) = queries.unmatched_lines(limit=9)
    grant = make_grant(entered_on=on(0))
    with transaction():
        service.match(actor=COMMAND, now=clock.now(), lines=[line.public_id], entries=[grant.key])

    load(with_balances((0, "ROTARY CLUB OF ALDERMERE", 50_000), NEW))

    kept = queries.line_by_public_id(line.public_id)
    assert (kept.description, kept.match is not None) == ("ROTARY CLUB OF ALDERMERE", True)
    assert [line.description for line in queries.unmatched_lines(limit=9)] == ["ST MARY PRIMARY"]


def test_without_balances_the_closing_balance_tells_that_words_changed():
    make_statement((on(0), "STRIPE", 12_000), (on(2), "CARD PAYMENT", -1_200))
    later = [
        StatementLine(2, on(0), 12_000, "STRIPE"),
        StatementLine(3, on(2), -1_200, "PAPER SHOP LTD"),
        StatementLine(4, on(4), 3_000, "ST MARY PRIMARY"),
    ]
    assert fates(later) == [LineFate.KNOWN, LineFate.NEW, LineFate.NEW], "nobody can tell yet"
    assert fates(later, 13_800) == [LineFate.KNOWN, LineFate.CHANGED, LineFate.NEW]

    load(later, 13_800)

    assert [pence for _, _, pence in stored()] == [12_000, -1_200, 3_000]


def test_another_line_of_the_same_day_and_amount_is_another_line():
    load(with_balances((0, "A", 500), (0, "A", 500)))

    load(with_balances((0, "A", 500), (0, "A", 500), (0, "B", 500)))

    assert [words for _, words, _ in stored()] == ["A", "A", "B"]


def test_words_that_moved_from_one_line_to_another_are_followed():
    load(with_balances((0, "FIRST", 500), (0, "SECOND", 500)))

    load(with_balances((0, "SECOND", 500), (0, "THIRD", 500), NEW))

    assert [words for _, words, _ in stored()] == ["SECOND", "THIRD", "ST MARY PRIMARY"]


def test_a_file_that_only_changes_words_has_nothing_new():
    load(with_balances(STRIPE, SHOP))

    with pytest.raises(service.NothingNew):
        load(with_balances(STRIPE, SHOP_NOW))


class TestAdvice:
    """What is advised when a file does not add up can be followed."""

    def test_days_that_changed_are_to_be_imported_in_place_of_the_old_ones(self):
        load(with_balances(STRIPE, SHOP))

        with pytest.raises(
            service.DoesNotAddUp,
            match=r"2 new lines are from days that are imported already, such as “SPLIT”\. If the "
            r"bank has changed those days since, remove the statement to Wednesday 3 February 2027 "
            r"and import this file in its place\.",
        ):
            load(with_balances(STRIPE, (2, "SPLIT", -700), (2, "SPLIT", -500), NEW))

        with transaction():
            newest = queries.newest_statement()
            service.remove_statement(actor=COMMAND, now=clock.now(), statement=newest)
        load(with_balances(STRIPE, (2, "SPLIT", -700), (2, "SPLIT", -500), NEW))
        assert len(stored()) == 4

    def test_a_gap_asks_for_the_statement_in_between(self):
        load(with_balances(STRIPE))

        with pytest.raises(service.DoesNotAddUp, match="statement in between is probably missing"):
            load(with_balances(NEW, opening=99_000))

    def test_lines_that_are_missing_ask_for_the_file_again(self):
        load(with_balances(STRIPE, SHOP))

        with pytest.raises(service.DoesNotAddUp, match="Lines of the file are probably missing"):
            load(with_balances(STRIPE, SHOP, NEW), 99_999)

    def test_lines_that_could_not_be_read_are_to_be_put_right(self):
        load(with_balances(STRIPE))
        unread = LeftOutLine(3, "soon · PAPER SHOP · -12.00", "“soon” is not a date.", True)

        with pytest.raises(service.DoesNotAddUp, match="1 line of the file could not be read"):
            load(with_balances(STRIPE, NEW), 13_800, left_out=[unread])

    def test_a_first_statement_with_lines_that_could_not_be_read_is_refused(self):
        unread = LeftOutLine(3, "soon · PAPER SHOP · -12.00", "“soon” is not a date.", True)

        with pytest.raises(service.NotAllRead, match="1 line could not be read, so nobody can"):
            load(with_balances(STRIPE, NEW), left_out=[unread])

        never_moved = LeftOutLine(3, "DECLINED", "It never moved any money.", False)
        load(with_balances(STRIPE, NEW), left_out=[never_moved])
        assert len(stored()) == 2


MOVES = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from("ABC"), st.sampled_from([-700, 300, 500])),
    min_size=2,
    max_size=8,
).map(sorted)


@given(MOVES, st.data())
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_overlapping_files_add_nothing_twice(moves, data):
    with transaction():
        for statement in db.session.scalars(
            select(BankStatement).order_by(BankStatement.id.desc())
        ):
            db.session.delete(statement)
    whole = with_balances(*moves)
    first = data.draw(st.integers(1, len(whole) - 1))
    begin = data.draw(st.integers(0, first))
    renamed = data.draw(st.sets(st.integers(0, len(whole) - 1)))
    load(whole[:first], digest="first")
    later = [
        StatementLine(line.row, line.on, line.pence, f"{line.description} LTD", line.balance_pence)
        if number in renamed
        else line
        for number, line in enumerate(whole)
    ][begin:]

    load(later, digest="second")

    assert sorted(pence for _, _, pence in stored()) == sorted(line.pence for line in whole)
    with pytest.raises(service.NothingNew):
        load(later, digest="third")
    with pytest.raises(service.SameFile):
        load(later, digest="second")
