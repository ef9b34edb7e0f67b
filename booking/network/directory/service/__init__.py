"""What may be done in the directory: offer, confirm, ask, introduce, answer, keep the list."""

from booking.network.directory.service.asking_heads import (
    ask_again,
    decide_as_lead,
    decide_by_link,
    lapse,
    remind,
    renew,
)
from booking.network.directory.service.choosing import add_area, choose, remove_area
from booking.network.directory.service.leaving import forget, of_leaver, withdraw_of_leavers
from booking.network.directory.service.linking import (
    answer,
    ask,
    ask_outcomes,
    introduce,
    suggest,
    take_back,
    turn_down,
    want_somebody_else,
)
from booking.network.directory.service.offering import (
    change,
    offer,
    offer_again,
    withdraw,
)

__all__ = [
    "add_area",
    "answer",
    "ask",
    "ask_again",
    "ask_outcomes",
    "change",
    "choose",
    "decide_as_lead",
    "decide_by_link",
    "forget",
    "introduce",
    "lapse",
    "of_leaver",
    "offer",
    "offer_again",
    "remind",
    "remove_area",
    "renew",
    "suggest",
    "take_back",
    "turn_down",
    "want_somebody_else",
    "withdraw",
    "withdraw_of_leavers",
]
