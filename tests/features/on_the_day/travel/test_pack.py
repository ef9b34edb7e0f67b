"""The visit pack for a school's approval system, and the emergency card: what is known, no more."""

import io
import re
from datetime import time

import pypdf
import pytest

from booking.domain.needs import Collection
from booking.domain.travelling import TravelTimes
from booking.foundation.audit.models import AuditEntry
from booking.foundation.files.models import FileAudience
from booking.on_the_day.travel.pages import pack
from tests.builders import travel
from tests.builders.events import make_event, one_date
from tests.builders.files import put
from tests.builders.places import hold
from tests.builders.rosters import bring_adult, expect_pupil, tell_needs
from tests.builders.stored import count
from tests.features.on_the_day.conftest import at
from tests.features.on_the_day.travel.test_plan import main
from tests.page import soup, words

HEALTH = "Asthma: blue inhaler in the front pocket"
OWN = {
    "base_name": "Olu Office",
    "base_phone": "07700 900222",
    "supervision": "Two teachers know the group.\nA third can come within the hour.",
    "first_aid": "Kit in the red bag",
    "meeting_point": "By the oak",
}
HOSTS = {
    "first_aid": "In the office all day",
    "safeguarding_name": "Dee Essell",
    "safeguarding_phone": "07700 900333",
    "drop_off": "Bus bay in Mill Lane",
    "risks": "A pond behind the hall",
}


def url(event, what="visit-pack"):
    return f"/school/events/{event.slug}/{what}"


def pdf_text(answer):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)


def bare(text):
    """Return the letters and digits of a text: line breaks and bullets differ, words do not."""
    return re.sub(r"[^\w]", "", text.replace("- ", ""))


@pytest.fixture
def coming(event, school, other, browsers):
    """Two pupils of the school, one with an alert, two adults, everything said."""
    for forename in ("Ada", "Zac"):
        booking = expect_pupil(event=event, school=school, forename=forename)
    tell_needs(booking, health=HEALTH, collection=Collection.ALONE, emergency_phone="+447700900777")
    expect_pupil(event=event, school=other, forename="Elsewhere")
    bring_adult(event=event, school=school, name="Sam Lane")
    bring_adult(event=event, school=school, name="Tia Lead", mobile="07700 900444", leads=True)
    times = TravelTimes(time(8), time(9), time(16))
    travel.plan(event, school, times=times, **OWN)
    travel.note(event, **HOSTS)
    put(event, label="Risk assessment", name="pond.pdf")
    put(event, label="Map", name="staff-only.pdf", audience=FileAudience.DAY_STAFF)
    return event


def test_what_nobody_has_said_is_listed_with_where_to_say_it_and_is_not_in_the_pack(
    event, school, browsers
):
    page = soup(browsers["ashdale"].get(url(event)))

    missing = page.find("section", {"aria-labelledby": "missing"})
    links = {words(link): link["href"] for link in missing.find_all("a")}
    assert links["who the base contact is"] == f"/school/events/{event.slug}/travel"
    assert links["who accompanies your pupils"] == f"/school/events/{event.slug}/adults"
    assert links["which pupils come"] == f"/school/events/{event.slug}/"
    assert "who gives first aid at the venue Only the host can say" in words(missing)
    pasted = page.find("pre").text
    for empty in ("Base contact:", "First aid", "Safeguarding", "Leaving school", "Ratio"):
        assert empty not in pasted


def test_the_pack_says_everything_and_nothing_of_what_pupils_need(coming, browsers):
    page = soup(browsers["ashdale"].get(url(coming)))

    assert page.find("section", {"aria-labelledby": "missing"}) is None
    pasted = page.find("pre").text
    for said in (
        "Event: Puzzle day",
        "Leaving school: 8am",
        "Back at school: 4pm",
        "Visit leader: Tia Lead, 07700 900444",
        "Accompanying adult: Sam Lane, 07700 900321",
        "Ratio: 2 pupils, 2 adults: 1 to each",
        "A third can come within the hour.",
        "By: Minibus",
        "At the venue: In the office all day",
        "Designated safeguarding lead at the venue: Dee Essell, 07700 900333",
        "From the host: A pond behind the hall",
        "Base contact: Olu Office, 07700 900222",
        "School’s emergency number: 07700 900999",
        "Ada Pupil, Year 5",
    ):
        assert said in pasted, said
    assert pasted.index("Tia Lead") < pasted.index("Sam Lane"), "the leader comes first"
    assert re.search(r"Risk assessment: pond.pdf, https?://\S+/files/\S+", pasted)
    for hidden in ("Asthma", "900777", "Elsewhere", "staff-only"):
        assert hidden not in pasted


def test_the_pdf_and_the_text_are_word_for_word_the_same(coming, browsers):
    pasted = soup(browsers["ashdale"].get(url(coming))).find("pre").text

    answer = browsers["ashdale"].get(url(coming, "visit-pack.pdf"))

    body = re.sub(r"Destroy after .*?Page 1 of 1", "", pdf_text(answer), flags=re.S)
    assert sorted(re.findall(r"\w+", body)) == sorted(re.findall(r"\w+", pasted))
    assert bare(body).startswith(bare("Visit pack: Puzzle day Ashdale Primary School"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert count(AuditEntry, AuditEntry.action == "download_visit_pack") == 1


@pytest.mark.parametrize(
    ("pupils", "adults", "said"),
    [(24, 4, "24 pupils, 4 adults: 6 to each"), (7, 2, "7 pupils, 2 adults: at most 4 to each")],
)
def test_the_ratio_is_what_it_is(pupils, adults, said):
    assert pack.ratio(pupils, adults) == said


def test_the_cards_have_whom_to_ring_and_no_pupil(coming, browsers):
    answer = browsers["ashdale"].get(url(coming, "emergency-cards.pdf"))

    [page] = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    text = " ".join(page.extract_text().split())
    for said in ("Olu Office, 07700 900222", "07700 900999", "Dee Essell", "By the oak"):
        assert text.count(said) == 8, said
    assert text.count("2 pupils, 2 adults") == 8
    for hidden in ("Ada", "Zac", "Asthma"):
        assert hidden not in text
    assert count(AuditEntry, AuditEntry.action == "download_emergency_cards") == 1


def test_who_came_last_time_is_named_again_by_one_press(coming, school, browsers):
    later = make_event(title="Later day", host=coming.host_school, dates=[one_date(at(7))])
    hold(later, school)
    address = f"/school/events/{later.slug}/adults"
    assert "At your last event: Sam Lane, Tia Lead." in main(browsers["ashdale"].get(address))

    browsers["ashdale"].post(f"{address}/as-before")

    page = main(browsers["ashdale"].get(address))
    assert "Tia Lead Visit leader" in page
    assert "At your last event" not in page
    again = browsers["ashdale"].post(f"{address}/as-before", follow_redirects=True)
    assert "Added: nobody new." in words(soup(again))
    browsers["ashdale"].post(
        address, data={"name": "Sam Lane", "mobile": "07700 900321", "leads": "y"}
    )
    page = main(browsers["ashdale"].get(address))
    assert "Sam Lane Visit leader" in page
    assert "Tia Lead Visit leader" not in page
