"""The work on an event: its host's, and the lead's. Day staff see the day and change the register.

The auditor looks on and changes nothing. A coordinator of a school that sends pupils is a guest
here, and has no part in it.
"""

from tests.trust.matrix.rows import COORDINATORS, HOSTS, LEAD, OWN, READERS, both, get, post

EVENT = "/host/events/{day_event}"
DRAFT = "/host/events/{draft}"
ROUND = "/host/events/{open_round}"
SHARED = "/host/events/{charged}"
INCIDENT = "/host/incidents/{incident}"
HOST = frozenset({"host"})
KEEPERS = HOST | LEAD
DAY_STAFF = frozenset({"day"})
#: Who looks after the pupils on the day.
STAFF = HOST | DAY_STAFF
#: Whoever only oversees is asked first why they must see the pupils.
GLASS = {"lead": 303, "auditor": 303}

ROWS = [
    get("host.home", "/host/", HOSTS | DAY_STAFF | READERS),
    *both("host.new", "/host/events/new", HOSTS | LEAD),
    get("host.examples", "/host/events/examples", HOSTS | LEAD),
    post("host.follow_example", EVENT + "/example", HOSTS | LEAD),
    get("host.proposed", "/host/events/proposed", HOSTS | LEAD),
    get("host.work", EVENT + "/", HOST | DAY_STAFF | READERS),
    get("host.history", EVENT + "/history", HOST | READERS),
    *both("host.edit", DRAFT + "/edit", KEEPERS),
    get("host.preview", DRAFT + "/preview", KEEPERS),
    get("host.preview_as", DRAFT + "/preview/parents", KEEPERS),
    *both("host.publish", DRAFT + "/publish", KEEPERS),
    # The lead's look, where the network's rules ask for it.
    *both("looks.ask", DRAFT + "/ask", KEEPERS),
    post("looks.withdraw", DRAFT + "/withdraw", KEEPERS),
    *both("looks.give_back", DRAFT + "/give-back", LEAD),
    post("host.discard", DRAFT + "/discard", KEEPERS),
    post("minimum.go_ahead", EVENT + "/go-ahead", KEEPERS),
    *both("host.cancel", EVENT + "/cancel", KEEPERS),
    post("host.clone", EVENT + "/clone", KEEPERS),
    *both("leading.leaders", EVENT + "/leading", KEEPERS),
    post("leading.confirm_checks", EVENT + "/leading/checked", KEEPERS),
    # Files: this one is for the day's staff; who keeps the event keeps them.
    get("files.download", "/files/{day_staff_file}", STAFF | READERS),
    *both("files.keep", "/files/of/event/{day_event_uid}/", KEEPERS),
    *both("files.change", "/files/{day_staff_file}/change", KEEPERS),
    *both("files.replace", "/files/{day_staff_file}/replace", KEEPERS),
    post("files.move", "/files/{day_staff_file}/move", KEEPERS, data={"way": "up"}),
    *both("files.delete", "/files/{day_staff_file}/delete", KEEPERS),
    get("allocation.round_page", ROUND + "/round", KEEPERS),
    get("allocation.round_chart", ROUND + "/round.svg", KEEPERS),
    get("allocation.check_round", ROUND + "/round/check", KEEPERS),
    post("allocation.run_round", ROUND + "/round", KEEPERS),
    *both("allocation.quotas", "/host/events/{kept}/quotas", KEEPERS),
    *both("groups.page", EVENT + "/groups", KEEPERS, answers=GLASS),
    *both("groups.propose", EVENT + "/groups/propose", KEEPERS, answers=GLASS),
    post("groups.fill", EVENT + "/groups/fill", KEEPERS),
    post("groups.undo", EVENT + "/groups/undo", KEEPERS),
    get("groups.workshops_page", EVENT + "/workshops", KEEPERS, answers=GLASS),
    *both("groups.new_workshop", EVENT + "/workshops/new", KEEPERS),
    *both("groups.change_workshop", "/host/workshops/{workshop}", KEEPERS),
    post("groups.remove_workshop", "/host/workshops/{workshop}/remove", KEEPERS),
    *both("groups.open_choices", EVENT + "/workshops/choices", KEEPERS),
    post("groups.share_workshops", EVENT + "/workshops/share", KEEPERS),
    get("groups.workshops_record", SHARED + "/workshops/record.json", KEEPERS),
    *both("groups.move_pupil", "/host/bookings/{remitted}/workshops", KEEPERS, answers=GLASS),
    post("groups.fill_workshops", SHARED + "/workshops/fill", KEEPERS),
    post("groups.undo_move", SHARED + "/workshops/undo", KEEPERS),
    # The lead and the auditor say first why they must see it; and see no health information.
    *both("glass.open_pupils", EVENT + "/open", READERS),
    get("glass.opened", "/school/openings/{opening}", OWN),
    get("rosters.page", EVENT + "/roster", STAFF | READERS, answers=GLASS),
    get("rosters.csv_file", EVENT + "/roster.csv", STAFF | READERS, answers=GLASS),
    get("rosters.xlsx_file", EVENT + "/roster.xlsx", STAFF | READERS, answers=GLASS),
    get("rosters.pdf_file", EVENT + "/roster.pdf", STAFF | READERS, answers=GLASS),
    get("rosters.answers_file", EVENT + "/answers.pdf", STAFF | READERS, answers=GLASS),
    # Food without a name is still of those who look after the pupils.
    get("rosters.kitchen_file", EVENT + "/kitchen.pdf", STAFF),
    *both("walk_ins.door", EVENT + "/door", STAFF),
    post("walk_ins.asked", "/host/walk-ins/{walk_in}/asked", STAFF),
    post("walk_ins.undo", "/host/walk-ins/{walk_in}/undo", STAFF),
    get("day_sheets.page", EVENT + "/paper", STAFF | READERS, answers=GLASS),
    get("day_sheets.day_sheet", EVENT + "/day-sheet.pdf", STAFF | READERS, answers=GLASS),
    get(
        "day_sheets.labels", EVENT + "/labels.pdf?sheet=21&first=1", STAFF | READERS, answers=GLASS
    ),
    get("day_sheets.sign_in", EVENT + "/sign-in.pdf", STAFF | READERS, answers=GLASS),
    # Who runs the event asks; what was answered is read on the roster.
    get("questions.listing", EVENT + "/questions", KEEPERS),
    *both("questions.ask", EVENT + "/questions/new", KEEPERS),
    *both("questions.reword", "/host/questions/{event_question}/", KEEPERS),
    *both("questions.withdraw", "/host/questions/{event_question}/withdraw", KEEPERS),
    get("rosters.register", EVENT + "/register", STAFF),
    post(
        "rosters.mark",
        EVENT + "/register",
        STAFF,
        data={"booking": "{confirmed}", "mark": "arrived"},
    ),
    get("answers.changes", EVENT + "/changes", STAFF),
    post("answers.seen_by_host", "/host/changes/{host_change}/seen", STAFF),
    *both("answers.contact", "/host/bookings/{confirmed}/contact", STAFF),
    post("rosters.take_taps", EVENT + "/register/taps", STAFF, data={"taps": "[]"}),
    post("rosters.rest", EVENT + "/register/rest", STAFF),
    # After the day; the auditor looks on.
    get("closing.day", EVENT + "/close", HOST | READERS),
    post("closing.close", EVENT + "/close", KEEPERS),
    *both("closing.reopen", EVENT + "/reopen", KEEPERS),
    post("closing.thank", EVENT + "/thanks", KEEPERS),
    *both("closing.lost", EVENT + "/lost", KEEPERS),
    post("closing.move_thing", "/host/lost/{lost}/", KEEPERS, data={"to": "given_back"}),
    post("closing.remove_thing", "/host/lost/{lost}/remove", KEEPERS),
    post("closing.ours", "/school/lost/{lost}/ours", COORDINATORS, data={"way": "send"}),
    post("closing.not_ours", "/school/lost/{lost}/not-ours", COORDINATORS),
    *both("closing.reflection", EVENT + "/reflection", KEEPERS),
    # What went wrong on the day: for those who look after the pupils, not for those who oversee.
    get("incidents.listing", EVENT + "/incidents", STAFF),
    *both("incidents.write_at_host", EVENT + "/incidents/new", STAFF),
    get("incidents.at_host", INCIDENT + "/", STAFF),
    # Only whoever has just written it can correct it; anybody else is led back.
    *both("incidents.change", INCIDENT + "/change", STAFF, answer=303),
    post("incidents.add_at_host", INCIDENT + "/add", STAFF),
    post("incidents.close_at_host", INCIDENT + "/close", STAFF),
    post("incidents.reopen_at_host", INCIDENT + "/reopen", STAFF),
    *both("incidents.search", EVENT + "/missing", STAFF),
    post("incidents.step", "/host/incidents/{search}/steps", STAFF, data={"step": "gates"}),
    get("incidents.calls", EVENT + "/calls", STAFF),
    post(
        "incidents.call",
        EVENT + "/calls",
        STAFF,
        data={"bookings": "{confirmed}", "call": "adult:spoke"},
    ),
    post(
        "incidents.settle",
        EVENT + "/calls/settle",
        STAFF,
        data={"booking": "{confirmed}", "mark": "late"},
    ),
    get("incidents.counts", EVENT + "/counts", STAFF),
    post("incidents.counts", EVENT + "/counts", STAFF, data={"way": "in", "came": "1"}),
    *both("incidents.explain", EVENT + "/counts/explain", STAFF),
    *both("incidents.times", EVENT + "/times", STAFF),
    # The host decides who helps on the day; day staff cannot invite others.
    *both("travel.notes", EVENT + "/visits", KEEPERS),
    *both("rosters.day_staff", EVENT + "/day-staff", KEEPERS),
    post("rosters.remove_day_staff", "/host/day-staff/{day_grant}/remove", KEEPERS),
    post(
        "rosters.withdraw_day_staff",
        "/host/day-staff/invitations/{day_invitation}/withdraw",
        KEEPERS,
    ),
]
