"""Groups: for whoever sees network life; kept by whoever leads one, and by the network lead."""

from tests.trust.matrix.rows import LEAD, LIFE, OWN, both, get, post

GROUP = "/groups/{staff_group}"
MEMBER = "/groups/members/{group_member}"
ASK, ASKED_IN = "/groups/asks/{group_ask}", "/groups/asks/{group_asked_in}"
NOTE = "/groups/notes/{group_note}"
#: Here "own" leads the group, "other" is in it and wrote the note, "elsewhere" was asked in.
KEEPS = OWN | LEAD
WROTE = KEEPS | frozenset({"other"})

ROWS = [
    get("colleague_groups.listing", "/groups/", LIFE),
    *both("colleague_groups.found", "/groups/new", LIFE),
    get("colleague_groups.show", GROUP, LIFE),
    *both("colleague_groups.change", GROUP + "/change", KEEPS),
    *both("colleague_groups.end", GROUP + "/end", KEEPS),
    post("colleague_groups.begin_again", GROUP + "/begin-again", KEEPS),
    *both("colleague_groups.call_meeting", GROUP + "/meetings/new", KEEPS),
    *both("colleague_groups.ask_in", GROUP + "/ask-in", KEEPS),
    # Whoever may not do it is told so above the group's page.
    post("colleague_groups.join", GROUP + "/join", LIFE),
    *both("colleague_groups.ask_to_join", GROUP + "/ask", LIFE),
    post("colleague_groups.leave", GROUP + "/leave", LIFE),
    post("colleague_groups.write", GROUP + "/notes", LIFE),
    post("colleague_groups.give_up_leading", GROUP + "/give-up-leading", LIFE),
    post("colleague_groups.take_the_lead", GROUP + "/take-the-lead", LIFE),
    post("colleague_groups.take_note_back", NOTE + "/take-back", WROTE),
    post("colleague_groups.let_lead", MEMBER + "/lead", KEEPS),
    post("colleague_groups.take_out", MEMBER + "/take-out", KEEPS),
    post("colleague_groups.say_yes", ASK + "/yes", KEEPS),
    post("colleague_groups.say_no", ASK + "/no", KEEPS),
]
