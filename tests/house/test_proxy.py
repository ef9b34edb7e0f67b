"""The sample for nginx, tried on the real program where it is installed; it listens on a file."""

import re
import shutil
import socket
import subprocess
from contextlib import closing

import pytest

from tests.conftest import required
from tests.house import tree

SECRET = "Zm9vYmFyYmF6cXV4LTEyMzQ1Njc4OTAtYWJjZGVmZ2g"
AROUND = """
user root;
pid {folder}/nginx.pid;
error_log {folder}/main.log;
events {{}}
http {{
    include {folder}/site.conf;
    client_body_temp_path {folder}/body-temp;
    proxy_temp_path {folder}/proxy-temp;
    fastcgi_temp_path {folder}/fastcgi-temp;
    uwsgi_temp_path {folder}/uwsgi-temp;
    scgi_temp_path {folder}/scgi-temp;
}}
"""


@pytest.fixture
def proxy(tmp_path):
    """Run nginx as the sample says, without certificates, before a site that is not there."""
    if shutil.which("nginx") is None:
        assert not required("nginx")
        pytest.skip("nginx is not installed")
    site = tree.document("deploy/nginx.conf").replace("/var/log/nginx", str(tmp_path))
    site = re.sub(r"(?m)^ *(ssl_certificate|ssl_certificate_key|listen \[::\]).*\n", "", site)
    site = site.replace("listen 80;", f"listen unix:{tmp_path}/plain;")
    site = site.replace("listen 443 ssl http2;", f"listen unix:{tmp_path}/proxy;")
    (tmp_path / "site.conf").write_text(site.replace("127.0.0.1:8000", f"unix:{tmp_path}/nobody"))
    (tmp_path / "nginx.conf").write_text(AROUND.format(folder=tmp_path))
    nginx = ["nginx", "-c", str(tmp_path / "nginx.conf")]
    started = subprocess.run(nginx, capture_output=True, text=True, check=False)
    assert started.returncode == 0, started.stderr
    yield tmp_path
    subprocess.run([*nginx, "-s", "stop"], capture_output=True, check=True)


def ask(path, start, *headers):
    """Send a request to the file that nginx listens on, and return the first line of the answer."""
    with closing(socket.socket(socket.AF_UNIX)) as line:
        line.connect(str(path))
        line.sendall("\r\n".join([f"{start} HTTP/1.1", "Host: x", *headers, "", ""]).encode())
        return line.makefile().readline().strip()


def test_no_secret_address_reaches_the_proxys_logs(proxy):
    came_from = f"Referer: https://bookings.your.network/parent/{SECRET}"

    for path in (f"/parent/{SECRET}/questions", f"/calendar/feeds/{SECRET}.ics", "/events/puzzle"):
        assert ask(proxy / "proxy", f"GET {path}", came_from) == "HTTP/1.1 502 Bad Gateway"
    assert ask(proxy / "plain", f"GET /parent/{SECRET}").startswith("HTTP/1.1 301")

    logs = {path.name: path.read_text() for path in proxy.glob("*.log")}
    assert re.findall(r'GET "([^"]*)" 502', logs["fairplace.log"]) == [
        "/parent/...",
        "/calendar/feeds/...",
        "/events/puzzle",
    ]
    assert [name for name, text in logs.items() if SECRET in text] == []


def test_only_the_national_register_may_be_large(proxy):
    large = ("Content-Length: 60000000", "Expect: 100-continue")

    assert "413" in ask(proxy / "proxy", "POST /fund/bank/import", *large)
    assert "100 Continue" in ask(proxy / "proxy", "POST /admin/schools/import", *large)
