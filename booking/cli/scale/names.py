"""Invented names for any number of schools and people; any likeness to real ones is chance."""

from random import Random

_FIRST = (
    "Alder",
    "Amber",
    "Ash",
    "Barley",
    "Bell",
    "Birch",
    "Bramble",
    "Brook",
    "Cedar",
    "Clover",
    "Copper",
    "Corn",
    "Crane",
    "Dove",
    "Elder",
    "Fallow",
    "Fern",
    "Finch",
    "Flint",
    "Fox",
    "Gorse",
    "Hart",
    "Hazel",
    "Heron",
    "Holly",
    "Ivy",
    "Juniper",
    "Kestrel",
    "Larch",
    "Lark",
    "Linden",
    "Maple",
    "Marsh",
    "Meadow",
    "Otter",
    "Pebble",
    "Rowan",
    "Sedge",
    "Thistle",
    "Willow",
)
_SECOND = (
    "acre",
    "bank",
    "beck",
    "bourne",
    "bridge",
    "brow",
    "burn",
    "bury",
    "cliffe",
    "combe",
    "cote",
    "croft",
    "dale",
    "dean",
    "den",
    "edge",
    "end",
    "field",
    "fold",
    "ford",
    "garth",
    "gate",
    "grove",
    "ham",
    "holme",
    "hurst",
    "leigh",
    "ley",
    "low",
    "mere",
    "mouth",
    "ness",
    "ridge",
    "shaw",
    "stead",
    "thorpe",
    "ton",
    "wick",
    "wood",
    "worth",
)
#: (how its name ends, phase, lowest and highest year, pupils on roll)
KINDS = (
    ("Primary School", "primary", -1, 6, 240),
    ("Church of England Primary School", "primary", 0, 6, 205),
    ("Academy", "secondary", 7, 11, 960),
    ("Community Primary School", "primary", -1, 6, 410),
    ("Junior School", "junior", 3, 6, 250),
    ("Catholic Primary School", "primary", 0, 6, 208),
    ("High School", "secondary", 7, 13, 1180),
    ("Village Primary School", "primary", 0, 6, 88),
    ("Infant School", "infant", 0, 2, 170),
    ("Middle School", "middle", 5, 8, 420),
    ("Primary Academy", "primary", 0, 6, 390),
    ("First School", "first", 0, 4, 140),
    ("Upper School", "upper", 9, 13, 900),
    ("All-Through School", "all-through", 0, 13, 1350),
    ("Free School", "primary", 0, 6, 180),
)
_FORENAMES = (
    "Aaliyah",
    "Abel",
    "Ada",
    "Aiden",
    "Amara",
    "Arlo",
    "Asha",
    "Beth",
    "Callum",
    "Chidi",
    "Dana",
    "Dylan",
    "Eira",
    "Elif",
    "Ewan",
    "Fatima",
    "Finn",
    "Grace",
    "Hamza",
    "Hana",
    "Idris",
    "Iris",
    "Jonah",
    "Kavya",
    "Kofi",
    "Leo",
    "Mabel",
    "Mina",
    "Noor",
    "Oscar",
    "Petra",
    "Quinn",
    "Rhys",
    "Rosa",
    "Sami",
    "Tilda",
    "Uma",
    "Vera",
    "Wilf",
    "Zara",
)
_SURNAMES = (
    "Abara",
    "Ainsley",
    "Barrow",
    "Begum",
    "Bexley",
    "Carrow",
    "Chowdry",
    "Danvers",
    "Easton",
    "Fenwick",
    "Fielding",
    "Garnet",
    "Hadley",
    "Hartnell",
    "Idowu",
    "Jessop",
    "Kaminski",
    "Kerr",
    "Langley",
    "Lowe",
    "Mistry",
    "Morrow",
    "Nair",
    "Netherby",
    "Okoro",
    "Oldcastle",
    "Pell",
    "Quayle",
    "Rahman",
    "Ridley",
    "Sandhu",
    "Selwood",
    "Tamar",
    "Thackeray",
    "Upton",
    "Varley",
    "Wexford",
    "Winslow",
    "Yardley",
    "Zielinski",
)


def place(number: int) -> str:
    """Return the name of a village: there are 1,600, and neighbours are unlike one another."""
    number = number * 641 % (len(_FIRST) * len(_SECOND))  # 641 is a prime that divides neither
    return _FIRST[number % len(_FIRST)] + _SECOND[number // len(_FIRST)]


def school(number: int) -> str:
    """Return the name of a school, counting from 0: 24,000 different ones, then with “(2)”."""
    villages = len(_FIRST) * len(_SECOND)
    round_, number = divmod(number, villages * len(KINDS))
    name = f"{place(number % villages)} {kind(number)[0]}"
    return f"{name} ({round_ + 1})" if round_ else name


def kind(number: int) -> tuple[str, str, int, int, int]:
    """Return a school's kind, its years and its roll."""
    villages = len(_FIRST) * len(_SECOND)
    return KINDS[(number + number // villages) % len(KINDS)]


def forename(rng: Random) -> str:
    """Return somebody's forename."""
    return rng.choice(_FORENAMES)


def surname(rng: Random) -> str:
    """Return somebody's surname."""
    return rng.choice(_SURNAMES)
