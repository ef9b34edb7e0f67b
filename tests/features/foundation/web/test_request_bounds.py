"""Where a request ends is never in doubt: what two programs could read differently is refused."""

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

POST = "POST /sign-in HTTP/1.1\r\nHost: bookings.example\r\n"
SMUGGLED = "0\r\n\r\nGET /admin/ HTTP/1.1\r\nHost: bookings.example\r\n\r\n"


def read(request):
    """Read a request as gunicorn does, and return its body."""
    return next(
        iter(RequestParser(Config(), iter([request.encode()]), ("127.0.0.1", 1)))
    ).body.read()


def test_a_request_that_says_its_length_once_is_read():
    assert read(f"{POST}Content-Length: 5\r\n\r\nhello") == b"hello"
    assert read(f"{POST}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n") == b"hello"


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: 60\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 60\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 5a\r\n",
        "Transfer-Encoding : chunked\r\n",
    ],
)
def test_a_request_whose_end_is_in_doubt_is_refused(headers):
    with pytest.raises((ParseException, NotImplementedError)):
        read(f"{POST}{headers}\r\n{SMUGGLED}")
