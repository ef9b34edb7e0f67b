"""Each page that edits something stored carries what was read, and sends it back unchanged."""

import pytest
from bs4 import BeautifulSoup

from booking.foundation.web.forms import Form, edits
from tests.forms_on_pages import sent
from tests.trust.matrix import ROWS
from tests.trust.network import ROLES

pytestmark = [pytest.mark.sweep, pytest.mark.usefixtures("back_again")]
PAGES = [row for row in ROWS if row.method == "GET"]
#: Where somebody edits what is stored, by the endpoint of the page.
EDITED = {
    "account.details",
    "admin.change_school",
    "allocation.quotas",
    "bids.rules",
    "calendars.change",
    "circulars.change",
    "circulars.change_template",
    "claims.change",
    "closing.reflection",
    "files.change",
    "factors.rename_passkey",
    "fund.one_fund",
    "fund.rules",
    "groups.change_workshop",
    "groups.move_pupil",
    "groups.open_choices",
    "groups.page",
    "host.edit",
    "host.publish",
    "ideas.change",
    "incidents.times",
    "leading.agree",
    "leading.leaders",
    "meetings.change",
    "meetings.minutes",
    "own_school.details",
    "posts.change_address",
    "directory.change",
    "pupils.edit",
    "questions.answer",
    "questions.reword",
    "colleague_groups.change",
    "resources.change",
    "resources.change_note",
    "rules.show",
    "rules.theme",
    "school.event",
    "seasons.plan",
    "seasons.pupil",
    "seasons.wishes",
    "texts.facts",
    "texts.write",
    "tours.change",
    "tours.change_kit",
    "tours.stop_leaders",
    "transfers.home",
    "travel.notes",
    "travel.plan",
    "visits.change",
    "visits.note",
}


@pytest.fixture(scope="module")
def pages(world):
    """Give the forms that carry what was read: role, endpoint, page, form."""
    found = []
    for row in PAGES:
        role = next((one for one in ("own", "host", "lead", *ROLES) if one in row.who), None)
        if role is None:
            continue
        answer = world.browsers[role].get(world.address(row.address), check=False)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        page = BeautifulSoup(answer.text, "html.parser")
        found += [
            (role, row.endpoint, answer.request.path, form)
            for form in page.select("form[method=post]")
            if form.find("input", attrs={"name": edits.AS_READ})
        ]
    return found


def test_every_page_where_something_stored_is_edited_carries_what_was_read(pages):
    assert {endpoint for _, endpoint, _, _ in pages} == EDITED


def test_a_page_that_is_sent_back_untouched_has_changed_nothing(pages, world, monkeypatch, counted):
    touched, compared = [], []

    checked = Form.validate

    def compare(form, extra_validators=None):
        valid = checked(form, extra_validators)
        if form.edit:
            read, typed = edits._parsed(form.edit.seen), form.edit.typed
            compared.extend(read)
            touched.extend(name for name in typed if read.get(name) != typed[name])
        return valid

    monkeypatch.setattr(Form, "validate", compare)
    for role, endpoint, path, form in pages:
        before = len(compared)
        address = str(form.get("action", "")) or path
        data = {name: value for name, value in sent(form).items() if name != "csrf_token"}
        world.browsers[role].post(address, data=data, check=False)
        world.go_back()
        assert touched == [], endpoint
        assert len(compared) > before, f"{endpoint} was not compared"
    counted(f"{len(compared)} fields of {len(pages)} forms sent back as they were read")
