"""What may be done with places: ask, allot, name, reply, give back, offer, sweep.

Every change of who holds what at an event happens under that event's lock; see `locks`.
"""

from booking.days.places.refusals import (
    AlreadyShared,
    AskedByMail,
    ElsewhereThatDay,
    EventNotOpen,
    LessThanHeld,
    MoreNamesThanPlaces,
    MoreThanPupils,
    NamedAlready,
    NamingClosed,
    NamingRefused,
    NobodyChosen,
    NobodyToWriteTo,
    NoPlaceFree,
    NoRequest,
    NotAReserve,
    NotAwaited,
    NotEnoughFree,
    NothingToGiveBack,
    NotSeated,
    OfferOver,
    PlaceRefused,
    PlannedTogether,
    PupilRestricted,
    QuotaImpossible,
    SchoolHasLeft,
    StillComing,
    TooManyWanted,
    WantsNothing,
    YearsDoNotMeet,
)
from booking.days.places.service.cancelling import end_all, keys_of_mail
from booking.days.places.service.changes import end_for_pupil, follow_change, forbid_change
from booking.days.places.service.forgetting import (
    Forgotten,
    forget_bookings,
    forget_parent,
    forget_pupil,
)
from booking.days.places.service.invitations import reachable_parents
from booking.days.places.service.line import freeze, serve
from booking.days.places.service.mail import tell_of_change, told_of_change
from booking.days.places.service.naming import (
    give_back_places,
    may_take_again,
    name_pupil,
    name_pupils,
    swap_pupil,
    take_again,
)
from booking.days.places.service.offers import accept_offer, decline_offer
from booking.days.places.service.on_paper import ask_on_paper, take_back_asking
from booking.days.places.service.parents import (
    follow_parents,
    send_lost_links,
    send_new_links,
)
from booking.days.places.service.planned import PlannedShare, share_as_planned
from booking.days.places.service.reminders import remind_schools
from booking.days.places.service.replies import confirm, decline, mark, withdraw
from booking.days.places.service.requests import (
    eligible_pupils,
    is_late,
    request_places,
    withdraw_request,
)
from booking.days.places.service.reserves import (
    add_reserve,
    add_reserves,
    move_reserve,
    rank_reserves,
)
from booking.days.places.service.sharing import allot, make_places, set_quota
from booking.days.places.service.sweeps import (
    expire_offers,
    lapse_overdue,
    lapse_reserves,
    release_quotas,
    remind_parents,
    return_unnamed,
)
from booking.days.places.service.telling import follow_mail, follow_return

__all__ = [
    "AlreadyShared",
    "AskedByMail",
    "ElsewhereThatDay",
    "EventNotOpen",
    "Forgotten",
    "LessThanHeld",
    "MoreNamesThanPlaces",
    "MoreThanPupils",
    "NamedAlready",
    "NamingClosed",
    "NamingRefused",
    "NoPlaceFree",
    "NoRequest",
    "NobodyChosen",
    "NobodyToWriteTo",
    "NotAReserve",
    "NotAwaited",
    "NotEnoughFree",
    "NotSeated",
    "NothingToGiveBack",
    "OfferOver",
    "PlaceRefused",
    "PlannedShare",
    "PlannedTogether",
    "PupilRestricted",
    "QuotaImpossible",
    "SchoolHasLeft",
    "StillComing",
    "TooManyWanted",
    "WantsNothing",
    "YearsDoNotMeet",
    "accept_offer",
    "add_reserve",
    "add_reserves",
    "allot",
    "ask_on_paper",
    "confirm",
    "decline",
    "decline_offer",
    "eligible_pupils",
    "end_all",
    "end_for_pupil",
    "expire_offers",
    "follow_change",
    "follow_mail",
    "follow_parents",
    "follow_return",
    "forbid_change",
    "forget_bookings",
    "forget_parent",
    "forget_pupil",
    "freeze",
    "give_back_places",
    "is_late",
    "keys_of_mail",
    "lapse_overdue",
    "lapse_reserves",
    "make_places",
    "mark",
    "may_take_again",
    "move_reserve",
    "name_pupil",
    "name_pupils",
    "rank_reserves",
    "reachable_parents",
    "release_quotas",
    "remind_parents",
    "remind_schools",
    "request_places",
    "return_unnamed",
    "send_lost_links",
    "send_new_links",
    "serve",
    "set_quota",
    "share_as_planned",
    "swap_pupil",
    "take_again",
    "take_back_asking",
    "tell_of_change",
    "told_of_change",
    "withdraw",
    "withdraw_request",
]
