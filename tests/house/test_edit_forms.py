"""A form that is filled from a stored row is built by `editing`, or says here why not."""

import ast
from collections.abc import Iterator
from functools import cache

from tests.house import tree

#: What says nothing of a stored row: where the form's own fields come from.
NOT_FILLED = {"formdata", "prefix", "schools", "school", "owner"}
#: Filled, and yet no edit of what is stored: by class or function, with the reason.
NO_EDITS = {
    "AcceptForm": "carries the digest of the proposal that was looked at, which is compared",
    "AcceptNewForm": "begins a new account with the name in the invitation",
    "AskForStopForm": "begins a new wish with the usual years and number",
    "BidForm": "begins a new bid with the words of an earlier one",
    "ClaimForm": "offers the sum that is promised; the service knows how much that is",
    "DayForm": "a family's own answers: each parent sees and changes their own",
    "DecideForm": "a decision with a sum on offer; the bid's state says whether it may be taken",
    "IncidentForm": "begins a new note with the time and the pupil that the link names",
    "KeepForm": "one choice, which the page shows; whoever chooses last decides",
    "PutRightForm": "one choice, which the page shows; the last word of the school counts",
    "SearchForm": "begins a new search with the time and the pupil that the link names",
    "GiveBackForm": "offers all places without a name; the service knows how many there are",
    "KeepTextForm": "begins a new template with the subject of the circular",
    "LostThingForm": "begins a new thing with the usual last day",
    "MoneyForm": "offers what is still to come; its key makes it act once",
    "NeedsForm": "a family's own answers: each parent sees and changes their own",
    "CreditBackForm": "offers what may be given back; its key makes it act once",
    "PaidForm": "offers what is left to pay; its key makes it act once",
    "PlanForm": "begins a new plan",
    "StatementYesForm": "the check of an import, with the balance that was worked out",
    "WishesForm": "what a child would like: the last word of family or school counts",
    "TogetherForm": "what waits to be paid: each line is settled once, whoever ticks it",
    "entry_form": "a new entry of the ledger, begun with what is known",
    "missing_form": "a new entry of the ledger, begun with what the bank's line says",
    "started_form": "a new circular, begun with the words of a template",
    "slips_form": "new answers, begun with the parents on the list; who has answered is refused",
    "yes_form": "the check of an import; rows that changed meanwhile are refused",
}


def base_names(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).rpartition(".")[2] for base in node.bases}


@cache
def form_classes() -> frozenset[str]:
    """Return the names of all forms of ours, grandchildren too."""
    classes = [
        node
        for source in tree.under("booking/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
    ]
    known = {"Form"}
    while found := {node.name for node in classes if base_names(node) & known} - known:
        known |= found
    return frozenset(known - {"RowForm"})


@cache
def form_makers() -> frozenset[str]:
    """Return the functions of `forms` that return a form made of what they are given."""
    return frozenset(
        node.name
        for source in tree.under("booking/")
        if "/forms" in source.path
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef) and node.name.endswith("_form") and node.args.args
    )


def name_of(call: ast.Call) -> str:
    """Return what is called: of `forms.DayForm.filled` the form."""
    parts = ast.unparse(call.func).split(".")
    return next((part for part in parts if part in form_classes()), parts[-1])


def is_filled(call: ast.Call) -> bool:
    """Return whether a form is made here, with contents from elsewhere."""
    if name_of(call) in form_makers():
        return True
    told = [each for each in call.keywords if not isinstance(each.value, ast.Constant)]
    given = {each.arg for each in told} - NOT_FILLED
    return name_of(call) in form_classes() and bool(given)


def guarded(source: tree.Source) -> Iterator[ast.AST]:
    """Yield everything inside a call of `editing`, and inside the functions that it calls."""
    inside = [
        node
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and name_of(call) == "editing"
        for argument in call.args[:1]
        for node in ast.walk(argument)
    ]
    names = {name_of(node) for node in inside if isinstance(node, ast.Call)}
    names |= {node.id for node in inside if isinstance(node, ast.Name)}
    yield from inside
    for function in tree.functions(source.tree):
        if function.name in names:
            yield from ast.walk(function)


def unguarded() -> list[tuple[str, str]]:
    found = []
    for source in tree.under("booking/"):
        if "/demonstration" in source.path or "/cli/" in source.path:
            continue
        safe = set(map(id, guarded(source)))
        found += [
            (name_of(node), f"{source.path}:{node.lineno}")
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Call) and is_filled(node) and id(node) not in safe
        ]
    return found


def test_a_form_that_is_filled_from_a_row_is_guarded_against_stale_pages():
    """Build it by `editing`, say `post_form(of=form)`, or add it above with the reason."""
    assert [where for name, where in unguarded() if name not in NO_EDITS] == []


def test_every_exception_is_still_one():
    assert set(NO_EDITS) - {name for name, _ in unguarded()} == set()


def test_the_forms_are_found_where_they_are_made():
    guarded_calls = [
        name_of(node)
        for source in tree.under("booking/")
        for node in guarded(source)
        if isinstance(node, ast.Call) and is_filled(node)
    ]

    assert {"EventForm", "SchoolForm", "MeetingForm", "quotas_form"} <= set(guarded_calls)
    assert len(form_classes()) > 70
