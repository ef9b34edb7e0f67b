"""Every route says who may use it, and every form is protected."""

import re
from collections import Counter

import pytest

#: Flask's and Bootstrap-Flask's own routes for style sheets, scripts and icons.
FILES = {"static", "bootstrap.static"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
METHODS = {"GET", "POST"}


@pytest.fixture
def views(app):
    return {name: view for name, view in app.view_functions.items() if name not in FILES}


def test_every_route_declares_who_may_use_it(views):
    undeclared = sorted(name for name, view in views.items() if not getattr(view, "access", None))

    assert undeclared == []


def test_only_signed_messages_are_exempt_from_the_form_token(app, views):
    csrf = app.extensions["csrf"]
    signed = {
        f"{view.__module__}.{view.__name__}"
        for view in views.values()
        if view.access == "signed message"
    }

    assert csrf._exempt_blueprints == set()
    assert csrf._exempt_views <= signed


def test_signed_messages_are_the_only_posts_by_machines(app, views):
    wrong = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint in views
        and views[rule.endpoint].access == "signed message"
        and rule.methods - SAFE_METHODS != {"POST"}
    ]

    assert wrong == []


def test_every_address_is_plain_lower_case(app, views):
    odd = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint in views and re.search(r"[A-Z_ ]", re.sub(r"<[^>]*>", "", rule.rule))
    ]

    assert odd == []


def test_no_two_routes_answer_the_same_address_and_method(app):
    answered = Counter(
        (rule.rule, method) for rule in app.url_map.iter_rules() for method in rule.methods
    )

    assert [asked for asked, count in answered.items() if count > 1 and asked[1] in METHODS] == []
