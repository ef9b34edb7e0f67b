"""The same yes to an import sent many times at once: each pupil comes in once, columns as well."""

import pytest
from sqlalchemy import func, select

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.tables.models import PointedColumn
from booking.foundation.web import once
from booking.people.pupils.models import Parent, Pupil
from tests.builders import schools
from tests.forms_on_pages import form_on, sent
from tests.races.together import together

PRESSES = 6
CHOOSE, YES = "/school/pupils/import", "/school/pupils/import/yes"
LIST = (
    "Forename\tSurname\tCohort\tParent name\tParent email\r\n"
    "Amara\tOkoro\t5\tNgozi\tngozi@p.example\r\nZoë\tNg\t4\tLin\tlin@p.example\r\n"
)


@pytest.fixture
def preview(app, db_session):
    """Give the session of a browser that shows a preview, and what its yes sends."""
    browser = app.test_client()
    schools.sign_in(
        browser, schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    )
    asked = browser.post(CHOOSE, data={"pasted": LIST})
    shown = browser.post(CHOOSE, data=sent(form_on(asked, action=CHOOSE), column_2="year"))
    fields = sent(form_on(shown, action=YES))
    db_session.rollback()
    return browser.get_cookie("sid").value, fields


def pressed(app, preview):
    session, fields = preview

    def press():
        another = app.test_client()
        another.set_cookie("sid", session)
        return another.post(YES, data=fields, check=False)

    return together(app, [press] * PRESSES)


def counted():
    db.session.rollback()
    kinds = (Pupil, Parent, PointedColumn)
    return [db.session.scalar(select(func.count()).select_from(kind)) for kind in kinds]


def test_presses_at_once_import_once_and_lead_to_one_place(app, preview):
    answers = pressed(app, preview)

    assert [answer.status_code for answer in answers] == [303] * PRESSES
    assert len({answer.location for answer in answers}) == 1
    assert counted() == [2, 2, 1]


def test_even_without_the_forms_key_the_lock_of_the_list_lets_each_pupil_in_once(
    app, preview, monkeypatch
):
    monkeypatch.setattr(once, "claim", lambda _sending: None)

    answers = pressed(app, preview)

    assert [answer.status_code for answer in answers] == [303] * PRESSES
    assert counted() == [2, 2, 1]
