"""What is kept of what colleagues do for one another."""

from booking.domain.keeping.rows import KeptRow, LawfulBasis, Whose
from booking.domain.keeping.times import KeepingTime

_STAFF = Whose.STAFF
_WORK = "To run the network"

RESOURCES = KeptRow(
    _STAFF,
    "Resources that were withdrawn, with their files and the notes of those who tried them",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("they were withdrawn", years=1),
    "resources: title about institution withdrawn_reason; resource_versions: link changed;"
    "tried_notes: worked did_not institution hidden_reason; attached_files: name",
    remains="what was not withdrawn stays with its school, without the name of whoever has left",
)
RESOURCE_PROBLEMS = KeptRow(
    _STAFF,
    "Problems with resources that were told to the lead, and the answers",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("they were settled", years=1),
    "resource_problems: told answer",
)
RESOURCE_FEEDS = KeptRow(
    _STAFF,
    "Private addresses at which new resources are read",
    "To know whose reader asks",
    LawfulBasis.TASK,
    KeepingTime("they are ended, or the account loses its name"),
    "resource_feeds: token_hash",
)
EXPERTISE = KeptRow(
    _STAFF,
    "What colleagues offered to other schools and no longer do, and who confirmed it",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("they were declined, lapsed or withdrawn", years=1),
    "expertise: about time reason kinds phases; nominations: token_hash head_name head_email",
    remains="what is listed stays for as long as it is confirmed every year",
)
HELP_LINKS = KeptRow(
    _STAFF,
    "Links between schools: who asked for what, and whether it led to something",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("they ended", years=2),
    "help_links: what by_when word outcome_hash",
)

QUESTIONS = KeptRow(
    _STAFF,
    "Questions to colleagues and their answers, those without a name too",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("they were closed or last answered", school_years=2),
    "colleague_questions: title about area hidden_reason told;"
    "colleague_answers: words hidden_reason",
)

GROUPS = KeptRow(
    _STAFF,
    "Groups of colleagues that have ended, with their members, notes and files",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("they ended", school_years=2),
    "staff_groups: name purpose ended_reason; staff_group_members: person_id;"
    "staff_group_asks: person_id word; staff_group_notes: words",
    remains="a living group, without those who have left it",
)

VISITS = KeptRow(
    _STAFF,
    "Visits between schools: who asked to come, what was answered, what visitors took home",
    _WORK,
    LawfulBasis.TASK,
    KeepingTime("they ended", years=2),
    "staff_visits: title subject about cancelled_reason; visit_asks: hope answer note",
)

ROWS = (
    *(RESOURCES, RESOURCE_PROBLEMS, RESOURCE_FEEDS),
    *(EXPERTISE, HELP_LINKS, QUESTIONS, GROUPS),
    VISITS,
)
