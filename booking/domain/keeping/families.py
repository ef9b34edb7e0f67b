"""What is kept of pupils and their families, and how long."""

from booking.domain import readers
from booking.domain.keeping.rows import KeptRow, LawfulBasis, Whose
from booking.domain.keeping.times import KeepingTime

#: What stands where a name was.
NAME_REMOVED = "(name removed)"

_FAMILIES = Whose.FAMILIES
_OPEN = "an incident of the pupil is open"
_DAY = "To look after the pupil on the day"
_ANSWERS = KeepingTime("the event", days=readers.KEPT_DAYS)

PUPILS = KeptRow(
    _FAMILIES,
    "Pupils: name, class, the school’s own number, and which parents they have",
    "To put pupils forward for events",
    LawfulBasis.TASK,
    KeepingTime("the pupil was last at an event, or put on the list", school_years=1),
    "pupils: forename surname class_name admission_number; pupil_parents: pupil_id parent_id",
    unless="an incident of the pupil is kept",
)
BOOKINGS = KeptRow(
    _FAMILIES,
    "Which pupil was at which event, with attendance and what was asked for",
    "To give places, and to show that they were shared fairly",
    LawfulBasis.TASK,
    KeepingTime("the event", school_years=1),
    "bookings: pupil_id",
    unless="an incident of the pupil is kept",
    remains="a pupil without a name: school, year, whether they came, what was asked and paid",
)
SIGNATURES = KeptRow(
    _FAMILIES,
    "Consent: the name that a parent typed or wrote",
    "To show who agreed, and to which words",
    LawfulBasis.TASK,
    KeepingTime("the event", school_years=1),
    "consents: given_by parent_id",
    unless="an incident of the pupil is kept",
    remains="that somebody agreed, when, and to which words",
)
PARENTS = KeptRow(
    _FAMILIES,
    "Parents and carers: name, e-mail address, telephone number",
    "To ask for consent, and to tell families what they need to know",
    LawfulBasis.TASK,
    KeepingTime("with the last of their children, and of what was agreed or paid"),
    "parents: name email phone",
)
MOVES = KeptRow(
    _FAMILIES,
    "Which year and class a pupil was in before moving up",
    "To undo it",
    LawfulBasis.TASK,
    KeepingTime("pupils moved up", days=30),
    "moved_pupils: pupil_id class_name_before",
    remains="how many moved up",
)
LINKS = KeptRow(
    _FAMILIES,
    "Parents’ private links, and codes in letters; never the link itself, only what recognises it",
    "To open a family’s own page",
    LawfulBasis.TASK,
    KeepingTime("they expired", days=30),
    "parent_links: token_hash parent_id code_hash",
)
NEEDS = KeptRow(
    _FAMILIES,
    "Answers about health, access and food, who collects the pupil, whom to ring",
    _DAY,
    LawfulBasis.HEALTH,
    _ANSWERS,
    "needs: health access diets diet_note collected_by emergency_name emergency_phone told_by_id"
    " day_by_id",
    unless=_OPEN,
    remains="whether photos were allowed, and how the pupil went home, without a name after a year",
)
ASKED = KeptRow(
    _FAMILIES,
    "Answers to what a host asks besides",
    _DAY,
    LawfulBasis.TASK,
    KeepingTime(
        "as the question says: the day after the event, 14 days after, or at the end of the school"
        " year"
    ),
    "question_answers: chosen text parent_id",
    remains="the question",
)
ASKED_AGAIN = KeptRow(
    _FAMILIES,
    "That consent was asked for again",
    "To have the answer of a family when an event has moved",
    LawfulBasis.TASK,
    _ANSWERS,
    "consent_questions: facts_digest",
)
LATE_CHANGES = KeptRow(
    _FAMILIES,
    "Which answers a family changed late, and why somebody opened whom to ring",
    _DAY,
    LawfulBasis.HEALTH,
    _ANSWERS,
    "late_changes: parts; contact_openings: reason",
    unless=_OPEN,
    remains="in the record of acts, that it was opened",
)
CALLS = KeptRow(
    _FAMILIES,
    "Calls about pupils who had not come, and what was learnt",
    "To find every pupil",
    LawfulBasis.TASK,
    KeepingTime("the date", days=14),
    "calls: learnt",
    unless=_OPEN,
)
REGISTER = KeptRow(
    _FAMILIES,
    "Each press in the register, and with whom a pupil left",
    _DAY,
    LawfulBasis.TASK,
    KeepingTime("the event", days=14),
    "register_taps: key mark left_with; register_marks: left_with",
    remains="whether the pupil came and went home",
)
WALK_INS = KeptRow(
    _FAMILIES,
    "Pupils who came without being on the list",
    _DAY,
    LawfulBasis.TASK,
    KeepingTime("the event", days=14),
    "walk_ins: name folded reason pupil_id",
)
OBJECTIONS = KeptRow(
    _FAMILIES,
    "What a family asked its school, and that a parent did not agree",
    "To talk to the family",
    LawfulBasis.TASK,
    KeepingTime("the event", days=30),
    "objections: parent_id; family_questions: parent_id text",
)
WISHES = KeptRow(
    _FAMILIES,
    "The events that a school had in mind for a pupil",
    "To share out the events of a term",
    LawfulBasis.TASK,
    KeepingTime("the last day of the plan", days=30),
    "season_plan_pupils: pupil_id reference; season_plan_proposals: record published",
    remains="the published record, in which no pupil has a name",
)
WORKSHOPS = KeptRow(
    _FAMILIES,
    "Pupils’ choices of workshops",
    "To share out the workshops",
    LawfulBasis.TASK,
    KeepingTime("the event", days=14),
    "workshop_choices: record before",
    remains="which workshop a pupil was at, for as long as the booking has a name",
)
LEADERS = KeptRow(
    _FAMILIES,
    "Names of older pupils who led an event",
    "To know who is there, and for their certificates",
    LawfulBasis.TASK,
    KeepingTime("the event", days=60),
    "pupil_leaders: name",
    remains="how many led",
)
TOUR_LEADERS = KeptRow(
    _FAMILIES,
    "Names of older pupils who led a tour of schools",
    "To know who is there, and for their certificates",
    LawfulBasis.TASK,
    KeepingTime("the tour", days=90),
    "tour_leaders: pupil_id written_name",
)
CALENDARS = KeptRow(
    _FAMILIES,
    "Parents’ private calendars",
    "To show a family its events",
    LawfulBasis.TASK,
    KeepingTime("the family’s last event", days=30),
    "feeds: parent_id",
)
FAMILIES_WRITTEN_TO = KeptRow(
    _FAMILIES,
    "Which families received a circular",
    "To write to nobody twice",
    LawfulBasis.TASK,
    KeepingTime("it went out", days=60),
    "circular_copies: parent_id mail_key",
)
#: Three years: reports under RIDDOR 2013, regulation 12. Otherwise a claim may be brought until
#: three years after the 18th birthday (Limitation Act 1980, sections 11 and 28), so until 21; the
#: IRMS Information Management Toolkit for Schools keeps the papers of a serious accident until 25.
INCIDENTS = KeptRow(
    _FAMILIES,
    "What was written down when something happened to a pupil",
    "To look after the pupil, and to answer for what was done",
    LawfulBasis.CLAIMS,
    KeepingTime(
        "once closed, as the pupil’s school says: the end of the next school year, three years "
        "(reports under RIDDOR 2013), or the age of 25 after a serious accident (a claim may be "
        "brought until 21: Limitation Act 1980)"
    ),
    "incidents: place what done told outcome; incident_notes: text",
)

ROWS = (
    *(PUPILS, PARENTS, BOOKINGS, SIGNATURES, NEEDS, ASKED, ASKED_AGAIN, LATE_CHANGES, CALLS),
    *(REGISTER, WALK_INS, INCIDENTS, OBJECTIONS, WISHES, WORKSHOPS, LEADERS, TOUR_LEADERS),
    *(LINKS, CALENDARS, FAMILIES_WRITTEN_TO, MOVES),
)
