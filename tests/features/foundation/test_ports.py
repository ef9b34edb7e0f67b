"""Ports: what is declared below and provided from above."""

import pytest

from booking.foundation.ports import Announcement, Port, Socket, SocketTaken


def port():
    @Port
    def notes(of: str) -> str | None:
        """Return a note."""

    return notes


def one(of):
    return f"one of {of}"


def two(of):
    return f"two of {of}"


def nothing(of):
    return None


def test_a_port_asks_everybody_and_leaves_out_who_has_nothing_to_add():
    notes = port()
    for provider in (one, nothing, two):
        notes.provide(provider)

    assert notes("us") == ["one of us", "two of us"]


def test_a_port_without_providers_has_no_answers():
    assert port()("us") == []


def test_an_answer_that_is_nothing_much_is_an_answer():
    notes = port()
    notes.provide(lambda of: "")

    assert notes("us") == [""]


def test_lower_orders_come_first_and_names_decide_between_equals():
    for several in ((one, two, nothing), (nothing, two, one), (two, nothing, one)):
        notes = port()
        for provider in several:
            notes.provide(provider, order=10 if provider is two else 20)

        assert notes.providers == (two, nothing, one)


def test_providing_again_is_harmless():
    notes = port()
    notes.provide(one)
    notes.provide(one)

    assert notes("us") == ["one of us"]


def test_a_port_says_what_it_asks():
    notes = port()

    assert notes.__doc__ == "Return a note."
    assert notes.name.endswith("port.<locals>.notes")


def test_others_can_stand_in_for_a_while():
    notes = port()
    notes.provide(one)

    with notes.instead(two, one):
        assert notes("us") == ["two of us", "one of us"]
    assert notes("us") == ["one of us"]

    with pytest.raises(ZeroDivisionError), notes.instead(nothing):
        raise ZeroDivisionError
    assert notes("us") == ["one of us"]


def socket():
    @Socket
    def note(of: str) -> str:
        """Return the note."""
        return f"none of {of}"

    return note


def test_a_socket_answers_by_itself_until_somebody_knows_better():
    note = socket()
    assert note("us") == "none of us"

    note.provide(one)
    note.provide(one)

    assert note("us") == "one of us"


def test_a_socket_is_answered_by_one_feature():
    note = socket()
    note.provide(one)

    with pytest.raises(SocketTaken, match="note"):
        note.provide(two)

    assert note("us") == "one of us"


def test_an_announcement_is_heard_in_the_declared_order():
    heard = []

    def first(event):
        heard.append(("first", event))

    def last(event):
        heard.append(("last", event))

    for several in ((first, last), (last, first)):
        heard.clear()

        @Announcement
        def ended(event: str) -> None:
            """Say that it ended."""

        for subscriber in several:
            ended.subscribe(subscriber, order=20 if subscriber is last else 10)
        ended.subscribe(first, order=10)

        assert ended("Puzzle day") is None
        assert heard == [("first", "Puzzle day"), ("last", "Puzzle day")]


def test_an_announcement_stops_at_the_first_who_raises():
    heard = []

    @Announcement
    def ended() -> None:
        """Say that it ended."""

    def refuse():
        raise ZeroDivisionError

    ended.subscribe(refuse, order=1)
    ended.subscribe(lambda: heard.append("last"), order=2)

    with pytest.raises(ZeroDivisionError):
        ended()
    assert heard == []
