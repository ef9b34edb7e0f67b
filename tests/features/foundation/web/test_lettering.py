"""No PDF has a box in place of a letter: a name is unchanged, or said to be in Latin letters."""

import io
import json
from datetime import UTC, datetime

import pypdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from booking.foundation.web import lettering, paper

MADE_AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
#: A name in each script, and how it reads in Latin letters.
ELSEWHERE = {
    "Chinese": ("李明", "LiMing"),
    "Japanese": ("さくら 髙橋", "sakura GaoQiao"),
    "Korean": ("김민준", "GimMinJun"),
    "Thai": ("สมชาย", "smchay"),
    "Tamil": ("மமத", "mmt"),
    "Ethiopic": ("ሰላም", "selam"),
    "Bengali": ("রহম", "rhm"),
    "Punjabi": ("ਗਰਪਰਤ", "grprt"),
    "Gujarati": ("અમત", "amt"),
    "Sinhala": ("නමල", "nml"),
    "Khmer": ("សខ", "skh"),
    "emoji": ("🎉", ":tada:"),
}
#: Set by the fonts that come with Typst.
EVERYWHERE = (
    "Zoë Łukasz Żółć",
    "Nguyễn Thị Ánh",
    "Ŵyn ŷ",
    "Ọláyínká",
    "Алёна",
    "Ελένη",
    "דוד",
    "अनल",
)


def invoice(school):
    facts: dict[str, object] = dict.fromkeys(
        ("number", "reference", "sender", "contact", "address", "raised", "due", "state"), "x"
    )
    facts |= {key: [] for key in ("sender_address", "school_address", "account", "dates", "lines")}
    facts |= dict.fromkeys(("amount", "paid", "left", "parts"), "")
    return facts | {"school": school, "is_open": True, "title": "x", "places": None}


def set_on_paper(school):
    content = paper.as_pdf("invoice", invoice(school), made_at=MADE_AT)
    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    return " ".join(page.extract_text().split())


def forget():
    lettering.fonts.cache_clear()
    lettering._remembered.clear()


@pytest.fixture
def without_extra(monkeypatch):
    """Have no fonts but those that come with Typst."""
    monkeypatch.setattr(lettering, "EXTRA", ("no_such_package",))
    forget()
    yield
    forget()


@pytest.mark.parametrize("script", ELSEWHERE)
def test_with_the_extra_fonts_a_name_is_set_in_its_own_script(script):
    name, latin = ELSEWHERE[script]

    text = set_on_paper(name)

    assert all(word in text for word in name.split())
    assert latin not in text
    assert "Latin letters" not in text
    assert lettering.in_latin([name]) == ()


@pytest.mark.parametrize("script", ELSEWHERE)
def test_without_them_it_is_set_in_latin_letters_and_the_foot_says_so(without_extra, script):
    name, latin = ELSEWHERE[script]

    text = set_on_paper(name)

    assert f"{latin}*" in text
    assert "* 1 name or note is printed in Latin letters only: see the screen." in text
    assert lettering.in_latin([name, "Anna"]) == (name,)


@pytest.mark.parametrize("name", EVERYWHERE)
def test_some_scripts_need_no_extra(without_extra, name):
    text = set_on_paper(name)

    assert all(word in text for word in name.split())
    assert "Latin letters" not in text


def test_only_words_that_cannot_be_set_are_rewritten(without_extra):
    assert lettering.printed({"a": ["Zoë 李明 (Żółć)", 3, None], "b": "Zoë"}) == lettering.Printed(
        {"a": ["Zoë LiMing (Żółć)*", 3, None], "b": "Zoë"}, ("Zoë 李明 (Żółć)",)
    )


def test_the_foot_counts_texts_and_not_how_often_they_stand_there(without_extra):
    found = lettering.printed({"a": ["李明", "李明"], "b": "김민준"})

    assert found.note == "* 2 names or notes are printed in Latin letters only: see the screen."


def test_scripts_that_no_font_has_are_never_boxes_either():
    """With all fonts: Tibetan is in none of them."""
    text = set_on_paper("བོད")

    assert "bod*" in text
    assert "1 name or note is printed in Latin letters only" in text


def test_what_needs_no_asking_is_set_by_every_font(without_extra):
    """In truth: else a box could slip past the question."""
    every = [chr(code) for code in range(0x20, 0x2700) if lettering._is_familiar(chr(code))]
    assert len(every) > 700

    assert lettering._refused(every) == []


def test_typst_refuses_a_box_that_nobody_asked_about(monkeypatch):
    monkeypatch.setattr(lettering, "in_latin", lambda _facts: ())

    with pytest.raises(typst.TypstError, match="could not be displayed"):
        set_on_paper("བོད")


#: All planes, with what joins, marks and turns letters.
ANY = st.text(
    st.sampled_from("aé李ཀ\u200d\u0301\u0f7c👩\u202e\u00ad'\"\\{}\u0007\ufe0f\u3099 \t")
    | st.characters(exclude_categories=("Cs",), exclude_characters="\0"),  # no form takes a NUL
    max_size=12,
)


@given(st.lists(ANY, max_size=5))
def test_whatever_is_typed_can_be_set(texts):
    printed = lettering.printed({"texts": texts})

    words = [word for text in printed.facts["texts"] for word in text.split()]
    assert lettering._refused(words) == []
    assert [text for text in texts if text.isascii() and text.isprintable()] == [
        text
        for text, shown in zip(texts, printed.facts["texts"], strict=True)
        if text.isascii() and text.isprintable() and shown == text
    ]
    json.dumps(printed.facts)
