"""Nothing is too big to read in one go, and everything says what it is."""

import ast
from pathlib import PurePath

from tests.house import tree

CODE_LINES_MAX = 400
TEST_LINES_MAX = 500
TEMPLATE_LINES_MAX = 150
FUNCTION_LINES_MAX = 60
METHODS_MAX = 12
NAMELESS = {"common", "data", "handle", "helpers", "info", "manager", "misc", "process", "utils"}


def test_no_file_is_too_long():
    too_long = {}
    for source in tree.sources():
        limit = TEST_LINES_MAX if source.path.startswith("tests/") else CODE_LINES_MAX
        if source.length > limit:
            too_long[source.path] = source.length
    for path, text in tree.templates(".html", ".txt", ".typ").items():
        if text.count("\n") > TEMPLATE_LINES_MAX:
            too_long[path] = text.count("\n")

    assert too_long == {}


def test_no_function_is_too_long():
    too_long = {}
    for source in tree.sources():
        if source.path.startswith("migrations/versions/"):
            continue  # a migration is a list of tables and is read once
        for function in tree.functions(source.tree):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > FUNCTION_LINES_MAX:
                too_long[f"{source.path}:{function.name}"] = length

    assert too_long == {}


def test_no_class_has_too_many_methods():
    too_many = {}
    for source in tree.under("booking/", "bench/"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                methods = [f.name for f in node.body if isinstance(f, ast.FunctionDef)]
                if len(methods) > METHODS_MAX:
                    too_many[f"{source.path}:{node.name}"] = len(methods)

    assert too_many == {}


def test_every_module_has_a_name_that_says_something():
    nameless = [
        s.path for s in tree.sources() if NAMELESS & set(PurePath(s.path).with_suffix("").parts)
    ]

    assert nameless == []


def test_every_file_opens_with_a_sentence():
    silent = [source.path for source in tree.sources() if not ast.get_docstring(source.tree)]

    assert silent == []
