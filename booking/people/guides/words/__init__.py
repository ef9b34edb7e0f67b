"""What the guides are called, which task explains which page, and the hints for a first visit."""

from booking.people.guides.words.hints import HINTS, Hint
from booking.people.guides.words.readers import GUIDES, GUIDES_OF, guides_for
from booking.people.guides.words.topics import TOPICS, topic

__all__ = ["GUIDES", "GUIDES_OF", "HINTS", "TOPICS", "Hint", "guides_for", "topic"]
