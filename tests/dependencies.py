"""`python -m tests.dependencies locks|sbom|audit`: what we install of others, by version and hash.

`constraints.txt` has the versions. pip takes no hashes for a checkout that is installed to be
edited, so `make demo` and `make test` use that file alone; whoever runs a site installs from
`deploy/locks`, where each file of each version has its hash: `core.txt`, and one file more for each
extra of `pyproject.toml`.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.markers import Marker

from booking import __version__

ROOT = Path(__file__).parents[1]
LOCKS = ROOT / "deploy" / "locks"
CORE, BUILD = "core", "build"
HEAD = """\
# {what}: versions, with the hash of every file that may be installed.
# Written by `make locks` from pyproject.toml and constraints.txt; how to use it: docs/INSTALL.md.
"""
#: From 3.11 to 3.14, on every system: what is needed on some only has a marker.
UV = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"),
    *("--no-emit-find-links", "--constraints", "constraints.txt"),
)
#: What packages do not say of themselves in a form that programs read, or that are not here.
TOLD = {
    "async-timeout": "Apache-2.0",
    "huey": "MIT",
    "pyrage": "MIT",
    "pysqlite3": "Zlib",
    "redis": "MIT",
}
_PINNED = re.compile(r"([\w.-]+)==(\S+)(?: ; (.+))?")


@dataclass(frozen=True)
class Locked:
    """One package in a lock: its version, for which machines it is, and the hashes of its files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def is_for_here(self) -> bool:
        """Whether this Python on this machine installs it."""
        return not self.marker or Marker(self.marker).evaluate()


def entries(text: str) -> Iterator[str]:
    """Yield each entry of a lock: its first line with its hashes."""
    yield from re.findall(r"^\w.*(?:\n    --hash.*)*\n", text, flags=re.MULTILINE)


def read(text: str) -> Iterator[Locked]:
    """Yield the packages of a lock."""
    for entry in entries(text):
        found = _PINNED.match(entry.partition(" \\\n")[0])
        assert found, entry
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", entry))
        yield Locked(found[1], found[2], found[3] or "", hashes)


def project() -> dict[str, object]:
    """Return `pyproject.toml`."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def extras() -> list[str]:
    """Return what may be installed besides, for a site."""
    return [name for name in project()["project"]["optional-dependencies"] if name != "dev"]  # type: ignore[index]


def locked() -> list[Locked]:
    """Return every package that a site may install, once."""
    found = {
        each.name: each
        for name in (CORE, *extras())
        for each in read((LOCKS / f"{name}.txt").read_text())
    }
    return [found[name] for name in sorted(found)]


def write_locks(uv: str) -> None:
    """Write all locks. An extra's has only what the core has not."""
    LOCKS.mkdir(exist_ok=True)
    core = _compiled(uv, "pyproject.toml")
    _write(CORE, "What Fairplace needs", core)
    for extra in extras():
        more = _compiled(uv, "pyproject.toml", "--extra", extra)
        _write(extra, f"What the extra “{extra}” needs besides core.txt", more, but=core)
    with tempfile.NamedTemporaryFile("w", suffix=".in") as asked:
        asked.write("\n".join(project()["build-system"]["requires"]))  # type: ignore[index]
        asked.flush()
        _write(BUILD, "What builds the package from its source", _compiled(uv, asked.name))


def _compiled(uv: str, *asked: str) -> str:
    done = subprocess.run([uv, *UV, *asked], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def _write(name: str, what: str, text: str, but: str = "") -> None:
    known = set(entries(but))
    wanted = "".join(entry for entry in entries(text) if entry not in known)
    (LOCKS / f"{name}.txt").write_text(f"{HEAD.format(what=what)}{wanted}")


def is_known(name: str) -> bool:
    """Return whether a package is installed here, or its licence is written down above."""
    return name in TOLD or bool(list(metadata.distributions(name=name)))


def licence(name: str) -> str:
    """Return how a package that is installed here says that it may be used, or ""."""
    if name in TOLD or not is_known(name):
        return TOLD.get(name, "")
    said = metadata.metadata(name)
    if said["License-Expression"]:
        return str(said["License-Expression"])
    told = [line for line in said.get_all("Classifier") or () if line.startswith("License ::")]
    told = [line.rpartition(" :: ")[2] for line in told if not line.endswith(":: OSI Approved")]
    return " AND ".join(told) or str(said["License"] or "").partition("\n")[0]


def parts() -> str:
    """Return the list of everything a site may install, in CycloneDX's JSON (1.6)."""
    bom = Bom(version=1)
    bom.metadata.timestamp = None  # type: ignore[assignment]
    fairplace = Component(name="fairplace", version=__version__, type=ComponentType.APPLICATION)
    fairplace.licenses.add(LicenseFactory().make_from_string("AGPL-3.0-or-later"))
    bom.metadata.component = fairplace
    made = [_part(each) for each in locked()]
    bom.components.update(made)
    bom.register_dependency(fairplace, made)
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _part(each: Locked) -> Component:
    part = Component(
        name=each.name,
        version=each.version,
        type=ComponentType.LIBRARY,
        purl=PackageURL("pypi", None, each.name, each.version),
        bom_ref=f"{each.name}@{each.version}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in each.hashes],
    )
    if said := licence(each.name):
        part.licenses.add(LicenseFactory().make_from_string(said))
    return part


def audited(known: Mapping[str, list[dict[str, object]]], asked: int) -> tuple[str, bool]:
    """Return what to say of what pip-audit found, and whether it may pass.

    `known` has the advisories of each package that could be looked up, of `asked` in all.
    """
    bad = sorted(f"{name}: {one['id']}" for name, found in known.items() for one in found)
    if bad:
        return f"Known vulnerabilities: {'; '.join(bad)}", False
    if len(known) < asked:
        return (
            f"The advisories could not be reached for {asked - len(known)} of {asked} packages, so "
            "nothing is known about these. Run `make audit` where pypi.org answers.",
            True,
        )
    return f"No known vulnerability in {asked} packages.", True


def audit() -> bool:
    """Ask PyPI for advisories about everything locked; say what came of it."""
    wanted = locked()
    files = [word for name in (CORE, *extras()) for word in ("-r", str(LOCKS / f"{name}.txt"))]
    how = ("--disable-pip", "--require-hashes", "--progress-spinner=off", "--timeout=10")
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", *how, "--format=json", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        answer = json.loads(done.stdout)["dependencies"]
    except ValueError:
        answer = []  # nobody answered at all
        print(done.stderr.strip().rpartition("\n")[2][:300])  # noqa: T201 - a command
    known = {each["name"]: each["vulns"] for each in answer if "vulns" in each}
    # What another machine needs is looked up there.
    said, good = audited(known, sum(each.is_for_here for each in wanted))
    print(said)  # noqa: T201 - a command
    return good


def main(arguments: list[str]) -> int:
    """Do what is asked; return how the command ends."""
    match arguments:
        case ["locks", uv]:
            write_locks(uv)
        case ["sbom", path]:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(parts())
        case ["audit"]:
            return 0 if audit() else 1
        case _:
            print(__doc__)  # noqa: T201 - a command
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
