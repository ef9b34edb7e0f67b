"""Writing and publishing events: the story, then each refusal."""

from tests.builders.events import make_event


def test_an_event_is_published_with_a_sealed_lottery(db_session):
    event = make_event(title="Puzzle day")
    assert (event.slug, event.state, len(event.seed_commitment)) == (
        "puzzle-day-2027",
        "published",
        64,
    )
