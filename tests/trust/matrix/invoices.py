"""Invoices to schools: the treasurer raises and records them, and a school reads its own."""

from tests.trust.matrix.rows import COORDINATORS, OWN, READERS, TREASURER, both, get, post

BOOKS = READERS | TREASURER

ROWS = [
    get("invoices.home", "/fund/invoices/", BOOKS),
    *both("invoices.bill", "/fund/invoices/events/{to_bill}", TREASURER),
    *both("invoices.write_by_hand", "/fund/invoices/new", TREASURER),
    post("invoices.send_written", "/fund/invoices/new/send", TREASURER),
    get("invoices.balances", "/fund/invoices/schools/", BOOKS),
    get("invoices.statement", "/invoices/schools/{own_school}/", OWN | BOOKS),
    get("invoices.statement_file", "/invoices/schools/{own_school}/statement.csv", OWN | BOOKS),
    *both("invoices.give_back", "/invoices/schools/{own_school}/give-back", TREASURER),
    post("invoices.record_arrived", "/fund/invoices/arrived", TREASURER),
    get("invoices.of_school", "/school/invoices/", COORDINATORS),
    get("invoices.show", "/invoices/{invoice}", OWN | BOOKS),
    get("invoices.paper", "/invoices/{invoice}.pdf", OWN | BOOKS),
    *both("invoices.paid", "/invoices/{invoice}/paid", TREASURER),
    *both("invoices.remind", "/invoices/{invoice}/remind", TREASURER),
    *both("invoices.cancel", "/invoices/{invoice}/cancel", TREASURER),
    *both(
        "invoices.undo_payment",
        "/invoices/{part_paid}/payments/{invoice_payment}/undo",
        TREASURER,
    ),
]
