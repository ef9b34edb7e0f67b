"""A school's own pages: for its coordinators, about its own pupils, and for nobody else.

A family's answers and money are no business of the lead, auditor, treasurer or host.
"""

from tests.trust.matrix.rows import COORDINATORS, OWN, both, get, post

EVENT = "/school/events/{day_event}"
BOOKING = "/school/bookings/{confirmed}"
RIGHTS = "/school/rights/{data_request}"
INCIDENT = "/school/incidents/{incident}"
CHEQUE = "/school/bookings/{cheque_booking}/money"

PLACES = [
    get("school.home", "/school/", COORDINATORS),
    # Each coordinator sees their own school's season; the network's is for the lead.
    get("allocation.own_season", "/school/season", COORDINATORS),
    post("school.choose", "/school/choose", OWN, data={"school": "{own_school}"}),
    # The same address shows each coordinator their own school's part.
    get("school.event", EVENT + "/", COORDINATORS),
    post("school.ask", EVENT + "/request", COORDINATORS),
    post("school.withdraw_request", EVENT + "/request/withdraw", COORDINATORS),
    post("school.name", EVENT + "/names", COORDINATORS),
    *both("school.give_back", EVENT + "/give-back", COORDINATORS),
    post("school.reserve", "/school/bookings/{reserve}/reserve", OWN),
    post("school.asked_on_paper", "/school/bookings/{on_paper}/asked-on-paper", OWN),
    post("school.all_asked_on_paper", EVENT + "/asked-on-paper", COORDINATORS),
    get("school.history", BOOKING + "/history", OWN),
    get("school.new_link", BOOKING + "/link", OWN),
    post("school.send_new_link", BOOKING + "/link", OWN),
    get("school.withdraw_page", BOOKING + "/withdraw", OWN),
    post("school.withdraw", BOOKING + "/withdraw", OWN),
    post("school.answer_offer", "/school/offers/{offer}", OWN),
    # Only for the school whose pupils lead.
    *both("leading.agree", EVENT + "/leading", OWN),
    post("leading.take_back", EVENT + "/leading/take-back", OWN),
    *both("questions.answer", EVENT + "/questions", COORDINATORS),
    *both("groups.choose_on_paper", BOOKING + "/workshops", OWN),
    post("groups.told_families", EVENT + "/workshops/told", COORDINATORS),
    *both("rosters.adults", EVENT + "/adults", COORDINATORS),
    post("rosters.as_before", EVENT + "/adults/as-before", COORDINATORS),
    get("answers.coach_list", EVENT + "/coach-list", COORDINATORS),
    get("answers.coach_list_pdf", EVENT + "/coach-list.pdf", COORDINATORS),
    # What was written down about its own pupils, and who of them has not come.
    get("incidents.of_school", EVENT + "/incidents", COORDINATORS),
    *both("incidents.write_at_school", EVENT + "/incidents/new", COORDINATORS),
    get("incidents.at_school", INCIDENT + "/", OWN),
    post("incidents.add_at_school", INCIDENT + "/add", OWN),
    post("incidents.close_at_school", INCIDENT + "/close", OWN),
    post("incidents.reopen_at_school", INCIDENT + "/reopen", OWN),
    post("incidents.keep", INCIDENT + "/keep", OWN),
    get("incidents.calls_of_school", EVENT + "/calls", COORDINATORS),
    post(
        "incidents.call_of_school",
        EVENT + "/calls",
        COORDINATORS,
        data={"bookings": "{confirmed}", "call": "parent:spoke"},
    ),
    post(
        "incidents.report_absent",
        EVENT + "/calls/absent",
        OWN,
        data={"booking": "{confirmed}", "mark": "absent"},
    ),
    *both("walk_ins.put_right", "/school/walk-ins/{walk_in}/", OWN),
    post("rosters.remove", "/school/adults/{adult}/remove", OWN),
    *both("travel.plan", EVENT + "/travel", COORDINATORS),
    get("travel.pack", EVENT + "/visit-pack", COORDINATORS),
    get("travel.pack_pdf", EVENT + "/visit-pack.pdf", COORDINATORS),
    get("travel.cards_pdf", EVENT + "/emergency-cards.pdf", COORDINATORS),
    # Another school's bus: asked for by a school that comes, answered by the school that has it.
    post("travel.ask", "/school/buses/{bus}/ask", OWN, data={"wanted": "1"}),
    post("travel.confirm", "/school/seats/{seats_given}/confirm", OWN),
    post("travel.decline", "/school/seats/{seats_given}/decline", OWN),
    post("travel.take_back", "/school/seats/{seats_given}/take-back", OWN),
    post("travel.withdraw", "/school/seats/{seats_taken}/give-back", OWN),
    post("travel.read_news", "/school/seats/{seats_taken}/read", OWN),
]

PUPILS = [
    get("pupils.listing", "/school/pupils/", COORDINATORS),
    *both("pupils.add", "/school/pupils/add", COORDINATORS),
    get("pupils.export", "/school/pupils/export.csv", COORDINATORS),
    *both("pupils.choose_file", "/school/pupils/import", COORDINATORS),
    post("pupils.confirm", "/school/pupils/import/yes", COORDINATORS),
    get("pupils.new_year", "/school/pupils/new-year", COORDINATORS),
    post("pupils.move_up", "/school/pupils/new-year", COORDINATORS),
    post("pupils.undo_move", "/school/pupils/new-year/undo", COORDINATORS),
    *both("pupils.edit", "/school/pupils/{pupil}/", OWN),
    get("pupils.history", "/school/pupils/{pupil}/history", OWN),
    *both("pupils.leave", "/school/pupils/{pupil}/leave", OWN),
    *both("subjects.pupil", "/school/pupils/{pupil}/everything", OWN),
    get("subjects.pupil_file", "/school/pupils/{pupil}/everything/file", OWN, answer=303),
    get("data_requests.listing", "/school/rights/", COORDINATORS),
    *both("data_requests.new", "/school/rights/new", COORDINATORS),
    get("data_requests.show", RIGHTS, OWN),
    post("data_requests.answer", RIGHTS + "/answer", OWN),
    post("data_requests.longer", RIGHTS + "/longer", OWN),
    post("data_requests.lift", RIGHTS + "/lift", OWN),
    *both("subjects.erase_pupil", "/school/pupils/{pupil}/erase", OWN),
    # Whoever was found is only there for a while after the password was given.
    *both("subjects.erase_adult", "/school/adults/erase/0", COORDINATORS, answer=303),
    *both("subjects.typed", "/school/names/everything", COORDINATORS),
    *both("subjects.typed_found", "/school/names/found", COORDINATORS, answer=303),
    get("subjects.typed_file", "/school/names/found/file", COORDINATORS, answer=303),
    *both("subjects.adults", "/school/adults/everything", COORDINATORS),
    get("subjects.adult_file", "/school/adults/everything/file/0", COORDINATORS, answer=303),
]

MONEY = [
    *both("cash.banked", "/school/cash/", COORDINATORS),
    *both("cash.undo", "/school/cash/{pay_in}/undo", OWN),
    get("checkout.money", EVENT + "/money", COORDINATORS),
    get("checkout.booking_money", BOOKING + "/money", OWN),
    post("checkout.receive", BOOKING + "/money/receive", OWN),
    post("checkout.remit", BOOKING + "/money/remit", OWN),
    post("checkout.ask_again", BOOKING + "/money/ask", OWN),
    post("checkout.remind", BOOKING + "/money/remind", OWN),
    post("checkout.refund", CHEQUE + "/refund/{payment}", OWN),
    post("checkout.given_back", CHEQUE + "/given-back/{refund}", OWN),
    *both("checkout.undo_refund", CHEQUE + "/undo-refund/{refund}", OWN),
    *both("checkout.undo_receipt", CHEQUE + "/undo/{payment}", OWN),
    *both("answers.pupil", BOOKING + "/", OWN, data={"note": "No strawberries"}),
    post("answers.seen_at_school", "/school/changes/{school_change}/seen", OWN),
    get("outbox.of_booking", "/school/bookings/{invited}/mail", OWN),
    *both("checkout.letters", EVENT + "/letters", COORDINATORS),
    get("checkout.letter", "/school/bookings/{on_paper}/letter", OWN),
    post("checkout.print_letter", "/school/bookings/{on_paper}/letter", OWN),
    *both("checkout.paper_replies", EVENT + "/paper-replies", COORDINATORS),
    get("checkout.paper_reply", "/school/bookings/{invited}/reply", OWN),
    post("checkout.record_paper_reply", "/school/bookings/{invited}/reply", OWN),
    get("checkout.still_fine_on_paper", "/school/bookings/{confirmed}/still-fine", OWN),
    post("checkout.record_still_fine", "/school/bookings/{confirmed}/still-fine", OWN),
    get("checkout.family_question", "/school/questions/{question}", OWN),
    post("checkout.settle_question", "/school/questions/{question}", OWN),
    get("checkout.objection", "/school/objections/{objection}", OWN),
    post("checkout.settle_objection", "/school/objections/{objection}", OWN),
]

SCHOOL = [
    *both("own_school.details", "/school/details", COORDINATORS),
    get("own_school.files", "/school/files", COORDINATORS, answer=303),
    get("own_school.history", "/school/history", COORDINATORS),
    *both("own_school.add_closure", "/school/closures/new", COORDINATORS),
    *both("own_school.colleagues", "/school/colleagues", COORDINATORS),
    *both("own_school.invite_several", "/school/colleagues/several", COORDINATORS),
]

ROWS = [*PLACES, *PUPILS, *MONEY, *SCHOOL]
