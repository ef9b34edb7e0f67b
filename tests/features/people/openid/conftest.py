"""What tests of sign-in with Google and Microsoft share: a real provider on this machine."""

from collections.abc import Iterator

import pytest

from tests import identity_provider
from tests.identity_provider import IdentityProvider


@pytest.fixture(scope="session")
def serving_provider() -> Iterator[IdentityProvider]:
    """Serve one provider for all tests of this worker."""
    with identity_provider.serving() as provider:
        yield provider


@pytest.fixture
def provider(serving_provider: IdentityProvider) -> IdentityProvider:
    """Give the provider as if it were new."""
    serving_provider.forget()
    return serving_provider
