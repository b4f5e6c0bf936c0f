"""From the keywords of the Python interface to settings."""

from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path

import pytest

from visittally.errors import UsageError
from visittally.keyword_values import settings_of, with_keywords
from visittally.keywords import CoverageKeywords, ReportKeywords
from visittally.settings import PUBLIC, Net


def value(name, given):
    """A keyword as the settings have it."""
    known = CoverageKeywords if name == "revisit_after" else ReportKeywords
    return getattr(settings_of({name: given}, known), name)


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [
        ("by", "village", ("village",)),
        ("by", ["village", "sex"], ("village", "sex")),
        ("by", Path("a.csv"), ("a.csv",)),
        ("weight", "w", "w"),
        ("public", True, True),
        ("top", 0, 0),
        ("digits", 10, 10),
        ("base", "all", "all"),
        ("percent", "", ""),
        ("lang", "Chinese", "zh"),
        ("as_of", "2026-04-30", date(2026, 4, 30)),
        ("as_of", date(2026, 4, 30), date(2026, 4, 30)),
        ("columns", {"village": "地点"}, {"village": "地点"}),
        ("columns", {"village": ["a", "b"], "issue": ["c"]}, {"village": ("a", "b"), "issue": "c"}),
        ("aliases", {"village": {"Ash": "ash"}}, {"village": {"Ash": "ash"}}),
        ("ticked", {"needs": ["2", 3]}, {"needs": frozenset({"2", "3"})}),
        ("ticked", {"needs": 2}, {"needs": frozenset({"2"})}),
        ("missing", {"refused": [-99, "x"]}, {"refused": ("-99", "x")}),
        ("statuses", {"done": "resolved"}, {"done": "resolved"}),
        ("revisit_after", 30, {"": 30}),
        ("revisit_after", {"elderly": 7, "": 30}, {"elderly": 7, "": 30}),
        ("nets", [Net("all", "needs", ("a",))], (Net("all", "needs", ("a",)),)),
        ("nets", {"all": {"answers": ["a", "b"]}}, (Net("all", "issue", ("a", "b")),)),
        ("nets", {"all": {"question": "q", "answers": ("a",)}}, (Net("all", "q", ("a",)),)),
    ],
)
def test_values_as_the_settings_have_them(name, given, found):
    assert value(name, given) == found


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("by", 3, "by must be a text, or several, not 3"),
        ("by", ["village", 3], "by must be a text, or several"),
        ("weight", 3, "weight must be a text, not 3"),
        ("public", 1, "public must be True or False, not 1"),
        ("top", -1, "top must be a whole number"),
        ("top", True, "top must be a whole number"),
        ("top", 1.5, "top must be a whole number"),
        ("digits", 11, "digits must be a whole number"),
        ("base", "everybody", 'base must be one of .*, not "everybody"'),
        ("base", "", "base must be one of"),
        ("lang", "Klingon", "lang must be one of"),
        ("as_of", "soon", '"soon" is not a date'),
        ("as_of", 3, '"3" is not a date'),
        ("columns", ["village"], "columns must be a mapping of texts"),
        ("columns", {3: "a"}, "columns must be a mapping of texts"),
        ("columns", {"village": [3]}, "columns must be a mapping of texts"),
        ("aliases", {"village": "Ash"}, "aliases.village must be a mapping of texts"),
        ("ticked", {"needs": 2.5}, "ticked must be a mapping of texts"),
        ("statuses", {"done": 1}, "statuses must be a mapping of texts"),
        ("revisit_after", 0, "revisit_after must be days"),
        ("revisit_after", True, "revisit_after must be days"),
        ("revisit_after", {"elderly": "7"}, "revisit_after must be days"),
        ("nets", "all", "nets must be a mapping of names"),
        ("nets", {"all": {"answers": "a"}}, "nets must be a mapping of names"),
        ("nets", {"all": ["a"]}, "nets must be a mapping of names"),
        ("nets", 3, "nets must be a mapping of names"),
    ],
)
def test_what_a_value_must_be(name, given, said):
    with pytest.raises(UsageError, match=said):
        value(name, given)


def test_a_keyword_that_is_none_is_refused_with_the_nearest_one():
    with pytest.raises(UsageError, match=r'unknown options: wieght\. Did you mean "weight"\?'):
        settings_of({"wieght": "w"}, ReportKeywords)
    with pytest.raises(UsageError, match=r"unknown options: zzz, qqq\.$"):
        settings_of({"zzz": 1, "qqq": 2}, ReportKeywords)


def test_none_is_what_was_not_given():
    assert settings_of({"by": None, "top": None}, ReportKeywords).by == ()


def test_what_is_for_the_public_hides_small_counts():
    """At least so many as for anything public; more where the user says so. A result is kept in any case."""
    assert settings_of({"public": True}, ReportKeywords).min_cell == PUBLIC
    assert settings_of({"public": True, "min_cell": PUBLIC + 5}, ReportKeywords).min_cell == PUBLIC + 5
    assert settings_of({"public": True, "min_cell": 2}, ReportKeywords).min_cell == PUBLIC
    assert settings_of({"public": False}, ReportKeywords).min_cell == 0
    assert settings_of({}, ReportKeywords).kept is True


def test_keywords_stand_in_the_signature():
    @with_keywords(ReportKeywords)
    def run(files, **options):
        return files, options

    names = inspect.signature(run).parameters
    assert next(iter(names)) == "files"
    assert names["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert (names["by"].default, names["top"].default, names["base"].default) == ((), None, "asked")
    assert "options" not in names
