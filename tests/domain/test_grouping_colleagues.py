"""A pair never has three, a group never has members without a leader by their own acts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import grouping_colleagues
from booking.domain.grouping_colleagues import (
    LEADERS_MAX,
    NAME_MAX,
    PURPOSE_MAX,
    SILENT_AFTER,
    SIZES,
    GroupFull,
    GroupKind,
    LeadersEnough,
    NoLeaderLeft,
)

NOW = datetime(2027, 3, 1, tzinfo=UTC)
ACTS = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "lead", "give up"]), st.integers(0, 7)),
    max_size=60,
)


def refused(act, *args, **facts):
    try:
        act(*args, **facts)
    except (GroupFull, LeadersEnough, NoLeaderLeft):
        return True
    return False


@given(st.sampled_from(GroupKind), ACTS)
def test_no_series_of_acts_breaks_a_group(kind, acts):
    members, leaders = {0}, {0}
    for act, who in acts:
        if act == "join" and who not in members and members:
            if not refused(grouping_colleagues.check_room, kind, len(members)):
                members.add(who)
        elif act == "leave" and who in members:
            facts = {"leads": who in leaders, "leaders": len(leaders), "members": len(members)}
            if not refused(grouping_colleagues.check_leaving, **facts):
                members.discard(who)
                leaders.discard(who)
        elif act == "lead" and who in members - leaders:
            if not refused(grouping_colleagues.check_leaders, len(leaders)):
                leaders.add(who)
        elif act == "give up" and who in leaders and len(leaders) > 1:
            leaders.discard(who)

        assert leaders <= members
        assert len(leaders) <= LEADERS_MAX
        assert bool(leaders) == bool(members)
        assert len(members) <= SIZES.get(kind, len(members))


@given(st.sampled_from(GroupKind), st.integers(1, 10))
def test_a_kind_is_refused_exactly_where_there_are_too_many(kind, members):
    wrong = list(grouping_colleagues.kind_problems(kind, members))

    assert bool(wrong) == (members > SIZES.get(kind, members))


@given(st.text(max_size=NAME_MAX + 20), st.text(max_size=30))
def test_a_group_has_a_name_and_a_purpose(name, purpose):
    wrong = {each.field for each in grouping_colleagues.problems(name=name, purpose=purpose)}

    assert ("name" in wrong) == (not name.strip() or len(name) > NAME_MAX)
    assert ("purpose" in wrong) == (not purpose.strip())


def test_a_purpose_is_not_too_long():
    found = grouping_colleagues.problems(name="Chess", purpose="x" * (PURPOSE_MAX + 1))

    assert [each.field for each in found] == ["purpose"]


@pytest.mark.parametrize(("ago", "silent"), [(timedelta(), True), (timedelta(seconds=1), False)])
def test_a_group_is_silent_after_a_year(ago, silent):
    assert grouping_colleagues.is_silent(NOW - SILENT_AFTER + ago, NOW) is silent
