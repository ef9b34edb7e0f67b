"""The files of a school: kept by its coordinators, read by everybody with an account."""

import io
from datetime import timedelta

from sqlalchemy import func, select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.files.models import AttachedFile
from booking.people.schools.models import School
from booking.upkeep import purging
from tests.builders import files, schools
from tests.page import soup, text


def test_a_coordinator_keeps_files_that_other_schools_read(app, client, db_session):
    ours, theirs = schools.make_school(name="Ours", slug="ours"), schools.make_school()
    browsers = {
        name: schools.as_(app, schools.make_person(role=role, school=school))
        for name, role, school in (
            ("own", Role.COORDINATOR, ours),
            ("other", Role.COORDINATOR, theirs),
            ("host", Role.HOST, ours),
        )
    }
    own = browsers["own"]
    led = own.get("/school/files", check=False)
    assert (led.status_code, led.location) == (303, "/files/of/school/ours/")
    for label, audience in (("Policy for visits", "members"), ("Zqkeys", "hosts")):
        data = {"file": (io.BytesIO(files.pdf(label)), "a.pdf")}
        own.post(led.location, data={**data, "label": label, "audience": audience})
    assert "Zqkeys" in text(own.get("/schools/files"))

    for name in ("other", "host"):
        page = browsers[name].get("/schools/files")
        assert "Ours Policy for visits PDF" in text(page), name
        assert "Zqkeys" not in page.text, name
        link = soup(page).find("a", string="Policy for visits")["href"]
        assert browsers[name].get(link, check=False).status_code == 200
        assert browsers[name].get(led.location, check=False).status_code == 404
    assert client.get("/schools/files", check=False).status_code == 302
    assert client.get(link, check=False).status_code == 302
    assert "added the file “Zqkeys” for those who look after it" in text(own.get("/school/history"))

    with transaction():
        left = db.session.get_one(School, ours.id)
        left.left_on = clock.today()
    for days, kept in ((364, 2), (366, 0)):
        purging.purge(clock.now() + timedelta(days=days))
        assert db.session.scalar(select(func.count()).select_from(AttachedFile)) == kept
