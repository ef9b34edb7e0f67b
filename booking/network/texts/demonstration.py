"""The demonstration's own words: a telephone, who is responsible, a welcome rewritten."""

from datetime import datetime, time

from booking.domain.own_texts import TextKey
from booking.foundation.db import transaction
from booking.network.texts import service
from booking.network.texts.details import FactDetails
from booking.people.schools.scene import LEAD, Diary, Scene

FIRST, SECOND = 40, 12
FACTS = FactDetails(
    short_name="Fairplace",
    telephone="+441632960100",
    postal_address="The Old Library, Market Place, Aldermere, AL1 2FP",
    controller="Aldermere Schools Trust",
    officer="the data protection officer of Aldermere Schools Trust",
    hosting="Harbour Hosting Ltd in London (invented)",
    mailing="Pigeonpost Ltd in Leeds (invented)",
)
WELCOME = (
    "One school hosts; every school is welcome. Places are shared fairly among the schools of "
    "{network}."
)
AGAIN = WELCOME + "\n\n**New this year:** two workshops that travel to your own school."


def put_into(scene: Scene, diary: Diary) -> None:
    """Put what the lead writes in the diary."""
    lead = scene.people[LEAD]

    def say(now: datetime) -> None:
        with transaction():
            service.keep_facts(actor=lead, now=now, details=FACTS)
        with transaction():
            service.change_text(
                actor=lead, now=now, key=TextKey.WELCOME, text=WELCOME, said="Names the network"
            )

    def say_more(now: datetime) -> None:
        with transaction():
            service.change_text(
                actor=lead, now=now, key=TextKey.WELCOME, text=AGAIN, said="Tells of the tours"
            )

    diary.put(scene.day(FIRST, time(9)), say)
    diary.put(scene.day(SECOND, time(9)), say_more)
