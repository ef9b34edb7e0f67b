"""Which role needs a second factor, and which step of a code is accepted, for all there are."""

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import permissions, second_factors
from booking.domain.permissions import Action, Actor, Grant, Role, Scope

roles = st.sets(st.sampled_from(sorted(Role)))
steps = st.integers(0, 2**33)


@given(roles)
def test_who_sees_every_school_or_money_needs_one_and_nobody_else(held):
    expected = any(role in held for role in (Role.LEAD, Role.TREASURER, Role.AUDITOR))

    assert second_factors.is_needed(held) == expected


@given(roles, st.sampled_from(sorted(Role)))
def test_another_role_never_takes_the_need_away(held, more):
    assert second_factors.is_needed(held | {more}) >= second_factors.is_needed(held)


@given(roles, st.integers(0, 5))
def test_the_last_one_stays_only_where_a_role_needs_it(held, left):
    may = second_factors.may_remove(left=left, roles=held)

    assert may == (left >= 1 or not second_factors.is_needed(held))


@given(steps, steps)
def test_only_this_step_is_accepted_and_none_again(now, used):
    assert list(second_factors.acceptable(now=now, used=used)) == [now] * (now > used)


@given(steps, steps)
def test_what_has_just_run_out_is_the_step_before_unless_it_was_used(now, used):
    before = now - 1

    assert list(second_factors.just_over(now=now, used=used)) == [before] * (before > used)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 3)), max_size=30))
def test_however_codes_are_tried_each_step_counts_once_and_in_order(tries):
    now, used, accepted = 100, 0, []
    for passed, offset in tries:
        now += passed
        if now + offset in second_factors.acceptable(now=now, used=used):
            used = now + offset
            accepted.append(used)

    assert accepted == sorted(set(accepted))


@given(st.integers(0, 2**40))
def test_a_step_lasts_thirty_seconds(seconds):
    step = second_factors.step_of(seconds)

    assert step * 30 <= seconds < (step + 1) * 30


@given(
    held=roles,
    school_id=st.none() | st.integers(1, 3),
    whose=st.integers(1, 3),
    kind=st.sampled_from(["person", "parent", "visitor", "worker"]),
)
def test_only_a_lead_resets_and_never_their_own(held, school_id, whose, kind):
    grants = frozenset(Grant(role, None if role is Role.LEAD else school_id) for role in held)
    actor = Actor(kind, person_id=1, grants=grants)

    may = permissions.may(actor, Action.RESET_FACTORS, Scope(person_id=whose))

    assert may is (kind == "person" and Role.LEAD in held and whose != 1)
