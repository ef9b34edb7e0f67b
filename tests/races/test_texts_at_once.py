"""Two leads write the same text at the same time, its first version too: nobody's text is lost."""

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.web.forms.edits import Edit
from booking.network.texts.models import TextVersion
from tests.builders import schools
from tests.forms_on_pages import form_on, sent
from tests.races.together import together

ADDRESS, TEXTS = "/admin/words/about", ("First", "Second", "Third")


@pytest.fixture
def saves(app, db_session):
    """Provide for each lead what sends the form with a text of their own."""
    found = []
    for text in TEXTS:
        browser = app.test_client()
        schools.sign_in(browser, schools.make_person(role=Role.LEAD, email=f"{text}@lead.example"))
        data = sent(form_on(browser.get(ADDRESS)), text=text, said="Mine")
        found.append(lambda at=browser, form=data: at.post(ADDRESS, data=form, check=False))
    db_session.rollback()
    return [lambda save=save: save().status_code for save in found]


def kept():
    db.session.rollback()
    return db.session.scalars(
        select(TextVersion.text).where(TextVersion.number > 0).order_by(TextVersion.number)
    ).all()


def test_one_is_saved_and_the_others_are_asked_to_look(app, saves):
    answers = together(app, saves)

    assert sorted(answers) == [303, 422, 422]
    assert kept() == [TEXTS[answers.index(303)]]


def test_without_the_comparison_each_would_stand_unseen_but_none_is_lost(app, saves, monkeypatch):
    monkeypatch.setattr(Edit, "refuse_if_stale", lambda _self, _form: None)

    assert together(app, saves) == [303] * len(TEXTS)
    assert sorted(kept()) == sorted(TEXTS), "the lock numbers them one after another"
