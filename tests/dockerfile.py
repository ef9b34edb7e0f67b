"""Reads the steps of `deploy/Dockerfile`, for tests that follow them without Docker."""

from tests.house import tree


def steps() -> list[tuple[str, str]]:
    """Return each step and its words, on one line."""
    text = tree.document("deploy/Dockerfile").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(step, words.strip()) for step, _, words in (line.partition(" ") for line in lines)]


def copied() -> list[str]:
    """Return what is copied from the checkout, for building or into the image."""
    found = [
        path
        for step, words in steps()
        if step == "COPY" and not words.startswith("--from")
        for path in words.split()[:-1]
    ]
    return list(dict.fromkeys(found))
