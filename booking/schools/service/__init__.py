"""Writes of schools, people, roles, invitations, passwords and school days."""

from booking.schools.service.days import (
    DaysRefused,
    add_closure,
    add_term,
    remove_closure,
    remove_term,
)
from booking.schools.service.people import (
    EmailTaken,
    PersonRefused,
    add_person,
    change_person,
    disable_person,
    email_key,
    enable_person,
    record_sign_in,
    record_sign_out,
)
from booking.schools.service.roles import (
    AlreadyHeld,
    LastLead,
    NotYoursToGive,
    RoleOffer,
    RoleRefused,
    grant_role,
    hand_over,
    may_give,
    revoke_role,
)
from booking.schools.service.schools import (
    SchoolRefused,
    add_school,
    change_school,
    leave_network,
    rejoin_network,
)

__all__ = [
    "AlreadyHeld",
    "DaysRefused",
    "EmailTaken",
    "LastLead",
    "NotYoursToGive",
    "PersonRefused",
    "RoleOffer",
    "RoleRefused",
    "SchoolRefused",
    "add_closure",
    "add_person",
    "add_school",
    "add_term",
    "change_person",
    "change_school",
    "disable_person",
    "email_key",
    "enable_person",
    "grant_role",
    "hand_over",
    "leave_network",
    "may_give",
    "record_sign_in",
    "record_sign_out",
    "rejoin_network",
    "remove_closure",
    "remove_term",
    "revoke_role",
]
