"""Who leads a group."""

from flask.typing import ResponseReturnValue

from booking.domain.permissions import Action
from booking.foundation.web.access import requires
from booking.network.colleague_groups import service
from booking.network.colleague_groups.models import StaffGroup, StaffGroupMember
from booking.network.colleague_groups.routes.blueprint import (
    colleague_groups,
    load_member,
    of_a_group,
    of_member,
    pressed,
)


@colleague_groups.post("/groups/members/<public_id>/lead")
@requires(Action.KEEP_GROUP, load=load_member, scope=of_member, name="member")
def let_lead(member: StaffGroupMember) -> ResponseReturnValue:
    """Let another member lead."""
    words = f"{member.person.name} leads it too now, and is told."
    return pressed(member.group, service.let_lead, words, member=member)


@colleague_groups.post("/groups/<public_id>/give-up-leading")
@of_a_group
def give_up_leading(group: StaffGroup) -> ResponseReturnValue:
    """Lead a group no longer."""
    return pressed(group, service.give_up_leading, "You no longer lead it.", group=group)


@colleague_groups.post("/groups/<public_id>/take-the-lead")
@of_a_group
def take_the_lead(group: StaffGroup) -> ResponseReturnValue:
    """Lead a group that nobody leads."""
    return pressed(group, service.take_the_lead, "You lead it now.", group=group)
