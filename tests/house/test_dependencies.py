"""What we install of others: known by version and hash, free to use, listed, and looked up."""

import json
import re

import pytest

from tests import dependencies, dockerfile
from tests.house import tree

#: Licences that the AGPL's third version goes with.
COMPATIBLE = re.compile(
    r"MIT(?:-0|-CMU)?|0BSD|BSD-[23]-Clause|Apache-2\.0|ISC|Zlib|Unlicense|CC0-1\.0|PSF-2\.0|MPL-2\.0"
    r"|LGPL-3\.0-(?:only|or-later)|OFL-1\.1|MIT License|(?:3-Clause )?BSD License"
    r"|Apache Software License|ISC License \(ISCL\)|The Unlicense \(Unlicense\)"
    r"|Mozilla Public License 2\.0 \(MPL 2\.0\)"
    r"|GNU Lesser General Public License v[23] or later \(LGPLv[23]\+\)"
)
#: By when a flaw is mended: critical ones, and all others.
DAYS = ("7", "30")


def constraints():
    pinned = re.findall(r"^([\w.-]+)==(\S+)$", tree.document("constraints.txt"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pinned}


def test_every_lock_has_the_versions_of_constraints_and_a_hash_for_each():
    versions = constraints()
    wanted = dependencies.locked()

    assert len(wanted) > 60
    assert [each.name for each in wanted if not each.hashes] == []
    assert [
        f"{each.name} {each.version}: run `make locks`"
        for each in wanted
        if each.is_for_here and versions.get(each.name) != each.version
    ] == []


def test_the_locks_have_whatever_the_project_asks_for():
    names = {each.name for each in dependencies.locked()}
    asked = dependencies.project()["project"]
    wanted = [*asked["dependencies"]]
    wanted += [
        each for name in dependencies.extras() for each in asked["optional-dependencies"][name]
    ]
    bare = {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", each)[0]).lower() for each in wanted}

    assert bare - names == set(), "run `make locks`"
    files = {path.stem for path in dependencies.LOCKS.glob("*.txt")}
    assert files == {dependencies.CORE, dependencies.BUILD, *dependencies.extras()}


def test_no_lock_names_a_place_where_packages_come_from():
    text = "".join(path.read_text() for path in dependencies.LOCKS.glob("*.txt"))

    assert re.findall(r"https?:|file:|--index|--find-links|--trusted|@ ", text) == []


def test_the_image_is_installed_by_hash():
    steps = " ".join(words for step, words in dockerfile.steps() if step == "RUN")

    assert "--require-hashes" in steps
    assert "--no-deps" in steps
    assert "deploy/locks" in dockerfile.copied()


def test_a_lock_that_is_not_whole_is_noticed():
    assert next(dependencies.read("flask==3.1.3\n")).hashes == ()
    with pytest.raises(AssertionError):
        list(dependencies.read("flask>=3\n"))


def test_every_licence_goes_with_ours():
    """Of what is installed here, which is all of it wherever `make` has installed it."""
    known = [each for each in dependencies.locked() if dependencies.is_known(each.name)]
    strange = [
        (each.name, said)
        for each in known
        for said in re.split(r" AND | OR ", dependencies.licence(each.name))
        if not COMPATIBLE.fullmatch(said)
    ]

    assert len(known) > 60
    assert strange == []


def test_the_list_of_parts_names_every_locked_package():
    listed = json.loads(dependencies.parts())

    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["metadata"]["component"]["name"] == "fairplace"
    found = {each["name"]: each for each in listed["components"]}
    assert {name: each["version"] for name, each in found.items()} == {
        each.name: each.version for each in dependencies.locked()
    }
    known = {name for name in found if dependencies.is_known(name)}
    assert [name for name in sorted(known) if not found[name].get("licenses")] == []
    assert [name for name, each in found.items() if not each.get("hashes")] == []


def test_a_known_vulnerability_fails_and_silence_is_said():
    assert dependencies.audited({"flask": []}, 1) == ("No known vulnerability in 1 packages.", True)
    said, good = dependencies.audited({"flask": [{"id": "GHSA-0000"}]}, 2)
    assert (said, good) == ("Known vulnerabilities: flask: GHSA-0000", False)
    said, good = dependencies.audited({"flask": []}, 3)
    assert good
    assert "could not be reached for 2 of 3" in said
    assert re.search(r"^run audit$", tree.document(".ci/run"), re.MULTILINE)


def test_the_times_to_mend_are_said_alike():
    """In SECURITY.md, and on the page *Reporting a weakness* of every site."""
    page = tree.templates(".html")["templates/network/texts/security.html"]

    assert re.findall(r"\| (\d+) days \|", tree.document("SECURITY.md")) == list(DAYS)
    assert re.findall(r"within (\d+)(?: days, everything else within (\d+))", page) == [DAYS]
