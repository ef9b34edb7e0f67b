"""A change of day, time, place, host or words asks for consent again, and nothing else does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from booking.domain.consenting import ConsentFacts
from booking.foundation.clock import LONDON

moments = st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC)
).map(lambda at: at.replace(second=0, microsecond=0))
spans = st.tuples(moments, st.integers(min_value=1, max_value=600)).map(
    lambda found: (found[0], found[0] + timedelta(minutes=found[1]))
)
names = st.text(alphabet="abcxyz -", max_size=8)
facts = st.builds(
    ConsentFacts,
    spans=st.lists(spans, min_size=1, max_size=4, unique=True).map(tuple),
    venue=st.tuples(names, names),
    host=st.integers(min_value=1, max_value=99).map(str),
    wording=st.lists(names, min_size=1, max_size=3).map(tuple),
)


@given(facts, facts)
def test_two_events_have_one_digest_only_if_every_fact_is_the_same(one, other):
    def said(found):
        venue = tuple(" ".join(text.split()) for text in found.venue)
        return (sorted(found.spans), venue, found.host, found.wording)

    assert (one.digest == other.digest) is (said(one) == said(other))


@given(facts, st.data())
def test_a_change_of_any_fact_asks_again(before, data):
    kinds = ["day", "start", "end", "dropped", "venue", "host", "words"]
    change = data.draw(st.sampled_from(kinds))
    spans_now = list(before.spans)
    at = data.draw(st.integers(min_value=0, max_value=len(spans_now) - 1))
    starts, ends = spans_now[at]
    minutes = timedelta(minutes=data.draw(st.integers(min_value=1, max_value=100)))
    spans_now[at] = {
        "day": (starts + timedelta(days=1500), ends + timedelta(days=1500)),
        "start": (starts - minutes - timedelta(days=900), ends),
        "end": (starts, ends + minutes + timedelta(days=900)),
    }.get(change, (starts, ends))
    if change == "dropped":
        del spans_now[at]
    after = replace(before, spans=tuple(spans_now))
    if change == "venue":
        after = replace(after, venue=(f"{before.venue[0]} hall", before.venue[1]))
    if change == "host":
        after = replace(after, host=f"{before.host}0")
    if change == "words":
        after = replace(after, wording=(*before.wording, "One more sentence."))
    assert after.digest != before.digest
    assert before.digest == replace(before).digest  # moved back, it is the same again


@given(facts, st.randoms())
def test_another_order_zone_or_spelling_of_the_same_facts_asks_nobody(found, random):
    shuffled = [(a.astimezone(LONDON), b.astimezone(LONDON)) for a, b in found.spans]
    random.shuffle(shuffled)
    venue = tuple(f"  {text.upper()} " for text in found.venue)
    assert replace(found, spans=tuple(shuffled), venue=venue).digest == found.digest
