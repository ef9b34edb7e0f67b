"""Puts into the wheel what stands beside the package in a checkout.

Templates, migrations, guides and the script that recomputes a round are easier to find at the top
level, but installed they belong to the package: nothing else may lie in anybody's `site-packages`.
All the rest about building is in `pyproject.toml`; what an sdist has besides is in `MANIFEST.in`.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent
#: What `booking.foundation.folders` looks for.
BESIDE = ("templates", "migrations", "docs/guides", "docs/verify_allocation.py")


class WithWhatStandsBeside(build_py):
    """Build the package as always, then copy what stands beside it."""

    def run(self) -> None:
        """Copy nothing for an editable install: the checkout itself is used."""
        super().run()
        if not self.editable_mode:
            for path in BESIDE:
                copy(HERE / path, Path(self.build_lib) / "booking" / path)


def copy(source: Path, to: Path) -> None:
    """Copy a file or a folder without what Python has made there."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copy2(source, to)
        return
    shutil.rmtree(to, ignore_errors=True)  # a template that is gone must not be built again
    shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))


setup(cmdclass={"build_py": WithWhatStandsBeside})
