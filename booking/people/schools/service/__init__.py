"""Writes of schools, people, roles, invitations, passwords and school days."""

from booking.people.schools.service.addresses import (
    AddressGone,
    ask_new_address,
    change_address,
    find_new_address,
)
from booking.people.schools.service.closing import RolesToHandOver, leave
from booking.people.schools.service.days import (
    DaysRefused,
    add_closure,
    add_term,
    remove_closure,
    remove_term,
)
from booking.people.schools.service.forgetting import forget_person, without_name
from booking.people.schools.service.giving import (
    NotYoursToGive,
    RoleOffer,
    RoleRefused,
    may_give,
)
from booking.people.schools.service.hand_overs import allow, ask_whom, decline, offer_post
from booking.people.schools.service.importing import Comparison, ListedStanding, bring_in, compare
from booking.people.schools.service.invitations import (
    InvitationRefused,
    change_invited_address,
    invite,
    send_again,
    withdraw_invitation,
)
from booking.people.schools.service.inviting_several import invite_several
from booking.people.schools.service.known_browsers import know as know_browser
from booking.people.schools.service.passwords import (
    ResetGone,
    ask_reset,
    change_password,
    find_reset,
    reset_password,
    tell_of_strangers,
)
from booking.people.schools.service.people import (
    EmailTaken,
    PersonRefused,
    add_person,
    change_person,
    disable_person,
    email_key,
    enable_person,
    end_other_sessions,
    end_session,
    record_first_step,
    record_sign_in,
    record_sign_out,
)
from booking.people.schools.service.roles import (
    AlreadyHeld,
    LastLead,
    grant_role,
    revoke_role,
    stop_role,
)
from booking.people.schools.service.schools import (
    OWN_DETAILS,
    SchoolRefused,
    add_school,
    change_school,
    leave_network,
    rejoin_network,
)
from booking.people.schools.service.successors import (
    Successor,
    handed_over,
    waiting,
    waits_for_lead,
)
from booking.people.schools.service.taking_up import (
    InvitationGone,
    WaitsForLead,
    accept_invitation,
    accept_offered,
    find_open,
    still_open,
)

__all__ = [
    "OWN_DETAILS",
    "AddressGone",
    "AlreadyHeld",
    "Comparison",
    "DaysRefused",
    "EmailTaken",
    "InvitationGone",
    "InvitationRefused",
    "LastLead",
    "ListedStanding",
    "NotYoursToGive",
    "PersonRefused",
    "ResetGone",
    "RoleOffer",
    "RoleRefused",
    "RolesToHandOver",
    "SchoolRefused",
    "Successor",
    "WaitsForLead",
    "accept_invitation",
    "accept_offered",
    "add_closure",
    "add_person",
    "add_school",
    "add_term",
    "allow",
    "ask_new_address",
    "ask_reset",
    "ask_whom",
    "bring_in",
    "change_address",
    "change_invited_address",
    "change_password",
    "change_person",
    "change_school",
    "compare",
    "decline",
    "disable_person",
    "email_key",
    "enable_person",
    "end_other_sessions",
    "end_session",
    "find_new_address",
    "find_open",
    "find_reset",
    "forget_person",
    "grant_role",
    "handed_over",
    "invite",
    "invite_several",
    "know_browser",
    "leave",
    "leave_network",
    "may_give",
    "offer_post",
    "record_first_step",
    "record_sign_in",
    "record_sign_out",
    "rejoin_network",
    "remove_closure",
    "remove_term",
    "reset_password",
    "revoke_role",
    "send_again",
    "still_open",
    "stop_role",
    "tell_of_strangers",
    "waiting",
    "waits_for_lead",
    "withdraw_invitation",
    "without_name",
]
