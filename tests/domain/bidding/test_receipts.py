"""The type of a receipt is recognised from its content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.bidding import receipts

WHOLE = {
    receipts.PDF: b"%PDF-1.7\n...\n%%EOF\n",
    receipts.JPEG: b"\xff\xd8\xff\xe1 picture \xff\xd9",
    receipts.PNG: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR picture IEND\xaeB`\x82",
}


@pytest.mark.parametrize(("kind", "content"), WHOLE.items())
def test_a_whole_file_is_known(kind, content):
    assert receipts.content_type(content) == kind
    assert kind in receipts.ENDINGS


@pytest.mark.parametrize("content", WHOLE.values())
def test_a_file_that_was_cut_off_is_refused(content):
    with pytest.raises(receipts.NotAReceipt, match="it is incomplete"):
        receipts.content_type(content[: len(content) // 2])


@pytest.mark.parametrize(
    "content",
    [b"<svg onload='x'/>", b"<html>%PDF- %%EOF", b"GIF89a", b"PK\x03\x04", b"MZ", b"RIFF....WEBP"],
)
def test_anything_else_is_refused(content):
    with pytest.raises(receipts.NotAReceipt, match="not a PDF, JPEG or PNG"):
        receipts.content_type(content)


@given(st.binary(max_size=300))
def test_noise_is_never_taken_for_a_receipt(noise):
    if noise[:3] in {b"%PD", b"\xff\xd8\xff", b"\x89PN"}:
        return
    with pytest.raises(receipts.NotAReceipt):
        receipts.content_type(noise)


def test_the_largest_file_is_taken_and_one_byte_more_is_not():
    padding = receipts.LARGEST_BYTES - len(WHOLE[receipts.PDF])
    largest = b"%PDF-1.7\n" + b" " * padding + WHOLE[receipts.PDF][9:]

    assert len(largest) == receipts.LARGEST_BYTES
    assert receipts.content_type(largest) == receipts.PDF
    with pytest.raises(receipts.NotAReceipt, match="larger than 5 MB"):
        receipts.content_type(largest + b" ")
