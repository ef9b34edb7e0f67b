"""The matrix: every endpoint and method of the site, and who may use it. Written by hand.

A route without a row here is a failing test, and so is a row without a route.
"""

from tests.trust.matrix import (
    account,
    bids,
    cards,
    circulars,
    claims,
    colleague_questions,
    directory,
    hosting,
    ideas,
    invoices,
    ledger,
    meetings,
    network,
    parents,
    public,
    resources,
    school,
    seasons,
    statements,
    texts,
    tours,
    transfers,
)

ROWS = [
    *public.ROWS,
    *account.ROWS,
    *school.ROWS,
    *hosting.ROWS,
    *ideas.ROWS,
    *network.ROWS,
    *ledger.ROWS,
    *cards.ROWS,
    *bids.ROWS,
    *invoices.ROWS,
    *meetings.ROWS,
    *circulars.ROWS,
    *claims.ROWS,
    *colleague_questions.ROWS,
    *directory.ROWS,
    *resources.ROWS,
    *seasons.ROWS,
    *statements.ROWS,
    *texts.ROWS,
    *tours.ROWS,
    *transfers.ROWS,
    *parents.ROWS,
]
