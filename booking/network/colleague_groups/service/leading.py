"""Who leads a group: let another member lead, give it up, take it where nobody does."""

from datetime import datetime

from booking.domain import grouping_colleagues
from booking.domain.grouping_colleagues import LeadersEnough, NoLeaderLeft
from booking.domain.permissions import Actor
from booking.network.colleague_groups import locks, queries
from booking.network.colleague_groups.models import StaffGroup, StaffGroupMember
from booking.network.colleague_groups.refusals import NotInIt
from booking.network.colleague_groups.service import mail
from booking.network.colleague_groups.service.founding import living, record


def let_lead(*, actor: Actor, now: datetime, member: StaffGroupMember) -> None:
    """Let another member lead, who is told; twice changes nothing.

    Raises GroupEnded, NotInIt, LeadersEnough.
    """
    group = living(member.group)
    row = queries.member(group.id, member.person_id)
    if row is None:
        raise NotInIt("They are not in this group any more.")
    if not row.leads:
        grouping_colleagues.check_leaders(queries.numbers(group.id)[1])
        row.leads = True
        record(action="let_lead_group", group=group, actor=actor, now=now)
        mail.tell_of_leading(group, row.person, actor=actor, now=now)


def give_up_leading(*, actor: Actor, now: datetime, group: StaffGroup) -> None:
    """Lead a group no longer, and stay in it. Raises NotInIt, NoLeaderLeft."""
    group = locks.group(group.id)
    row = queries.member(group.id, actor.person_id)
    if row is None or not row.leads:
        raise NotInIt("You do not lead this group.")
    if queries.numbers(group.id)[1] == 1:
        raise NoLeaderLeft("You alone lead this group. Let another member lead it first.")
    row.leads = False
    record(action="give_up_leading_group", group=group, actor=actor, now=now)


def take_the_lead(*, actor: Actor, now: datetime, group: StaffGroup) -> None:
    """Lead a group that one is in and that nobody leads.

    Raises GroupEnded, NotInIt, LeadersEnough.
    """
    group = living(group)
    row = queries.member(group.id, actor.person_id)
    if row is None:
        raise NotInIt("Join the group first.")
    if queries.numbers(group.id)[1]:
        raise LeadersEnough("Somebody leads it again. Ask them to let you lead with them.")
    row.leads = True
    record(action="take_lead_of_group", group=group, actor=actor, now=now)
