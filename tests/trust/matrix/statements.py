"""Statements of the fund, and the bank statements beside them."""

from tests.trust.matrix.rows import EVERYBODY, LEAD, READERS, TREASURER, both, get, post

#: The lead and the auditor read the books; only the treasurer writes in them.
BOOKS = READERS | TREASURER
LINE = "/fund/bank/lines/{bank_line}"
STATEMENT = "/fund/bank/statements/{bank_statement}"

STATEMENTS = [
    get("fund.income_and_expenditure", "/fund/statements/", BOOKS),
    get("fund.income_file", "/fund/statements/income-and-expenditure.pdf", BOOKS),
    get("fund.spending_chart", "/fund/spending.svg", BOOKS),
    get("fund.account", "/fund/statements/account?account=assets:bank", BOOKS),
    get("fund.account_file", "/fund/statements/account.csv?account=assets:bank", BOOKS),
]

#: Off in this network: nobody sees them, the lead switches them on.
PUBLIC = [
    get("fees.year", "/where-fees-go", EVERYBODY, answer=404),
    get("fees.event", "/events/{closed}/where-it-went", EVERYBODY, answer=404),
    get("fund.publicity", "/fund/public", BOOKS),
    post("fund.show_money", "/fund/public/off", LEAD),
]

EVENT = [get("fund.event_file", "/fund/events/{over}/statement.csv", BOOKS)]

BANK = [
    get("bank.home", "/fund/bank/", BOOKS),
    *both("bank.choose_file", "/fund/bank/import", TREASURER),
    post("bank.confirm", "/fund/bank/import/yes", TREASURER),
    get("bank.matching", "/fund/bank/matching", BOOKS),
    post("bank.confirm_proposals", "/fund/bank/matching", TREASURER),
    get("bank.waiting_entries", "/fund/bank/entries", BOOKS),
    get("bank.line", LINE, BOOKS),
    post("bank.match_line", LINE + "/match", TREASURER),
    *both("bank.record", LINE + "/record/admin-cost", TREASURER),
    post("bank.undo_match", "/fund/bank/matches/{bank_match}/undo", TREASURER),
    get("bank.statement", STATEMENT, BOOKS),
    get("bank.statement_file", STATEMENT + "/reconciliation.csv", BOOKS),
    post("bank.remove", STATEMENT + "/remove", TREASURER),
]

ROWS = [*STATEMENTS, *PUBLIC, *EVENT, *BANK]
