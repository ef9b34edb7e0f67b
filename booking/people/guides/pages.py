"""The guides as pages and paper show them, read from Markdown once in the life of a process.

Each guide is a file under `docs/guides`: a title, a sentence, the part that is also printed as a
card, and a part for each task, which begins with the question that it answers. Lines and parts
that end with `<!-- cards -->` are for networks that take cards.
"""

import re
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from booking.foundation import folders
from booking.foundation.web import addresses, markdown
from booking.people.guides import words

#: The part of a guide that is printed as a card.
CARD = "In short"
PICTURES = folders.GUIDES / "images"
_PART = re.compile(r"^## (.+)$", re.MULTILINE)
_QUESTION = re.compile(r"\*(.+\?)\*\n")
_GROUP = re.compile(r"^### (.+)$", re.MULTILINE)
_CARDS = " <!-- cards -->"
_PART_ABOUT_CARDS = re.compile(rf"^## .*{_CARDS}\n(?:(?!## ).*\n)*", re.MULTILINE)
_LINE_ABOUT_CARDS = re.compile(rf"^.*{_CARDS}\n", re.MULTILINE)
_LINE = re.compile(r"^- ", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True)
class GuideTask:
    """One thing that people do, and how."""

    slug: str
    title: str
    question: str
    html: Markup


@dataclass(frozen=True)
class CardGroup:
    """Some lines of a card; each is texts that are plain and bold in turn, the first one plain."""

    heading: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Guide:
    """What one role reads."""

    role: str
    title: str
    lede: str
    in_short: Markup
    card: tuple[CardGroup, ...]
    tasks: tuple[GuideTask, ...]

    def task(self, slug: str) -> GuideTask | None:
        """Return one task."""
        return next((task for task in self.tasks if task.slug == slug), None)


@cache
def guide(role: str, *, cards: bool = True) -> Guide:
    """Return the guide of one of `words.GUIDES`, for networks that take cards or for others."""
    assert role in words.GUIDES, "nobody but us names a file"
    text = (folders.GUIDES / f"{role}.md").read_text(encoding="utf-8")
    first, *parts = _PART.split(_for_cards(text) if cards else _without_cards(text))
    title, _, lede = first.strip().partition("\n")
    bodies = dict(zip(parts[::2], parts[1::2], strict=True))
    card = bodies.pop(CARD)
    return Guide(
        role=role,
        title=title.removeprefix("# "),
        lede=_plain(lede),
        in_short=markdown.as_page(card, lambda link: address(role, link)),
        card=_card(card),
        tasks=tuple(_task(role, *part) for part in bodies.items()),
    )


def every(*, cards: bool = True) -> tuple[Guide, ...]:
    """Return all guides."""
    return tuple(guide(role, cards=cards) for role in words.GUIDES)


def _for_cards(text: str) -> str:
    return text.replace(_CARDS, "")


def _without_cards(text: str) -> str:
    return _LINE_ABOUT_CARDS.sub("", _PART_ABOUT_CARDS.sub("", text))


def is_picture(name: str) -> bool:
    """Return whether a guide has a picture of this name."""
    return name in _pictures()


@cache
def _pictures() -> frozenset[str]:
    return frozenset(path.name for path in PICTURES.iterdir())


def slug(title: str) -> str:
    """Return what a heading is called in addresses, as GitHub does it too."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def address(role: str, link: str) -> str:
    """Return where a link of a guide leads; one that begins with / is a page of the site.

    `#task` is a task of the same guide, `host.md` another guide, `host.md#task` a task of it, and
    `images/name.png` a picture.
    """
    if link.startswith("images/"):
        return addresses.HELP_PICTURE(name=link.removeprefix("images/"))
    file, _, task = link.partition("#")
    if link.startswith("/") or not (task or file.endswith(".md")):
        return link
    of = file.removesuffix(".md") or role
    return addresses.HELP_TASK(role=of, task=task) if task else addresses.HELP_GUIDE(role=of)


def _task(role: str, title: str, text: str) -> GuideTask:
    asked = _QUESTION.match(text.lstrip())
    assert asked, f"{role}: “{title}” begins with its question"
    body = text.lstrip()[asked.end() :]
    html = markdown.as_page(body, lambda link: address(role, link))
    return GuideTask(slug(title), title, asked[1], html)


def _card(text: str) -> tuple[CardGroup, ...]:
    parts = _GROUP.split(text)[1:]
    return tuple(
        CardGroup(heading, tuple(tuple(_plain(line).split("**")) for line in _LINE.split(body)[1:]))
        for heading, body in zip(parts[::2], parts[1::2], strict=True)
    )


def _plain(text: str) -> str:
    return " ".join(_LINK.sub(r"\1", text).split())
