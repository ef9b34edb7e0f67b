"""What is believed of an identity provider's claims, and what is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.identity_claims import (
    ProviderKind,
    has_several_factors,
    is_of_organisation,
    proven_address,
)

GOOGLE, MICROSOFT = ProviderKind
ADDRESS = "ann@school.example"
TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 2), st.text(max_size=8), st.lists(st.text(max_size=3))
)
NAMES = ("email", "email_verified", "hd", "xms_edov", "preferred_username", "upn", "tid", "amr")


@pytest.mark.parametrize(
    ("kind", "claims", "proven"),
    [
        (GOOGLE, {"email_verified": True, "hd": "school.example"}, ADDRESS),
        (GOOGLE, {"email_verified": "true", "hd": "school.example"}, ADDRESS),
        (GOOGLE, {"email_verified": True, "email": "Ann@GMail.com"}, "ann@gmail.com"),
        (GOOGLE, {"email_verified": True}, ""),
        (GOOGLE, {"email_verified": True, "email": "ann@gmail.com.evil.example"}, ""),
        (GOOGLE, {"email_verified": False, "hd": "school.example"}, ""),
        (GOOGLE, {"hd": "school.example"}, ""),
        (GOOGLE, {"email_verified": True, "hd": "school.example", "email": None}, ""),
        (MICROSOFT, {"xms_edov": True}, ADDRESS),
        (MICROSOFT, {"xms_edov": 1}, ADDRESS),
        (MICROSOFT, {"xms_edov": "1"}, ADDRESS),
        (MICROSOFT, {"xms_edov": False}, ""),
        (MICROSOFT, {"xms_edov": "0"}, ""),
        (MICROSOFT, {"email_verified": True}, ""),
        (MICROSOFT, {"preferred_username": ADDRESS, "upn": ADDRESS}, ""),
        (MICROSOFT, {"xms_edov": True, "email": "", "preferred_username": ADDRESS}, ""),
    ],
)
def test_an_address_is_believed_only_if_whoever_says_it_can_know(kind, claims, proven):
    assert proven_address(kind, {"email": ADDRESS, **claims}) == proven


@settings(max_examples=40)
@given(claims=st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, ANYTHING)))
def test_whatever_is_claimed_an_address_is_the_one_claimed_and_somebody_vouches_for_it(claims):
    for kind, word in ((GOOGLE, "email_verified"), (MICROSOFT, "xms_edov")):
        proven = proven_address(kind, claims)
        if proven:
            assert proven == claims["email"].strip().lower()
            assert claims[word] in (True, 1, "1", "true")
        assert isinstance(is_of_organisation(kind, claims, {TENANT}), bool)
    assert isinstance(has_several_factors(claims), bool)


@pytest.mark.parametrize(
    ("kind", "claims", "allowed", "may"),
    [
        (GOOGLE, {}, (), True),
        (GOOGLE, {"hd": "School.example"}, {"school.example"}, True),
        (GOOGLE, {"hd": "sub.school.example"}, {"school.example"}, False),
        (GOOGLE, {}, {"school.example"}, False),
        (MICROSOFT, {"tid": TENANT.upper()}, {TENANT}, True),
        (MICROSOFT, {"tid": "another"}, {TENANT}, False),
        (MICROSOFT, {}, {TENANT}, False),
        (MICROSOFT, {"tid": ""}, (), False),
    ],
)
def test_only_the_organisations_that_are_named_may_come(kind, claims, allowed, may):
    assert is_of_organisation(kind, claims, allowed) is may


@pytest.mark.parametrize(
    ("amr", "several"),
    [(["pwd", "mfa"], True), (["pwd"], False), ([], False), ("mfa", False), (None, False)],
)
def test_a_second_factor_counts_only_if_the_provider_says_so(amr, several):
    assert has_several_factors({"amr": amr}) is several
    assert not has_several_factors({})
