"""A parent's private pages: for anybody with the link, signed in or not, and nobody without it."""

from tests.trust.matrix.rows import EVERYBODY, Row, both, get, post


def _page(endpoint: str, path: str, whose: str) -> Row:
    return get(
        f"parent.{endpoint}",
        f"/parent/{{{whose}}}{path}",
        EVERYBODY,
        unknown=f"/parent/unknown{path}",
    )


def _form(endpoint: str, path: str, whose: str) -> Row:
    return post(
        f"parent.{endpoint}",
        f"/parent/{{{whose}}}{path}",
        EVERYBODY,
        unknown=f"/parent/unknown{path}",
    )


def _calendar(endpoint: str, act: str) -> Row:
    return post(
        f"calendars.{endpoint}",
        f"/parent/{{fresh}}/calendar/{{parent_feed}}/{act}",
        EVERYBODY,
        unknown=f"/parent/unknown/calendar/{{parent_feed}}/{act}",
    )


ROWS = [
    *both(
        "calendars.parent_feeds",
        "/parent/{fresh}/calendar",
        EVERYBODY,
        unknown="/parent/unknown/calendar",
    ),
    *both(
        "data_requests.of_parent",
        "/parent/{fresh}/rights",
        EVERYBODY,
        unknown="/parent/unknown/rights",
    ),
    _calendar("renew_parent_feed", "renew"),
    _calendar("revoke_parent_feed", "revoke"),
    _page("overview", "", "fresh"),
    _form("send_reply", "", "fresh"),
    _page("file", "/files/{coming_file}", "fresh"),
    _page("needs", "/needs", "to_pay"),
    _form("tell_needs", "/needs", "to_pay"),
    _page("day", "/day", "to_pay"),
    _form("tell_day", "/day", "to_pay"),
    _page("questions", "/questions", "to_pay"),
    _form("answer_questions", "/questions", "to_pay"),
    _page("decline", "/decline", "fresh"),
    _form("send_decline", "/decline", "fresh"),
    _form("still_fine", "/still-fine", "paid"),
    _page("choose_workshops", "/workshops", "paid"),
    _form("choose_workshops", "/workshops", "paid"),
    _page("ask_page", "/ask", "paid"),
    _form("send_question", "/ask", "paid"),
    _page("not_mine_page", "/not-mine", "half"),
    _form("send_not_mine", "/not-mine", "half"),
    _page("object_page", "/object", "paid"),
    _form("send_objection", "/object", "paid"),
    _form("take_again", "/take-again", "fresh"),
    _page("contribution", "/contribution", "unpaid"),
    _form("choose_contribution", "/contribution", "unpaid"),
    _page("charge", "/charge", "to_pay"),
    _form("pay_charge", "/charge", "to_pay"),
    _page("together", "/together", "to_pay"),
    _form("pay_together", "/together", "to_pay"),
    _page("paid", "/paid", "paid"),
    get("checkout.back", "/paid/{card_payment}", EVERYBODY, unknown="/paid/unknown"),
    get(
        "demo_processor.pay_page",
        "/demo-processor/{demo_session}",
        EVERYBODY,
        unknown="/demo-processor/unknown",
    ),
    post(
        "demo_processor.pay",
        "/demo-processor/{demo_session}",
        EVERYBODY,
        unknown="/demo-processor/unknown",
    ),
]
