"""What somebody typed survives an outage: in the tab, for them alone, and until it is saved."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from booking.domain.permissions import Role
from booking.foundation.db import db
from tests import cast
from tests.builders import pupils, schools
from tests.conftest import Server

Outage = Callable[[], AbstractContextManager[None]]
KEPT = "() => sessionStorage.getItem('unsaved') ?? ''"
OFFER = "What you typed here"


@pytest.fixture
def outage(live_server: Server) -> Outage:
    """Provide a time during which nothing can be written."""

    @contextmanager
    def lasting() -> Iterator[None]:
        def fail(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
            if statement == "BEGIN IMMEDIATE" or statement.startswith(("INSERT", "UPDATE")):
                raise OperationalError(statement, parameters, Exception("database is locked"))

        with live_server.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", fail)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", fail)

    return lasting


@pytest.fixture
def people(live_server: Server) -> list[str]:
    """Add two coordinators of one school, and a pupil."""
    with live_server.app.app_context():
        school = schools.make_school()
        pupils.make_pupil(school=school)
        return [schools.make_person(role=Role.COORDINATOR, school=school).email for _ in range(2)]


def sign_in(page: Any, email: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", cast.PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_selector("text=Sign out")


def send_name(page: Any, name: str = "Grace Newname") -> None:
    page.goto("/account/details")
    page.fill("[name=name]", name)
    page.get_by_role("button", name="Save").click()


def refused(page: Any) -> None:
    """Wait for the page that says so, and for its script."""
    page.get_by_role("heading", name="What you sent was not saved").wait_for()
    page.wait_for_load_state()


def offered(page: Any) -> bool:
    return OFFER in page.inner_text("body")


def test_what_was_typed_is_offered_again_until_it_is_saved(page, outage, people):
    sign_in(page, people[0])
    with outage():
        send_name(page)
        refused(page)
    page.goto("/school/")
    assert not offered(page)

    page.goto("/account/details")
    assert offered(page)
    assert page.input_value("[name=name]") != "Grace Newname"
    page.get_by_role("button", name="Put it back").click()
    assert page.input_value("[name=name]") == "Grace Newname"
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/account/")

    assert "Grace Newname" in page.inner_text("main")
    assert page.evaluate(KEPT) == ""
    page.goto("/account/details")
    assert not offered(page)


def test_the_error_page_itself_can_be_reloaded_and_then_it_is_saved(page, outage, people):
    sign_in(page, people[0])
    with outage():
        send_name(page)
        refused(page)

    page.reload()
    page.wait_for_url("**/account/")

    assert page.url.endswith("/account/")
    assert "Grace Newname" in page.inner_text("main")
    assert page.evaluate(KEPT) == ""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_going_back_finds_what_was_typed_still_there(browser, live_server, outage, people, script):
    with browser.new_context(base_url=live_server.url, java_script_enabled=script) as context:
        page = context.new_page()
        sign_in(page, people[0])
        with outage():
            send_name(page)
            refused(page)

        page.go_back()

        assert page.input_value("[name=name]") == "Grace Newname"
        assert not offered(page)
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/account/")


def test_it_is_offered_to_nobody_else_and_gone_after_signing_out(page, outage, people):
    sign_in(page, people[0])
    with outage():
        send_name(page)
        refused(page)
    assert "Grace Newname" in page.evaluate(KEPT)
    page.context.clear_cookies()  # the session ran out meanwhile
    page.goto("/sign-in")

    sign_in(page, people[1])
    page.goto("/account/details")
    assert not offered(page)
    assert page.evaluate(KEPT) == ""

    with outage():
        send_name(page)
        refused(page)
    page.goto("/school/")
    assert page.evaluate(KEPT) != ""
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    assert page.evaluate(KEPT) == ""


def test_nothing_about_a_child_and_no_password_is_kept(page, outage, people):
    sign_in(page, people[0])
    with outage():
        page.goto("/school/pupils/add")
        page.fill("[name=forename]", "Wilhelmina")
        page.locator("main").get_by_role("button").last.click()
        refused(page)
        assert page.evaluate(KEPT) == ""
        page.goto("/account/password")
        for field in page.locator("main [type=password]").all():
            field.fill("seven purple walruses")
        page.locator("main").get_by_role("button").first.click()
        refused(page)
        assert page.evaluate(KEPT) == ""


def test_what_can_be_forgotten_is(page, outage, people):
    sign_in(page, people[0])
    with outage():
        send_name(page)
        refused(page)
    page.goto("/account/details")

    page.get_by_role("button", name="Forget it").click()

    assert page.evaluate(KEPT) == ""
    page.reload()
    assert not offered(page)
