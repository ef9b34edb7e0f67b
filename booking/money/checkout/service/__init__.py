"""What a parent answers and pays, and what the school adds to it.

Most functions run inside the caller's transaction. `begin`, `settle`, `settle_open` and
`execute_refunds` talk to the card processor, so they open transactions of their own, before and
after: no lock is held while we wait for another company's computer.
"""

from booking.money.checkout.service.answers import (
    DIET_NOTE_MAX,
    Answers,
    Incomplete,
    NothingToNote,
    ToldByAnother,
    answer,
    note_diet,
    send_answers,
    tell_asked,
    tell_day,
    tell_needs,
)
from booking.money.checkout.service.arriving import receive_transfer
from booking.money.checkout.service.asking import (
    AskedTooOften,
    QuestionMissing,
    ask_school,
    say_not_mine,
    settle_question,
)
from booking.money.checkout.service.consent import (
    ConsentMissing,
    MovedMeanwhile,
    NotInvited,
    TooLong,
    consent_words,
    decline,
    facts_digest,
    give_consent,
)
from booking.money.checkout.service.fees import forbid_change
from booking.money.checkout.service.forgetting import forget_parent
from booking.money.checkout.service.funding import (
    NothingAsked,
    RemindedAlready,
    amount_due,
    ask,
    ask_again,
    not_this_time,
    promise,
    remind,
    remit,
)
from booking.money.checkout.service.giving import CHOICE_DAYS, ChoiceIsOver, choose
from booking.money.checkout.service.giving import shown as choice_shown
from booking.money.checkout.service.letters import (
    FamilyLetter,
    NobodyToAsk,
    UnknownCode,
    open_letter,
    write_letters,
)
from booking.money.checkout.service.mail import chooser
from booking.money.checkout.service.objecting import (
    OBJECTIONABLE,
    NothingToObjectTo,
    NotToBeTakenAgain,
    may_take_again,
    raise_objection,
    settle_objection,
    take_again,
)
from booking.money.checkout.service.opening import AlreadyPaid, NotPayable, OnItsWay, begin
from booking.money.checkout.service.paper import (
    AnswerRecorded,
    MoreThanAsked,
    PaperReply,
    ReferenceMissing,
    receive_money,
    record_paper_replies,
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
from booking.money.checkout.service.renewing import (
    ask_where_overlooked,
    follow_change,
    forget,
    renew,
)
from booking.money.checkout.service.renewing import remind as remind_of_questions
from booking.money.checkout.service.replying import (
    AnsweredMeanwhile,
    answered_by_others,
    reply,
)
from booking.money.checkout.service.settling import SettlementOutcome, settle
from booking.money.checkout.service.sweeping import Reconciled, settle_open
from booking.money.checkout.service.undoing import source_of, undo_receipt, undo_refund

__all__ = [
    "CHOICE_DAYS",
    "DIET_NOTE_MAX",
    "OBJECTIONABLE",
    "AlreadyPaid",
    "AnswerRecorded",
    "AnsweredMeanwhile",
    "Answers",
    "AskedTooOften",
    "ChoiceIsOver",
    "ConsentMissing",
    "FamilyLetter",
    "Incomplete",
    "MoreThanAsked",
    "MovedMeanwhile",
    "NobodyToAsk",
    "NotInvited",
    "NotPayable",
    "NotToBeTakenAgain",
    "NothingAsked",
    "NothingToNote",
    "NothingToObjectTo",
    "OnItsWay",
    "PaperReply",
    "QuestionMissing",
    "Reconciled",
    "ReferenceMissing",
    "RemindedAlready",
    "SettlementOutcome",
    "ToldByAnother",
    "TooLong",
    "UnknownCode",
    "amount_due",
    "answer",
    "answered_by_others",
    "ask",
    "ask_again",
    "ask_school",
    "ask_where_overlooked",
    "begin",
    "choice_shown",
    "choose",
    "chooser",
    "consent_words",
    "decline",
    "execute_refunds",
    "facts_digest",
    "follow_change",
    "forbid_change",
    "forget",
    "forget_parent",
    "give_back_by_hand",
    "give_consent",
    "hand_back",
    "may_take_again",
    "not_this_time",
    "note_diet",
    "open_letter",
    "promise",
    "raise_objection",
    "receive_money",
    "receive_transfer",
    "record_paper_replies",
    "record_paper_reply",
    "refund",
    "remind",
    "remind_of_questions",
    "remit",
    "renew",
    "reply",
    "return_money",
    "return_money_of_event",
    "say_not_mine",
    "send_answers",
    "settle",
    "settle_objection",
    "settle_open",
    "settle_question",
    "source_of",
    "take_again",
    "tell_asked",
    "tell_day",
    "tell_needs",
    "try_again",
    "undo_receipt",
    "undo_refund",
    "write_letters",
]
