"""A refused form says so at the top, and each line there links to its field."""

import pytest
from bs4 import BeautifulSoup

from tests.outline import Outline
from tests.page import keep_promises, words
from tests.trust.matrix import ROWS
from tests.trust.matrix.rows import Row
from tests.trust.network import ROLES

pytestmark = [pytest.mark.sweep, pytest.mark.usefixtures("back_again")]
#: Read by a server, which looks at the number and nothing else.
MACHINES = {"clearing.stripe"}
FORMS = [row for row in ROWS if row.method == "POST" and row.endpoint not in MACHINES]
#: What none of our fields accepts: not a number, date, amount, address or choice, and far too long.
RUBBISH = "zq £ " * 4000
#: What only some fields accept.
ODD = ("-1", "99999999999", "x@y")


def send(world, row, data):
    """Post a row's form as somebody who may; undo it if it was accepted."""
    role = next(role for role in ("own", "host", "lead", *ROLES) if role in row.who)
    response = world.browsers[role].post(world.address(row.address), data=data, check=False)
    if response.status_code < 400:
        world.go_back()
    return response


def names(world, row):
    """Return the fields that a form sends by its own page, and those that the row knows."""
    found = {name: world.address(value) for name, value in row.data.items()}
    answer = send(world, row, {})
    if answer.mimetype == "application/pdf":
        return found  # letters: nothing is asked, and the answer is the file
    page = BeautifulSoup(answer.text, "html.parser")
    for form in page.find_all("form", method="post"):
        if form.get("action", "") in {"", world.address(row.address)}:
            fields = form.find_all(["input", "select", "textarea"], attrs={"name": True})
            found |= {str(field["name"]): field.get("value", "") for field in fields}
    found.pop("csrf_token", None)
    return found


def refusals(world, row):
    """Return the answers to nothing at all, and to rubbish in all fields and in each one."""
    fields = names(world, row)
    sent = [{}, dict.fromkeys(fields, RUBBISH), *(dict.fromkeys(fields, odd) for odd in ODD)]
    sent += [{**fields, name: RUBBISH} for name in fields]
    answers = [send(world, row, data) for data in sent]
    assert max(answer.status_code for answer in answers) < 500, row
    return [answer for answer in answers if answer.status_code == 422]


def summary_of(refused):
    """Return the summary of errors, without reading the rest of the page."""
    begins = refused.text.rindex("<", 0, refused.text.index('id="error-summary"'))
    return BeautifulSoup(refused.text[begins:].partition("</ul>")[0], "html.parser").find(True)


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_what_is_refused_is_told_on_top_and_beside_its_field(world, row: Row):
    for refused in refusals(world, row):
        keep_promises(refused)
        outline = Outline(refused.text)
        assert outline.ids["error-summary"] == 1
        assert words(summary_of(refused).find("li"))
        assert outline.titles[0].startswith("Error: ")
