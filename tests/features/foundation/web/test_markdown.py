"""Markdown is read by several threads at once from the first page on."""

import subprocess
import sys

READ = """
import sys, threading
sys.setswitchinterval(1e-6)
from booking.foundation.web import markdown

wrong, start = [], threading.Barrier(8)

def read():
    start.wait()
    try:
        markdown.as_page("*[one](/one)* and <https://two.example>", str)
    except Exception as error:
        wrong.append(repr(error))

threads = [threading.Thread(target=read) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit("; ".join(wrong) or 0)
"""


def test_the_first_readers_come_at_once():
    """In a process of its own: the memories of the library are filled only once."""
    said = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=False)

    assert said.stderr == ""
    assert said.returncode == 0
