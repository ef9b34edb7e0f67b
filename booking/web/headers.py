"""The security headers that every response carries (OWASP HTTP headers cheat sheet)."""

from flask import Flask, Response, request, session

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'{form_action}; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
#: Addresses that hold a secret: kept by no browser, told to no other site.
SECRET_PATHS = ("/parent/", "/invitations/", "/reset/", "/paid/", "/demo-bank/")
#: Style sheets, scripts and icons are the same for everybody, and may be kept.
FILES = {"static", "bootstrap.static"}
#: A form's redirect to the card processor's page counts as its target in Chromium.
CHECKOUT_PAGES = " https://checkout.stripe.com"


def init_app(app: Flask) -> None:
    """Add the headers to every response of `app`."""

    @app.after_request
    def add(response: Response) -> Response:
        extra = CHECKOUT_PAGES if app.config["PAYMENTS"] == "stripe" else ""
        if app.config["STRIPE_API_BASE"]:
            extra += " " + app.config["STRIPE_API_BASE"]
        headers = response.headers
        headers.setdefault(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY.format(form_action=extra)
        )
        headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if request.path.startswith(SECRET_PATHS):
            headers["Referrer-Policy"] = "no-referrer"
            headers["Cache-Control"] = "no-store"
        elif request.endpoint not in FILES and session.get("_user_id"):
            headers["Cache-Control"] = "no-store"
        return response
