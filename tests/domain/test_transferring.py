"""References of bank transfers: no two alike, slips noticed, found however they are written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import transferring
from booking.domain.transferring import FIRST_NUMBER, LAST_NUMBER, TransferSum

NUMBERS = st.integers(FIRST_NUMBER, LAST_NUMBER)
PENCE = st.integers(1, 50_000)


def digits_of(number):
    return re.sub(r"\D", "", transferring.reference(number))


@given(NUMBERS, NUMBERS)
def test_no_two_numbers_have_one_reference(one, other):
    assert transferring.of_reference(transferring.reference(one)) == one
    same = transferring.reference(one) == transferring.reference(other)
    assert same is (one == other)
    assert len(transferring.reference(one)) <= 18


@given(NUMBERS, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_and_the_right_one_is_likely(number, at, by):
    right = digits_of(number)
    wrong = right[:at] + str((int(right[at]) + by) % 10) + right[at + 1 :]
    with pytest.raises(transferring.ReferenceWrong):
        transferring.of_reference(wrong)
    [quoted] = transferring.quoted_in(f"FP{wrong}")
    assert quoted.number is None
    assert number in transferring.likely(quoted.digits)


@given(NUMBERS, st.integers(0, 7))
def test_neighbours_exchanged_are_noticed(number, at):
    right = digits_of(number)
    wrong = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
    if wrong == right:
        return
    with pytest.raises(transferring.ReferenceWrong):
        transferring.of_reference(wrong)
    assert number in transferring.likely(wrong)


@given(
    NUMBERS,
    st.sampled_from(
        ["{}", "{} BGC", "MRS R OKORO {} 12345678", "SO/{}/REF", "20-00-00 12345678 {}"]
    ),
    st.sampled_from([" ", "", "-", "."]),
    st.booleans(),
)
def test_a_reference_is_found_in_the_banks_words(number, words, gap, lower):
    written = transferring.reference(number).replace(" ", gap)
    said = words.format(written.lower() if lower else written)
    found = {each.number for each in transferring.quoted_in(said) if each.named}
    assert found == {number}


@pytest.mark.parametrize(
    "words", ["", "TESCO 1234", "FP 12 34", "FP 1234567890", "20-00-00 12345678"]
)
def test_what_is_no_reference_is_none(words):
    assert not [each for each in transferring.quoted_in(words) if each.named]


def test_what_is_typed_is_told_why_it_is_wrong():
    with pytest.raises(transferring.ReferenceWrong, match="nine digits"):
        transferring.of_reference("FP 123 456")
    with pytest.raises(transferring.ReferenceWrong, match="wrong, or two are exchanged"):
        transferring.of_reference("FP 123 456 752")
    assert transferring.of_reference("fp123456751") == 1234567


@given(PENCE, st.integers(-500, 50_000))
def test_what_came_is_compared_with_what_is_asked(pence, due):
    said = transferring.compared(pence, due, any_amount=False)
    expected = {
        TransferSum.NOTHING_ASKED: due <= 0,
        TransferSum.EXACT: pence == due,
        TransferSum.PART: pence < due,
        TransferSum.MORE: 0 < due < pence,
    }
    assert [each for each, is_so in expected.items() if is_so] == [said]
    assert transferring.compared(pence, due, any_amount=True) is TransferSum.GIVEN
    assert transferring.in_words(pence, due, said).endswith(".")


@given(PENCE, st.lists(st.integers(0, 2000), min_size=1, max_size=5))
def test_each_penny_of_a_shared_transfer_is_for_something(pence, due):
    shares = transferring.shared(pence, due)
    assert sum(shares) == pence
    assert len(shares) == len(due)
    assert all(share <= each for share, each in zip(shares[:-1], due[:-1], strict=True))
