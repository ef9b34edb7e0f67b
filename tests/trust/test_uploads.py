"""Every way to send a file meets files that are not what they say they are.

Each is refused in words and nothing of it is stored; what is stored comes back as a download that
can do nothing. Ways to send a file are found in the code: a new one is a new row in the table.
"""

import dis
import inspect
from functools import cache
from io import BytesIO
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from flask_wtf.file import FileField

from booking.foundation.web.forms import Form
from tests.builders import files
from tests.features.foundation.files.test_viruses import listening
from tests.features.people.schools.test_national_register import WILLOW, file_of
from tests.page import soup, words
from tests.trust import contents
from tests.trust.matrix import ROWS
from tests.trust.network import ROLES
from tests.trust.test_sent_twice import OF_THE_WEB, filled_in

#: In two parts, so that no virus checker takes this file away.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(1)</script>"
TABLE = b"Forename,Surname,Year group\nAda,Okoro,5\n"
#: What takes a file; a content of the kind that it wants, and what else its form needs.
WAYS = {
    "files.keep": ("letter.pdf", files.pdf(), {}),
    "files.replace": ("letter.pdf", files.pdf(), {}),
    "claims.of_event": ("receipt.pdf", files.pdf(), {}),
    "bids.claim": ("receipt.pdf", files.pdf(), {"paid_pence": "1", "pence": "0.50"}),
    "resources.add": ("lesson.pdf", files.pdf(), {"link": "", "about": "A lesson"}),
    "resources.add_version": ("lesson.pdf", files.pdf(), {"link": ""}),
    "texts.logo": ("logo.png", files.picture("PNG", (200, 200)), {}),
    "pupils.choose_file": ("pupils.csv", TABLE, {}),
    "bank.choose_file": ("statement.csv", b"Date,Description,Amount\r\n01/02/2027,Hall,5.00", {}),
    "admin.import_register": (
        "register.csv",
        file_of(WILLOW).getvalue(),
        {"urns": "", "town": WILLOW["Town"], "postcode": ""},
    ),
}
#: The register has 60 MB, more than ClamAV takes; it is read as values alone and never kept.
NOT_CHECKED = {"admin.import_register"}
WRONG = {
    "a picture that is a web page": ("flower.gif", b"GIF89a/*" + SCRIPT + b"*/=1;"),
    "a script before a PDF": ("letter.pdf", SCRIPT + files.pdf()),
    "an archive called a document": ("plan.docx", files.packed({"run.js": "alert(1)"})),
    "a drawing with a script": ("logo.png", b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT),
    "a program that is a PDF as well": ("letter.pdf", b"MZ\x90\x00" + files.pdf()),
    "a program called a PDF": ("receipt.pdf", b"MZ\x90\x00\x03" + bytes(60) + b"PE\x00\x00"),
    "an empty file": ("letter.pdf", b""),
}
#: A PDF may hold a script that a reader of PDFs would run: it is kept, and only ever downloaded.
SCRIPTED = files.pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")
TOO_LARGE = 1_000_000_000
#: Deeper than this no view hands its form on.
DEEPEST = 3


@cache
def has_file(kind):
    return issubclass(kind, Form) and any(
        getattr(getattr(kind, n), "field_class", None) is FileField for n in dir(kind)
    )


@cache
def takes_file(function, depth=0):
    """Return whether a view, or what it calls of ours, makes a form with a file."""
    function = inspect.unwrap(function)
    code = getattr(function, "__code__", None)
    return code is not None and depth <= DEEPEST and _takes(code, function, depth)


def _takes(code, function, depth):
    if any(_takes(part, function, depth) for part in code.co_consts if isinstance(part, CodeType)):
        return True
    for found in _named(code, function):
        if isinstance(found, type) and has_file(found):
            return True
        ours = isinstance(found, FunctionType) and found.__module__.startswith("booking.")
        if ours and takes_file(found, depth + 1):
            return True
    return False


def _named(code, function):
    """Yield what a code names: of its module, and of modules that its module imports."""
    module = None
    for each in dis.get_instructions(code):
        if each.opname == "LOAD_GLOBAL":
            found = function.__globals__.get(each.argval)
            module = found if isinstance(found, ModuleType) else None
            yield found
        elif module is not None and each.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
            yield getattr(module, each.argval, None)
            module = None


def test_every_way_to_send_a_file_is_in_the_table(app):
    posted = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    found = {name for name in posted if takes_file(app.view_functions[name])}

    assert found == set(WAYS)


def send(browser, path, name, content, typed, **environ) -> Any:
    """Fill in the page's form, as a browser does, with this file."""
    form = soup(browser.get(path)).select_one("form:has(input[type=file])")
    field = str(form.select_one("input[type=file]")["name"])
    data = {**filled_in(form), **typed, field: (BytesIO(content), name)}
    return browser.post(
        str(form.get("action", "")) or path,
        data=data,
        content_type="multipart/form-data",
        environ_overrides=environ,
        check=False,
    )


def stored():
    return {name: one for name, one in contents.of_tables().items() if name not in OF_THE_WEB}


@pytest.mark.sweep
@pytest.mark.parametrize("endpoint", WAYS)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(
    world, back_again, monkeypatch, endpoint
):
    [row] = [row for row in ROWS if row.endpoint == endpoint and row.method == "GET"]
    role = next(one for one in ("own", "host", "treasurer", *ROLES) if one in row.who)
    browser, path = world.browsers[role], world.address(row.address)
    name, good, typed = WAYS[endpoint]
    with listening() as checker:
        checker.says = lambda given: b"stream: Eicar FOUND\0" if EICAR in given else b"stream: OK\0"
        monkeypatch.setitem(world.app.config, "CLAMD", checker.url)
        before = stored()

        for what, (called, content) in WRONG.items():
            answer = send(browser, path, called, content, typed)
            assert answer.status_code == 422, what
            assert words(soup(answer).select_one(".error-summary")), what
        infected = send(browser, path, name, good + EICAR, typed)
        assert ("something harmful" in infected.text) == (endpoint not in NOT_CHECKED)
        large = send(browser, path, name, good, typed, CONTENT_LENGTH=str(TOO_LARGE))
        assert (large.status_code, "too large" in large.text) == (413, True)
        assert stored() == before

        fitting = send(browser, path, name, good, typed)
        assert fitting.status_code in {200, 303}, words(soup(fitting).select_one(".error-summary"))
        world.go_back()
        scripted = send(browser, path, "letter.pdf", SCRIPTED, typed)
    if scripted.status_code == 303:
        harmless(browser, scripted.headers["Location"])
    else:
        assert words(soup(scripted).select_one(".error-summary"))


def harmless(browser, path):
    """Fetch what the page after an upload links to: a file is a download that can do nothing."""
    links = {str(one["href"]) for one in soup(browser.get(path)).select("main a[href^='/']")}
    found = [browser.get(link, check=False) for link in sorted(links) if "#" not in link]
    sent = [one for one in found if SCRIPTED in one.data]
    assert sent, "the page has no link to the file"
    for one in sent:
        assert one.headers["Content-Disposition"].startswith("attachment")
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in one.headers["Content-Security-Policy"]
