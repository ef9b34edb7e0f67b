"""The project's own files, for the house tests."""

import ast
import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("booking", "migrations", "tests", "bench", "docs")
NOT_OURS = {"__pycache__", "node_modules"}


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return parsed()[self.path]

    @cached_property
    def imports(self) -> tuple[ast.ImportFrom, ...]:
        """Every `from … import …` in it, wherever it stands."""
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom))

    @property
    def length(self) -> int:
        """How many lines it has."""
        return self.text.count("\n")


@cache
def sources() -> tuple[Source, ...]:
    """Return every Python file of ours."""
    paths = [*ROOT.glob("*.py")]
    for folder in FOLDERS:
        paths += (ROOT / folder).rglob("*.py")
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), path.read_text())
        for path in sorted(paths)
        if not NOT_OURS & set(path.parts)
    )


@cache
def parsed() -> dict[str, ast.Module]:
    """Return every Python file of ours as Python reads it.

    The garbage collector is off meanwhile, because looking for garbage took longer than parsing.
    """
    gc.disable()
    try:
        found = {source.path: ast.parse(source.text) for source in sources()}
        gc.freeze()
    finally:
        gc.enable()
    return found


def under(*folders: str) -> list[Source]:
    """Return the Python files in any of `folders`."""
    return [source for source in sources() if source.path.startswith(folders)]


@cache
def templates(*suffixes: str) -> dict[str, str]:
    """Return every template's text by its path."""
    found = sorted(p for p in (ROOT / "templates").rglob("*") if p.suffix in suffixes)
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in found}


def document(name: str) -> str:
    """Return a document's text; empty while nobody has written it."""
    path = ROOT / name
    return path.read_text() if path.exists() else ""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function in `tree`, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the name of each module that `tree` imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def lines_matching(text: str, pattern: str) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line in which `pattern` is found."""
    for number, line in enumerate(text.splitlines(), start=1):
        if re.search(pattern, line):
            yield number, line.strip()
