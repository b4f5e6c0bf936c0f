"""What an audit found, as tables."""

from __future__ import annotations

from fractions import Fraction

from visittally.analyses.audit.statements import Spoken, Statement
from visittally.analyses.audit.tables import AuditedFile, kinds, tables_of
from visittally.analyses.audit.verdict import Finding

TABLE = """
    village,visits,issues
    Ash,12,3
    Elm,8,2
    Total,21,5
    """


def objecting(verdict):
    """One sum that fails, and one that holds."""
    verdict.relate("sum_rows", "Ash + Elm = Total", 1, 2, "header")
    verdict.tested |= {(2, 1), (2, 2)}
    verdict.object((2, 1), "sum_rows", Fraction(20), "12 + 8", "a digit")
    verdict.notes.append("So.")


def silent(_verdict):
    """Nothing is tested."""


NOTHING = Spoken([], [])


def rows(files, name):
    return tables_of(files)[0][name].to_dict()["rows"]


def test_a_figure_that_does_not_follow_stands_beside_what_would(judged):
    [row] = rows([AuditedFile("a.csv", (judged(TABLE, objecting),), NOTHING)], "findings")

    assert [row[name] for name in ("file", "table", "line", "row", "kind", "printed")] == [
        "a.csv", 1, 4, "Total", "sum_rows", "21",
    ]  # fmt: skip
    assert (row["recomputed"], row["difference"], row["from"], row["explanation"]) == (20, 1, "12 + 8", "a digit")


def test_whole_numbers_are_printed_as_such_and_others_with_four_decimals():
    findings = [Finding(0, 7, "", "", "share", "33.4", Fraction(100, 3)), Finding(0, 8, "", "", "cut", "x")]
    findings.append(Finding(0, 9, "", "", "sum_rows", "21", Fraction(20)))
    spoken = Spoken([], findings)
    first, second, third = tables_of([AuditedFile("a.docx", (), spoken)])[0]["findings"].rows

    assert (first.cells[7].value, first.cells[7].digits) == (100 / 3, 4)
    assert (third.cells[7].value, third.cells[7].digits) == (20, 0)
    assert (first.cells[1].value, second.cells[7].value, second.cells[7].digits) == (None, None, 0)


def test_findings_of_tables_come_first_in_the_order_of_their_lines(judged):
    verdict = judged(TABLE, objecting)
    verdict.findings.append(Finding(1, 2, "Ash", "visits", "share", "12"))
    between, said = Finding(2, 9, "", "", "difference", "1"), Finding(0, 1, "", "", "share", "5 %")
    file = AuditedFile("a.csv", (verdict,), Spoken([], [said]), (between,))

    assert [finding.line for finding in file.findings()] == [2, 4, 9, 1]


def test_how_much_was_tested_and_what_stands_alone_is_said(judged):
    """Of six figures in the table two were tested."""
    notes = tables_of([AuditedFile("a.csv", (judged(TABLE, objecting),), Spoken([], [], 3, 1))])[0]["findings"].notes

    assert notes[0] == (
        "5 figures tested by 1 relations; 1 do not follow. 5 figures stand alone and could not be tested."
    )
    assert notes[1:] == ("So.",)


def test_figures_that_are_not_exact_are_counted(judged):
    text = TABLE.replace("Ash,12,3", "Ash,约12,3")
    notes = tables_of([AuditedFile("a.csv", (judged(text, silent),), NOTHING)])[0]["findings"].notes

    assert any(note.startswith("1 figures say that they are not exact") for note in notes)


def test_relations_say_how_often_they_hold(judged):
    [row] = rows([AuditedFile("a.csv", (judged(TABLE, objecting),), NOTHING)], "relations")

    assert list(row.values()) == ["a.csv", 1, "sum_rows", "Ash + Elm = Total", 1, 2, "header"]


def test_shares_in_sentences_have_a_table_where_there_are_any():
    statement = Statement(3, "12 of 20 (60 %)", "60 %", "12 / 20", "follows")
    tables, shown = tables_of([AuditedFile("a.docx", (), Spoken([statement], []))])

    assert shown == ("findings", "relations", "statements")
    [row] = tables["statements"].to_dict()["rows"]
    assert list(row.values()) == ["a.docx", 3, "12 of 20 (60 %)", "60 %", "12 / 20", "follows"]
    assert "statements" not in tables_of([AuditedFile("a.docx", (), NOTHING)])[0]


def test_people_read_the_name_of_the_file_only_where_there_are_several():
    one, other = AuditedFile("a.csv", (), NOTHING), AuditedFile("b.csv", (), NOTHING)

    assert tables_of([one])[0]["findings"].columns[0].people is False
    assert tables_of([one, other])[0]["findings"].columns[0].people is True


def test_kinds_have_words_of_their_own():
    assert len(set(kinds().values())) == len(kinds())


def test_figures_that_are_damaged_stand_alone_and_words_are_no_figures(judged):
    """Eight figures, one of them damaged, and none was tested; who wrote them is no figure."""
    text = "village,visits,issues,by\nAsh,12,3,Ann\nElm,8,2?,Bo\nOak,9,4,Ann\nFir,7,1,Cy\n"
    notes = tables_of([AuditedFile("a.csv", (judged(text, silent),), NOTHING)])[0]["findings"].notes

    assert notes[0].endswith(" 8 figures stand alone and could not be tested.")
