"""What is never in our code, because it turns somebody's words into something that acts.

Each rule is tried on code that breaks it; `docs/asvs.csv` names the requirement that each keeps.
"""

import ast
import re

import pytest

from tests.house import tree

#: Called by these names, a text becomes code, a template, an object, or a weak hash.
CALLS = {
    *("eval", "exec", "compile", "__import__", "input"),
    *("os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"),
    *("render_template_string", "tempfile.mktemp"),
    *("hashlib.md5", "hashlib.sha1", "hashlib.new"),
    *("ElementTree.parse", "ElementTree.fromstring", "ElementTree.XML", "ElementTree.iterparse"),
    *("ssl._create_unverified_context", "ssl.CERT_NONE"),
}
#: Modules that make objects of bytes, speak without encryption, or read XML with entities.
MODULES = {
    *("pickle", "marshal", "shelve", "dill", "yaml", "jwt"),
    *("lxml", "xml.dom", "xml.sax.handler", "xmlrpc", "telnetlib", "ftplib", "ldap3", "pymemcache"),
    *("Crypto", "Cryptodome", "cryptography.hazmat.primitives.ciphers.modes"),
}
#: Arguments that switch a guard off.
ARGUMENTS = {("shell", True), ("verify", False), ("check_hostname", False), ("autoescape", False)}
#: What a script may not do with a text.
IN_SCRIPTS = (
    *(r"\beval\(", r"new Function\(", r"\.innerHTML\b", r"\.outerHTML\s*=", r"insertAdjacentHTML"),
    *(r"document\.write", r"set(?:Timeout|Interval)\(\s*[\"'`]", r"__proto__", r"javascript:"),
    *(r"postMessage\(", r"addEventListener\(\s*[\"']message", r"\bonmessage\b", r"importScripts\("),
    *(r"createContextualFragment", r"\.setAttribute\(\s*[\"']on", r"prototype\["),
)
#: Where a statement is put together, and only from names of our own tables, or a number of ours.
STATEMENTS = {
    "booking/foundation/audit/locks.py",
    "booking/foundation/encryption.py",
    "booking/foundation/outages.py",
    "booking/money/fund/locks.py",
    "booking/proofs/throwaway.py",  # names of databases that we made up ourselves
    "booking/upkeep/backup.py",
    "booking/upkeep/moving/rows.py",
}
#: Where a format is taken from a table or a name: each is written in our own code.
FORMATS = {
    "booking/days/allocation/service/rounds.py",
    "booking/days/events/words.py",
    "booking/domain/invoicing.py",  # stdnum's own, which groups digits
    "booking/domain/payee.py",  # the same
    "booking/foundation/chores.py",
    "booking/foundation/files/imports/__init__.py",
    "booking/foundation/web/forms/fields.py",  # a Markup, which escapes what is put in
    "booking/money/bank/demonstration.py",
    "booking/money/checkout/words.py",
    "booking/money/fund/year_end.py",
    "booking/network/outbox/words.py",
    "booking/people/pupils/pages.py",
}
#: Where a pattern is made of patterns of ours, or a number.
PATTERNS = {"booking/domain/not_to_ask.py", "booking/domain/payee.py"}
#: Demonstrations must look alike every time, so their dice are seeded.
BY_CHANCE = ("booking/cli/", "booking/people/schools/scene.py")
#: The page of a register asks with its address and its form; either is compared with the event.
ADDRESS_OR_FORM = {
    "booking/on_the_day/rosters/routes/register.py",
    "booking/on_the_day/rosters/routes/blueprint.py",
}
SQL = re.compile(r"(?:sa\.|sqlalchemy\.)?text$|.*\b(?:exec_driver_sql|literal_column)$")
PATTERN = re.compile(r"re\.(?:compile|search|match|fullmatch|sub|split|find\w+)$")
FORMAT = "a format from elsewhere"
LAST_PARTS = {name.rpartition(".")[2] for name in CALLS}
OURS = ("booking/", "config.py", "wsgi.py", "gunicorn.conf.py", "setup.py")


def dangers(parsed):
    """Return what is dangerous in a syntax tree, with its line."""
    found = []
    for node in ast.walk(parsed):
        called = node.func if isinstance(node, ast.Call) else node
        if getattr(called, "attr", getattr(called, "id", "")) in LAST_PARTS:
            name = ast.unparse(called)
            found += [(node.lineno, name)] if name in CALLS else []
        if isinstance(node, ast.Call):
            given = {(k.arg, k.value.value) for k in node.keywords if _is_constant(k.value)}
            found += [(node.lineno, f"{each}={value}") for each, value in given & ARGUMENTS]
            found += [(node.lineno, FORMAT)] if _formats(node) else []
    imported = {each for each in tree.imported(parsed) for bad in MODULES if _within(each, bad)}
    return found + [(0, f"import {each}") for each in sorted(imported)]


def _is_constant(value):
    return isinstance(value, ast.Constant) and isinstance(value.value, bool)


def _within(module, of):
    return module == of or module.startswith(f"{of}.")


def _formats(call):
    """Whether a text that is not written here is used as a format: `asked.format(…)`."""
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in {"format", "format_map"}:
        return False
    of = function.value
    constant = (
        isinstance(of, ast.Constant | ast.JoinedStr) or ast.unparse(of).split(".")[-1].isupper()
    )
    return not constant and ast.unparse(of).partition("(")[0] != "Markup"


def test_nothing_dangerous_is_in_the_code():
    found = [(s.path, what) for s in tree.under(*OURS) for _line, what in dangers(s.tree)]

    assert [each for each in found if each[1] != FORMAT] == []
    assert {path for path, what in found if what == FORMAT} == FORMATS


@pytest.mark.parametrize(
    "code",
    [
        "eval(text)",
        "import pickle",
        "from xml.etree import ElementTree\nElementTree.fromstring(text)",
        "subprocess.run(text, shell=True)",
        "hashlib.md5(text)",
        "render_template_string(text)",
        "asked.format(name=name)",
        "requests.get(address, verify=False)",
        "context.verify_mode = ssl.CERT_NONE",
    ],
)
def test_what_is_dangerous_is_found(code):
    assert dangers(ast.parse(code)) != []


def test_no_script_does_what_a_text_says():
    scripts = sorted((tree.ROOT / "booking/static").glob("*.js"))
    found = [
        f"{script.name}:{number}: {line}"
        for script in scripts
        for pattern in IN_SCRIPTS
        for number, line in tree.lines_matching(script.read_text(), pattern)
    ]

    assert len(scripts) >= 4
    assert found == []


def test_a_pattern_that_is_made_from_words_escapes_them():
    found = {
        source.path
        for source in tree.under(*OURS)
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and PATTERN.match(ast.unparse(call.func))
        for part in ast.walk(call.args[0])
        if isinstance(part, ast.FormattedValue) and _is_open(part)
    }

    assert found == PATTERNS


def _is_open(part):
    """Whether a part of a pattern is neither a constant of ours nor escaped."""
    text = ast.unparse(part.value)
    return not (text.startswith("re.escape(") or text.strip("_").split(".")[-1].isupper())


def test_no_statement_is_put_together_from_values():
    found = {
        source.path
        for source in tree.under("booking/")
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call)
        and SQL.match(ast.unparse(call.func))
        and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    }

    assert found == STATEMENTS


def test_chance_is_only_for_demonstrations():
    found = [
        source.path
        for source in tree.under("booking/")
        if "random" in set(tree.imported(source.tree))
        and not source.path.startswith(BY_CHANCE)
        and not source.path.endswith("/demonstration.py")
    ]

    assert found == []


def test_every_view_says_where_a_parameter_comes_from():
    found = {
        source.path
        for source in tree.under("booking/")
        if re.search(r"\brequest\.values\b", source.text)
    }

    assert found == ADDRESS_OR_FORM


def test_no_row_is_filled_from_whatever_was_sent():
    taking = r"populate_obj|\*\*\s*(?:request\.(?:form|json)|form\.data)|request\.form\.to_dict\("
    found = [
        f"{source.path}:{number}: {line}"
        for source in tree.under("booking/")
        for number, line in tree.lines_matching(source.text, taking)
    ]

    assert found == []


def test_no_view_opens_a_file_by_a_name_that_came_with_the_request():
    """But the pictures of the guides, which are compared with the list of them first."""
    opening = r"\bopen\(|send_from_directory\(|\bPath\(|\.read_bytes\(|\.read_text\("
    routes = [s.path for s in tree.under("booking/") if "/routes" in s.path]
    found = [
        source.path
        for source in tree.under(*routes)
        for _line in tree.lines_matching(source.text, opening)
    ]

    assert len(routes) > 80
    assert found == ["booking/people/guides/routes.py"]
