"""The guides cannot rot: what they name is on a page, and every page has a guide."""

import ast
import re
from functools import cache

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from booking.domain.permissions import Role
from booking.foundation import folders
from booking.people.guides import pages as guide_pages
from booking.people.guides import words as guide_words
from tests.house import tree

FILES = {role: (folders.GUIDES / f"{role}.md").read_text() for role in guide_words.GUIDES}
#: A task fits on a telephone's screen or two.
LINES_MAX, BYTES_MAX = 14, 2_000_000
BOLD, LINK = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
#: What stands in a guide in bold because it is important, and is no button.
NOT_A_LABEL = {
    "A charge",
    "A voluntary contribution",
    "Let a family off a charge:",
}


@cache
def labels() -> frozenset[str]:
    """Return every text that stands on a page by itself: in a tag, or as a string."""
    found: set[str] = set()
    for path, text in tree.templates(".html").items():
        if path.startswith(("templates/emails/", "templates/people/guides/")):
            continue
        plain = re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)
        code = re.findall(r"{[{%].*?[%}]}", plain, flags=re.DOTALL)
        found |= {string for each in code for string in re.findall(r'"([^"]*)"', each)}
        found |= set(re.split(r"{[{%].*?[%}]}|<[^>]*>", plain, flags=re.DOTALL))
    for source in tree.under("booking/"):
        if not source.path.startswith("booking/people/guides/"):
            found |= {
                node.value
                for node in ast.walk(source.tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return frozenset(" ".join(text.split()).rstrip(":,.") for text in found) - {""}


def is_shown(phrase: str) -> bool:
    """Say whether a page shows a phrase; … stands for what differs from page to page."""
    return all(part.strip(" ,") in labels() for part in phrase.split("…") if part.strip(" ,"))


def test_every_button_and_page_that_a_guide_names_exists():
    unknown = [
        f"{role}.md: {phrase}"
        for role, text in FILES.items()
        for phrase in BOLD.findall(text)
        if phrase not in NOT_A_LABEL and not is_shown(phrase.rstrip(".:"))
    ]

    assert unknown == []
    assert not is_shown("Share the places out at once")  # it can fail
    assert not is_shown("Print … at once")


def test_every_link_of_a_guide_leads_somewhere(app):
    urls = app.url_map.bind("fairplace.example")

    def problem(role, mark, link):
        address = guide_pages.address(role, link)
        if mark:
            return "" if guide_pages.is_picture(link.removeprefix("images/")) else "no such picture"
        try:
            endpoint, parts = urls.match(address)
        except (NotFound, RequestRedirect):
            return "no such page"
        if endpoint == "guides.task":
            known = parts["role"] in guide_words.GUIDES
            return (
                ""
                if known and guide_pages.guide(parts["role"]).task(parts["task"])
                else "no such task"
            )
        return "" if not parts or parts.get("role") in guide_words.GUIDES else "one page of many"

    problems = [
        f"{role}.md: {link}: {found}"
        for role, text in FILES.items()
        for mark, _words, link in LINK.findall(text)
        if (found := problem(role, mark, link))
    ]

    assert problems == []
    assert problem("host", "", "#no-such-task") == "no such task"
    assert problem("host", "!", "images/no-such.webp") == "no such picture"


def test_every_picture_is_named_once_with_words_and_all_are_small():
    named = [
        (words, link) for text in FILES.values() for mark, words, link in LINK.findall(text) if mark
    ]
    kept = sorted(guide_pages.PICTURES.iterdir())

    assert sorted(link for _words, link in named) == [f"images/{path.name}" for path in kept]
    assert all(len(words) > 20 for words, _link in named)
    assert sum(path.stat().st_size for path in kept) < BYTES_MAX


def test_every_task_is_short_and_answers_a_question():
    long = [
        f"{role}.md: {title}: {lines} lines"
        for role, text in FILES.items()
        for title, body in re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", text, flags=re.MULTILINE)
        if title != guide_pages.CARD
        and (lines := sum(bool(line) and line[0] not in "!*" for line in body.splitlines()))
        > LINES_MAX
    ]

    assert long == []
    assert all(task.question.endswith("?") for guide in guide_pages.every() for task in guide.tasks)
    for guide in guide_pages.every():
        slugs = [task.slug for task in guide.tasks]
        assert len(set(slugs)) == len(slugs)


def test_every_page_has_a_task_or_a_guide(app):
    """Pages that only people with a role open lead to a guide for that role at least."""
    rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    views = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "access", "")
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
    }
    strange = set(guide_words.TOPICS) - set(views)
    assert strange == set()
    assert set(guide_words.HINTS) - set(views) == set()

    named = {entry for found in guide_words.TOPICS.values() for entry in found}
    named |= {hint.task for hint in guide_words.HINTS.values()}
    tasks = {f"{guide.role}/{task.slug}" for guide in guide_pages.every() for task in guide.tasks}
    assert named - tasks == set()

    holders = [frozenset({role}) for role in Role if role is not Role.AUDITOR]
    without = {
        (endpoint, *roles)
        for endpoint, access in views.items()
        if access not in {"public", "", "signed message"} and not access.startswith("token")
        for roles in holders
        if guide_words.topic(endpoint, rules[endpoint], roles)[0] not in guide_words.GUIDES
    }
    assert without == set()
    parents = [name for name, access in views.items() if access == "token: parent link"]
    assert {guide_words.topic(name, rules[name], frozenset())[0] for name in parents} == {"parent"}


@pytest.mark.parametrize(
    ("endpoint", "path", "roles", "expected"),
    [
        ("bids.bid", "/cpd/bids/x", {Role.COORDINATOR}, ("coordinator", "bid-for-training-money")),
        ("bids.bid", "/cpd/bids/x", {Role.TREASURER}, ("treasurer", "decide-on-a-bid-and-pay-it")),
        ("host.history", "/host/events/x/history", {Role.LEAD}, ("host", "")),
        ("account.home", "/account/", {Role.LEAD, Role.COORDINATOR}, ("coordinator", "")),
        ("account.home", "/account/", {Role.AUDITOR}, ("", "")),
        ("", "/schools/x", set(), ("", "")),
    ],
)
def test_help_is_what_explains_the_page_to_its_reader(endpoint, path, roles, expected):
    assert guide_words.topic(endpoint, path, roles) == expected


def test_a_hint_is_kept_under_a_name_of_its_own_for_whoever_reads_its_guide():
    hints = list(guide_words.HINTS.values())

    assert len({hint.name for hint in hints}) == len(hints)
    assert [hint.name for hint in hints if guide_words.GUIDES_OF[hint.role] != hint.guide] == []
