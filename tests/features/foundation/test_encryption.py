"""What is encrypted can be read where it was written, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import aliased

from booking.foundation import encryption
from booking.foundation.db import db, transaction
from booking.foundation.encryption import CannotDecrypt, FieldKeys
from booking.foundation.notifications.models import Message
from booking.foundation.settings import DEFAULT_FIELD_KEY
from booking.foundation.web.models import SentForm

PDF = bytes(range(256))
places = st.builds(
    encryption.bound_to,
    st.sampled_from(["needs.health", "needs.access", "pupils.health"]),
    st.text("ab-_", min_size=1, max_size=3),
)


@pytest.fixture
def keys():
    found = FieldKeys()
    found.configure(DEFAULT_FIELD_KEY)
    return found


def message(key, **values):
    values = {"text": key, "html": f"<p>{key}", **values}
    address = f"{key}@fairplace.example"
    return Message(key=key, template="t", recipient=address, subject="s", **values)


@pytest.fixture
def two(db_session):
    with transaction() as unit:
        unit.add_all([message("one", attachment=PDF), message("two")])


@given(plain=st.binary(max_size=40), here=places, there=places)
def test_a_bound_value_opens_at_its_own_place_only(plain, here, there):
    keys = FieldKeys()
    keys.configure(DEFAULT_FIELD_KEY)
    stored = keys.encrypt(plain, here)

    assert keys.decrypt(stored, here) == plain
    for elsewhere in {there, ""} - {here}:
        with pytest.raises(CannotDecrypt):
            keys.decrypt(stored, elsewhere)


@given(plain=st.binary(max_size=40), anywhere=places)
def test_what_earlier_versions_wrote_is_still_read(plain, anywhere):
    keys = FieldKeys()
    keys.configure(DEFAULT_FIELD_KEY)

    assert keys.decrypt(keys.encrypt(plain), anywhere) == plain


@given(plain=st.binary(max_size=40), here=places)
def test_nothing_that_is_bound_can_be_made_to_look_unbound(plain, here):
    keys = FieldKeys()
    keys.configure(DEFAULT_FIELD_KEY)

    with pytest.raises(CannotDecrypt):
        keys.decrypt(keys.encrypt(plain, here).removeprefix(encryption.BOUND), here)


def test_a_key_may_be_called_bound(keys):
    keys.configure(DEFAULT_FIELD_KEY.replace("dev:", "bound:"))

    assert keys.decrypt(keys.encrypt(b"nuts")) == b"nuts"
    assert keys.decrypt(keys.encrypt(b"nuts", "here"), "here") == b"nuts"


def test_it_is_read_by_each_way_of_asking(two):
    other = aliased(Message)
    inner = aliased(Message, select(Message).where(Message.key == "one").limit(1).subquery())
    ways = [
        select(Message.text, Message.attachment).where(Message.key == "one"),
        select(other.text, other.attachment).where(other.key == "one"),
        select(inner.text, inner.attachment),
    ]

    assert [db.session.execute(way).one() for way in ways] == [("one", PDF)] * 3
    assert [db.session.get(Message, id_).html for id_ in (1, 2)] == ["<p>one", "<p>two"]
    rows = select(func.count()).where(Message.attachment.is_not(None))
    assert db.session.scalar(rows) == 1


def test_a_change_stays_at_its_place_and_a_row_keeps_its_seal(two):
    with transaction() as unit:
        one, other = unit.scalars(select(Message).order_by(Message.id))
        seals = {one.seal, other.seal}
        one.text, other.text = other.text, "changed"
        one.html = None

    read = select(Message.text, Message.html, Message.seal).order_by(Message.id)
    found = db.session.execute(read).all()
    assert [tuple(row[:2]) for row in found] == [("two", None), ("changed", "<p>two")]
    assert {row.seal for row in found} == seals
    assert len(seals) == 2


@pytest.mark.parametrize(
    "copied",
    [
        "text = (SELECT text FROM messages WHERE key = 'one')",
        "text = html",
        "text = substr(text, 1, length(text) - 4) || 'AAA='",
    ],
    ids=["from another row", "from another column", "changed"],
)
def test_what_was_put_elsewhere_behind_our_back_is_not_read(two, copied):
    with transaction() as unit:
        unit.execute(text(f"UPDATE messages SET {copied} WHERE key = 'two'"))

    with pytest.raises(CannotDecrypt):
        db.session.scalar(select(Message.text).where(Message.key == "two"))
    assert db.session.scalar(select(Message.text).where(Message.key == "one")) == "one"


def test_many_rows_at_once_are_bound_as_well(db_session):
    table = Message.__table__
    rows = [
        {"key": key, "template": "t", "recipient": "a@b.example", "subject": "s", "text": key}
        for key in ("a", "b", "c")
    ]
    with transaction() as unit:
        unit.execute(insert(table), [encryption.placed_row(table, row) for row in rows])

    assert db.session.scalars(select(Message.text).order_by(Message.key)).all() == ["a", "b", "c"]
    assert len(set(db.session.scalars(select(Message.seal)))) == 3


def test_a_value_that_does_not_say_where_it_goes_is_not_written(db_session):
    values = {"name": "n", "contents": "c", "sent_at": func.now(), "answer": "secret"}

    with pytest.raises(Exception, match="write it by the session"), transaction() as unit:
        unit.execute(insert(SentForm.__table__).values(values))


def test_a_row_without_a_seal_is_written_as_before_until_it_gets_one(two):
    with transaction() as unit:
        unit.execute(text("UPDATE messages SET seal = NULL, text = NULL WHERE key = 'two'"))
    with transaction() as unit:
        unit.scalars(select(Message).where(Message.key == "two")).one().text = "anew"

    assert db.session.scalar(select(Message.text).where(Message.key == "two")) == "anew"
