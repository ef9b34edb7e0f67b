"""Whatever two people type into one form: nothing is overwritten unseen, and nothing is lost."""

from types import SimpleNamespace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from wtforms import BooleanField, FieldList, SelectField, StringField

from booking.foundation.web.forms import Form, editing

FIELDS = ("title", "place", "kind", "open", "names")
CONTENTS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["", "Chess", "Chess ", "Draughts\r\n"]),
        "place": st.sampled_from(["Hall", "Gym"]),
        "kind": st.sampled_from(["a", "b"]),
        "open": st.booleans(),
        "names": st.lists(st.sampled_from(["Ada", "Ben"]), max_size=2),
    }
)


class ThingForm(Form):
    class Meta(Form.Meta):
        csrf = False

    title = StringField("Title")
    place = StringField("Place")
    kind = SelectField("Kind", choices=["a", "b"])
    open = BooleanField("Open")
    names = FieldList(StringField("Name"), label="Names", min_entries=2)


class Page:
    """The page of a form that edits a row, as one person has it open."""

    def __init__(self, app: Flask, row: SimpleNamespace) -> None:
        self.app, self.row = app, row
        with app.test_request_context():
            self._read(self._form())

    def _form(self) -> ThingForm:
        return editing(lambda: ThingForm(obj=self.row), changed_by=(), lock=lambda: None)

    def _read(self, form: ThingForm) -> None:
        self.as_read, self.shown = form.as_read, {name: form[name].data for name in FIELDS}

    def save(self, typed: dict) -> bool:
        """Send the page; return whether it was saved, else show what came back."""
        data = {name: typed[name] for name in ("title", "place", "kind")}
        data |= {"open": "y"} if typed["open"] else {}
        data |= {f"names-{n}": name for n, name in enumerate(typed["names"])}
        data["as_read"] = self.as_read
        with self.app.test_request_context(method="POST", data=data):
            form = self._form()
            done = form.carry_out(lambda: vars(self.row).update(contents(form)))
            self._read(form)
        return done is not None


def contents(form: ThingForm) -> dict:
    return {name: form[name].data for name in FIELDS}


def plain(found: dict) -> dict:
    """Return contents without what does not count: white space at an end, empty rows."""
    names = [name for name in found["names"] if name]
    return {**found, "title": (found["title"] or "").strip(), "names": names}


@pytest.mark.usefixtures("db_session")
@given(base=CONTENTS, mine=CONTENTS, theirs=CONTENTS)
def test_saving_again_keeps_what_both_have_written(app, base, mine, theirs):
    row = SimpleNamespace(**base)
    page = Page(app, row)
    vars(row).update(theirs)
    read, typed, stored = plain(base), plain(mine), plain(theirs)

    saved = page.save(mine)

    unseen = {f for f in FIELDS if stored[f] not in (read[f], typed[f])}
    assert saved == (not unseen)
    if saved:
        assert plain(vars(row)) == typed
        return
    assert plain(vars(row)) == stored  # nothing was written
    assert page.save(page.shown)
    own = {f for f in FIELDS if typed[f] != read[f]}
    assert plain(vars(row)) == {f: (typed if f in own else stored)[f] for f in FIELDS}
