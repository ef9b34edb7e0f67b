"""Resources: read, shared and tried by whoever sees network life; kept by their school."""

from tests.trust.matrix.rows import (
    EVERYBODY,
    LEAD,
    LIFE,
    OWN,
    both,
    get,
    post,
)

RESOURCE = "/resources/{resource}"
NOTE = "/resources/notes/{tried_note}"
#: Whoever wrote it coordinates its school here.
KEEPERS = OWN | LEAD
EVENT = "/host/events/{day_event}/materials"
RUNS = frozenset({"host", "lead"})

ROWS = [
    get("resources.listing", "/resources/", LIFE),
    *both("resources.add", "/resources/new", LIFE),
    get("resources.show", RESOURCE, LIFE),
    *both("resources.change", RESOURCE + "/change", KEEPERS),
    *both("resources.add_version", RESOURCE + "/version", KEEPERS),
    *both("resources.withdraw", RESOURCE + "/withdraw", KEEPERS),
    post("resources.put_back", RESOURCE + "/put-back", KEEPERS),
    *both("resources.write_note", RESOURCE + "/tried", LIFE),
    # A note is its author's; the lead hides it.
    *both("resources.change_note", NOTE + "/change", frozenset({"other"})),
    post("resources.take_note_back", NOTE + "/take-back", frozenset({"other"})),
    *both("resources.hide_note", NOTE + "/hide", LEAD),
    post("resources.show_note", NOTE + "/show", LEAD),
    *both("resources.tell_problem", RESOURCE + "/problem", LIFE),
    *both("resources.settle_problem", "/resources/problems/{resource_problem}/settle", LEAD),
    get("resources.materials", EVENT, RUNS),
    post("resources.put_with", EVENT, RUNS, data={"resource": "{resource}"}),
    post("resources.take_from", EVENT + "/remove", RUNS, data={"resource": "{resource}"}),
    get("resources.follow", "/resources/follow", LIFE),
    post("resources.make_feed", "/resources/follow", LIFE),
    post("resources.end_feed", "/resources/follow/end", LIFE),
    get(
        "resources.feed",
        "/resources/feeds/{resource_feed_token}.atom",
        EVERYBODY,
        unknown="/resources/feeds/unknown.atom",
    ),
]
