"""Every file that leaves names no family, or asks first who takes it.

What gives a file away is found in the code: a view that writes "Content-Disposition", or calls
something that does. A new one belongs into one of the lists below.
"""

import dis
import inspect
from itertools import chain
from types import CodeType, FunctionType

#: Files that name pupils, their families, or adults who come with them.
OF_FAMILIES = {
    *("rosters.csv_file", "rosters.xlsx_file", "rosters.pdf_file", "rosters.answers_file"),
    *("day_sheets.day_sheet", "day_sheets.labels", "day_sheets.sign_in"),
    *("answers.coach_list_pdf", "travel.pack_pdf", "travel.cards_pdf", "pupils.export"),
    *("checkout.letters", "checkout.print_letter"),
}
#: The same, behind a page that asks for the password in any case; open for ten minutes.
BEHIND_THE_PASSWORD = {
    *("subjects.pupil_file", "subjects.adult_file", "subjects.own_file", "subjects.person_file"),
    "subjects.typed_file",
}
#: Files without anybody of a family, and why each is none.
OF_NO_FAMILY = {
    "rosters.kitchen_file": "numbers for the kitchen",
    "fund.export": "money between schools; asks all the same",
    "fund.account_file": "money of a school",
    "fund.event_file": "money of an event",
    "fund.income_file": "money that came in",
    "invoices.paper": "money of a school",
    "invoices.statement_file": "money of a school",
    "bids.receipt": "money of a school",
    "bank.statement_file": "the network's bank account",
    "meetings.calendar_file": "when a meeting of adults is",
    "meetings.answers_file": "colleagues who come to a meeting",
    "files.download": "what a host or school put on the shelf",
    "tours.certificate": "an adult who led a tour",
    "guides.card": "a guide",
    "events.calendar_file": "when a published event is",
    "allocation.download": "a published result",
    "allocation.script": "a program that checks it",
    "seasons.download": "a published plan",
    "seasons.own_part": "a school's wishes",
}
#: Counted as exports beside what asks again: letters, which a form asks for, and statements.
COUNTED = {
    *("checkout.letters", "checkout.print_letter", "bank.statement_file"),
    *("fund.account_file", "fund.event_file", "fund.income_file", "invoices.statement_file"),
}
#: Deeper than this no view hands its file on.
DEEPEST = 4


def gives_file(function, depth=0):
    """Return whether a function, or what it calls of ours, writes the name of a file."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return code is not None and depth <= DEEPEST and _gives(code, inspect.unwrap(function), depth)


def _gives(code, function, depth):
    # The keys of a dictionary are one tuple among the constants.
    parts = [each for each in code.co_consts if isinstance(each, tuple)]
    texts = {*code.co_consts, *chain.from_iterable(parts)}
    if "Content-Disposition" in texts or "send_file" in code.co_names:
        return True
    if any(_gives(part, function, depth) for part in code.co_consts if isinstance(part, CodeType)):
        return True
    called = (
        function.__globals__.get(each.argval)
        for each in dis.get_instructions(code)
        if each.opname == "LOAD_GLOBAL"
    )
    return any(
        gives_file(each, depth + 1)
        for each in called
        if isinstance(each, FunctionType) and each.__module__.startswith("booking.")
    )


def test_every_file_is_of_no_family_or_asks_who_takes_it(app):
    views = app.view_functions
    giving = {name for name, view in views.items() if gives_file(view)}

    assert giving == OF_FAMILIES | BEHIND_THE_PASSWORD | set(OF_NO_FAMILY)
    assert {name for name in OF_FAMILIES if not getattr(views[name], "asks_again", False)} == set()
    assert {name for name in giving if getattr(views[name], "counts_file", False)} == COUNTED
