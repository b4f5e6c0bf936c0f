"""The Python interface: a function for each command, errors as exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

import visittally
from visittally.errors import UsageError, VisitTallyError

VISITS = """
    village,visit_date,name,issue,status
    Ash,2026-03-01,A. Example,road,resolved
    Ash,2026-03-01,B. Example,water,open
    Birch,2026-03-02,C. Example,none,
    Birch,2026-03-03,D. Example,road,open
    """


@pytest.fixture
def visits(write):
    return write("visits.csv", VISITS)


@pytest.mark.parametrize("name", ["summarize", "questions", "coverage", "followup", "columns", "read"])
def test_functions_stay_functions(visits, name):
    """A function can be called again after its module, which has the same name, was imported."""
    first = getattr(visittally, name)
    first(visits)

    assert first is getattr(visittally, name)
    first(visits)


def test_paths_of_any_kind(visits):
    """One path or several, as text or `Path`."""
    expected = visittally.summarize([visits]).tables["areas"]

    assert (
        expected == visittally.summarize(visits).tables["areas"] == visittally.summarize(Path(visits)).tables["areas"]
    )


def test_one_name_or_several(visits):
    """`by="village"` means the same as `by=["village"]`."""
    one, several = (visittally.summarize(visits, by=by).tables["areas"] for by in ("village", ["village"]))

    assert one == several


def test_tables_become_frames(visits):
    """`to_pandas` holds the body with machine names, no total."""
    frame = visittally.summarize(visits).tables["areas"].to_pandas()

    assert frame["village"].tolist() == ["Ash", "Birch"]
    assert frame["cases"].tolist() == [2, 2]


def test_records_without_names(visits):
    """`read` gives the records as text, personal columns only when asked for."""
    assert list(visittally.read(visits).columns) == ["village", "visit_date", "issue", "status"]
    assert "name" in visittally.read(visits, include_personal=True)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"nosuch": 1}, "nosuch"),
        ({"format": "csv"}, "format"),
        ({"base": "nosuch"}, "nosuch"),
        ({"sort": "nosuch"}, "nosuch"),
        ({"percent": "nosuch"}, "nosuch"),
        ({"per": "nosuch"}, "nosuch"),
    ],
)
def test_options_that_mean_nothing_are_refused(visits, options, named):
    """An option that would be ignored is an error."""
    with pytest.raises(UsageError, match=named):
        visittally.summarize(visits, **options)


def test_errors_are_exceptions():
    """A missing file and an unknown name raise `VisitTallyError`."""
    with pytest.raises(VisitTallyError, match=r"missing\.csv"):
        visittally.summarize("missing.csv")
    with pytest.raises(AttributeError, match="nosuch"):
        visittally.nosuch  # noqa: B018


@pytest.mark.parametrize("options", [{"min_cell": 5}, {"public": True}])
def test_small_cells_are_hidden_here_too(write, options):
    """`min_cell` and `public` protect the tables of the interface as they protect those printed."""
    lines = ["Ash,road"] * 9 + ["Ash,water"] * 2 + ["Birch,road"] * 8 + ["Birch,water"] * 9
    name = write("many.csv", "village,issue\n" + "\n".join(lines) + "\n")

    long = visittally.summarize(name, **options).tables["long"].to_dict()["rows"]

    assert [row["mentions"] for row in long if (row["village"], row["issue"]) == ("Ash", "water")] == [None]


def test_strict_refuses_losses_here_too(write):
    """`strict` raises where a record cannot be read."""
    name = write("short.csv", "village,issue\nAsh,road\nAsh,water,and,more\nBirch,road\n")

    with pytest.raises(VisitTallyError, match="line 3"):
        visittally.summarize(name, strict=True)


def test_the_language_is_an_option(visits):
    """`lang="zh"` gives Chinese labels, `lang="en"` English ones."""
    headings = {
        lang: [column.label for column in visittally.summarize(visits, lang=lang).tables["areas"].columns]
        for lang in ("zh", "en")
    }

    assert "Visits" in headings["en"]
    assert not any(label.isascii() for label in headings["zh"][1:])


def test_a_language_that_is_not_spoken(visits):
    """Another language is refused with those that there are."""
    with pytest.raises(UsageError, match="en, zh"):
        visittally.summarize(visits, lang="fr")


def test_read_takes_conditions(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text("village,issue\nAsh,road\nElm,water\n")

    assert visittally.read(path, where="village=Elm").values.tolist() == [["Elm", "water"]]
    assert len(visittally.read(path)) == 2
