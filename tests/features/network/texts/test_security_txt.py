"""Whoever finds a weakness of the site is told how to report it, in both places where they look."""

from datetime import datetime, timedelta

from booking.foundation import clock
from tests.page import soup


def test_security_txt_names_the_network_and_does_not_lapse(app, client):
    answer = client.get("/.well-known/security.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in answer.text.splitlines()]
    found = dict(fields)
    assert len(found) == len(fields), "none is said twice"
    until = datetime.fromisoformat(found.pop("Expires"))
    assert timedelta(days=170) < until - clock.now() < timedelta(days=365)
    assert found == {
        "Contact": f"mailto:{app.config['CONTACT_EMAIL']}",
        "Preferred-Languages": "en",
        "Policy": "http://localhost:8000/security",
        "Canonical": "http://localhost:8000/.well-known/security.txt",
    }


def test_the_policy_says_where_to_write_and_how_soon_it_is_put_right(app, client):
    page = soup(client.get("/security"))
    assert page.select_one(f"main a[href='mailto:{app.config['CONTACT_EMAIL']}']")
    assert "within 7 days, everything else within 30" in page.select_one("main").text
