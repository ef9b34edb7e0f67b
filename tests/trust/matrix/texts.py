"""The network's own words: the lead writes them, the auditor reads how they came about."""

from tests.trust.matrix.rows import LEAD, READERS, both, get, post

ONE = "/admin/words/privacy/versions/0"

ROWS = [
    get("texts.listing", "/admin/words/", READERS),
    *both("texts.write", "/admin/words/about", LEAD, data={"text": "We run days.", "said": "New"}),
    get("texts.versions", "/admin/words/privacy/versions", READERS),
    get("texts.version", ONE, READERS),
    post("texts.take_back", f"{ONE}/take-back", LEAD),
    *both("texts.facts", "/admin/words/facts", LEAD),
    *both("texts.logo", "/admin/words/logo", LEAD),
    post("texts.remove_logo", "/admin/words/logo/remove", LEAD),
]
