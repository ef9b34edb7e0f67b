"""What a parent answers and pays, and what the school and the bank add to it.

Most functions run inside the caller's transaction. `begin`, `settle`, `settle_open` and
`execute_refunds` speak with the bank and therefore open transactions of their own, before and
after: no lock is held while another company's computer thinks.
"""

from booking.checkout.service.answers import (
    Answers,
    ConsentMissing,
    Incomplete,
    NotInvited,
    TooLong,
    answer,
    consent_words,
    decline,
    give_consent,
    send_answers,
    tell_day,
    tell_needs,
)
from booking.checkout.service.fees import forbid_change
from booking.checkout.service.funding import (
    NothingAsked,
    RemindedAlready,
    amount_due,
    ask,
    ask_again,
    not_this_time,
    remind,
    remit,
)
from booking.checkout.service.opening import AlreadyPaid, NotPayable, Wish, begin
from booking.checkout.service.paper import (
    MoreThanAsked,
    PaperReply,
    ReferenceMissing,
    receive_money,
    record_paper_reply,
)
from booking.checkout.service.refunding import (
    execute_refunds,
    give_back_by_hand,
    refund,
    return_money,
    return_money_of_event,
)
from booking.checkout.service.settling import Outcome, settle
from booking.checkout.service.sweeping import Reconciled, hear, settle_open

__all__ = [
    "AlreadyPaid",
    "Answers",
    "ConsentMissing",
    "Incomplete",
    "MoreThanAsked",
    "NotInvited",
    "NotPayable",
    "NothingAsked",
    "Outcome",
    "PaperReply",
    "Reconciled",
    "ReferenceMissing",
    "RemindedAlready",
    "TooLong",
    "Wish",
    "amount_due",
    "answer",
    "ask",
    "ask_again",
    "begin",
    "consent_words",
    "decline",
    "execute_refunds",
    "forbid_change",
    "give_back_by_hand",
    "give_consent",
    "hear",
    "not_this_time",
    "receive_money",
    "record_paper_reply",
    "refund",
    "remind",
    "remit",
    "return_money",
    "return_money_of_event",
    "send_answers",
    "settle",
    "settle_open",
    "tell_day",
    "tell_needs",
]
