"""House rules that no linter knows."""

import re

import pytest

from tests.house import tree

#: What the domain may import: nothing that touches the outside world, and nothing random.
PURE = {
    "__future__",
    "abc",
    "bisect",
    "calendar",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "hmac",
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "stdnum",  # check digits: it only computes
    "string",
    "textwrap",
    "types",
    "typing",
    "unicodedata",
    "zoneinfo",
}
UNSAFE_IN_TEMPLATES = {
    r"[^'\"]\|\s*safe\b": "marks more than its own words as safe",
    r"autoescape\s+false": "turns escaping off",
    r"\sstyle=": "inline style",
    r"<style": "inline style",
    r"<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)": "inline script",
    r"\son[a-z]+=[\"']": "inline handler",
    r"(?:src|href)=[\"'](?:https?:)?//(?!www\.gov\.uk)": "another site's file or page",
}
ICONS = "paths[name]|safe"  # drawings written in the same template
#: What is worked out from an event, and the one file that does it.
WRITTEN_ONCE = {
    r"(?:last_ends|first_starts)_at is (?:None or|not None and) \S+ [<>]": "events/states.py",
    r"span_text\(\w+\.starts_at, \w+\.ends_at\) for": "events/words.py",
    r"FeePart\(\w+\.label, \w+\.pence, \w+\.fund\) for": "events/details.py",
}
#: Counts of attempts must stay when the request that they refuse is rolled back.
COMMITS = {"booking/foundation/db.py", "booking/foundation/web/throttle.py"}


def found(pattern, *folders, but=()):
    return [
        f"{source.path}:{number}: {line}"
        for source in tree.under(*folders)
        if source.path not in but
        for number, line in tree.lines_matching(source.text, pattern)
    ]


def test_the_domain_is_pure():
    impure = {
        f"{source.path}: {module}"
        for source in tree.under("booking/domain/")
        for module in tree.imported(source.tree)
        if module.split(".")[0] not in PURE and not module.startswith("booking.domain")
    }

    assert impure == set()


def test_only_the_clock_asks_the_time():
    asks = r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\btime\.time\("

    assert found(asks, "booking/", but={"booking/foundation/clock.py"}) == []


def test_only_the_transaction_commits():
    assert found(r"\.commit\(", "booking/", but=COMMITS) == []


def test_only_locks_lock_rows():
    locking = r"with_for_update|\bFOR (?:NO KEY )?UPDATE\b|\bFOR (?:KEY )?SHARE\b|\bLOCK TABLE\b"
    where = {source.path for source in tree.under("booking/") if source.path.endswith("/locks.py")}

    assert found(locking, "booking/", but=where) == []


def test_no_route_opens_a_transaction_by_hand():
    """`form.carry_out`, `acts.attempt` and `acts.run` do, and tell a refusal where it belongs."""
    routes = [
        source.path
        for source in tree.under("booking/")
        if source.path.endswith("/routes.py") or "/routes/" in source.path
    ]

    assert len(routes) > 80  # they are found where they are searched for
    assert found(r"\btransaction\(|import .*\btransaction\b", *routes) == []


def test_only_the_settings_read_the_environment():
    assert found(r"\bos\.(?:environ|getenv)\b", "booking/", but={"booking/settings.py"}) == []


@pytest.mark.parametrize(("pattern", "home"), WRITTEN_ONCE.items())
def test_what_follows_from_an_event_is_written_once(pattern, home):
    assert {line.partition(":")[0] for line in found(pattern, "booking/")} == {
        f"booking/days/{home}"
    }


def test_nothing_sleeps_in_a_test():
    here = {"tests/house/test_rules.py"}

    assert found(r"\btime\.sleep\(|\bwait_for_timeout\(", "tests/", but=here) == []


def test_every_exception_to_a_rule_says_why():
    bare = re.compile(r"#\s*noqa(?!: [A-Z0-9, ]+ - \w)")
    unexplained = found(bare.pattern, "booking/", "migrations/", "gunicorn.conf.py")

    assert unexplained == []


def test_templates_hold_nothing_unsafe():
    unsafe = [
        f"{path}:{number}: {why}: {line}"
        for path, text in tree.templates(".html").items()
        if not path.startswith("templates/emails/")  # mail programs read no style sheets
        for pattern, why in UNSAFE_IN_TEMPLATES.items()
        for number, line in tree.lines_matching(text.replace(ICONS, ""), pattern)
    ]

    assert unsafe == []
