"""What a parent answers and pays, and what the school and the bank add to it.

Most functions run inside the caller's transaction. `begin`, `settle`, `settle_open`, `hear`,
`hear_missed`, `reconcile_payouts` and `execute_refunds` speak with the bank and therefore open
transactions of their own, before and after: no lock is held while another company's computer
thinks.
"""

from booking.checkout.bank_queries import count_to_explain
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
from booking.checkout.service.explaining import (
    ExplainedAlready,
    NoSuchPayment,
    NotOurMoney,
    ReasonMissing,
    attach,
    give_back,
    note,
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
from booking.checkout.service.giving import CHOICE_DAYS, TooLate, choose
from booking.checkout.service.giving import shown as choice_shown
from booking.checkout.service.listening import hear, hear_missed
from booking.checkout.service.opening import AlreadyPaid, NotPayable, OnItsWay, Wish, begin
from booking.checkout.service.paper import (
    MoreThanAsked,
    PaperReply,
    ReferenceMissing,
    receive_money,
    record_paper_reply,
)
from booking.checkout.service.payouts import reconcile as reconcile_payouts
from booking.checkout.service.refunding import (
    execute_refunds,
    give_back_by_hand,
    hand_back,
    refund,
    return_money,
    return_money_of_event,
    try_again,
)
from booking.checkout.service.settling import Outcome, settle
from booking.checkout.service.sweeping import Reconciled, settle_open

__all__ = [
    "CHOICE_DAYS",
    "AlreadyPaid",
    "Answers",
    "ConsentMissing",
    "ExplainedAlready",
    "Incomplete",
    "MoreThanAsked",
    "NoSuchPayment",
    "NotInvited",
    "NotOurMoney",
    "NotPayable",
    "NothingAsked",
    "OnItsWay",
    "Outcome",
    "PaperReply",
    "ReasonMissing",
    "Reconciled",
    "ReferenceMissing",
    "RemindedAlready",
    "TooLate",
    "TooLong",
    "Wish",
    "amount_due",
    "answer",
    "ask",
    "ask_again",
    "attach",
    "begin",
    "choice_shown",
    "choose",
    "consent_words",
    "count_to_explain",
    "decline",
    "execute_refunds",
    "forbid_change",
    "give_back",
    "give_back_by_hand",
    "give_consent",
    "hand_back",
    "hear",
    "hear_missed",
    "not_this_time",
    "note",
    "receive_money",
    "reconcile_payouts",
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
    "try_again",
]
