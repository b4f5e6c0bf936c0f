"""The Python interface: a function for each command, errors as exceptions."""

from __future__ import annotations

import gzip
import html
import inspect
import io
import re
from dataclasses import fields
from datetime import date
from importlib import import_module
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import visittally
from visittally import keywords, messages
from visittally.cli.purposes import PURPOSES
from visittally.errors import UsageError, VisitTallyError
from visittally.settings import Settings

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


@pytest.mark.parametrize("name", ["summarize", "questions", "coverage", "followup", "columns", "read", "report"])
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


# ---------------------------------------------------------------- keywords
PRINTING = {
    "files",
    "format",
    "output",
    "quiet",
    "verbose",
    "config",
    "scheduler",
    "raw",
    "bars",
    "formulas",
    "bom",
    "table",
    "help",
}
"""Options about printing, which mean nothing here."""
SECTIONS = {"statuses", "outcomes", "aliases", "nets", "missing"}
"""What only a configuration says on the command line."""
COMMANDS = [name for name in PURPOSES if name not in ("open", "guide")]  # these are no calls of a program


def _known(name):
    return getattr(keywords, f"{name.capitalize()}Keywords")


def _options(name):
    """The options of a command that are more than printing, by their names in the settings."""
    command = getattr(import_module(f"visittally.cli.{name}"), name)
    return {"ticked" if p.name == "tick" else p.name for p in command.params} - PRINTING


@pytest.mark.parametrize("name", COMMANDS)
def test_the_keywords_are_the_options_of_the_command(name):
    """A new option of a command is a keyword too: add it to its class in `keywords`."""
    # the exit status of what was found; a file that is written instead of reading any
    printed = {"audit": {"strict"}, "columns": {"template"}}.get(name, set())
    assert _options(name) - SECTIONS - printed == set(_known(name).__annotations__) - SECTIONS - {"client"}


def test_every_setting_of_a_command_is_a_keyword_and_every_keyword_a_setting():
    settings = {field.name for field in fields(Settings)}
    known = {keyword for name in COMMANDS for keyword in _known(name).__annotations__} - {"client"}

    assert known <= settings
    assert settings & ({option for name in COMMANDS for option in _options(name)} | SECTIONS) == known


@pytest.mark.parametrize("name", COMMANDS)
def test_editors_and_help_see_every_keyword(name):
    shown = inspect.signature(getattr(visittally, name)).parameters

    assert set(_known(name).__annotations__) == {n for n, p in shown.items() if p.kind is p.KEYWORD_ONLY}
    assert shown["lang"].annotation == "str"
    assert shown["lang"].default == ""


WRONG = [
    *({name: 3} for name in ("across", "weight", "encoding", "delimiter", "sheet", "codebook")),
    *({name: "yes"} for name in ("strict", "interval", "complete", "no_code", "public", "show_visitors")),
    *({name: value} for name in ("top", "digits", "min_cell") for value in (-1, "3", True, 1.5)),
    {"digits": 11},
    *({name: value} for name in ("by", "where", "form") for value in (3, [3], [None])),
    *(
        {name: value}
        for name in ("columns", "aliases", "missing", "ticked", "statuses")
        for value in (3, "a=b", [("a", 1)])
    ),
    {"columns": {"village": 3}},
    {"columns": {3: "village"}},
    {"aliases": {"village": "Ash"}},
    {"missing": {"refused": None}},
    {"nets": "wet"},
    {"nets": {"wet": {"question": "issue"}}},
    {"nets": {"wet": {"answers": "water"}}},
    {"lang": "fr"},
    {"lang": 3},
    {"base": 3},
]


@pytest.mark.parametrize("options", WRONG, ids=str)
def test_a_wrong_value_is_a_sentence(visits, options):
    """Whatever it is, and with the keyword's name."""
    with pytest.raises(VisitTallyError, match=next(iter(options))):
        visittally.summarize(visits, **options)


@pytest.mark.parametrize("value", ["yesterday", 3, "2026-13-01"])
def test_a_day_is_a_date_or_its_text(visits, value):
    with pytest.raises(VisitTallyError, match="2026-04-30"):
        visittally.followup(visits, as_of=value)
    assert visittally.followup(visits, as_of="2026-03-09").tables["summary"].to_dict() == (
        visittally.followup(visits, as_of=date(2026, 3, 9)).tables["summary"].to_dict()
    )


def test_what_a_configuration_says_is_a_keyword_too(visits):
    options = {
        "nets": {"wet or rough": {"question": "issue", "answers": ["road", "water"]}},
        "statuses": {"open": "resolved"},
        "aliases": {"village": {"Birch": "Ash"}},
        "missing": {"refused": ["none"]},
    }

    tables = visittally.summarize(visits, **options).tables

    assert tables["areas"].to_pandas()["village"].tolist() == ["Ash"]
    assert "wet or rough" in tables["issues"].to_pandas()["issue"].tolist()


# ---------------------------------------------------------------- what is handed over
def _areas(files, **options):
    return visittally.summarize(files, **options).tables["areas"].to_dict()["rows"]


def test_a_frame_is_read_as_its_file_is(visits):
    """Whatever the index is called, and beside files."""
    frame = pd.read_csv(visits)

    assert (
        _areas(visits)
        == _areas(frame)
        == _areas([frame])
        == _areas(frame.set_index("village"))
        == _areas(pa.table(frame))
    )
    assert _areas([visits, visits])[0]["cases"] == 4 == _areas([frame, Path(visits)])[0]["cases"]
    assert visittally.summarize(frame).receipt.files[0].file == "DataFrame"
    assert visittally.read(frame).columns.tolist() == ["village", "visit_date", "issue", "status"]


def test_codes_of_a_frame_stay_codes():
    """pandas makes 1.0 of a code beside a missing one; dates, categories and text with commas come through."""
    frame = pd.DataFrame(
        {
            "code": [1, None, 3],
            "share": [0.5, None, 2],
            "day": pd.to_datetime(["2026-03-01", None, "2026-03-02"]),
            "village": pd.Categorical(["Ash, upper", "Elm", None]),
            "note": ['say "no"', "two\nlines", "村"],
        }
    )

    assert visittally.read(frame).to_numpy().tolist() == [
        ["1", "0.5", "2026-03-01", "Ash, upper", 'say "no"'],
        ["", "", "", "Elm", "two\nlines"],
        ["3", "2.0", "2026-03-02", "", "村"],
    ]


def test_open_files_are_read_and_stay_open(visits):
    """From a disk, from memory, and packed."""
    content = Path(visits).read_bytes()
    with Path(visits).open("rb") as file:
        assert _areas(file) == _areas(visits)
        assert not file.closed
        assert visittally.summarize(io.BytesIO(gzip.compress(content))).receipt.records_read == 4
    assert _areas([io.BytesIO(content), io.BytesIO(content)]) == _areas([visits, visits])


@pytest.mark.parametrize("files", [None, 3, [3], b"visits.csv", [], [None], io.StringIO("village,issue\nAsh,road\n")])
def test_what_cannot_be_read_is_said(files):
    with pytest.raises(UsageError):
        visittally.summarize(files)


# ---------------------------------------------------------------- the same program
def test_the_language_holds_for_one_call(visits):
    """Tables that are made later speak it too; an error leaves the language as it was."""
    result = visittally.summarize(visits, lang="cn")

    assert messages.language() == "en"
    assert result.tables["issues"].title == "群众反映的问题"
    assert result.tables["areas"].title == "各地走访情况"
    assert "表1" in result._repr_html_()
    with pytest.raises(VisitTallyError, match=r"nosuch\.csv 不存在"):
        visittally.summarize("nosuch.csv", lang="zh")
    assert messages.language() == "en"
    assert visittally.summarize(visits).tables["areas"].title == "Visits by place"


def test_tables_do_not_depend_on_where_they_would_be_written(write):
    """Households of the roster and texts of the issues are listed, unless the result is to be published."""
    visits = write("visits.csv", "village,household_id,issue_text,status\nAsh,1,a hole in the road,open\n")
    plan = write("plan.csv", "village,household_id\nAsh,1\nAsh,2\n")

    missing = visittally.coverage(visits, roster=Path(plan)).tables["missing"].to_pandas()
    public = visittally.coverage(visits, roster=plan, public=True).tables
    wordy = visittally.followup(visits, with_text=True).tables["list"].to_pandas()

    assert missing["household_id"].tolist() == ["2"]
    assert "missing" not in public
    assert wordy["issue_text"].tolist() == ["a hole in the road"]
    assert "issue_text" not in visittally.followup(visits).tables["list"].to_pandas()


@pytest.mark.parametrize("suffix", ["html", "md", "xlsx", "docx"])
def test_a_report_is_written_as_the_command_writes_it(visits, command, folder, suffix):
    first = visittally.report(visits, f"a.{suffix}", title="Visits")
    first.save(folder / f"b.{suffix}")

    assert (folder / f"a.{suffix}").read_bytes() == (folder / f"b.{suffix}").read_bytes()
    assert "Visits" in repr(first)
    assert first.receipt.records_counted == 4
    with pytest.raises(VisitTallyError, match="nothing was changed"):
        first.save(_as_suffix(visits, suffix))


def _as_suffix(visits, suffix):
    link = Path(f"link.{suffix}")
    link.symlink_to(visits)
    return link


def test_a_report_shows_itself_in_a_notebook(visits):
    shown = visittally.report(visits, lang="zh")._repr_html_()

    assert shown.startswith("<iframe srcdoc=")
    assert "&lt;html" in shown
    assert "<script" not in shown


# ---------------------------------------------------------------- notebooks
def _texts(page):
    """The texts of all cells of all tables of a page, and what stands under them."""
    return [html.unescape(text) for text in re.findall(r"<(?:td|th|caption)\b[^>]*>(.*?)</", page, re.DOTALL)]


def test_results_show_the_same_cells_as_the_page(write, command):
    """Escaped, with titles, bases and totals."""
    path = write("v.csv", 'village,issue\n<b>Ash</b>,road & rail\nElm,"""wells"""\nElm,road & rail\n')
    result = visittally.summarize(path)

    shown = result._repr_html_()
    printed = command("summarize", path, "-f", "html").out

    assert _texts(shown) == _texts(printed)
    assert "&lt;b&gt;Ash" in shown
    assert "<b>Ash" not in shown
    assert "Base: " in shown
    alone = result.tables["issues"]._repr_html_()
    assert "Issues raised</caption>" in alone
    assert "Table 1" not in alone


def test_figures_are_shown_as_was_asked(write):
    head, *rows = VISITS.strip().splitlines()
    path = write("more.csv", "\n".join(["    " + head, *rows * 3]))
    result = visittally.summarize(path, digits=3)

    assert "75.000" in result._repr_html_()
    assert repr(result).count("\n") == 0
    assert len(repr(result)) < 200
    assert repr(result.tables["areas"]).startswith("<Table areas: ")
