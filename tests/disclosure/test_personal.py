"""No name, telephone, id, position or e-mail comes out of any command, whatever the headers say."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

_SPEC = spec_from_file_location("personal", Path(__file__).parents[1] / "attack" / "personal.py")
personal = module_from_spec(_SPEC)
sys.modules["personal"] = personal
_SPEC.loader.exec_module(personal)


# The script tries every language with every kind of headers, in every format.
@pytest.mark.parametrize(
    ("language", "headers"), [("zh", "honest"), ("en", "misleading"), ("lower", "misleading"), ("ar", "none")]
)
def test_no_personal_value_comes_out(language, headers):
    made = personal.survey(7, language, headers)

    assert len(made.values | made.astray) > 100
    assert personal.leaks(made, language, formats=("json",), files=("html",)) == {}
