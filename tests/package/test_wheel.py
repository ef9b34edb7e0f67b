"""What `pip install fairplace` installs serves the site: built here, installed somewhere else.

Nothing is downloaded: the libraries are those that the tests have.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from booking import __version__
from tests import dockerfile
from tests.conftest import ROOT

pytestmark = pytest.mark.wheel

LEAD = "lead@network.example"
PASSWORD = "seven purple walruses admire"
#: What belongs into a wheel as it is in a checkout.
FOLDERS = ("booking", "templates", "migrations", "docs/guides")
NOT_KEPT = shutil.ignore_patterns("__pycache__")
SCRIPT = "docs/verify_allocation.py"
STARTED_WITHIN_S = 120
BUILD_SDIST = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"


def run(*command, cwd, **options):
    """Run a command that must succeed, and return what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,  # without a terminal, a password is read from the input
        **options,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build an sdist from what the image is built from, and a wheel from the sdist."""
    folder = tmp_path_factory.mktemp("build")
    copy = folder / "checkout"
    for path in dockerfile.copied():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / path).is_file():
            shutil.copy2(ROOT / path, copy / path)
        else:
            shutil.copytree(ROOT / path, copy / path, ignore=NOT_KEPT)
    run(sys.executable, "-c", BUILD_SDIST, folder, cwd=copy)
    [sdist] = folder.glob("*.tar.gz")
    pip = (sys.executable, "-m", "pip", "wheel", "--no-index", "--no-deps", "--no-build-isolation")
    run(*pip, "--wheel-dir", folder, sdist, cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel into an environment of its own; return the folder of its commands."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps")
    run(*pip, wheel, cwd=folder)
    packages = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
    )
    (Path(packages.strip()) / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin"


def test_the_wheel_has_what_the_checkout_has(wheel):
    with ZipFile(wheel) as files:
        inside = {name for name in files.namelist() if not name.endswith("/")}
    wanted = {SCRIPT} | {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    described = f"fairplace-{__version__}.dist-info"
    assert {name.partition("/")[0] for name in inside} == {"booking", described}
    assert {name for name in inside if name.startswith("booking/")} == {
        path if path.startswith("booking/") else f"booking/{path}" for path in wanted
    }
    assert f"{described}/licenses/LICENSE" in inside


def test_what_was_installed_serves_the_site(installed, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    fairplace = installed / "fairplace"
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}

    assert run(fairplace, "--version", cwd=elsewhere, env=env) == f"Fairplace {__version__}\n"
    run(fairplace, "db", "upgrade", cwd=elsewhere, env=env)
    lead = ("people", "create-lead", "--name", "Ada Lead", "--email", LEAD, "--password")
    said = run(fairplace, *lead, cwd=elsewhere, env=env, input=f"{PASSWORD}\n" * 2)
    assert said.endswith(f"Ada Lead is network lead and signs in as {LEAD}.\n")

    data = tmp_path / ".local" / "share" / "fairplace"
    assert (data / "fairplace.db").exists()
    assert data.stat().st_mode & 0o777 == 0o700
    assert list(elsewhere.iterdir()) == []

    # On a socket that is already open, so that early requests wait.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        env |= {"WEB_BIND": f"fd://{number}", "WEB_WORKERS": "1"}
        server = subprocess.Popen([fairplace, "serve"], cwd=elsewhere, env=env, pass_fds=[number])
        try:
            look_around(f"http://127.0.0.1:{listening.getsockname()[1]}")
        finally:
            server.terminate()
            ended = server.wait(timeout=60)
    assert ended == 0


def look_around(address):
    """Sign in, and look at what needs files besides Python: pages, style, PDF, the script."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(path, **fields):
        data = urlencode(fields).encode() if fields else None
        origin = {"Origin": address} if fields else {}
        request = urllib.request.Request(address + path, data=data, headers=origin)
        with opener.open(request, timeout=STARTED_WITHIN_S) as answer:
            return answer.read()

    assert json.loads(get("/health/web"))["status"] == "ok"
    form = BeautifulSoup(get("/sign-in"), "html.parser").select_one("main form")
    hidden = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    home = get("/sign-in", **hidden | {"email": LEAD, "password": PASSWORD}).decode()

    assert "Ada Lead" in home
    assert f"runs on Fairplace {__version__}," in home
    style = re.search(r'href="(/static/theme\.css[^"]*)"', home)[1]
    assert b".page" in get(style)
    assert get("/fund/statements/income-and-expenditure.pdf").startswith(b"%PDF-")
    assert get("/allocation/verify.py") == (ROOT / SCRIPT).read_bytes()
    assert b"Take the register" in get("/help/host")
