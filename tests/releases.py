"""`python -m tests.releases`: freeze the migrations of the release that is being made.

A database that ran a migration never runs it again. So once a release has gone out, what it
contains stays as it is: `migrations/released/1.0.0.sha256` has the checksum of each migration of
1.0.0, in the form of `sha256sum`. Until it is listed, a migration may still change.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from booking import __version__

ROOT = Path(__file__).parents[1]
MIGRATIONS = ROOT / "migrations"
#: A heading of the changelog that names a release.
RELEASE = re.compile(r"^## (\d+\.\d+\.\d+) \(", flags=re.MULTILINE)


def is_final(version: str) -> bool:
    """Return whether a version is a release, and not one that is being worked on."""
    return ".dev" not in version


def list_of(version: str, folder: Path = MIGRATIONS) -> Path:
    """Return where the checksums of a release are."""
    return folder / "released" / f"{version}.sha256"


def checksums(folder: Path = MIGRATIONS) -> dict[str, str]:
    """Return the checksum of each migration that there is, by the name of its file."""
    found = sorted((folder / "versions").glob("[0-9]*.py"))
    return {path.name: hashlib.sha256(path.read_text().encode()).hexdigest() for path in found}


def frozen(path: Path) -> dict[str, str]:
    """Return the checksums in a release's list."""
    lines = (line.split("  ") for line in path.read_text().splitlines())
    return {name.removeprefix("versions/"): digest for digest, name in lines}


def freeze(version: str, folder: Path = MIGRATIONS) -> Path:
    """Write the list of a release."""
    path = list_of(version, folder)
    path.parent.mkdir(exist_ok=True)
    lines = (f"{digest}  versions/{name}\n" for name, digest in checksums(folder).items())
    path.write_text("".join(lines))
    return path


def complaints(version: str, changelog: str, folder: Path = MIGRATIONS) -> list[str]:
    """Return what contradicts what was released, each with what to do about it."""
    released = RELEASE.findall(changelog) + [version] * is_final(version)
    found = [
        f"The migrations of {each} are not frozen: run `make freeze` and commit its list."
        for each in sorted(set(released))
        if not list_of(each, folder).exists()
    ]
    present = checksums(folder)
    for path in sorted((folder / "released").glob("*.sha256")):
        found += _contradictions(path.stem, frozen(path), present)
    if is_final(version) and list_of(version, folder).exists():
        found += [
            f"{name} is not in the list of {version}. If {version} has not gone out yet, run "
            "`make freeze` again; if it has, set __version__ to the next one, with .dev0."
            for name in present
            if name not in frozen(list_of(version, folder))
        ]
    return found


def _contradictions(version: str, listed: dict[str, str], present: dict[str, str]) -> Iterator[str]:
    for name, digest in listed.items():
        if present.get(name) != digest:
            what = "has changed since" if name in present else "is gone, but"
            yield (
                f"{name} {what} {version} was released with it. Bring it back with `git checkout "
                f"v{version} -- migrations/versions/{name}`, and write a new migration for the "
                "rest."
            )
    for name in present:
        if name not in listed and name < max(listed, default=""):
            yield f"{name} is new, but comes before the last one of {version}: number it anew."


def main() -> int:
    """Freeze what `__version__` releases."""
    if not is_final(__version__):
        sys.stderr.write(f"{__version__} is no release: set __version__ first.\n")
        return 1
    sys.stdout.write(f"Wrote {freeze(__version__).relative_to(ROOT)}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
