"""Each fund's year, which year is closed next, and who decides what takes two people."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from booking.domain import funds, ledger, terms
from booking.domain.ledger import DraftLine, Fund, Subject, accounts
from booking.domain.permissions import COMMAND, WORKER, Actor, Grant, Role

FUNDS = st.sampled_from([*Fund, Fund("bursary")])
#: A movement between two accounts inside a fund: any set of these is a set of balanced entries.
MOVES = st.lists(
    st.tuples(
        st.sampled_from(list(accounts.NAMES)),
        st.sampled_from([*accounts.NAMES, "assets:due-from-school:mill-lane"]),
        FUNDS,
        st.integers(1, 9_999),
    ),
    max_size=25,
)
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def totals(moves):
    lines = [
        line
        for debit, credit, fund, pence in moves
        for line in (DraftLine(debit, fund, pence), DraftLine(credit, fund, -pence))
    ]
    return ledger.balances(lines)


def person(*roles, number=1):
    return Actor(person_id=number, grants=frozenset(Grant(role) for role in roles))


@given(MOVES, MOVES)
def test_every_fund_carries_forward_what_it_holds(before, during):
    years = ledger.fund_years(totals(before), totals(during))
    whole = totals([*before, *during])

    for fund, year in years.items():
        assert year.brought_forward_pence == ledger.fund_balance(totals(before), fund)
        assert year.carried_forward_pence == ledger.fund_balance(whole, fund)
        assert year.carried_forward_pence == (
            year.brought_forward_pence + year.came_in_pence - year.went_out_pence + year.moved_pence
        )


@given(MOVES, MOVES)
def test_what_a_year_ends_with_is_what_the_next_begins_with(first, second):
    ended = ledger.fund_years({}, totals(first))
    begun = ledger.fund_years(totals(first), totals(second))

    for fund, year in ended.items():
        assert begun[fund].brought_forward_pence == year.carried_forward_pence


@given(MOVES)
def test_transfers_between_funds_are_nothing_in_all(moves):
    only = [(accounts.TRANSFERS, accounts.BANK, fund, pence) for _, _, fund, pence in moves]
    back = [(accounts.BANK, accounts.TRANSFERS, Fund.CPD, pence) for *_, pence in only]

    years = ledger.fund_years({}, totals([*only, *back]))

    assert sum(year.moved_pence for year in years.values()) == 0


@given(DAYS, st.none() | DAYS)
def test_years_close_one_after_the_other(first_on, closed):
    closed_until = (
        None if closed is None else terms.school_year_bounds(terms.school_year(closed))[1]
    )
    begins, ends = terms.school_year_bounds(ledger.year_to_close(first_on, closed_until))

    if closed_until is None:
        assert begins <= first_on <= ends
    else:
        assert begins == closed_until + timedelta(days=1)


@given(DAYS, DAYS)
def test_a_day_is_refused_exactly_when_its_year_is_closed(on, closed_until):
    if on <= closed_until:
        with pytest.raises(ledger.YearIsClosed, match="Enter a later date"):
            ledger.check_open(on, closed_until)
    else:
        ledger.check_open(on, closed_until)
    ledger.check_open(on, None)


@given(DAYS, st.none() | DAYS, DAYS)
def test_a_fact_from_outside_counts_on_the_first_open_day(happened_on, closed_until, today):
    assume(closed_until is None or closed_until < today)

    counts_on = ledger.day_of_fact(happened_on, closed_until, today)

    ledger.check_open(counts_on, closed_until)
    assert counts_on <= today
    is_open = closed_until is None or happened_on > closed_until
    if is_open and happened_on <= today:
        assert counts_on == happened_on
    elif not is_open:
        assert counts_on == closed_until + timedelta(days=1)
    late = ledger.told_late(happened_on, counts_on)
    assert (terms.day_text(happened_on) in late) == (happened_on < counts_on)
    assert bool(late) == (not is_open)


@pytest.mark.parametrize(("today", "over"), [(31, False), (32, True)])
def test_a_year_is_over_after_its_last_day(today, over):
    day = date(2026, 8, 1) + timedelta(days=today - 1)
    if over:
        ledger.check_over("2025/26", day)
    else:
        with pytest.raises(ledger.YearNotOver, match="lasts until Monday 31 August 2026"):
            ledger.check_over("2025/26", day)


@given(st.integers(0, 99_999), st.integers(0, 99_999))
def test_two_people_are_needed_above_the_amount_and_only_there(pence, alone_up_to):
    assert ledger.needs_second_person(pence, alone_up_to) == (pence > alone_up_to)


@given(st.sampled_from(Subject), st.frozensets(st.sampled_from(Role)), st.booleans())
def test_the_second_person_is_another_with_the_right_post(subject, roles, is_self):
    actor = person(*roles, number=1 if is_self else 2)
    posts = {Role.LEAD, Role.TREASURER} if subject is Subject.REVERSAL else {Role.LEAD}
    may = not is_self and bool(roles & posts)

    assert ledger.may_decide(subject, actor, asked_by_id=1) == may
    if not may:
        refusal = ledger.OwnRequest if is_self else ledger.NotTheDecider
        with pytest.raises(refusal):
            ledger.check_decider(subject, actor, asked_by_id=1)


def test_nobody_but_a_lead_decides_alone():
    assert ledger.decides_alone(Subject.DEFICIT, person(Role.LEAD, Role.TREASURER))
    assert not ledger.decides_alone(Subject.DEFICIT, person(Role.TREASURER))
    assert not ledger.decides_alone(Subject.REVERSAL, person(Role.LEAD, Role.TREASURER))
    assert ledger.decides_alone(Subject.REVERSAL, COMMAND)
    assert ledger.decides_alone(Subject.REVERSAL, WORKER)


#: Words of plain letters and digits with a hyphen between them; a regex draws ten times as long.
SLUGS = st.lists(st.text("abcxyz019", min_size=1, max_size=8), min_size=1, max_size=4).map("-".join)


@given(SLUGS)
def test_a_slug_is_one_fund_wherever_it_is_read(slug):
    assert Fund(slug) is Fund(slug)
    assert (Fund(slug), Fund(slug).value, hash(Fund(slug))) == (slug, slug, hash(slug))


@pytest.mark.parametrize("words", ["", "Bursary", "a b", "-a", "a--b", "a" * 41, None, 5])
def test_what_is_no_slug_is_no_fund(words):
    with pytest.raises(ValueError, match="is not a valid Fund"):
        Fund(words)


def test_three_are_built_in_and_counted():
    Fund("bursary")
    assert list(Fund) == [Fund.EVENTS, Fund.ADMIN, Fund.CPD]
    assert set(funds.NAMES) == set(funds.PURPOSES) == set(Fund)
    assert not funds.is_built_in(Fund("bursary"))


@given(st.text(max_size=80))
def test_a_slug_made_of_a_title_is_a_fund_or_nothing(title):
    slug = funds.slug_of(title)
    assert slug == "" or Fund(slug) == slug


def test_slug_is_the_plain_letters_of_the_title():
    assert funds.slug_of(" Élan & Joy: bursary 2027 ") == "elan-joy-bursary-2027"


@given(st.lists(st.tuples(FUNDS, st.integers(1, 500)), min_size=1, max_size=6))
def test_an_entry_balances_in_each_fund_or_is_refused(moves):
    lines = tuple(
        line
        for fund, pence in moves
        for line in (
            DraftLine("assets:bank", fund, pence),
            DraftLine("income:grants", fund, -pence),
        )
    )
    good = ledger.Draft("k", ledger.EntryKind.GRANT, "Gifts", lines)
    assert ledger.check(good) is good
    other = Fund("legacy")
    slipped = (*lines, DraftLine("assets:bank", other, 5), DraftLine("income:grants", Fund.CPD, -5))
    with pytest.raises(ledger.UnbalancedFund, match="Move money between funds with a transfer"):
        ledger.check(ledger.Draft("k", ledger.EntryKind.GRANT, "Gifts", slipped))


@given(st.integers(-50, 9_999), FUNDS, FUNDS, st.sampled_from(["", " ", "Meeting of 3 May"]))
def test_transfer_moves_an_amount_for_a_reason_or_not_at_all(pence, source, target, reason):
    facts = {"key": "t", "pence": pence, "source": source, "target": target, "reason": reason}
    if pence <= 0 or source == target or not reason.strip():
        with pytest.raises(ledger.EntryRefused):
            ledger.transfer(**facts)
        return
    moved = ledger.balances(ledger.transfer(**facts).lines)
    assert ledger.fund_balance(moved, source) == -pence
    assert ledger.fund_balance(moved, target) == pence
    assert sum(of for (name, _), of in moved.items() if name == accounts.BANK) == 0


@given(DAYS)
def test_papers_are_kept_for_six_whole_school_years_and_this_one(today):
    kept_from = ledger.kept_from(today)

    assert (kept_from.month, kept_from.day) == (9, 1)
    assert kept_from.replace(year=kept_from.year + 6) <= today
    assert today < kept_from.replace(year=kept_from.year + 7)


def test_papers_of_2020_go_in_september_2027():
    assert ledger.kept_from(date(2027, 8, 31)) == date(2020, 9, 1)
    assert ledger.kept_from(date(2027, 9, 1)) == date(2021, 9, 1)
