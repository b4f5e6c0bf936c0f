"""Every column of every table that may be protected says what it measures."""

import pytest

import visittally
from visittally.disclosure.figures import UnstatedMeasureError
from visittally.disclosure.protect import Policy, protect
from visittally.tables.measures import ROW, Content, counted
from visittally.tables.table import Column, Count, Row, Share, Table, Text

HEADERS = (
    "village,visitor,visit_date,household_id,visit_outcome,issue,status,due_date,resolved_date,duration_min,"
    "reply_date,satisfied,prior_report,households_affected,age,weight,remarks"
)


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    folder = tmp_path_factory.mktemp("measures")
    rows = [
        f"{'Ash' if n % 3 else 'Elm'},V{n % 2},2026-0{n % 3 + 1}-{n % 27 + 1:02},h{n},completed,"
        f"{('road', 'water')[n % 2]},{('resolved', 'in progress')[n % 2]},2026-04-01,2026-03-30,"
        f"{n % 9 + 20},2026-04-02,{('yes', 'no')[n % 2]},"
        f"no,{n % 4 + 1},{n + 20},1.{n % 9},remark {n}"
        for n in range(60)
    ]
    path = folder / "visits.csv"
    path.write_text("\n".join([HEADERS, *rows]), encoding="utf-8")
    roster = folder / "roster.csv"
    roster.write_text("village,households,farmers\nAsh,80,20\nElm,30,10\nOak,20,5\n", encoding="utf-8")
    return str(path), str(roster)


@pytest.fixture(scope="module")
def results(survey):
    """Tables of all commands, in many shapes."""
    return list(made(*survey))


def made(path, roster):
    for options in (
        {},
        {"weight": "weight", "interval": True},
        {"percent": "row", "top": 1},
        {"by": ["issue", "visitor"]},
    ):
        yield visittally.summarize(path, **options)
        yield visittally.questions(path, **{k: v for k, v in options.items() if k not in ("percent", "by")})
    for options in ({}, {"by": ["issue"]}, {"interval": True, "as_of": "2026-05-01", "all_columns": True}):
        yield visittally.followup(path, **options)
    yield visittally.coverage(path, roster=roster, by=["village"])
    yield visittally.coverage(path, by=["visit_date:month"])
    yield visittally.compare(path, before=path)
    yield visittally.compare(path, period="month")
    yield visittally.check(path)
    yield visittally.questions(path, by=["village"])


def test_every_column_says_what_it_measures_and_every_share_what_it_divides_by(results):
    seen, shares = set(), 0
    for result in results:
        for table in result.tables.values():
            for version in (table, table.for_people()):
                for position, column in enumerate(version.columns):
                    seen.add(table.name)
                    assert column.measure is not None, (table.name, column.name)
                    if any(isinstance(row.cells[position], Share) for row in version.rows):
                        shares += 1
                        followed = column.measure.kind not in {Content.LOOSE, Content.RECORD}
                        assert column.base is not None or not followed, (table.name, column.name)
    assert len(seen) > 25
    assert shares > 40


def test_words_are_no_figures_and_figures_no_words(results):
    figures = {Content.FIGURE, Content.MADE, Content.RANK, Content.FREE, Content.LOOSE, Content.RECORD}
    for result in results:
        for table in result.tables.values():
            for position, column in enumerate(table.columns):
                numbers = any(isinstance(row.cells[position], Count | Share) for row in table.rows)
                assert not numbers or column.measure.kind in figures, (table.name, column.name)


def test_a_column_that_does_not_say_what_it_measures_cannot_be_protected():
    table = Table("a", "A", (Column("n", "n"),), (Row((Count(3),)),))

    with pytest.raises(UnstatedMeasureError):
        protect([table], Policy(5))
    assert protect([table], Policy()).tables == (table,)


def test_a_share_that_does_not_say_what_it_divides_by_cannot_be_protected():
    columns = (Column("village", "Village", measure=ROW), Column("percent", "%", measure=counted("n")))
    table = Table("a", "A", columns, (Row((Text("Ash"), Share(3, 40))),))

    with pytest.raises(UnstatedMeasureError):
        protect([table], Policy(5))
