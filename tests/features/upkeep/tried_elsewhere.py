"""Rules of retention that are tried with the features that have them."""

#: Tried in tests/features/money/bank/test_retention.py.
BANK_WORDS = "descriptions on bank statements"
#: Tried in tests/features/money/bids/test_upkeep.py.
RECEIPTS = "receipts of bids"
#: Tried in tests/features/money/checkout/test_asked_again.py.
FAMILIES = {"consent asked again", "objections of parents", "questions of families"}
#: Tried in tests/features/days/questions/test_schools.py.
QUESTIONS = "answers to hosts’ questions"
#: Tried in tests/features/on_the_day/answers.
ANSWERS = {"accompanying adults", "late changes", "whom to ring, opened"}
#: Tried in tests/features/days/leading and days/tours.
LEADERS, TOURS = "pupils who led", "leaders of tours"
#: Tried in tests/features/days/groups/test_workshops.py.
WORKSHOPS = {"records of workshops shared out", "wishes for workshops"}
#: Tried in tests/features/foundation/notifications/test_outbox.py.
MAIL_TEXTS = "text of mail that was given up"
#: Tried in tests/features/foundation/files, network/circulars, network/meetings and
#: people/schools.
FILES = {
    "contents of deleted files",
    "files of circulars",
    "files of events",
    "files of schools",
    "older versions of files",
    "papers of meetings",
}
#: Tried in tests/features/on_the_day/incidents.
INCIDENTS = {
    "calls about pupils who had not come",
    "heads counted in and out",
    "incidents",
}
#: Tried in tests/features/on_the_day/travel.
TRAVEL = {"how schools travel", "hosts’ notes for visits", "shared seats"}
#: Tried in tests/features/on_the_day/rosters, walk_ins and closing, and in
#: tests/features/network/circulars and money/claims.
ON_THE_DAY = {"lost property", "presses in the register", "with whom pupils left"}
ON_THE_DAY |= {"pupils who came at the door", "pupils opened to those who oversee"}
TEMPLATES = "templates of circulars"
#: Tried in tests/features/network/texts.
TEXTS = "who wrote old versions of texts"
CLAIMS = {"claims of events' costs", "claims' receipts"}
#: Tried in tests/features/network/resources.
RESOURCES = {
    "files of deleted resources",
    "private addresses of new resources",
    "settled problems with resources",
    "withdrawn resources",
}
#: Tried in tests/features/network/colleague_questions.
ASKED = "questions to colleagues"
#: Tried in tests/features/network/meetings.
GUESTS = "guests of meetings"
#: Tried in tests/features/network/colleague_groups.
CIRCLES = {"ended groups", "files of deleted groups"}
#: Tried in tests/features/network/directory.
DIRECTORY = {"ended offers of expertise", "links between schools"}
#: Tried in tests/features/network/visits.
VISITS = "visits between schools"
ELSEWHERE = {
    *(
        ASKED,
        GUESTS,
        BANK_WORDS,
        RECEIPTS,
        MAIL_TEXTS,
        LEADERS,
        TOURS,
        QUESTIONS,
        TEMPLATES,
        TEXTS,
        VISITS,
        "proofs",
    ),
    *FAMILIES,
    *ANSWERS,
    *WORKSHOPS,
    *FILES,
    *INCIDENTS,
    *TRAVEL,
    *ON_THE_DAY,
    *CLAIMS,
    *RESOURCES,
    *DIRECTORY,
    *CIRCLES,
}
