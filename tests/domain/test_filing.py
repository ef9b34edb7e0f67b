"""The name under which a file is handed out: its own as far as that is safe, with a true ending."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.filing import ENDINGS, NAME_MAX, FileKind, safe_name


@given(st.text(max_size=300), st.sampled_from(FileKind))
def test_every_name_becomes_one_that_any_computer_can_keep(name, kind):
    found = safe_name(name, kind)

    stem, _, ending = found.rpartition(".")
    assert ending.casefold() in ENDINGS[kind]
    assert stem
    assert stem == stem.strip(" .")
    assert len(found) <= NAME_MAX
    assert not set(found) & set('\\/:*?"<>|')
    assert all(unicodedata.category(letter) not in {"Cc", "Cf", "Zl", "Zp"} for letter in found)
    assert safe_name(found, kind) == found, "it is not changed a second time"


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("Map of the school.PDF", FileKind.PDF, "Map of the school.PDF"),
        ("Письмо родителям.docx", FileKind.DOCX, "Письмо родителям.docx"),
        ("letter.bat", FileKind.TEXT, "letter.bat.txt"),
        ("C:\\Users\\me\\plan.jpeg", FileKind.JPEG, "plan.jpeg"),
        ("../../etc/passwd", FileKind.TEXT, "passwd.txt"),
        ("gnp.\u202eetalp.exe", FileKind.PNG, "gnp.etalp.exe.png"),
        ("", FileKind.PDF, "file.pdf"),
    ],
)
def test_names_that_people_choose_and_names_that_deceive(name, kind, kept):
    assert safe_name(name, kind) == kept
