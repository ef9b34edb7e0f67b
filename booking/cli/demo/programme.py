"""The events of the demonstration: what each is, and how far from today it takes place."""

from dataclasses import dataclass
from datetime import time

from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.events.models import Sharing


@dataclass(frozen=True)
class Fee:
    """What parents are asked for, and what the day costs in all, in pence."""

    kind: FeeKind = FeeKind.FREE
    parts: tuple[FeePart, ...] = ()

    def costs(self, places: int) -> tuple[tuple[str, int], ...]:
        """Return what the event costs.

        A charge is the cost, shared out; contributions are asked for knowing that some families
        will not give.
        """
        tenths = 10 if self.kind is FeeKind.CHARGE else 8
        return tuple(
            (part.label.capitalize(), part.pence * places * tenths // 10)
            for part in self.parts
            if part.fund is Fund.EVENTS
        )

    @property
    def pence(self) -> int:
        """Return the fee."""
        return sum(part.pence for part in self.parts)


@dataclass(frozen=True)
class Plan:
    """One event of the demonstration."""

    title: str
    theme: str
    host: str
    #: Days from today to its first date, before it is moved to a day that fits.
    offset: int
    years: tuple[int, int]
    places: int
    concept: str
    impact: str
    led_by: str
    fee: Fee = Fee()
    sharing: Sharing = Sharing.FAIR_ROUND
    basis: Basis = Basis.EQUAL_SHARES
    guarantee: int = 0
    cap: int | None = None
    #: Days before the first date on which it is published; 0 leaves it a draft.
    lead: int = 70
    hours: tuple[time, time] = (time(9, 15), time(14, 45))
    #: One date a week, so many.
    weeks: int = 1
    saturday: bool = False
    #: Days before the first date on which it is cancelled; 0: never.
    cancelled: int = 0
    bring: str = "A packed lunch, water, and clothes that may get dirty."


def _small(speaker: int, materials: int, admin: int, cpd: int) -> tuple[FeePart, ...]:
    parts = (
        ("speaker", speaker, Fund.EVENTS),
        ("materials", materials, Fund.EVENTS),
        ("administration", admin, Fund.ADMIN),
        ("CPD fund", cpd, Fund.CPD),
    )
    return tuple(FeePart(label, pence, fund) for label, pence, fund in parts if pence)


CONTRIBUTION = Fee(FeeKind.VOLUNTARY_CONTRIBUTION, _small(340, 110, 90, 60))
SMALL = Fee(FeeKind.VOLUNTARY_CONTRIBUTION, _small(0, 250, 50, 100))
CHARGE = Fee(FeeKind.CHARGE, _small(700, 200, 0, 0))
BY_SCHOOL = Fee(FeeKind.PAID_BY_SCHOOL, _small(600, 200, 100, 0))
FREE = Fee()
AFTER_SCHOOL = (time(15, 45), time(17, 0))
SATURDAY = (time(10, 0), time(13, 0))

#: In the order of their dates. Between them they stand in every state that an event can have.
PLANS = (
    Plan("Bridge builders", "Engineering", "copperbeck", -340, (5, 7), 24,
         "Teams build a bridge from card and string that carries a bag of sugar.",
         "Pupils test, fail and try again, and can say why a shape is strong.",
         "Year 12 engineers of Copperbeck Academy", CONTRIBUTION),
    Plan("Victorian newsroom", "English", "aldermere-middle", -285, (4, 6), 24,
         "A newspaper in a day: reporters, editors and a printing press with real type.",
         "Pupils write for a reader, to length, against the clock.",
         "The Penny Press players", CONTRIBUTION, basis=Basis.BY_ROLL, guarantee=1),
    Plan("Number theory night school", "Mathematics", "quill-valley", -240, (8, 10), 20,
         "Primes, remainders and codes, from scratch to the edge of what is known.",
         "Pupils meet proof as something that they can do.",
         "Samuel Okonjo, Quill Valley", FREE, hours=AFTER_SCHOOL),
    Plan("River detectives", "Science", "osier-bridge", -180, (3, 5), 30,
         "Kick-sampling, river-dipping and a court case: who polluted the brook?",
         "Pupils argue from evidence that they collected themselves.",
         "Thistle Valley Rivers Trust", CONTRIBUTION, basis=Basis.SEASON, guarantee=1),
    Plan("Puzzle day", "Mathematics", "tindlebrook", -150, (1, 2), 24,
         "Wooden puzzles taller than the pupils, solved in teams of mixed ages.",
         "Pupils stay with a hard problem for a whole hour.",
         "Happy Minds Puzzles", SMALL),
    Plan("Philosophy café", "Philosophy", "meridian-cross", -120, (9, 12), 18,
         "Is it ever right to break a promise? Cake, and arguments that change minds.",
         "Pupils follow an argument they disagree with to its end.",
         "Kofi Mensah-Bell and Year 13", FREE, hours=AFTER_SCHOOL),
    Plan("World War II in a box", "History", "pennyfold", -62, (4, 6), 24,
         "Sixth-formers bring a box of real objects; pupils find out whose it was.",
         "Pupils ask questions of things, not only of books.",
         "Year 12 historians of Aldermere Upper", SMALL),
    Plan("Kitchen chemistry", "Science", "beacon-ridge", -48, (2, 4), 30,
         "Acids, bubbles and colours from the cupboard, with notebooks like a chemist’s.",
         "Pupils change one thing at a time and say what they saw.",
         "Luke Ferndale, Beacon Ridge", SMALL, basis=Basis.BY_ROLL, guarantee=1),
    Plan("Poetry aloud", "English", "aldermere-upper", -33, (7, 9), 20,
         "From page to stage in a day with a poet who performs for a living.",
         "Pupils read their own lines to a hall, and are heard.",
         "Ines Caldera, poet", BY_SCHOOL),
    Plan("Maths circle", "Mathematics", "tollhanger", -19, (7, 8), 20,
         "Games that hide theorems. Two of them will be yours to prove.",
         "Pupils explain a strategy that always wins.",
         "Peter Wolstencroft, Tollhanger", FREE),
    Plan("Stone Age camp", "History", "millrace", -6, (1, 3), 24,
         "Flint, fire and fur on the field: a day as the first people of the valley lived it.",
         "Pupils tell a fact from a good guess.",
         "Owen Tarrant and the Hill Fort Trust", CONTRIBUTION),
    Plan("Robotics workshop", "Computing", "aldermere-middle", 0, (5, 8), 24,
         "Build a robot that finds its way out of a maze; programme it; race it.",
         "Pupils debug by reading what the machine really did.",
         "Tobias Lindqvist, Aldermere Middle", CONTRIBUTION, guarantee=1),
    Plan("Shakespeare in a day", "Drama", "tindlebrook", 3, (4, 6), 28,
         "A whole play between register and home time, everybody with a part.",
         "Pupils speak verse so that it makes sense.",
         "The Wooden O company", BY_SCHOOL),
    Plan("Electronics Saturday", "Engineering", "copperbeck", 12, (7, 10), 20,
         "Solder your own radio and take it home working.",
         "Pupils read a circuit diagram and trust it.",
         "Ingrid Halvorsen, Copperbeck", CHARGE, saturday=True, hours=SATURDAY, cap=4),
    Plan("Latin for beginners", "Languages", "aldermere-upper", 10, (5, 6), 22,
         "A town, a volcano and a language: read a real wall before lunch.",
         "Pupils work out meaning from parts of words.",
         "Eleanor Ashdown, Aldermere Upper", FREE),
    Plan("Astronomy masterclass", "Science", "quill-valley", -9, (8, 11), 18,
         "Six evenings from the Moon to the edge of the universe, two of them outdoors.",
         "Pupils estimate sizes that nobody can picture, and defend the estimate.",
         "Dr Noor Rahimi, Valley Observatory", SMALL, weeks=6, hours=AFTER_SCHOOL),
    Plan("Clay and kiln", "Art", "osier-bridge", 21, (3, 6), 20,
         "Throw, carve and glaze a beaker like those from the burial mound.",
         "Pupils make, judge and make again.",
         "Hannah Brightwell, Osier Bridge", SMALL, lead=38, cap=3, sharing=Sharing.FIRST_COME),
    Plan("Spelling bee final", "English", "kestrelmere", 26, (3, 6), 30,
         "The final of the network’s spelling bee.",
         "Pupils take apart words that they have never seen.",
         "Kestrelmere Junior School", SMALL, cancelled=29),
    Plan("Sensory garden day", "Science", "sallow-bank", 33, (1, 6), 24,
         "Plant, taste, smell and listen: a day in the garden made for every pupil.",
         "Pupils notice, name and compare.",
         "Thomas Everleigh, Sallow Bank", FREE, lead=50, sharing=Sharing.SET_QUOTAS),
    Plan("Code breakers", "Computing", "meridian-cross", 38, (7, 9), 24,
         "From Caesar to Enigma: break a cipher that once changed history.",
         "Pupils turn patterns into a method.",
         "Kofi Mensah-Bell, Meridian Cross", CONTRIBUTION, guarantee=1),
    Plan("Young journalists", "English", "beacon-ridge", 47, (3, 5), 26,
         "Find a story, check it twice, film it once.",
         "Pupils tell what happened from what people say happened.",
         "Netherwick Community Radio", CONTRIBUTION, basis=Basis.BY_ROLL, guarantee=1),
    Plan("Structures and domes", "Engineering", "tollhanger", 51, (8, 9), 24,
         "A dome that you can stand in, from newspaper and mathematics.",
         "Pupils scale up, and find out why it matters.",
         "Tollhanger sixth form", SMALL),
    Plan("Dragon’s den for inventors", "Design", "aldermere-upper", 55, (5, 7), 26,
         "Invent it before lunch, pitch it after. The dragons are real engineers.",
         "Pupils listen to criticism and use it.",
         "Aldermere Chamber of Makers", CONTRIBUTION),
    Plan("Fossil hunt", "Science", "tindlebrook", 58, (2, 4), 24,
         "A ton of clay with the Jurassic inside it. Bring an old toothbrush.",
         "Pupils classify what they find and argue where it belongs.",
         "Thistle Vale Museum", SMALL, basis=Basis.SEASON),
    Plan("Orchestra for a day", "Music", "quill-valley", 68, (5, 9), 40,
         "Bring an instrument and one tune. Leave having played a symphony.",
         "Pupils listen while they play.",
         "Valley Youth Orchestra", CONTRIBUTION, guarantee=1,
         bring="Your instrument, a music stand if you have one, and a packed lunch."),
    Plan("Poetry slam", "English", "meridian-cross", 140, (9, 11), 30,
         "Three minutes, one microphone, your own words.",
         "Pupils shape what they feel into what others hear.",
         "To be confirmed", FREE, lead=0),
    Plan("Summer school: making things float", "Engineering", "copperbeck", 232, (5, 8), 36,
         "A day of boats, balloons and a raft that must carry its crew.",
         "Pupils plan for hours, not minutes.",
         "Ingrid Halvorsen and Year 12", FREE, lead=236, cap=6, sharing=Sharing.FIRST_COME),
)  # fmt: skip
