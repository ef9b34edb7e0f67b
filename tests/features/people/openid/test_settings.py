"""Which settings of Google and Microsoft are taken, and what is said of others."""

import pytest

from booking import settings
from booking.domain.identity_claims import ProviderKind
from booking.foundation.settings import BadSetting
from booking.people.openid import providers
from tests.features.money.payments.test_settings import LIVE

TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"
GOOGLE = {"GOOGLE_CLIENT_ID": "id", "GOOGLE_CLIENT_SECRET": "secret"}
MICROSOFT = {
    "MICROSOFT_CLIENT_ID": "id",
    "MICROSOFT_CLIENT_SECRET": "secret",
    "MICROSOFT_TENANT": TENANT,
}


def values(chosen):
    found = {setting.name: setting.default for setting in settings.SETTINGS} | LIVE | chosen
    settings.check(found)
    return found


def test_nobody_is_asked_unless_somebody_sets_it_up():
    assert providers.of_settings(values({})) == []


def test_both_are_pinned_to_the_machines_of_their_companies():
    google, microsoft = providers.of_settings(
        values(GOOGLE | MICROSOFT | {"GOOGLE_DOMAINS": " School.example, trust.example,"})
    )

    assert google.kind is ProviderKind.GOOGLE
    assert google.issuer == "https://accounts.google.com"
    assert google.organisations == {"school.example", "trust.example"}
    assert microsoft.issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert microsoft.organisations == {TENANT}
    assert {*google.origins, *microsoft.origins} == {
        "https://accounts.google.com",
        "https://oauth2.googleapis.com",
        "https://www.googleapis.com",
        "https://login.microsoftonline.com",
    }
    assert "secret" not in repr(google)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"GOOGLE_CLIENT_ID": "id"}, "both GOOGLE_CLIENT_ID and"),
        ({"GOOGLE_CLIENT_SECRET": "secret"}, "both GOOGLE_CLIENT_ID and"),
        ({**MICROSOFT, "MICROSOFT_CLIENT_SECRET": ""}, "both MICROSOFT_CLIENT_ID and"),
        ({**GOOGLE, "GOOGLE_DOMAINS": "@school.example"}, "must be domains"),
        ({**MICROSOFT, "MICROSOFT_TENANT": ""}, "one organisation"),
        ({**MICROSOFT, "MICROSOFT_TENANT": "common"}, "one organisation"),
        ({**MICROSOFT, "MICROSOFT_TENANT": "organizations"}, "one organisation"),
        ({**MICROSOFT, "MICROSOFT_TENANT": "consumers"}, "one organisation"),
        ({**MICROSOFT, "MICROSOFT_TENANT": "school.example"}, "one organisation"),
        ({**MICROSOFT, "MICROSOFT_TENANT": providers.PRIVATE_ACCOUNTS}, "one organisation"),
        ({"OPENID_STAND_IN": "http://127.0.0.1:9"}, "anybody could sign in as anybody"),
    ],
)
def test_settings_that_would_let_in_anybody_are_refused(chosen, said):
    with pytest.raises(BadSetting, match=said):
        values(chosen)
