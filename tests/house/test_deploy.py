"""What is given for running a site (`deploy/`) fits the program, and is what its readers accept."""

import re
import shutil
import subprocess
from fnmatch import fnmatch

import pytest
import yaml

from booking import settings
from booking.foundation.web import addresses, log_masks
from tests import dockerfile
from tests.house import tree

DEPLOY = tree.ROOT / "deploy"
UNITS = DEPLOY / "systemd"
SECRET_PREFIXES = {address.prefix.strip("/") for address in (*addresses.SECRET, *addresses.FEEDS)}
#: systemd's own measure of what a unit may do, from 0 to 100.
EXPOSURE_MAX = 20


def test_the_example_of_settings_is_the_table_of_settings():
    assert tree.document("deploy/.env.example") == settings.example()


def test_the_example_is_read_alike_by_a_shell_and_by_systemd():
    """Each value is between single quotes, where neither of them looks for anything."""
    lines = [line for line in settings.example().splitlines() if re.match(r"#?[A-Z]", line)]

    assert [line for line in lines if not re.fullmatch(r"#?[A-Z_]+='[^'\\\n]*'", line)] == []
    assert {line.lstrip("#").partition("=")[0] for line in lines} == {
        setting.name for setting in settings.SETTINGS
    }


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_masks_every_secret_address_in_its_log(name):
    [masked] = re.findall(r"\(\?:([^)]+)\)/\)", tree.document(f"deploy/{name}"))

    assert set(masked.split("|")) == SECRET_PREFIXES


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_logs_nothing_that_somebody_looked_for(name):
    text = tree.document(f"deploy/{name}")
    if name == "Caddyfile":
        [(pattern, _)] = re.findall(r"request>uri regexp `([^`]+)` `(\$1\.\.\.)`", text)
    else:
        pattern = next(
            found.replace("?<asked_of>", "?P<asked_of>")
            for found in re.findall(r'"~(\S+)" "', text)
            if "asked_of" in found
        )

    assert re.search(pattern, "/school/pupils?q=Ada")
    assert re.search(pattern, "/school/pupils") is None


def test_every_list_that_is_filtered_by_typing_is_masked():
    pages = [path.read_text() for path in (tree.ROOT / "templates").glob("**/*.html")]
    typed = re.compile(r'filter_text\("(\w+)"|type="search"[^>]* name="(\w+)"')
    names = {first or second for page in pages for first, second in typed.findall(page)}

    assert names == set(log_masks.TYPED)


def test_the_image_is_built_from_what_is_there_and_runs_without_root():
    steps = dockerfile.steps()

    missing = [path for path in dockerfile.copied() if not (tree.ROOT / path).exists()]
    assert missing == []
    assert [words for step, words in steps if step == "USER"] == ["10001"]
    [check] = [words for step, words in steps if step == "HEALTHCHECK"]
    assert "http://127.0.0.1:8000/health/web" in check
    names = {setting.name for setting in settings.SETTINGS}
    told = {name for step, words in steps if step == "ENV" for name in re.findall(r"(\w+)=", words)}
    assert told & names == {"APP_ENV", "DATABASE_URL", "WEB_BIND"}
    assert not re.search(r"\b(SECRET|FIELD)_KEY\b", tree.document("deploy/Dockerfile"))


def test_compose_starts_web_and_worker_once_the_database_is_upgraded(app):
    compose = yaml.safe_load(tree.document("deploy/compose.yaml"))
    services = compose["services"]

    upgraded = {"upgrade": {"condition": "service_completed_successfully"}}
    assert services["web"]["depends_on"] == services["worker"]["depends_on"] == upgraded
    assert services["upgrade"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert services["worker"]["command"] in app.cli.commands
    assert all(services[name]["read_only"] for name in ("upgrade", "web", "worker"))
    assert [name for name, each in services.items() if "ports" in each] == ["proxy"]
    used = {volume.partition(":")[0] for each in services.values() for volume in each["volumes"]}
    assert {name for name in used if not name.startswith(".")} == set(compose["volumes"])
    known = {setting.name for setting in settings.SETTINGS}
    assert services["web"]["environment"].keys() <= known


@pytest.fixture(scope="module")
def units(tmp_path_factory):
    """Provide the units with a program that is on this machine in place of the site's."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    folder = tmp_path_factory.mktemp("units")
    shutil.copytree(UNITS, folder, dirs_exist_ok=True)
    for unit in folder.glob("*.service"):
        unit.write_text(unit.read_text().replace("/opt/fairplace/bin/fairplace", "/bin/true"))
    return folder


def test_systemd_takes_every_unit_and_lets_it_do_little(units):
    files = [str(path) for path in sorted(units.glob("*.*")) if path.is_file()]
    environment = {"SYSTEMD_UNIT_PATH": f"{units}:"}

    assert len(files) == 6
    verified = analyze("verify", *files, env=environment)
    assert (verified.returncode, verified.stderr) == (0, "")
    services = [path for path in files if path.endswith(".service")]
    limits = ("--offline=true", f"--threshold={EXPOSURE_MAX}", "--no-pager")
    rated = analyze("security", *limits, *services)
    assert rated.returncode == 0, rated.stdout


def analyze(*arguments, env=None):
    """Ask systemd about a unit."""
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, check=False, env=env
    )


def test_every_unit_runs_a_command_that_there_is(app):
    run = re.compile(r"/opt/fairplace/bin/fairplace ([a-z-]+)")
    asked = {name for unit in UNITS.glob("*.service") for name in run.findall(unit.read_text())}

    assert asked == {"serve", "worker", "backup", "doctor"}
    assert asked - app.cli.commands.keys() == {"serve"}
    assert {path.stem for path in UNITS.glob("*.timer")} == {"fairplace-backup", "fairplace-doctor"}


def test_only_people_are_led_to_https():
    """Each sample refuses on port 80 what programs ask for, and has one way to the site."""
    nginx, caddy = tree.document("deploy/nginx.conf"), tree.document("deploy/Caddyfile")
    [refused] = re.findall(r"location ~ (\S+) \{\s+return 403;", nginx)
    [listed] = re.findall(r"@programs path (.+)", caddy)
    for path in (
        "/webhooks/stripe",
        "/metrics",
        "/health",
        "/health/web",
        "/calendar/feeds/x.ics",
        "/resources/feeds/x.atom",
    ):
        assert re.match(refused, path)
        assert any(fnmatch(path, pattern) for pattern in listed.split())
    assert not re.match(refused, "/calendar")
    assert set(re.findall(r"proxy_pass (\S+);", nginx)) == {"http://fairplace"}
    assert not re.search(
        r"^\s*(?:autoindex|root (?!/var/www/html)|file_server)", nginx + caddy, re.M
    )


def test_only_good_encryption_is_spoken():
    nginx = tree.document("deploy/nginx.conf")

    assert re.findall(r"ssl_protocols (.+);", nginx) == ["TLSv1.2 TLSv1.3"]
    [ciphers] = re.findall(r"ssl_ciphers (\S+);", nginx)
    good = re.compile(r"ECDHE-(?:ECDSA|RSA)-(?:AES(?:128|256)-GCM|CHACHA20-POLY1305)")
    assert [cipher for cipher in ciphers.split(":") if not good.match(cipher)] == []
    assert "/etc/letsencrypt/live/" in nginx
    assert not re.search(r"^\s*tls\s+(?:internal|off)", tree.document("deploy/Caddyfile"), re.M)


def test_the_security_log_leaves_encrypted_for_a_known_machine():
    sent = dict(re.findall(r'([\w.]+)="([^"]+)"', tree.document("deploy/rsyslog.conf")))

    assert (sent["streamDriver"], sent["streamDriverMode"]) == ("gtls", "1")
    assert sent["streamDriverAuthMode"] == "x509/name"
    assert sent["streamDriverPermittedPeers"] == sent["target"]
    assert sent["file"] == "/var/lib/fairplace/security.log"
