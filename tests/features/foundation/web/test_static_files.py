"""Static files are kept by browsers for as long as their content stays the same."""

import re

import pytest
from flask import url_for

from booking.foundation.web import static_files


def assets(page):
    return re.findall(r'(?:href|src)="(/[^"]*(?:\.css|\.js|\.svg|\.woff2)[^"]*)"', page)


def test_every_file_of_a_page_names_its_version_and_is_kept_for_a_year(client):
    found = assets(client.get("/about").get_data(as_text=True))

    assert len(found) >= 6
    for address in found:
        answer = client.get(address)
        assert (answer.status_code, "?v=" in address) == (200, True), address
        assert answer.headers["Cache-Control"] == "public, max-age=31536000"


def test_a_file_without_its_version_is_asked_for_each_time(client):
    assert client.get("/static/theme.css").headers["Cache-Control"] == "no-cache"


def test_another_content_has_another_address(app, tmp_path, monkeypatch):
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    style = tmp_path / "changing.css"
    addresses = []
    for content in ("a {}", "b {}"):
        style.write_text(content)
        static_files._version.cache_clear()
        with app.test_request_context():
            addresses.append(url_for("static", filename="changing.css"))

    assert addresses[0] != addresses[1]


@pytest.mark.parametrize("name", ["missing.css", "../config.py"])
def test_a_file_that_is_not_there_has_no_version(app, name):
    with app.test_request_context():
        assert "v=" not in url_for("static", filename=name)
