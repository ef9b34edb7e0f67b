"""Every act that the application records has a sentence, so a history never shows a key."""

import ast
import string
from collections.abc import Iterator
from itertools import chain, product

import pytest

from booking.domain.ledger.decisions import Subject
from booking.foundation.audit import ports as audit_ports
from booking.foundation.audit.details import ActWords
from tests.house import tree

#: Acts whose names are put together, by the file that does.
COMPUTED = {
    "booking/money/fund/service/decisions.py": {
        f"{verb}_{subject.value}"
        for verb, subject in product(("ask", "approve", "refuse"), Subject)
    },
}
#: Functions that record under the name that they are given.
RECORDERS = {"record", "note", "_record", "move"}
#: What an act's name is looked up in.
TABLES = {"_ACTIONS", "ACTION"}

pytestmark = pytest.mark.usefixtures("app")


def told() -> dict[str, ActWords]:
    """Return how each act is told."""
    return dict(chain.from_iterable(acts.items() for acts in audit_ports.acts()))


def written() -> dict[str, set[str]]:
    """Return the acts that the application records, each with the files that do."""
    found: dict[str, set[str]] = {}
    for source in tree.under("booking/"):
        if (
            "audit.record(" in source.text
            or "audit.note(" in source.text
            or "action=" in source.text
        ):
            for name in chain(names(source), COMPUTED.get(source.path, ())):
                found.setdefault(name, set()).add(source.path)
    return found


def names(source: tree.Source) -> Iterator[str]:
    """Yield the names of acts in a file: arguments of what records, and the table of moves."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) in RECORDERS:
            for keyword in node.keywords:
                if keyword.arg == "action":
                    yield from texts(keyword.value)
            if called(node) == "_record" and source.path not in COMPUTED:
                yield from chain.from_iterable(map(texts, node.args))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {
            "_ACTIONS",
            "ACTION",
        }:
            yield from texts(node.value)


def called(node: ast.Call) -> str:
    """Return the last part of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)


def texts(node: ast.expr) -> Iterator[str]:
    """Yield the plain texts that an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from chain(texts(node.body), texts(node.orelse))
    elif isinstance(node, ast.Dict):
        yield from chain.from_iterable(map(texts, node.values))


def test_every_act_that_is_recorded_has_a_sentence():
    sentences = told()

    missing = {
        name: sorted(files) for name, files in sorted(written().items()) if name not in sentences
    }

    assert missing == {}, "tell it in the feature's history.py, and provide that in its wiring.py"


def test_the_walk_finds_acts_in_every_way_of_writing_them():
    found = set(written())

    assert {
        "change_event",
        "give_consent",
        "refuse_consent",
        "invite_pupil",
        "ask_reversal",
    } <= found
    assert {
        "invite_pupil",
        "pay_bid",
        "make_feed",
        "move_pupils_up",
        "add_fund",
        "call_meeting",
    } <= found
    assert len(found) > 120


def test_no_sentence_is_told_of_an_act_that_nobody_records():
    assert sorted(set(told()) - set(written())) == []


def test_no_act_is_told_by_two_features():
    names = list(chain.from_iterable(audit_ports.acts()))

    assert sorted(names) == sorted(set(names))


def test_sentences_begin_with_what_was_done_and_end_without_a_stop():
    wrong = [
        sentence
        for words in told().values()
        for sentence in words.told
        if not sentence.startswith(("{", "A place ", *string.ascii_lowercase))
        or sentence.endswith(".")
    ]

    assert wrong == []


def test_no_sentence_names_a_person_of_a_family():
    private = {"given_by", "parent", "parent_id", "health", "emergency_name", "reference", "key"}
    allowed = {
        "download_roster",
        "download_coach_list",
    }  # whether it had health notes, never what they say

    wrong = [
        name
        for name, words in told().items()
        for sentence in words.told
        for _, part, _, _ in string.Formatter().parse(sentence)
        if part and part.partition(".")[0] in private and name not in allowed
    ]

    assert wrong == []
