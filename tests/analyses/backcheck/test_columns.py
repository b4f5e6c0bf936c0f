"""The columns of a back-check sheet: printed in one language, read back in any."""

from __future__ import annotations

import pytest

from visittally import messages
from visittally.analyses.backcheck.columns import (
    FILL_IN,
    PRINTED,
    find_columns,
    headers_of,
    sheet_columns,
    sheet_heading,
)
from visittally.errors import FieldError


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_printed_is_found_again(surveyed, language):
    """Whichever language the sheet is printed in, and whichever it is read in."""
    messages.set_language(language)
    printed = [sheet_heading(name) for name in (*PRINTED, *FILL_IN)]
    messages.set_language("en")
    survey = surveyed(",".join(printed) + "\n" + ",".join(f"x{i}" for i in range(len(printed))) + "\n").survey

    assert [variable.name for variable in sheet_columns(survey).values()] == printed
    assert tuple(sheet_columns(survey)) == (*PRINTED, *FILL_IN)


def test_a_column_goes_by_its_name_both_headings_and_what_others_call_it():
    assert headers_of("key") == ("key", "Record", "记录编号")
    assert headers_of("checker")[:4] == ("checker", "Checker", "抽查人", "backchecker")


def test_the_best_of_several_comes_first(surveyed):
    """Not the first column of the file; capitals do not matter, and of two alike the first is meant."""
    survey = surveyed("auditor,抽查人,CHECKER,issue\na,b,c,d\n").survey

    assert [v.name for v in find_columns(survey, "checker")] == ["CHECKER", "抽查人", "auditor"]
    assert find_columns(survey, "weight") == []


def test_what_is_counted_must_have_one_heading(surveyed):
    """Two columns with checkers would be two answers; two columns with the date are not counted."""
    assert sheet_columns(surveyed("Checked on,抽查日期\n2026-01-01,\n").survey)["checked_on"].name == "Checked on"
    with pytest.raises(FieldError, match='"Did somebody come\\?", "是否有人来走访"'):
        sheet_columns(surveyed("Did somebody come?,是否有人来走访,抽查日期\nyes,,\n").survey)
