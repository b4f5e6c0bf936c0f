"""No name, telephone, id, position or e-mail comes out of any command, whatever the headers say."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

_SPEC = spec_from_file_location("personal", Path(__file__).parents[1] / "attack" / "personal.py")
personal = module_from_spec(_SPEC)
sys.modules["personal"] = personal
_SPEC.loader.exec_module(personal)


# The script tries every language with every kind of headers and every shape, in every format.
@pytest.mark.parametrize(
    ("language", "headers", "shape"),
    [
        ("zh", "honest", "distinct"),
        ("en", "misleading", "header"),
        ("lower", "misleading", "distinct"),
        ("ar", "none", "shifted"),
        ("vi", "none", "again"),
    ],
)
def test_no_personal_value_comes_out(language, headers, shape):
    made = personal.survey(7, language, headers, shape)

    assert len(made.values | made.astray) > 20
    assert personal.leaks(made, language, formats=("json",), files=("html",)) == {}


def test_a_draft_of_settings_does_not_hold_the_telephone_of_a_header(tmp_path):
    made = personal.survey(7, "en", "honest", "header")

    assert personal.leaks(made, "en", commands=(("columns",),), formats=("toml",), files=()) == {}
