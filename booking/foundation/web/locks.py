"""Lock a browser's session, before what may be used once is taken out of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.foundation.tokens import token_hash
from booking.foundation.web.models import WebSession


def session(unit: Session, token: str) -> WebSession | None:
    """Return the session with this token as it is now, locked; None if it has ended."""
    return unit.scalar(
        select(WebSession)
        .where(WebSession.token_hash == token_hash(token))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
