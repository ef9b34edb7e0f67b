"""What can be done with the bank's statements: import, match, record what is missing."""

from booking.money.bank.service.following import follow_cost, match_money
from booking.money.bank.service.importing import (
    DoesNotAddUp,
    ImportRefused,
    NotAllRead,
    NothingNew,
    NotTheNewest,
    SameFile,
    StatementInUse,
    check_new_file,
    import_statement,
    not_all_read,
    remove_statement,
)
from booking.money.bank.service.matching import (
    AlreadyMatched,
    MatchRefused,
    NotChosen,
    NotEqual,
    confirm,
    match,
    undo_match,
)
from booking.money.bank.service.recording import record_missing

__all__ = [
    "AlreadyMatched",
    "DoesNotAddUp",
    "ImportRefused",
    "MatchRefused",
    "NotAllRead",
    "NotChosen",
    "NotEqual",
    "NotTheNewest",
    "NothingNew",
    "SameFile",
    "StatementInUse",
    "check_new_file",
    "confirm",
    "follow_cost",
    "import_statement",
    "match",
    "match_money",
    "not_all_read",
    "record_missing",
    "remove_statement",
    "undo_match",
]
