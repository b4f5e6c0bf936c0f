"""When two answers are the same."""

from __future__ import annotations

import pytest

from visittally.analyses.backcheck.sameness import Okay, okay_of, option_names, reader
from visittally.errors import UsageError
from visittally.settings import Settings
from visittally.survey.variables import Choice, Part, QuestionKind, Role, Variable

OPTIONS = ("water", "road", "school")


def variable(kind, **more):
    return Variable("q", (Part("q"),), kind, **more)


def same(first, second, kind, *others, **more):
    """Whether two answers to a question of a kind are the same; `others` stand in the column too."""
    question = variable(kind, **more)
    values = dict.fromkeys((first, second, *others), 1)
    read = reader(question, values, Settings(), as_day=kind is QuestionKind.DATE, names=option_names(question))
    return read(first).same(read(second))


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (" Thatch", "ＴＨＡＴＣＨ", QuestionKind.SINGLE),
        ("1", "1.0", QuestionKind.SINGLE),
        ("12.50", "12.5", QuestionKind.NUMBER),
        ("1,200", "1200", QuestionKind.NUMBER),
        ("2026-03-04", "4.3.2026", QuestionKind.DATE),
        ("2026-03-04T10:00", "2026年3月4日", QuestionKind.DATE),
        ("water;road", "road; water", QuestionKind.MULTI),
        ("The road, it is broken!", "the road it is broken", QuestionKind.TEXT),
        ("don't know", "Don't know", QuestionKind.NUMBER),
    ],
)
def test_the_same(first, second, kind):
    """Case, width, order and the way of writing do not matter."""
    assert same(first, second, kind, "a;b;road;water", "13.3.2026")


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("thatch", "tin", QuestionKind.SINGLE),
        ("12", "12.5", QuestionKind.NUMBER),
        ("12", "don't know", QuestionKind.NUMBER),
        ("don't know", "refused", QuestionKind.NUMBER),
        ("2026-03-04", "2026-03-05", QuestionKind.DATE),
        ("water;road", "water", QuestionKind.MULTI),
        ("the road", "the bridge", QuestionKind.TEXT),
    ],
)
def test_not_the_same(first, second, kind):
    """Another answer, fewer options, "don't know" beside a number."""
    assert not same(first, second, kind, "water;road;school")


def test_a_label_is_the_option_that_it_names():
    """One side exports codes, the other one labels."""
    assert same("2", "Tin sheets", QuestionKind.SINGLE, choices=(Choice("1", "Thatch"), Choice("2", "Tin sheets")))


def test_ticks_of_option_columns_are_a_set():
    """What is ticked counts, whatever stands beside it."""
    parts = (Part("q", Role.PARENT), *(Part(f"q/{o}", Role.OPTION, o) for o in OPTIONS))
    question = Variable("q", parts, QuestionKind.MULTI)
    rows = ["water road\x1f1\x1f1\x1f0", "road water\x1f1\x1f1\x1f0", "\x1f0\x1f0\x1f0", "\x1f\x1f\x1f"]
    read = reader(question, dict.fromkeys(rows, 1), Settings(), as_day=False, names={})

    assert read(rows[0]).same(read(rows[1]))
    assert read(rows[0]).codes == {"water", "road"}
    assert read(rows[3]).blank


def test_blanks_and_words_for_blanks():
    """An answer that is not there is no answer; "don't know" is one."""
    read = reader(variable(QuestionKind.NUMBER), {"": 1, "NA": 1, "5": 9, "-88": 1}, Settings(), as_day=False, names={})

    assert [read(text).blank for text in ("", "NA", "n/a", "5", "-88")] == [True, True, True, False, False]
    assert read("-88").number is None
    assert read("5").number == 5


def test_ranges():
    """Ends included; in per cent of the size of the first number."""
    assert okay_of("-3:3").holds(11, 14)
    assert not okay_of("-3:3").holds(11, 14.1)
    assert Okay(-0.1, 0.3).holds(0.3, 0.2)
    assert okay_of(" -5% : 5% ").holds(-200, -190)
    assert okay_of("0:0").holds(0, 0)


@pytest.mark.parametrize("text", ["3", "1:-1", "-5%:5", "a:b", "", ".:1"])
def test_ranges_that_are_none(text):
    """Both ends, the lower one first, of one kind."""
    with pytest.raises(UsageError, match="--okay"):
        okay_of(text)
