"""Every kind of mail has an example, reads alike in both its parts, and needs no style sheet."""

import re

import pytest
from bs4 import BeautifulSoup
from jinja2 import meta, nodes

from booking.network.outbox import examples as outbox_examples
from booking.network.outbox import words as outbox_words
from tests.house import tree

#: What a template asks for with `if`, and what examples leave out.
LEFT_OUT = {
    "asked_again",
    "by_card",
    "by_transfer",
    "dates_changed",
    "is_full",
    "is_swap",
    "not_mine",
    "on_paper",
    "on_the_day",
    "promoted_on_paper",
    "several",
    "untold",
}
#: Given to every mail.
ALWAYS = {"network_name", "subject"}
#: Beyond this many pixels a telephone or a preview pane would have to scroll.
WIDEST = 600


@pytest.fixture
def letters(app):
    """Draw the example of each kind."""
    with app.test_request_context():
        return {kind: outbox_examples.message(kind) for kind in outbox_words.KINDS}


def asked_for(app, kind):
    """Return the words that the templates of a kind ask for."""
    loader, found = app.jinja_env.loader, set()
    for name in (f"emails/{kind}.subject.txt", f"emails/{kind}.html"):
        tree_of = app.jinja_env.parse(loader.get_source(app.jinja_env, name)[0])
        imported = {
            name
            for node in tree_of.find_all(nodes.FromImport)
            for name in node.names
            if isinstance(name, str)
        }
        found |= meta.find_undeclared_variables(tree_of) - imported
    return found - set(app.jinja_env.globals) - ALWAYS


def test_every_word_of_every_mail_has_an_example(app):
    missing = {
        f"{kind}: {word}"
        for kind in outbox_words.KINDS
        for word in asked_for(app, kind) - LEFT_OUT - outbox_examples.words(kind).keys()
    }

    assert missing == set(), "say what it may be in booking/network/outbox/examples.py"


def test_plain_text_is_made_from_html_and_not_written_again():
    written = [
        path
        for path in tree.templates(".txt")
        if path.startswith("templates/emails/")
        and not path.endswith(".subject.txt")
        and not path.startswith("templates/emails/_")
    ]

    assert written == [], "delete it: the text of a mail is made from its HTML"


def said(text):
    """Return the words of a text in order, without its marks."""
    return re.findall(r"[\w£@’/.-]*\w", text)


def addresses(text):
    return set(re.findall(r"https?://[^\s<>]+", text))


def test_both_parts_say_the_same_words_in_the_same_order_and_the_same_links(letters):
    for kind, mail in letters.items():
        page = BeautifulSoup(mail.html, "html.parser")
        for unread in page.select("head, .html-only"):
            unread.decompose()
        links = {link["href"] for link in page.select("a[href]")}
        without = re.sub(r"https?://[^\s<>]+", "", mail.text)
        of_html = re.sub(r"https?://\S+", "", page.body.get_text(" "))

        assert said(without) == said(of_html), kind
        assert addresses(mail.text) == links, kind
        assert mail.text.count("\n\n\n") == 0, kind


def test_letters_fit_a_telephone_and_need_neither_pictures_nor_a_style_sheet(letters):
    for kind, mail in letters.items():
        page = BeautifulSoup(mail.html, "html.parser")
        plain = page.select("p, h1, h2, ul, ol, dl, dt, dd, cite, a")
        widths = [
            int(width) for width in re.findall(r"width[=:]\"?(\d+)(?!\d*%)(?:px|\")", mail.html)
        ]

        assert [str(each) for each in plain if not each.get("style")] == [], kind
        assert page.select("img, link, script, form, [background]") == [], kind
        assert max(widths) <= WIDEST, kind
        assert [table for table in page("table") if table.get("role") != "presentation"] == []
        assert "prefers-color-scheme: dark" in mail.html
        # Gmail cuts off what is longer than 102 KB; ours are far from it.
        assert len(mail.html) < 12_000, kind
