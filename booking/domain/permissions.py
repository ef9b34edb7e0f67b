"""Who may do what: one table of actions, decided from a person's roles and nothing else.

A role is held across the network, at a school, or for one event (day staff). Deny by default.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    """The roles a person can hold; one person may hold several, at several schools."""

    LEAD = "lead"
    TREASURER = "treasurer"
    AUDITOR = "auditor"
    COORDINATOR = "coordinator"
    HOST = "host"
    DAY_STAFF = "day_staff"
    STAFF = "staff"
    ASSOCIATE = "associate"


NETWORK_ROLES = frozenset({Role.LEAD, Role.TREASURER, Role.AUDITOR})
SCHOOL_ROLES = frozenset({Role.COORDINATOR, Role.HOST, Role.STAFF})
#: Those of schools that may read what is about pupils, each as far as its rules say.
PUPIL_ROLES = SCHOOL_ROLES - {Role.STAFF}
#: Held across the network for an institution outside it; not one of those who run the network.
OUTSIDE_ROLES = frozenset({Role.ASSOCIATE})
#: They see network life and nothing else: no pupils, no money, nobody’s telephone number.
LIFE_ROLES = frozenset({Role.STAFF, Role.ASSOCIATE})
ROLE_WORDS = {
    Role.LEAD: "Network lead",
    Role.TREASURER: "Treasurer",
    Role.AUDITOR: "Auditor",
    Role.COORDINATOR: "Coordinator",
    Role.HOST: "Host",
    Role.DAY_STAFF: "Day staff",
    Role.STAFF: "Member of staff",
    Role.ASSOCIATE: "Associate",
}
#: What those who hold a role are called.
ROLE_PLURALS = {
    Role.COORDINATOR: "Coordinators",
    Role.HOST: "Hosts",
    Role.STAFF: "Members of staff",
    Role.ASSOCIATE: "Associates",
    Role.LEAD: "Network leads",
    Role.TREASURER: "Treasurers",
    Role.AUDITOR: "Auditors",
}


@dataclass(frozen=True)
class Grant:
    """One role, and the school or event it is for (None: the whole network)."""

    role: Role
    school_id: int | None = None
    event_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who is acting: a person with roles, a parent with a link, or the worker."""

    kind: str = "person"
    person_id: int | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)

    def has(self, role: Role) -> bool:
        """Return whether the actor holds `role` anywhere."""
        return any(grant.role is role for grant in self.grants)

    def school_ids(self, role: Role) -> tuple[int, ...]:
        """Return the schools at which the actor holds `role`, in id order."""
        return tuple(
            sorted(g.school_id for g in self.grants if g.role is role and g.school_id is not None)
        )

    def schools(self) -> frozenset[int]:
        """Return the schools at which the actor holds any role."""
        return frozenset(g.school_id for g in self.grants if g.school_id is not None)


WORKER = Actor(kind="worker")
PARENT = Actor(kind="parent")
VISITOR = Actor(kind="visitor")
COMMAND = Actor(kind="command")


@dataclass(frozen=True)
class Scope:
    """What an object belongs to: the school that owns it and, where it has one, its event."""

    school_id: int | None = None
    event_id: int | None = None
    #: Who made it, or whose it is, where that gives or takes a right to it.
    person_id: int | None = None


class Action(StrEnum):
    """Everything that needs permission."""

    SEE_SCHOOL = "see_school"
    KEEP_SCHOOL = "keep_school"
    SEE_PUPILS = "see_pupils"
    KEEP_PUPILS = "keep_pupils"
    SEE_PLACES = "see_places"
    REQUEST_PLACES = "request_places"
    SEE_FUNDING = "see_funding"
    KEEP_FUNDING = "keep_funding"
    WRITE_EVENTS = "write_events"
    EDIT_EVENT = "edit_event"
    SEE_EVENT_WORK = "see_event_work"
    SEE_EVENT_HISTORY = "see_event_history"
    SEE_CLOSING = "see_closing"
    RUN_ROUND = "run_round"
    SEE_ROSTER = "see_roster"
    PLACE_PUPILS = "place_pupils"
    OPEN_PUPILS = "open_pupils"
    TAKE_REGISTER = "take_register"
    SEE_HEALTH = "see_health"
    READ_ANSWERS = "read_answers"
    SEE_FUND = "see_fund"
    KEEP_FUND = "keep_fund"
    STEER_FUND = "steer_fund"
    BID = "bid"
    PROPOSE_SPEAKER = "propose_speaker"
    SEE_BID = "see_bid"
    KEEP_BID = "keep_bid"
    SEE_RECEIPT = "see_receipt"
    DECIDE_BIDS = "decide_bids"
    SEE_CLAIM = "see_claim"
    KEEP_CLAIM = "keep_claim"
    DECIDE_CLAIMS = "decide_claims"
    SEE_INVOICE = "see_invoice"
    SEE_NETWORK = "see_network"
    RUN_NETWORK = "run_network"
    SEE_AUDIT = "see_audit"
    SEE_OUTBOX = "see_outbox"
    KEEP_OUTBOX = "keep_outbox"
    SEE_MEETINGS = "see_meetings"
    KEEP_MEETING = "keep_meeting"
    SEE_NETWORK_LIFE = "see_network_life"
    KEEP_RESOURCE = "keep_resource"
    KEEP_TRIED_NOTE = "keep_tried_note"
    KEEP_EXPERTISE = "keep_expertise"
    KEEP_QUESTION = "keep_question"
    KEEP_GROUP = "keep_group"
    KEEP_GROUP_NOTE = "keep_group_note"
    KEEP_VISIT = "keep_visit"
    KEEP_VISIT_ASK = "keep_visit_ask"
    SEE_COLLEAGUES = "see_colleagues"
    SEE_IDEAS = "see_ideas"
    PROPOSE_IDEA = "propose_idea"
    SECOND_IDEA = "second_idea"
    KEEP_IDEA = "keep_idea"
    SEE_FILES = "see_files"
    KEEP_FILES = "keep_files"
    SEE_TOURS = "see_tours"
    JOIN_TOURS = "join_tours"
    KEEP_LEADERS = "keep_leaders"
    WRITE_CIRCULARS = "write_circulars"
    RESET_FACTORS = "reset_factors"
    OWN_ACCOUNT = "own_account"


@dataclass(frozen=True)
class AccessRule:
    """Which roles may do an action: anywhere, at the object's school, or for its event."""

    network: frozenset[Role] = frozenset()
    school: frozenset[Role] = frozenset()
    event: frozenset[Role] = frozenset()
    #: Roles in the network that may, but only through a glass: with a reason, and told to the
    #: school whose families it concerns.
    glass: frozenset[Role] = frozenset()
    anyone: bool = False
    #: Whoever made the object may, whatever roles they have now.
    maker: bool = False
    #: It takes two people: never whoever the object is of, whatever roles they have.
    others_only: bool = False


def _roles(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_LEAD, _AUDITOR = Role.LEAD, Role.AUDITOR
RULES: dict[Action, AccessRule] = {
    Action.SEE_SCHOOL: AccessRule(_roles(_LEAD, _AUDITOR), _roles(Role.COORDINATOR)),
    Action.KEEP_SCHOOL: AccessRule(_roles(_LEAD), _roles(Role.COORDINATOR)),
    Action.SEE_PUPILS: AccessRule(_roles(_AUDITOR), _roles(Role.COORDINATOR)),
    Action.KEEP_PUPILS: AccessRule(school=_roles(Role.COORDINATOR)),
    # A school's places, in numbers. Its coordinators see more where they work on them.
    Action.SEE_PLACES: AccessRule(_roles(_LEAD, _AUDITOR)),
    Action.REQUEST_PLACES: AccessRule(school=_roles(Role.COORDINATOR)),
    Action.SEE_FUNDING: AccessRule(_roles(_AUDITOR), _roles(Role.COORDINATOR)),
    Action.KEEP_FUNDING: AccessRule(school=_roles(Role.COORDINATOR)),
    Action.WRITE_EVENTS: AccessRule(_roles(_LEAD), _roles(Role.HOST)),
    Action.EDIT_EVENT: AccessRule(_roles(_LEAD), _roles(Role.HOST)),
    Action.SEE_EVENT_WORK: AccessRule(
        _roles(_LEAD, _AUDITOR), _roles(Role.HOST), _roles(Role.DAY_STAFF)
    ),
    # Who changed what: the helpers of one day have no need of it.
    Action.SEE_EVENT_HISTORY: AccessRule(_roles(_LEAD, _AUDITOR), _roles(Role.HOST)),
    # What is left to do after an event, and what it cost.
    Action.SEE_CLOSING: AccessRule(_roles(_LEAD, _AUDITOR), _roles(Role.HOST)),
    Action.RUN_ROUND: AccessRule(_roles(_LEAD), _roles(Role.HOST)),
    # Who comes, by name: whoever only oversees has to say why they must know.
    Action.SEE_ROSTER: AccessRule(
        school=_roles(Role.HOST), event=_roles(Role.DAY_STAFF), glass=_roles(_LEAD, _AUDITOR)
    ),
    # Pupils put into groups and workshops by hand.
    Action.PLACE_PUPILS: AccessRule(school=_roles(Role.HOST), glass=_roles(_LEAD)),
    Action.OPEN_PUPILS: AccessRule(_roles(_LEAD, _AUDITOR)),
    Action.TAKE_REGISTER: AccessRule(school=_roles(Role.HOST), event=_roles(Role.DAY_STAFF)),
    # Life-safety alerts: for those who look after the pupils on the day. Not the lead or the
    # auditor.
    Action.SEE_HEALTH: AccessRule(school=_roles(Role.HOST), event=_roles(Role.DAY_STAFF)),
    # What families told about a school's own pupils: for those who prepare their day, and nobody
    # who only oversees.
    Action.READ_ANSWERS: AccessRule(school=_roles(Role.COORDINATOR)),
    Action.SEE_FUND: AccessRule(_roles(Role.TREASURER, _LEAD, _AUDITOR)),
    Action.KEEP_FUND: AccessRule(_roles(Role.TREASURER)),
    # Which funds there are, and what needs a second person, who must hold one of these roles.
    Action.STEER_FUND: AccessRule(_roles(Role.TREASURER, _LEAD)),
    # Bids for CPD money: anybody with a role at a school may bid for it, and reads their own bids;
    # its coordinators speak for the school, so they read and look after all of its bids.
    Action.BID: AccessRule(school=_roles(Role.COORDINATOR, Role.HOST)),
    Action.PROPOSE_SPEAKER: AccessRule(school=_roles(Role.COORDINATOR)),
    Action.SEE_BID: AccessRule(
        _roles(Role.TREASURER, _LEAD, _AUDITOR), _roles(Role.COORDINATOR), maker=True
    ),
    Action.KEEP_BID: AccessRule(school=_roles(Role.COORDINATOR), maker=True),
    # A receipt may show a person's name and bank account, so only the payer, the auditor and its
    # owner see it.
    Action.SEE_RECEIPT: AccessRule(_roles(Role.TREASURER, _AUDITOR), maker=True),
    Action.DECIDE_BIDS: AccessRule(_roles(Role.TREASURER, _LEAD)),
    # What an event cost: whoever runs the event claims it; its hosts read how far a claim has got.
    Action.SEE_CLAIM: AccessRule(
        _roles(Role.TREASURER, _LEAD, _AUDITOR), _roles(Role.HOST), maker=True
    ),
    Action.KEEP_CLAIM: AccessRule(maker=True),
    Action.DECIDE_CLAIMS: AccessRule(_roles(Role.TREASURER, _LEAD)),
    Action.SEE_INVOICE: AccessRule(
        _roles(Role.TREASURER, _LEAD, _AUDITOR), _roles(Role.COORDINATOR)
    ),
    Action.SEE_NETWORK: AccessRule(_roles(_LEAD, _AUDITOR)),
    Action.RUN_NETWORK: AccessRule(_roles(_LEAD)),
    Action.SEE_AUDIT: AccessRule(_roles(_LEAD, _AUDITOR)),
    # Which mail arrived, never what it says; a parent's address is only for the home school.
    Action.SEE_OUTBOX: AccessRule(_roles(_LEAD, _AUDITOR)),
    Action.KEEP_OUTBOX: AccessRule(_roles(_LEAD)),
    # Which meetings depends on who is invited; see the queries of meetings.
    Action.SEE_MEETINGS: AccessRule(anyone=True),
    # The lead's, and those of a circle for whoever leads it.
    Action.KEEP_MEETING: AccessRule(_roles(_LEAD), maker=True),
    # What colleagues do for one another: adults only, no pupils and no money.
    Action.SEE_NETWORK_LIFE: AccessRule(
        _roles(_LEAD, Role.TREASURER, _AUDITOR, Role.ASSOCIATE),
        _roles(Role.COORDINATOR, Role.HOST, Role.STAFF),
    ),
    # A resource is its school's: whoever wrote it, the school's coordinators, and the lead.
    Action.KEEP_RESOURCE: AccessRule(_roles(_LEAD), _roles(Role.COORDINATOR), maker=True),
    # What somebody says who tried one is their own.
    Action.KEEP_TRIED_NOTE: AccessRule(maker=True),
    # What somebody asks colleagues, or answers, is their own.
    Action.KEEP_QUESTION: AccessRule(maker=True),
    # A group is kept by whoever leads it, and a note by its author too; the lead keeps both.
    Action.KEEP_GROUP: AccessRule(_roles(_LEAD), maker=True),
    Action.KEEP_GROUP_NOTE: AccessRule(_roles(_LEAD), maker=True),
    # A visit is its school's: whoever opened it answers, and the school's coordinators may.
    Action.KEEP_VISIT: AccessRule(school=_roles(Role.COORDINATOR), maker=True),
    # What somebody asks of another school, and notes about it, is their own.
    Action.KEEP_VISIT_ASK: AccessRule(maker=True),
    # What somebody offers to other schools is their own.
    Action.KEEP_EXPERTISE: AccessRule(maker=True),
    # Ideas for events: every school reads and seconds those of the others, for itself.
    Action.SEE_IDEAS: AccessRule(_roles(_LEAD, _AUDITOR), _roles(Role.COORDINATOR, Role.HOST)),
    Action.PROPOSE_IDEA: AccessRule(_roles(_LEAD), _roles(Role.COORDINATOR, Role.HOST)),
    Action.SECOND_IDEA: AccessRule(school=_roles(Role.COORDINATOR, Role.HOST)),
    Action.KEEP_IDEA: AccessRule(_roles(_LEAD), maker=True),
    # Whose files depends on what a person is to their owner; see the port of the file shelf.
    Action.SEE_FILES: AccessRule(anyone=True),
    Action.KEEP_FILES: AccessRule(anyone=True),
    # A tour's stops and its kit, without the names of the pupils who lead it.
    Action.SEE_TOURS: AccessRule(_roles(_LEAD, _AUDITOR), _roles(Role.COORDINATOR, Role.HOST)),
    # Asking for a stop at one's own school; handing the kit over there.
    Action.JOIN_TOURS: AccessRule(school=_roles(Role.COORDINATOR, Role.HOST)),
    # Who leads a tour: pupils' names, for their own school and nobody who only oversees.
    Action.KEEP_LEADERS: AccessRule(school=_roles(Role.COORDINATOR, Role.HOST)),
    # Who coordinates which school, and how to reach them: for those who have to.
    Action.SEE_COLLEAGUES: AccessRule(
        _roles(_LEAD, Role.TREASURER, _AUDITOR), _roles(Role.COORDINATOR, Role.HOST)
    ),
    # To whom depends on who they are: see `domain/circulars`. The lead writes to no family.
    Action.WRITE_CIRCULARS: AccessRule(_roles(_LEAD), _roles(Role.COORDINATOR, Role.HOST)),
    # Passkeys, apps and recovery codes of somebody who has lost them.
    Action.RESET_FACTORS: AccessRule(_roles(_LEAD), others_only=True),
    Action.OWN_ACCOUNT: AccessRule(anyone=True),
}


def may(actor: Actor, action: Action, scope: Scope | None = None) -> bool:
    """Return whether `actor` may do `action` to an object of `scope`.

    Without a scope the question is about the section as a whole: a role at any school or event will
    do.
    """
    if actor.kind != "person" or actor.person_id is None:
        return False
    rule = RULES[action]
    is_own = scope is not None and scope.person_id == actor.person_id
    if is_own and rule.others_only:
        return False
    if rule.anyone or (is_own and rule.maker):
        return True
    return any(_allows(rule, grant, scope) for grant in actor.grants)


def needs_glass(actor: Actor, action: Action, scope: Scope) -> bool:
    """Return whether `actor` may do `action` only through a glass: nothing else lets them."""
    if not (glass := RULES[action].glass):
        return False
    rest = frozenset(grant for grant in actor.grants if grant.role not in glass)
    return may(actor, action, scope) and not may(replace(actor, grants=rest), action, scope)


def _allows(rule: AccessRule, grant: Grant, scope: Scope | None) -> bool:
    if grant.role in rule.network or grant.role in rule.glass:
        return True
    if grant.role in rule.school:
        return scope is None or (grant.school_id is not None and grant.school_id == scope.school_id)
    if grant.role in rule.event:
        return scope is None or (grant.event_id is not None and grant.event_id == scope.event_id)
    return False
