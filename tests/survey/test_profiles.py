"""What the answers of a column look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.errors import InputError
from visittally.survey.profiles import combined, profiles, remembered
from visittally.survey.variables import QuestionKind

LETTERS = st.characters(exclude_categories=["Cs"])


def profile(*answers):
    return profiles([[answer] for answer in answers], 1)[0]


@pytest.mark.parametrize("blank", ["", " ", "NA", "n/a", "-", "(跳过)", "（空）", "#N/A"])
def test_blanks_are_no_answers(blank):
    assert profile(blank, "yes").values == {"yes": 1}


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (["yes", "no", "yes"], QuestionKind.SINGLE),
        (["road; water", "water", "road", "school; road"], QuestionKind.MULTI),
        (["0", "1", "2", "3"] * 3, QuestionKind.SCALE),
        (["18", "44", "71", "33"], QuestionKind.NUMBER),
        (["1.5", "2", "1,200"], QuestionKind.NUMBER),
        (["1.250,50", "980,00", "300"], QuestionKind.NUMBER),
        (["0,5", "1,25", "2", "10,5"], QuestionKind.NUMBER),
        (["1,2", "1,3", "2,3", "1,2,3", "2"], QuestionKind.MULTI),
        (["2026-04-01", "2026-04-02T10:00:00Z"], QuestionKind.DATE),
        (["3月15日已经走访，村口的路坑坑洼洼", "自来水经常停水，用水很不方便"], QuestionKind.TEXT),
        ([], QuestionKind.SINGLE),
    ],
)
def test_answers_tell_the_kind_of_question(answers, kind):
    assert kind is profile(*answers).kind()


@pytest.mark.parametrize("answers", [["1,2", "2,1", "3,5"], ["1,250", "2,300"], ["1.5", "2"], []])
def test_decimal_commas_need_numbers_that_cannot_be_codes_or_thousands(answers):
    assert not profile(*answers).decimal_comma


def test_codes_joined_by_spaces_are_several_answers_where_a_form_tool_wrote_them():
    answers = profile("road water", "road", "water", "school road", "school")

    assert QuestionKind.MULTI is answers.kind(codes=True)


def test_one_mark_beside_not_ticked_is_the_mark():
    assert profile("Radio", "Not selected", "Radio").mark == "Radio"
    assert profile("Radio", "Bicycle").mark is None
    assert profile("0", "0").mark == ""


@given(st.lists(st.text(LETTERS, max_size=4), min_size=1, max_size=20), st.integers(0, 20))
def test_it_does_not_matter_how_answers_are_spread_over_tables(answers, cut):
    parts = [answers[:cut], answers[cut:]]
    together = combined([profile(*part) if part else profiles([], 1)[0] for part in parts])

    assert (profile(*answers).values, len(answers)) == (together.values, together.records)


def test_columns_are_looked_at_once_while_tables_are_understood_and_kept_no_longer():
    @remembered()
    def understood():
        first = profiles([["road", "yes"] * 200], 400)
        assert all(one is other for one, other in zip(first, profiles([["road", "yes"] * 200], 400), strict=True))
        raise InputError("no table")

    with pytest.raises(InputError):
        understood()

    assert profiles([["road"]], 1)[0] is not profiles([["road"]], 1)[0]


def test_no_more_columns_are_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr("visittally.survey.profiles._CELLS", 5)
    with remembered():
        kept, left = profiles([["road", "water"]] * 3, 2)

        assert profile(*["road"] * 3) is kept
        assert profile(*["water"] * 3) is not left
