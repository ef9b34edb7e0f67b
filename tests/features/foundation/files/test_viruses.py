"""The virus check speaks with a real daemon's protocol, over a real connection."""

import socketserver
import threading
from contextlib import contextmanager

import pytest

from booking.foundation.files import viruses
from booking.foundation.files.refusals import FileInfected, VirusCheckAway
from booking.foundation.settings import BadSetting

BAD = b"Zqvirus"


class Daemon(socketserver.StreamRequestHandler):
    """Answers INSTREAM as ClamAV does."""

    def handle(self):
        """Take one content, piece by piece, and say what was found."""
        command = self.rfile.read(6)
        if command == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        assert command + self.rfile.read(4) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        self.server.seen.append(content)
        self.wfile.write(self.server.says(content))


class Server(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Daemon)
        self.seen = []
        self.answer = None

    def says(self, content):
        found = b"stream: Eicar FOUND\0" if BAD in content else b"stream: OK\0"
        return found if self.answer is None else self.answer

    @property
    def url(self):
        return f"tcp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def listening():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_a_clean_file_passes_and_a_bad_one_does_not():
    large = bytes(200_000)
    with listening() as server:
        viruses.check(server.url, large)
        with pytest.raises(FileInfected, match="found something harmful"):
            viruses.check(server.url, b"a" + BAD)

        assert server.seen == [large, b"a" + BAD]


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: OK??"])
def test_an_answer_that_is_no_yes_takes_nothing(answer):
    with listening() as server:
        server.answer = answer
        with pytest.raises(VirusCheckAway, match="cannot check files for viruses"):
            viruses.check(server.url, b"a")


def test_a_daemon_that_is_away_takes_nothing_and_none_asks_nobody(tmp_path):
    with listening() as server:
        gone = server.url
    for address in (gone, f"unix://{tmp_path}/clamd.sock"):
        with pytest.raises(VirusCheckAway):
            viruses.check(address, b"a")

    viruses.check("", BAD)


@pytest.mark.parametrize("address", ["127.0.0.1:3310", "tcp://", "http://clamd:3310", "tcp://a:b"])
def test_a_setting_that_names_no_daemon_is_refused(address):
    with pytest.raises(BadSetting, match="CLAMD"):
        viruses.check_setting(address)
