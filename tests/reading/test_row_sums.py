"""Totals that only their figures tell: found under any name, and never where a record could stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.reading.hand_rows import judge_rows
from visittally.reading.kept import KeptRow, KeptTable

HEADER = ("Nr", "Ort", "Haus", "Leute", "Kinder", "Tag", "Frage", "Stand")
PLACES, QUESTIONS, STATES = ("Aal", "Bach", "Cham"), ("Weg", "Wasser", "Licht"), ("offen", "fertig")
RECORDS = st.lists(
    st.tuples(st.sampled_from(PLACES), st.integers(1, 9), st.integers(0, 4), st.sampled_from(QUESTIONS)),
    min_size=4,
    max_size=12,
)


def table(rows, header=HEADER):
    return KeptTable("own.csv", header, rows=tuple(KeptRow(n, tuple(map(str, row))) for n, row in enumerate(rows, 2)))


def record(n, place, people, children, question):
    return (n, place, f"H{n}", people, children, f"2026-03-{n:02}", question, STATES[n % 2])


def lines(rows, header=HEADER):
    return [row.line for row in judge_rows(table(rows, header)).rows]


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.sampled_from(["Усе разом", "Kokku", "Sammanlagt", "全部加起来", "S/T"]), st.booleans())
def test_sums_change_nothing_but_the_receipt(found, name, by_place):
    """Sums of each place and of all, under names that no list has."""
    found = sorted(found, key=lambda one: one[0])
    records = [record(n, *one) for n, one in enumerate(found, 1)]
    rows, at = [], []
    for one in records:
        rows.append(one)
        at.append(len(rows) + 1)
        group = [r for r in records if r[1] == one[1]]
        if by_place and one is group[-1] and len(group) > 1:
            rows.append(("", f"{name} {one[1]}", "", sum(r[3] for r in group), sum(r[4] for r in group), "", "", ""))
    rows.append((name, "", len(records), sum(r[3] for r in records), sum(r[4] for r in records), "", "", ""))

    assert lines(rows) == at


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.integers(1, 60), st.integers(0, 30))
def test_sparse_records_stay_where_their_figures_are_no_sums(found, people, children):
    """A household of which only the numbers were written down is a record."""
    records = [record(n, *one) for n, one in enumerate(found, 1)]
    of_all = sum(one[1] for one in found)
    last = ("", "Dorf", "", people + of_all, children, "", "", "")
    rows = [*records, last, record(len(records) + 1, "Aal", 3, 1, "Weg")]

    assert len(lines(rows)) == len(rows)


def test_a_place_that_others_have_needs_the_sum_of_its_own_records():
    """Else it is one more of them."""
    records = [record(1, "Bach", 2, 1, "Weg"), *(record(n, "Aal", 2, 1, "Weg") for n in (2, 3, 4))]
    last = record(5, "Cham", 1, 1, "Licht")

    assert len(lines([*records, ("", "Aal", "", 6, 3, "", "", ""), last])) == 5
    assert len(lines([*records, ("", "Aal", "", 8, 4, "", "", ""), last])) == 6


def test_counts_of_places_have_their_totals_first_or_last():
    """Where nothing but figures stands in a table, several of them must add up."""
    header = ("Ort", "Besuche", "Weg", "Wasser", "Licht")
    rows = [("Aal", 12, 3, 1, 2), ("Bach", 9, 2, 2, 0), ("Cham", 7, 0, 4, 1)]
    total = ("Alles", 28, 5, 7, 3)

    assert lines([*rows, total], header) == lines(rows, header) == [2, 3, 4]
    assert lines([total, *rows], header) == [3, 4, 5]
    assert len(lines([*rows, ("Dorf", 28, 5, 7, 4)], header)) == 4
    assert len(lines([("Aal", 1, 0, 0, 1), ("Bach", 1, 1, 0, 0), ("Cham", 2, 1, 0, 1)], header)) == 3


def test_counts_below_words_tell_a_total():
    """A number among answers that are words counts the rows above."""
    rows = [record(n, "Aal" if n < 4 else "Bach", 2, 1, "Weg") for n in range(1, 8)]
    parted = [(r[0], r[1], r[2], r[5], r[6], r[7]) for r in rows]
    header = ("Nr", "Ort", "Haus", "Tag", "Frage", "Stand")
    told = [
        *parted[:3],
        ("", "Zus. Aal", "", "", 3, ""),
        *parted[3:],
        ("", "Zus. Bach", "", "", 5, ""),
    ]

    assert judge_rows(table(told, header)).by_figures == (5, 10)


@pytest.mark.parametrize("header", ["household_id", "户号", "HH No.", "age", "Leute"])
@pytest.mark.parametrize("figures", [(1, 2, 3), (20, 25, 45)])
def test_numbers_of_households_add_up_nothing(header, figures):
    """Nor do ages; and one small number alone is soon the sum of two others, whatever it counts."""
    first, second, both = figures
    rows = [
        ("Aal", "f", first, "Weg", "offen", "2026-03-01"),
        ("Aal", "m", second, "Wasser", "fertig", "2026-03-02"),
        ("", "x", both, "", "", ""),
        ("Bach", "f", 4, "Licht", "offen", "2026-03-03"),
    ]
    are_added = header == "Leute" and both > 9

    assert len(lines(rows, ("Ort", "Wer", header, "Frage", "Stand", "Tag"))) == (3 if are_added else 4)


def test_a_figure_that_fits_by_chance_makes_no_total_of_rows_called_alike():
    """Of three rows of places that no record names one adds up: the others are records."""
    records = [record(n, "Aal", 3, 1, "Weg") for n in range(1, 5)]
    sparse = [("", "Dorf 1", "", 12, 4, "", "", ""), *(("", f"Dorf {n}", "", 98, 50, "", "", "") for n in (2, 3))]
    last = record(5, "Bach", 3, 1, "Weg")

    assert lines([*records, *sparse, last]) == [2, 3, 4, 5, 7, 8, 9]


class Watched(tuple):
    """Cells that count how often one of them is looked at."""

    __slots__ = ()
    looks = 0

    def __getitem__(self, at):
        """Count, and give it."""
        Watched.looks += 1
        return super().__getitem__(at)


def looks(rows):
    """How many looks at cells it takes to judge some rows."""
    Watched.looks = 0
    judge_rows(KeptTable("own.csv", HEADER, rows=tuple(KeptRow(n, Watched(map(str, r))) for n, r in enumerate(rows))))
    return Watched.looks


@pytest.mark.parametrize("at", [6, 7])
@pytest.mark.parametrize("numbered", [True, False])
def test_the_work_grows_with_the_rows_and_no_faster(at, numbered):
    """Rows with little but a number among words, each of which may count all those above; and notes below."""

    def work(n):
        whole = [(k if numbered else "", *record(k, f"A{k % 5}", 2, 1, "Weg")[1:]) for k in range(1, n)]
        sparse = [tuple(f"Elm {k}" if c == 1 else k + 100 if c == at else "" for c in range(8)) for k in range(n)]
        return looks([*whole, *sparse, whole[0]]) + looks([*whole, *sparse])

    assert work(600) < 3 * work(300)
