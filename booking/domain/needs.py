"""The closed lists of a pupil's needs on the day: codes that say no more than a host must know."""

from enum import StrEnum


class Diet(StrEnum):
    """Dietary codes. No reason is asked: some reveal a religion."""

    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    NO_PORK = "no_pork"
    HALAL = "halal"
    KOSHER = "kosher"
    NO_NUTS = "no_nuts"
    NO_GLUTEN = "no_gluten"
    NO_DAIRY = "no_dairy"
    NO_EGG = "no_egg"
    OTHER = "other"


class PhotoPermission(StrEnum):
    """Three states; nothing is assumed, so the default is none at all."""

    NONE = "none"
    SCHOOL_USE = "school_use"
    PUBLIC = "public"


class Collection(StrEnum):
    """How the pupil leaves at the end of the day."""

    SCHOOL = "school"
    ALONE = "alone"
    NAMED_ADULT = "named_adult"


class ToldPart(StrEnum):
    """A part of what a family tells, by which a change of it is named."""

    HEALTH = "health"
    FOOD = "food"
    ACCESS = "access"
    PHOTOS = "photos"
    WAY_HOME = "way_home"
    CONTACT = "contact"
    CONSENT = "consent"
    ASKED = "asked"


#: As sentences and mails name them; never what was told.
PART_WORDS = {
    ToldPart.HEALTH: "health",
    ToldPart.FOOD: "food",
    ToldPart.ACCESS: "what makes the day easier",
    ToldPart.PHOTOS: "photos",
    ToldPart.WAY_HOME: "the way home",
    ToldPart.CONTACT: "whom to ring",
    ToldPart.CONSENT: "consent",
    ToldPart.ASKED: "what the host asks besides",
}
DIET_WORDS = {
    Diet.VEGETARIAN: "Vegetarian",
    Diet.VEGAN: "Vegan",
    Diet.NO_PORK: "No pork",
    Diet.HALAL: "Halal",
    Diet.KOSHER: "Kosher",
    Diet.NO_NUTS: "No nuts",
    Diet.NO_GLUTEN: "No gluten",
    Diet.NO_DAIRY: "No dairy",
    Diet.NO_EGG: "No egg",
    Diet.OTHER: "Other: ask the home school",
}
PHOTO_WORDS = {
    PhotoPermission.NONE: "No photos",
    PhotoPermission.SCHOOL_USE: "Photos for use in school only",
    PhotoPermission.PUBLIC: "Photos may be published without a name",
}
COLLECTION_WORDS = {
    Collection.SCHOOL: "Goes back to school with the group",
    Collection.ALONE: "May go home alone",
    Collection.NAMED_ADULT: "Collected by a named adult",
}
