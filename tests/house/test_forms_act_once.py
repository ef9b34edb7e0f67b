"""Every form that does something acts once, however often it is sent."""

import ast
import re

from tests.house import tree
from tests.house.test_edit_forms import form_classes

#: What claims the key of a form before it acts (`web/acts.py`, `web/forms/base.py`, `fund/forms`).
CLAIMS = re.compile(r"\.carry_out\(|\.attempt\(|\bacts\.run\(|\.undone\(")
#: Posts that act without a key, and why they do no harm when they are sent twice.
WITHOUT_KEY = {
    "choose": "which school one acts for: a note in one's own session",
    "hear": "a signed message of the card processor: each has its own id, taken in once",
    "ask_processor": "asks the card processor what is new; each item has a key of its own",
    "propose": "works a plan out again, in place of the last proposal",
    "pay_charge": "begins one payment of the booking, which has a key of its own",
    "pay_together": "begins one payment of the bookings, which has a key of its own",
    "choose_file": "shows what a file holds, and keeps nothing",
    "write_by_hand": "shows what an invoice would say and to whom, and writes nothing",
    "set_out": "leads to the identity provider; what it begins lies in the session alone",
    "set_out_to_accept": "the same",
    "set_out_to_link": "the same",
    "set_out_to_prove": "the same",
    "import_register": "shows what a file holds, and keeps nothing",
    "second": "ends in `letting_in.admit`, which claims it; a code works once",
    "second_by_passkey": "ends in `letting_in.admit`, which claims it; a challenge works once",
    "passkey": "ends in `letting_in.admit`, which claims it; a challenge works once",
    "codes_kept": "shows codes no more: a note in one's own session",
}
#: Acts that may be asked for again by the same form, and why.
EACH_TIME = {
    "booking/on_the_day/rosters/routes/phones.py": "each tap has a key, and is taken in once",
    "booking/on_the_day/incidents/routes/search.py": "a step is ticked, or its tick taken back",
    "booking/on_the_day/rosters/routes/register.py": "a mark is set, as often as one likes",
    "booking/people/schools/routes/attempts.py": "a wrong password counts as often as it is typed",
}
#: Forms with an amount that are not sent to move money.
NO_MONEY_MOVES = {
    "ContributionForm": "begins a payment, which has a key of its own",
    "BidForm": "asks for money, and moves none",
    "BidRulesForm": "sets rules",
    "ClaimForm": "asks for promised money, and moves none",
    "CostRow": "a line of an event's budget",
    "DecideForm": "promises money once: the bid's state says whether it may be promised",
    "EventForm": "an event's fee",
    "FeePartRow": "a part of an event's fee",
    "LineRow": "a line of an invoice; the form around it asks",
    "LedgerRulesForm": "sets rules",
}


def posts():
    """Return each view that answers a POST, with its file."""
    return [
        (source, function)
        for source in tree.under("booking/")
        if source.path.endswith("/routes.py") or "/routes/" in source.path
        for function in tree.functions(source.tree)
        if any(
            ".post(" in text or ("POST" in text and ".route(" in text)
            for text in map(ast.unparse, function.decorator_list)
        )
    ]


def acts(source, function, seen=()):
    """Return whether a view, or a function of its file that it calls, claims the form's key."""
    text = ast.unparse(function)
    if CLAIMS.search(text):
        return True
    called = {
        ast.unparse(node.func)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    names = {name.rpartition(".")[2] for name in called} - {function.name, *seen}
    return any(
        acts(where, other, (*seen, function.name))
        for where in near(source)
        for other in tree.functions(where.tree)
        if other.name in names
    )


def near(source):
    """Return the files of a view's own feature that answer requests."""
    folder = source.path.rpartition("/")[0]
    return [other for other in tree.under(folder) if "/routes" in other.path]


def test_every_view_that_does_something_claims_the_key_of_its_form():
    without = {function.name for source, function in posts() if not acts(source, function)}

    assert without - set(WITHOUT_KEY) == set(), "use form.carry_out, acts.attempt or acts.run"
    assert set(WITHOUT_KEY) - without == set(), "these claim a key by now"


def test_only_what_is_listed_may_be_sent_again_and_again():
    found = {
        source.path
        for source in tree.under("booking/")
        if "Sending.ANY" in source.text and "/web/" not in source.path
    }

    assert found == set(EACH_TIME)


def test_a_form_of_money_asks_before_it_is_taken_with_other_contents():
    """It says `sending = Sending.KEY`, itself or by a form that it comes from."""
    classes = {
        node.name: node
        for source in tree.under("booking/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        and node.name in {*form_classes(), "CostRow", "FeePartRow"}
    }

    def says(name):
        node = classes.get(name)
        if node is None:
            return False
        return "Sending.KEY" in ast.unparse(node) or any(
            says(ast.unparse(base)) for base in node.bases
        )

    with_amount = {
        name
        for name, node in classes.items()
        if any(
            isinstance(at, ast.Assign | ast.AnnAssign) and "MoneyField(" in ast.unparse(at)
            for at in node.body
        )
    }
    silent = {name for name in with_amount if not says(name)}

    assert silent - set(NO_MONEY_MOVES) == set()
    assert set(NO_MONEY_MOVES) - silent == set()


def test_every_form_on_a_page_is_written_by_the_macro_that_gives_it_a_key():
    """`csrf()` or `post_form`; tests of pages check the same on each page that they load."""
    bare = [
        f"{path}:{number}"
        for path, text in tree.templates(".html").items()
        for number, line in tree.lines_matching(text, r"csrf_token\(\)")
        if path not in {"templates/_macros/forms.html", "templates/_layouts/navigation.html"}
    ]

    assert bare == []
