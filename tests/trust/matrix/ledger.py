"""The funds, school years and decisions of the ledger."""

from tests.trust.matrix.rows import LEAD, READERS, TREASURER, both, get, post

BOOKS = READERS | TREASURER
#: Which funds there are, and what takes a second person.
STEERS = TREASURER | LEAD
FUND = "/fund/funds/{bursary}"
SPENDING = "/fund/spending/{spending}"
DECISION = "/fund/decisions/{decision}"

ROWS = [
    get("fund.funds", "/fund/funds", BOOKS),
    *both("fund.new_fund", "/fund/funds/new", STEERS),
    get("fund.one_fund", FUND, BOOKS),
    post("fund.change_fund", FUND, STEERS),
    post("fund.close_fund", FUND + "/close", STEERS),
    post("fund.open_fund", FUND + "/open", STEERS),
    post("fund.remove_fund", FUND + "/remove", STEERS),
    get("fund.rules", "/fund/rules", BOOKS),
    post("fund.keep_rules", "/fund/rules", LEAD),
    get("fund.rule_change", "/fund/rule-changes/{rule_change}", BOOKS),
    post("fund.confirm_rules", "/fund/rule-changes/{rule_change}/confirm", STEERS),
    post("fund.refuse_rules", "/fund/rule-changes/{rule_change}/refuse", STEERS),
    post("fund.withdraw_rules", "/fund/rule-changes/{rule_change}/withdraw", STEERS),
    get("fund.spending", SPENDING, BOOKS),
    post("fund.approve_spending", SPENDING + "/approve", STEERS),
    post("fund.refuse_spending", SPENDING + "/refuse", STEERS),
    post("fund.withdraw_spending", SPENDING + "/withdraw", STEERS),
    get("fund.decisions", "/fund/decisions", BOOKS),
    get("fund.decision", DECISION, BOOKS),
    post("fund.approve", DECISION + "/approve", STEERS),
    post("fund.refuse", DECISION + "/refuse", STEERS),
    get("fund.years", "/fund/years", BOOKS),
    get("fund.year", "/fund/years/2026-27", BOOKS),
    post("fund.close_year", "/fund/years/2026-27/close", TREASURER),
]
