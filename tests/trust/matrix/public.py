"""What everybody may see."""

from tests.trust.matrix.rows import (
    COORDINATORS,
    EVERYBODY,
    HOSTS,
    READERS,
    SIGNED_IN,
    TREASURER,
    both,
    get,
    post,
)

#: Where somebody who is signed in already is sent.
ALREADY_IN = dict.fromkeys(SIGNED_IN, 303)

ROWS = [
    get("events.listing", "/", EVERYBODY),
    get("events.show", "/events/{day_event}", EVERYBODY),
    get("events.calendar_file", "/events/{day_event}.ics", EVERYBODY),
    get("rosters.worker", "/day-worker.js", EVERYBODY),
    get("events.robots", "/robots.txt", EVERYBODY),
    get("events.sitemap", "/sitemap.xml", EVERYBODY),
    get("events.feed", "/events.atom", EVERYBODY),
    get("events.embedded", "/embed/events", EVERYBODY),
    get("events.embedding", "/embed", EVERYBODY),
    get("calendars.overview", "/calendar", EVERYBODY),
    get("calendars.network", "/calendar/network.ics", EVERYBODY),
    get("calendars.school", "/calendar/schools/{own_school}.ics", EVERYBODY),
    # How places were shared is public by design: schools with numbers, never a pupil.
    get("allocation.explanation", "/events/{shared}/allocation", EVERYBODY),
    get("allocation.download", "/events/{shared}/allocation.json", EVERYBODY),
    get("allocation.chart", "/events/{shared}/allocation.svg", EVERYBODY),
    get("allocation.script", "/allocation/verify.py", EVERYBODY),
    get("guides.overview", "/help/", EVERYBODY),
    get("guides.guide", "/help/host", EVERYBODY),
    get("guides.task", "/help/host/take-the-register", EVERYBODY),
    get("guides.card", "/help/host/card.pdf", EVERYBODY),
    get("guides.picture", "/help/images/host-register.png", EVERYBODY),
    get("about.about", "/about", EVERYBODY),
    get("members.schools", "/schools", EVERYBODY),
    get("members.files", "/schools/files", SIGNED_IN),
    get(
        "members.who_is_who",
        "/who-is-who",
        COORDINATORS | HOSTS | READERS | TREASURER,
    ),
    get("about.privacy", "/privacy", EVERYBODY),
    get("about.children", "/privacy/children", EVERYBODY),
    get("about.accessibility", "/accessibility", EVERYBODY),
    get("about.versions", "/notices/privacy/versions", EVERYBODY),
    get("about.version", "/notices/privacy/versions/1", EVERYBODY),
    get("about.logo", "/network-logo/{logo}", EVERYBODY),
    get("about.style_sheet", "/network.css", EVERYBODY),
    get("about.contact", "/contact", EVERYBODY),
    get("about.security", "/security", EVERYBODY),
    get("about.security_txt", "/.well-known/security.txt", EVERYBODY),
    # What is proved each night is public by design: states and numbers, never what was found.
    get("proofs.proved", "/proved", EVERYBODY),
    get("proofs.download", "/proved.json", EVERYBODY),
    # This network's mail has been waiting for weeks, and its health check says so.
    get("upkeep.health", "/health", EVERYBODY, answer=503),
    # It has no token here, so it is not there for anybody.
    get("upkeep.metrics", "/metrics", EVERYBODY, answer=404),
    get("upkeep.health_of_web", "/health/web", EVERYBODY),
    *both("account.sign_in", "/sign-in", EVERYBODY, answers=ALREADY_IN),
    *both("factors.passkey", "/sign-in/passkey", EVERYBODY, answers=ALREADY_IN),
    # Whoever is not halfway is led to the first step.
    *both("factors.second", "/sign-in/second", EVERYBODY, answer=303),
    post("factors.second_by_passkey", "/sign-in/second/passkey", EVERYBODY),
    # Ends the person's own session; if there is none, nothing happens.
    post("account.sign_out", "/sign-out", EVERYBODY),
    *both("account.ask_reset", "/reset", EVERYBODY),
    get("account.reset_sent", "/reset-sent", EVERYBODY),
    *both("checkout.letter_code", "/letter", EVERYBODY),
    *both("checkout.lost_link", "/lost-link", EVERYBODY),
    get("checkout.lost_link_sent", "/lost-link/sent", EVERYBODY),
    # The processor is recognised only by its signature: everybody else gets 400.
    post("clearing.hear", "/webhooks/demo", EVERYBODY),
]
