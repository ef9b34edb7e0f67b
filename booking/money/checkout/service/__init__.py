"""What a parent answers and pays, and what the school adds to it.

Most functions run inside the caller's transaction. `begin`, `settle`, `settle_open` and
`execute_refunds` talk to the card processor, so they open transactions of their own, before and
after: no lock is held while we wait for another company's computer.
"""

from booking.money.checkout.service.answers import (
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
from booking.money.checkout.service.fees import forbid_change
from booking.money.checkout.service.funding import (
    NothingAsked,
    RemindedAlready,
    amount_due,
    ask,
    ask_again,
    not_this_time,
    remind,
    remit,
)
from booking.money.checkout.service.giving import CHOICE_DAYS, ChoiceIsOver, choose
from booking.money.checkout.service.giving import shown as choice_shown
from booking.money.checkout.service.opening import AlreadyPaid, NotPayable, OnItsWay, begin
from booking.money.checkout.service.paper import (
    MoreThanAsked,
    PaperReply,
    ReferenceMissing,
    receive_money,
    record_paper_reply,
)
from booking.money.checkout.service.refunding import (
    execute_refunds,
    give_back_by_hand,
    hand_back,
    refund,
    return_money,
    return_money_of_event,
    try_again,
)
from booking.money.checkout.service.settling import SettlementOutcome, settle
from booking.money.checkout.service.sweeping import Reconciled, settle_open

__all__ = [
    "CHOICE_DAYS",
    "AlreadyPaid",
    "Answers",
    "ChoiceIsOver",
    "ConsentMissing",
    "Incomplete",
    "MoreThanAsked",
    "NotInvited",
    "NotPayable",
    "NothingAsked",
    "OnItsWay",
    "PaperReply",
    "Reconciled",
    "ReferenceMissing",
    "RemindedAlready",
    "SettlementOutcome",
    "TooLong",
    "amount_due",
    "answer",
    "ask",
    "ask_again",
    "begin",
    "choice_shown",
    "choose",
    "consent_words",
    "decline",
    "execute_refunds",
    "forbid_change",
    "give_back_by_hand",
    "give_consent",
    "hand_back",
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
    "try_again",
]
