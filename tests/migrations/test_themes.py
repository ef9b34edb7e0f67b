"""Themes that were typed become a list: case and spacing make no difference."""

from importlib import import_module


def test_what_differs_only_in_case_and_spacing_is_one_theme_written_as_most_write_it():
    listed = import_module("migrations.versions.0051_themes").listed

    typed = ["Science", "science", "SCIENCE ", "Science", "stone  age", "Stone age", "", " "]

    assert listed(typed) == {
        "Science": "Science",
        "science": "Science",
        "SCIENCE ": "Science",
        "stone  age": "Stone age",
        "Stone age": "Stone age",
    }
