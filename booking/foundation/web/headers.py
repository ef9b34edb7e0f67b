"""The security headers that every response carries (OWASP HTTP headers cheat sheet)."""

from collections.abc import Iterable

from flask import Flask, Response, request, session

from booking.foundation.web import addresses

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'{form_action}; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
#: What a file that is opened on its own may do: nothing at all.
FILE_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
#: The other headers that every response carries, unless its view chose others.
ALWAYS = (
    ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
#: Addresses that contain a secret: no browser keeps them and no other site is told of them.
SECRET_PATHS = tuple(address.prefix for address in addresses.SECRET)
#: Style sheets, scripts and icons are the same for everybody, and may be kept.
FILES = {"static", "bootstrap.static"}
#: The same for everybody too; their view says for how long, unless it refuses.
MADE_FILES = {"about.logo", "about.style_sheet"}
#: Their own browser may keep these, as long as it asks each time whether the person still may.
PRIVATE_FILES = {"files.download", "guides.card", "guides.picture"}
#: Where an application keeps the other sites to which its forms may lead.
FORM_TARGETS = "form_targets"


def let_forms_lead_to(app: Flask, origins: Iterable[str]) -> None:
    """Let forms lead to these sites too: Chromium counts a form's redirect as its target."""
    app.extensions[FORM_TARGETS] = "".join(f" {origin}" for origin in origins)


def init_app(app: Flask) -> None:
    """Add the headers to every response of `app`."""

    @app.after_request
    def add(response: Response) -> Response:
        policy = CONTENT_SECURITY_POLICY.format(form_action=app.extensions.get(FORM_TARGETS, ""))
        headers = response.headers
        chosen = {name for name, _text in headers}  # set by the view, which knows better
        for name, text in (("Content-Security-Policy", policy), *ALWAYS):
            if name not in chosen:
                headers.add(name, text)
        if request.path.startswith(SECRET_PATHS):
            headers["Referrer-Policy"] = "no-referrer"
            headers["Cache-Control"] = "no-store"
        elif request.endpoint in PRIVATE_FILES | MADE_FILES and "Cache-Control" in chosen:
            pass  # as the view says
        elif request.endpoint not in FILES and session.get("_user_id"):
            headers["Cache-Control"] = "no-store"
        return response
