"""Questions as a report shows them."""

from visittally.render.cells import RenderOptions, grid
from visittally.tables.gathered import NAMED, for_report, for_workbook
from visittally.tables.table import Base, Column, Count, Number, Row, Share, Table, Text

STATISTICS = ("n", "mean", "median", "q1", "q3", "min", "max")


def _numbers(name, n, note=()):
    cells = (Count(n), *(Number(n + i) for i in range(6)))
    base = Base("answered", n, f"Base: {n} cases.")
    return Table(name, f"How {name}?", tuple(Column(s, s) for s in STATISTICS), (Row(cells),), base, note)


def _answers(name, base=10, **mentions):
    columns = [Column("answer", "Answer"), Column("mentions", "Mentions"), Column("base", "Base", people=False)]
    columns += [Column("percent_of_cases", "%")]
    rows = [
        Row((Text(a), n if isinstance(n, Count) else Count(n), Count(base), Share(2, base)))
        for a, n in mentions.items()
    ]
    return Table(name, f"Which {name}?", tuple(columns), tuple(rows), Base("asked", base, "Base."), ("Kept.",))


def _read(table):
    return [list(row) for row in grid(table, RenderOptions()).rows]


def test_questions_of_numbers_are_rows_of_one_table_after_the_others():
    first, table = for_report([_numbers("old", 7), _answers("sex", male=3, female=7), _numbers("many", 9)])

    assert first.name == "sex"
    assert [row[:3] for row in _read(table)] == [["How old?", "7", "7.0"], ["How many?", "9", "9.0"]]


def test_a_single_question_of_numbers_stays_a_table():
    assert for_report([_numbers("old", 7)]) == (_numbers("old", 7),)


def test_what_is_noted_of_one_question_of_numbers_names_it():
    (table,) = for_report([_numbers("a", 7, ("2 texts.", "Weighted.")), _numbers("b", 9, ("Weighted.",))])

    assert table.notes == ("How a?: 2 texts.", "Weighted.")


def test_answers_that_nobody_gave_are_told_below():
    (table,) = for_report([_answers("well", dry=3, broken=0, far=2, none=0)])

    assert [row[0] for row in _read(table)] == ["dry", "far"]
    assert table.notes == ("Kept.", "Nobody answered: broken, none.")


def test_of_many_that_nobody_gave_the_number_is_told():
    noughts = {f"v{i}": 0 for i in range(NAMED + 1)}
    (table,) = for_report([_answers("village", here=3, there=2, **noughts)])

    assert table.notes[-1] == f"Nobody gave {NAMED + 1} further answers that could be given."


def test_a_hidden_nought_and_a_question_that_nobody_answered_stay():
    hidden = _answers("well", dry=9, broken=Count(0, hidden="secondary"))
    nothing = _answers("well", dry=0, broken=0)

    assert for_report([hidden]) == (hidden,)
    assert for_report([nothing]) == (nothing,)


def test_questions_to_which_all_gave_the_same_answer_share_a_table():
    tables = for_report([_answers("here", yes=10, no=0), _answers("age", a=1, b=9), _answers("agree", yes=8, no=0)])

    assert [table.name for table in tables] == ["age", "alike"]
    assert _read(tables[1]) == [["Which here?", "yes", "10"], ["Which agree?", "yes", "8"]]


def test_a_workbook_has_all_answers_on_one_sheet():
    tables = [_answers("sex", m=3, f=7), _answers("age", base=8, a=1, b=7), _numbers("old", 7)]

    answers, numbers = for_workbook(tables)

    assert numbers is tables[2]
    assert _read(answers)[1:3] == [["Which sex?", "f", "7", "10", "20.0"], ["Which age?", "a", "1", "8", "25.0"]]
