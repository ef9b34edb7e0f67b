"""What a visitor's forms carry is kept by the browser, so that asking for a page writes nothing.

A visitor's session holds one thing, the token of its forms. It is signed and given to the browser
instead of a row: a program that asks for the sign-in page a million times fills no table (ASVS 5.0,
2.4.1). Whatever else a session comes to hold makes it a row.
"""

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

#: Begins the cookie of a visitor; the token of a row has no dot.
MARK = "visitor."
SALT = "form token of a visitor"


def sealed(form_token: str) -> str:
    """Return the cookie that holds a form token."""
    return MARK + str(_serializer().dumps(form_token))


def is_of_visitor(cookie: str) -> bool:
    """Return whether a cookie is one of a visitor, or says so."""
    return cookie.startswith(MARK)


def form_token(cookie: str, *, lasts: float) -> str:
    """Return the form token in a visitor's cookie, "" if it is not ours or is older than `lasts`.

    `lasts` is in seconds.
    """
    try:
        return str(_serializer().loads(cookie.removeprefix(MARK), max_age=int(lasts)))
    except BadSignature:
        return ""


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SIGNING_KEYS"], salt=SALT)
