"""The registry of formats."""

import subprocess
import sys

import pytest
import tabulate

from visittally import render
from visittally.errors import UsageError
from visittally.reading.receipt import FileReceipt, Receipt
from visittally.tables.result import Result
from visittally.tables.table import (
    Column,
    Count,
    Row,
    Table,
    Text,
)

TABLE = Table("areas", "Visits", (Column("village", "Village"), Column("n", "N")), (Row((Text("A"), Count(1))),))
RESULT = Result({"areas": TABLE}, Receipt([FileReceipt("a.csv", records_read=1)]))


def test_the_formats_of_tabulate_are_there_whatever_its_release():
    """A newer one may have more."""
    assert set(render._TEXT) <= set(tabulate.tabulate_formats)
    assert {"simple", "grid", "latex", "rst"} <= set(render.FORMATS)


def test_no_format_is_named_twice():
    assert len(render.FORMATS) == len(set(render.FORMATS))


@pytest.mark.parametrize("name", [name for name in render.FORMATS if name != "toml"])
def test_every_format_writes_a_table_and_the_same_bytes_again(name):
    once = render.render([TABLE], RESULT, name, render.RenderOptions())

    assert once
    assert once == render.render([TABLE], RESULT, name, render.RenderOptions())


@pytest.mark.parametrize(
    ("path", "name"),
    [("a.md", "markdown"), ("b/a.TXT", "table"), ("a.b.csv", "csv"), ("a.xlsx", "xlsx"), ("a.jsonl", "jsonl")],
)
def test_the_suffix_says_the_format(path, name):
    assert render.format_for(path) == name


def test_every_suffix_stands_for_a_format():
    assert set(render.SUFFIXES.values()) <= set(render.FORMATS)


@pytest.mark.parametrize("path", ["report.nosuch", "report", ".csv"])
def test_another_suffix_is_an_error_that_names_it(path):
    with pytest.raises(UsageError, match=path.replace(".", r"\.")):
        render.format_for(path)


def test_an_unknown_format_is_an_error():
    with pytest.raises(UsageError, match="nosuch"):
        render.render([TABLE], RESULT, "nosuch", render.RenderOptions())


def test_naming_the_formats_loads_none_of_them():
    code = (
        "import sys, visittally.render\n"
        "heavy = {'tabulate', 'jinja2', 'docx', 'xlsxwriter', 'wcwidth', 'pandas', 'click'}\n"
        "print(heavy & set(sys.modules))"
    )

    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"
