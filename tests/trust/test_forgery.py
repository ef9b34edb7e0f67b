"""Forms from other sites do nothing here: no token, a stranger's token, another site's request."""

import pytest
from itsdangerous import URLSafeTimedSerializer

from tests.trust import contents
from tests.trust.matrix import ROWS

pytestmark = pytest.mark.sweep
POSTS = [row for row in ROWS if row.method == "POST"]
#: Checked by a signature instead, because they come from a server or a mail program, not a browser.
SIGNED = {"clearing.hear", "mail_choices.one_click"}
FORMS = [row for row in POSTS if row.endpoint not in SIGNED]
ELSEWHERE = "https://elsewhere.example"
#: Who sends most forms; the others are sent by whoever may.
KNOWN = ("host", "lead", "own", "treasurer", "other")
FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Sec-Fetch-Site": "same-site", "Origin": ELSEWHERE},
    {"Origin": ELSEWHERE},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "https://elsewhere.example#localhost"},
)
OUR_OWN = (
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    # Private pages send no referrer, and with it browsers write their origin so.
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Origin": "null"},
)


def role_of(row):
    """Return somebody who may send a row's form."""
    return next(role for role in (*KNOWN, *sorted(row.who)) if role in row.who)


def open_to_all(world, row):
    """Return whether a row's form needs nobody to sign in."""
    access = world.app.view_functions[row.endpoint].access
    return access == "public" or access.startswith("token:")


def send(world, row, token="", **sent):
    """Post a row's form as somebody who may."""
    data = {name: world.address(value) for name, value in row.data.items()}
    if token:
        data["csrf_token"] = token
    browser = world.browsers[role_of(row)]
    return browser.post(world.address(row.address), data=data, check=False, **sent)


def test_only_signed_messages_are_exempt(world):
    exempt = world.app.extensions["csrf"]._exempt_views
    views = {f"{v.__module__}.{v.__name__}": name for name, v in world.app.view_functions.items()}

    assert {views[name] for name in exempt} == SIGNED


def test_no_form_is_taken_without_its_token(world, counted):
    before = contents.of_tables()

    taken = [str(row) for row in FORMS if send(world, row, csrf=False).status_code != 400]

    assert taken == []
    assert contents.of_tables() == before
    counted(f"{len(FORMS)} forms refused without a token")


def test_no_form_is_taken_with_the_token_of_another_session(world):
    stranger = world.app.test_client().csrf_token()
    before = contents.of_tables()

    for where in ("header", "field"):
        for row in FORMS:
            sent = {"headers": {"X-CSRFToken": stranger}} if where == "header" else {}
            data = {"csrf_token": stranger} if where == "field" else {}
            response = world.browsers[role_of(row)].post(
                world.address(row.address), data=data, csrf=False, check=False, **sent
            )
            # What needs no sign-in, its sender may look at again, filled in (`web/typed_again.py`).
            is_shown = where == "field" and open_to_all(world, row)
            may_be = {200, 303, 404, 422} if is_shown else {400}
            assert response.status_code in may_be, f"{row} with a stranger's token in a {where}"
    assert contents.of_tables() == before


def test_no_form_of_a_session_that_has_ended_does_anything(world, counted):
    before = contents.of_tables()

    answers = [send(world, row, csrf=False, token=older_token(world, row)) for row in FORMS]

    assert {answer.status_code for answer in answers} <= {200, 303, 404, 409, 422}
    assert contents.of_tables() == before
    counted(f"{len(FORMS)} forms of ended sessions shown again, and nothing done")


def older_token(world, row):
    """Return the token of an older session of the person who sends a row's form."""
    with world.browsers[role_of(row)].session_transaction() as session:
        owner = session.get("_user_id")
    serializer = URLSafeTimedSerializer(world.app.secret_key, salt="wtf-csrf-token")
    return serializer.dumps(f"older.{owner}" if owner else "older")


def test_no_form_of_another_site_is_taken_even_with_its_token(world):
    before = contents.of_tables()

    for number, row in enumerate(POSTS):
        headers = FOREIGN[number % len(FOREIGN)]
        response = send(world, row, headers=headers)
        assert response.status_code == 403, f"{row} with {headers}"

    assert contents.of_tables() == before


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_what_a_browser_says_of_another_site_is_refused(world, headers):
    browser = world.app.test_client()

    refused = browser.post("/sign-out", headers=headers)

    assert refused.status_code == 403
    assert "You do not have permission to do that" in refused.text
    assert browser.get("/", headers=headers).status_code == 200  # anybody may link to us


@pytest.mark.parametrize("headers", OUR_OWN, ids=str)
def test_what_a_browser_says_of_our_own_pages_is_taken(world, headers):
    assert world.app.test_client().post("/sign-out", headers=headers).status_code == 303


def test_behind_a_proxy_the_public_address_is_ours_too(world):
    world.app.config["BASE_URL"], before = "https://public.example", world.app.config["BASE_URL"]
    try:
        response = world.app.test_client().post(
            "/sign-out", headers={"Origin": "https://public.example"}
        )
    finally:
        world.app.config["BASE_URL"] = before

    assert response.status_code == 303


def test_a_parents_form_is_taken_over_https_without_a_referrer(world):
    # Their pages say `Referrer-Policy: no-referrer`: a browser has none to send.
    response = world.browsers["visitor"].post(
        world.address("/parent/{fresh}"),
        data={"given_by": ""},
        base_url="https://localhost",
        check=False,
        headers={"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    )

    assert response.status_code == 422


def test_a_refusal_for_want_of_a_token_has_a_number_to_quote(world):
    page = world.browsers["own"].post("/account/details", csrf=False).text

    assert "please quote this reference" in page
