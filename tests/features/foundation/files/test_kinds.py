"""What is taken and what is not: told by content, whatever a file is called."""

import io
import struct
import zlib

import pytest
from PIL import Image

from booking.domain.filing import FileKind
from booking.foundation.files import imports
from booking.foundation.files.imports import office, pictures
from booking.foundation.files.refusals import FileNotTaken
from tests.builders import files

MARK = b"Zqcamera"
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "META-INF/manifest.xml": "<manifest/>",
    "content.xml": "<text/>",
}
XLSX = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.exe", files.pdf(), FileKind.PDF),
        ("a.pdf", files.picture("JPEG"), FileKind.JPEG),
        ("a.png", files.picture("PNG"), FileKind.PNG),
        ("a.webp", files.picture("WEBP"), FileKind.WEBP),
        ("a.zip", files.docx(), FileKind.DOCX),
        ("a.xlsx", files.packed(XLSX), FileKind.XLSX),
        ("a.odt", files.packed(ODT), FileKind.ODT),
        ("a.txt", "Café, 9am".encode("cp1252"), FileKind.TEXT),
        ("a.csv", b"Name,Year\nAda,5\n", FileKind.CSV),
    ],
)
def test_a_file_is_what_its_content_says(name, content, kind):
    assert imports.read(name, content).kind is kind


def test_text_is_kept_in_one_encoding_and_tables_say_so():
    assert imports.read("a.txt", "Café".encode("cp1252")).content == "Café".encode()
    assert imports.read("a.csv", "Zoë,5".encode()).content == b"\xef\xbb\xbfZo\xc3\xab,5"


def huge_png(width, height):
    """Return a PNG of a few bytes whose header promises very many pixels."""

    def chunk(kind, data):
        sum_ = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def with_password():
    content = bytearray(files.docx())
    content[6] |= 1
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def two_of_one_name():
    twice = files.packed(
        {"[Content_Types].xml": "", "word/document.xml": "", "word/documenT.xml": ""}
    )
    return twice.replace(b"documenT", b"document")


REFUSED = {
    "nothing": (b"", "This file is empty"),
    "too large": (b"%PDF-" + bytes(imports.BYTES_MAX), "larger than 10 MB"),
    "half a PDF": (b"%PDF-1.4\nhalf", "This PDF is not complete"),
    "a program": (b"MZ\x90\x00" + bytes(60), "This file is a program"),
    "a script": (b"#!/bin/sh\nrm -r /\n", "This file is a program"),
    "a web page": (b"<!DOCTYPE html><script>alert(1)</script>", "a web page or XML"),
    "a drawing with scripts": (b"<svg onload='alert(1)'/>", "a web page or XML"),
    "an iPhone's picture": (b"\0\0\0\x18ftypheic" + bytes(20), "HEIC or AVIF"),
    "a film": (b"\0\0\0\x18ftypmp42" + bytes(20), "a film"),
    "a GIF": (b"GIF89a" + bytes(20), "a GIF"),
    "RTF": (b"{\\rtf1 }", "RTF"),
    "an archive": (b"Rar!\x1a\x07" + bytes(20), "an archive"),
    "a plain ZIP": (files.packed({"a.txt": "a"}), "an archive, or a document of a kind"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "an old Office program"),
    "no text": (bytes(range(256)) * 20, "We cannot tell what this file is"),
    "half a picture": (files.picture("JPEG", (300, 300))[:400], "This picture is damaged"),
    "too many pixels": (huge_png(8000, 8000), "more than 50 million pixels"),
    "a bomb of pixels": (huge_png(60_000, 60_000), "more than 50 million pixels"),
    "macros": (
        files.docx(**{"word__vbaProject.bin": "x"}),
        "This document has macros",
    ),
    "macros by type": (
        files.packed({"[Content_Types].xml": "sheet.macroEnabled.main", "xl/workbook.xml": "x"}),
        "This document has macros",
    ),
    "OpenDocument macros": (files.packed(ODT | {"Basic/Standard/a.xml": "x"}), "has macros"),
    "a password": (with_password(), "This file has a password"),
    "a bomb": (files.docx(word__bomb=bytes(40 * files.MB)), "far larger unpacked"),
    "too many parts": (
        files.docx(**{f"part__{n}": "x" for n in range(office.PARTS_MAX)}),
        "far larger unpacked",
    ),
    "a part outside": (files.docx(**{"..__..__etc__passwd": "x"}), "This document is damaged"),
    "two of one name": (two_of_one_name(), "This document is damaged"),
    "half a document": (files.docx()[:-30], "This document is damaged"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_taken_is_refused_in_words(content, said):
    with pytest.raises(FileNotTaken, match=said):
        imports.read("letter.pdf", content)


def test_a_zip_that_lies_about_a_size_is_found_out():
    content = bytearray(files.docx(word__more="a" * 5000))
    # The size that the list of parts states, made smaller; the checksum then fits no more.
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")

    with pytest.raises(FileNotTaken, match="This document is damaged"):
        imports.read("a.docx", bytes(content))


def test_a_picture_comes_out_upright_and_with_nothing_around_it():
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = MARK.decode(), 6  # the camera's maker, and "turn me right"
    exif.get_ifd(0x8825)[1] = "N"
    jpeg = files.picture("JPEG", (40, 30), exif=exif, comment=MARK)
    assert MARK in jpeg

    kept = imports.read("photo.jpg", jpeg).content

    assert MARK not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((30, 40), {})


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_lose_what_they_carry_too(kind):
    exif = Image.Exif()
    exif[0x010F] = MARK.decode()
    content = files.picture(kind, exif=exif) + MARK
    assert content.count(MARK) == 2

    kept = imports.read("plan", content).content

    assert MARK not in kept


def test_a_large_photograph_is_made_smaller():
    kept = imports.read("a.jpg", files.picture("JPEG", (6000, 2000))).content

    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (pictures.SIDE_MAX, 1000)
