"""This test exists to ensure that a browser reaches the application at all."""


def test_a_missing_page_opens_in_a_browser(page):
    answer = page.goto("/no-such-page")

    assert answer.status == 404
    assert page.locator("h1").count() == 1
    assert page.title().startswith(page.inner_text("h1"))
