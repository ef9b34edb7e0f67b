"""The network's own pages, its posts and its money."""

from tests.trust.matrix.rows import LEAD, OWN, READERS, TREASURER, both, get, post

RIGHTS = "/admin/rights/{network_data_request}"
PERSON = "/admin/people/{helper}"
SCHOOL = "/admin/schools/{spare_school}"
INVITATION = "/posts/invitations/{invitation}"
OWN_OR_LEAD = OWN | LEAD
#: The lead and the auditor read the books; only the treasurer writes in them.
BOOKS = READERS | TREASURER

ADMIN = [
    get("data_requests.network_listing", "/admin/rights/", LEAD),
    *both("data_requests.network_new", "/admin/rights/new", LEAD),
    get("data_requests.network_show", RIGHTS, LEAD),
    post("data_requests.network_answer", RIGHTS + "/answer", LEAD),
    post("data_requests.network_longer", RIGHTS + "/longer", LEAD),
    post("data_requests.network_lift", RIGHTS + "/lift", LEAD),
    *both("subjects.erase_person", PERSON + "/erase", LEAD),
    *both("subjects.person", PERSON + "/everything", LEAD),
    get("subjects.person_file", PERSON + "/everything/file", LEAD, answer=303),
    get("admin.home", "/admin/", READERS),
    get("upkeep.running", "/admin/health", READERS),
    post("upkeep.see", "/admin/health/worker/seen", LEAD),
    get("audit.trail", "/admin/audit", READERS),
    get("outbox.listing", "/admin/outbox?show=all", READERS),
    get("mail_examples.listing", "/admin/outbox/examples?kind=invited", READERS),
    get("mail_examples.letter", "/admin/outbox/examples/letter?kind=invited", READERS),
    post("outbox.retry_failed", "/admin/outbox/retry", LEAD),
    post("outbox.retry", "/admin/outbox/{refused_mail}/retry", LEAD),
    get("rules.show", "/admin/rules", READERS),
    post("rules.keep", "/admin/rules", LEAD),
    get("rules.themes", "/admin/themes", READERS),
    post("rules.add_theme", "/admin/themes", LEAD, data={"name": "Astronomy"}),
    *both("rules.theme", "/admin/themes/{theme}", LEAD),
    post("rules.retire_theme", "/admin/themes/{theme}/retire", LEAD),
    post("rules.offer_theme", "/admin/themes/{theme}/offer", LEAD),
    post("rules.merge_theme", "/admin/themes/{theme}/merge", LEAD),
    get("partners.home", "/admin/partners/", READERS),
    post("partners.follow", "/admin/partners/", LEAD),
    post("partners.ask", "/admin/partners/{partner}/ask", LEAD),
    post("partners.move", "/admin/partners/{partner}/move", LEAD),
    post("partners.leave", "/admin/partners/{partner}/leave", LEAD),
    get("allocation.season_page", "/admin/season", READERS),
    get("allocation.season_chart", "/admin/season.svg", READERS),
    get("admin.days", "/admin/days", READERS),
    *both("admin.add_term", "/admin/days/terms/new", LEAD),
    post("admin.remove_term", "/admin/days/terms/{term}/remove", LEAD),
    *both("admin.add_closure", "/admin/days/closures/new", LEAD),
    post("admin.remove_closure", "/admin/days/closures/{network_closure}/remove", LEAD),
    get("admin.invitations", "/admin/invitations/", READERS),
    get("admin.people", "/admin/people/", READERS),
    *both("admin.invite", "/admin/people/invite", LEAD),
    *both("admin.invite_associates", "/admin/people/invite-associates", LEAD),
    get("admin.person", PERSON, READERS),
    get("admin.person_history", PERSON + "/history", READERS),
    post("admin.grant_role", PERSON + "/roles", LEAD),
    *both("factors.reset", PERSON + "/second-factors", LEAD),
    post("admin.close_account", PERSON + "/close", LEAD),
    post("admin.open_account", PERSON + "/open", LEAD),
    get("admin.schools", "/admin/schools/", READERS),
    *both("admin.add_school", "/admin/schools/new", LEAD),
    get("admin.school", SCHOOL, READERS),
    get("admin.school_history", SCHOOL + "/history", READERS),
    get("school_places.listing", SCHOOL + "/places", READERS),
    *both("admin.change_school", SCHOOL + "/change", LEAD),
    post("admin.leave_network", SCHOOL + "/leave", LEAD),
    post("admin.rejoin_network", SCHOOL + "/rejoin", LEAD),
    *both("admin.import_register", "/admin/schools/import", LEAD),
    post("admin.confirm_register", "/admin/schools/import/confirm", LEAD),
]

#: Posts at a school are handed over there, or by the lead; nobody else is needed.
POSTS = [
    *both("posts.hand_over", "/posts/{helper_grant}/hand-over", OWN_OR_LEAD),
    get("posts.post", "/posts/{helper_grant}/", OWN_OR_LEAD | READERS | TREASURER),
    post("posts.stop", "/posts/{helper_grant}/stop", OWN_OR_LEAD),
    post("posts.revoke", "/posts/{helper_grant}/revoke", OWN_OR_LEAD),
    post("posts.send_again", INVITATION + "/send-again", OWN_OR_LEAD),
    *both("posts.change_address", INVITATION + "/address", OWN_OR_LEAD),
    post("posts.allow", INVITATION + "/allow", LEAD),
    post("posts.withdraw", INVITATION + "/withdraw", OWN_OR_LEAD),
    post("own_school.remove_closure", "/school/closures/{own_closure}/remove", OWN_OR_LEAD),
]

FUND = [
    get("fund.home", "/fund/", BOOKS),
    get("fund.cpd_chart", "/fund/cpd.svg", BOOKS),
    get("fund.entries", "/fund/entries", BOOKS),
    get("fund.entry", "/fund/entries/{entry}", BOOKS),
    post("fund.reverse", "/fund/entries/{entry}/reverse", TREASURER),
    post("fund.move", "/fund/entries/{entry}/move", TREASURER),
    *both("fund.new", "/fund/entries/new/grant", TREASURER),
    get("fund.events", "/fund/events", BOOKS),
    get("fund.events_chart", "/fund/events.svg", BOOKS),
    get("checkout.payment_history", "/fund/payments/{payment}/history", BOOKS),
    get("fund.event", "/fund/events/{over}", BOOKS),
    post("fund.close", "/fund/events/{over}/close", TREASURER),
    get("fund.export", "/fund/export.csv", BOOKS),
]

ROWS = [*ADMIN, *POSTS, *FUND]
