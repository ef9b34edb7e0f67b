"""The network's own words for tests, written by the services."""

from booking.domain.own_texts import TextKey
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.files.imports import pictures
from booking.network.texts import service as texts
from booking.network.texts.details import FactDetails, Logo
from booking.network.texts.models import TextVersion
from booking.people.schools.models import Person
from tests.builders.files import picture
from tests.builders.schools import actor_of


def write(
    by: Person, key: TextKey = TextKey.ABOUT, *, text: str = "We run days.", said: str = "Shorter"
) -> TextVersion:
    """Write a text as the lead."""
    with transaction():
        return texts.change_text(actor=actor_of(by), now=clock.now(), key=key, text=text, said=said)


def say(by: Person, **facts: str) -> None:
    """Say something about the network as the lead."""
    with transaction():
        texts.keep_facts(actor=actor_of(by), now=clock.now(), details=FactDetails(**facts))


def give_logo(by: Person, *, alt: str = "An oak leaf") -> str:
    """Give the network a mark as the lead; return the digest in its address."""
    content = picture("PNG")
    logo = Logo(content, "image/png", *pictures.size_of(content))
    with transaction():
        kept = texts.keep_logo(actor=actor_of(by), now=clock.now(), logo=logo, alt=alt)
        return kept.logo_digest
