"""The verdict on a mutation run is exact, and never better than the run."""

import pytest

from tests.mutation import verdict

NOTHING = dict.fromkeys(("killed", "timeout", "suspicious", "segfault", "skipped", "no_tests"), 0)


@pytest.mark.parametrize(
    ("stats", "said", "kept"),
    [
        (
            {"total": 1166, "killed": 1126, "survived": 40},
            "1,126 of 1,166 spoiled versions were noticed: 96.5 %, of 90 % promised.",
            True,
        ),
        (
            {"total": 10_000, "killed": 8_000, "timeout": 999},
            "8,999 of 10,000 spoiled versions were noticed: 89.9 %, of 90 % promised.",
            False,
        ),
        (
            {"total": 20, "killed": 8, "suspicious": 1, "skipped": 10},
            "9 of 10 spoiled versions were noticed: 90.0 %, of 90 % promised.",
            True,
        ),
        ({"total": 0}, "0 of 0 spoiled versions were noticed: nothing was tried.", False),
    ],
)
def test_a_share_is_counted_from_what_was_tried(stats, said, kept):
    assert verdict(NOTHING | stats) == (said, kept)
