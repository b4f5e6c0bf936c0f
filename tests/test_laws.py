"""What holds for every table of records: nothing is lost, and no order, cut or weight moves a figure.

The files are written in random dialects, counted through the Python interface, and compared with each other or with
a plain recomputation in pandas.
"""

from __future__ import annotations

import csv
import io
import math
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import visittally
from visittally.counting import engine
from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions

VILLAGES = ["Ashfield", "Birchwood", "Cedar Hill", "丁家村", ""]
ISSUES = ["road", "water", "school", "none"]
FEW = settings(max_examples=15, deadline=None)

cells = st.lists(st.sampled_from(ISSUES[:3]), max_size=3, unique=True).map(";".join) | st.just("none")
records = st.lists(
    st.fixed_dictionaries(
        {
            "village": st.sampled_from(VILLAGES),
            "issue": cells,
            "household_id": st.integers(1, 6).map(str) | st.just(""),
            "sex": st.sampled_from(["f", "m"]),
            "age": st.integers(0, 90).map(str) | st.just(""),
        }
    ),
    min_size=6,
    max_size=40,
)
"""Visits; a few more of certain kinds stand before them, so that their columns are understood alike."""
KNOWN = [
    {"village": village, "issue": issue, "household_id": str(90 + i), "sex": "fm"[i % 2], "age": str(20 + i)}
    for i, (village, issue) in enumerate(zip(VILLAGES[:4] * 2, [*ISSUES, "road;water", *ISSUES[:3]], strict=True))
]


def text_of(rows, columns=None, dialect=None):
    """The rows as delimited text."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns or list(rows[0]), **(dialect or {"lineterminator": "\n"}))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


@pytest.fixture(scope="module")
def files():
    """Write texts to files, always under the same names for the same numbers."""
    with tempfile.TemporaryDirectory() as folder:

        def put(*texts, encoding="utf-8"):
            paths = [Path(folder) / f"part{i}.csv" for i in range(len(texts))]
            for path, text in zip(paths, texts, strict=True):
                path.write_bytes(text.encode(encoding))
            return [str(path) for path in paths]

        yield put


def figures(result):
    """All tables of a result as programs see them."""
    return {name: table.to_dict() for name, table in result.tables.items()}


# ---------------------------------------------------------------- conservation
dialects = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
    }
)
any_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@given(st.lists(st.tuples(any_text, any_text, any_text), min_size=1, max_size=15), dialects, st.data())
@FEW
def test_every_record_read_is_counted_or_set_aside(files, rows, dialect, data):
    """Whatever stands in the cells, also in records that are too long or too short."""
    table = [{"village": a, "issue": b, "note": c} for a, b, c in rows]
    lines = text_of(table, dialect=dialect).split(dialect["lineterminator"])
    broken = data.draw(st.integers(1, len(lines) - 1))
    lines[broken] += dialect["delimiter"] * data.draw(st.integers(0, 3))
    [path] = files(dialect["lineterminator"].join(lines))

    receipt = visittally.questions(path, delimiter=dialect["delimiter"]).receipt

    assert receipt.records_read == receipt.records_counted + receipt.records_set_aside
    assert sum(file.counts.total() for file in receipt.files) == receipt.records_set_aside
    assert receipt.records_set_aside == sum(len(file.entries) for file in receipt.files)


@given(records, dialects, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
@FEW
def test_no_dialect_moves_a_figure(files, rows, dialect, encoding):
    """The same visits in any encoding, with any delimiter, quotes and line ends."""
    rows = KNOWN + rows
    plain = figures(visittally.summarize(files(text_of(rows))))

    assert plain == figures(visittally.summarize(files(text_of(rows, dialect=dialect), encoding=encoding)))


# ---------------------------------------------------------------- order and cuts
@given(records, st.randoms(use_true_random=False), st.integers(1, 30))
@settings(max_examples=8, deadline=None)
def test_no_order_and_no_cut_moves_a_figure(files, rows, random, cut):
    """Rows shuffled, columns moved, the file cut in two and given in another order: the same tables.

    But for blanks that mean "as above", which is what order is for.
    """

    def counted(paths):
        return figures(visittally.summarize(paths, no_fill_down=True))

    rows = KNOWN + rows
    expected = counted(files(text_of(rows)))

    shuffled, columns = list(rows), list(rows[0])
    random.shuffle(shuffled)
    random.shuffle(columns)
    first, second = KNOWN + shuffled[:cut], shuffled[cut:] or shuffled
    assert expected == counted(files(text_of(shuffled, columns)))

    whole = counted(files(text_of(KNOWN + first + second)))
    paths = files(text_of(KNOWN + first, columns), text_of(second))
    assert whole == counted(paths) == counted(paths[::-1])


@given(records, st.integers(5, 9), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_many_files_of_one_export_are_counted_as_one(files, rows, pieces, random):
    """One export cut into many files, each with its header: the same tables."""
    rows = KNOWN * pieces + rows * (2 * pieces)
    random.shuffle(rows)
    size = -(-len(rows) // pieces)
    parts = [text_of(rows[i : i + size]) for i in range(0, len(rows), size)]
    whole = figures(visittally.summarize(files(text_of(rows)), no_fill_down=True))

    assert whole == figures(visittally.summarize(files(*parts), no_fill_down=True))


def test_records_without_coordinates_are_visits_of_their_own_in_every_piece(files):
    """Two coordinates are blank together: that says nothing of merged cells, however many stand in one piece."""
    rows = [
        {
            "village": VILLAGES[n % 4],
            "issue": ISSUES[n % 3],
            "Longitude": "" if n % 60 > 20 else f"{1 + n / 1000}",
            "Latitude": "" if n % 60 > 20 else f"{51 + n / 1000}",
        }
        for n in range(300)
    ]
    whole = figures(visittally.summarize(files(text_of(rows))))

    pieces = files(*(text_of(rows[i : i + 50]) for i in range(0, len(rows), 50)))

    assert whole == figures(visittally.summarize(pieces))


@given(records)
@settings(max_examples=8, deadline=None)
def test_no_partition_and_no_worker_moves_a_figure(files, small_pieces, rows):
    """Counted in many small stretches by several threads: the same tables and the same receipt."""
    paths = files(text_of(KNOWN + rows))
    expected = visittally.summarize(paths)

    with small_pieces():
        found = visittally.summarize(paths)

    assert figures(expected) == figures(found)
    assert expected.receipt.to_dict() == found.receipt.to_dict()


@given(records, dialects, st.sampled_from(["utf-8", "gb18030"]))
@settings(max_examples=8, deadline=None)
def test_no_heart_moves_a_figure(files, small_pieces, hearts, rows, dialect, encoding):
    """Read by numpy or by the compiled module, whatever instructions it uses: the same tables, the same receipt."""
    paths = files(text_of(with_keys(KNOWN + rows), dialect=dialect), encoding=encoding)
    found = []
    for beating in hearts():
        with small_pieces(), beating:
            result = visittally.summarize(paths)
            found.append((figures(result), result.receipt.to_dict()))

    assert all(each == found[0] for each in found)


def test_the_pieces_of_these_tests_are_small(files, small_pieces):
    """The law above is about several partitions and blocks."""
    with small_pieces():
        [source] = open_sources(files(text_of(KNOWN * 5)), ReadingOptions())
        assert len(source.partitions(engine.PARTITION)) > 2
        assert len(list(source.blocks([0]))) > 2


# ---------------------------------------------------------------- what adds up
@given(records)
@FEW
def test_a_case_is_raised_or_not_and_counts_once(files, rows):
    """raised + no_issue + not_recorded = cases in each row; rows of one village each add up to the total."""
    areas = visittally.summarize(files(text_of(KNOWN + rows)), per="case").tables["areas"].to_dict()["rows"]
    *places, total = areas

    assert all(row["raised"] + row["no_issue"] + row["not_recorded"] == row["cases"] for row in areas)
    for name in ("cases", "raised", "no_issue", "not_recorded", "mentions"):
        assert sum(row[name] for row in places) == total[name]
    assert total["cases"] == len(KNOWN + rows)


@given(records)
@FEW
def test_a_total_over_a_multi_select_counts_a_case_once(files, rows):
    """Rows by issue hold a case once for each issue that it names, the total holds it once."""
    rows = KNOWN + rows
    areas = visittally.summarize(files(text_of(rows)), by=["issue"], across="sex", per="case").tables["areas"]
    *issues, total = areas.to_dict()["rows"]

    assert total["cases"] == len(rows)
    named = {row["issue"]: row["cases"] for row in issues}
    assert named == {name: n for name in (*ISSUES, "") if (n := sum(name in row["issue"].split(";") for row in rows))}


# ---------------------------------------------------------------- the same by plain means
def split(cell):
    return [part for part in cell.split(";") if part]


def plainly(rows, weight=None):
    """Issue -> (mentions, weighted mentions), and the base with its weight, recomputed in pandas."""
    frame = pd.DataFrame(rows)
    frame["w"] = 1.0 if weight is None else pd.to_numeric(frame[weight], errors="coerce")
    if weight is not None:
        frame = frame[frame["w"] > 0]
    asked = frame[frame["issue"] != ""]
    named = asked.assign(issue=asked["issue"].map(split)).explode("issue")
    named = named[named["issue"] != "none"]
    sums = named.groupby("issue")["w"].agg(["count", "sum"])
    return {k: (int(v["count"]), v["sum"]) for k, v in sums.iterrows()}, len(asked), math.fsum(asked["w"])


@given(records)
@FEW
def test_unweighted_figures_are_those_of_pandas(files, rows):
    """Mentions, bases and percentages of the issues."""
    rows = KNOWN + rows
    issues = visittally.summarize(files(text_of(rows)), per="case").tables["issues"].to_dict()
    mentions, base, _weight = plainly(rows)

    assert issues["base"]["cases"] == base
    assert {row["issue"]: row["mentions"] for row in issues["rows"]} == {k: n for k, (n, _) in mentions.items()}
    for row in issues["rows"]:
        assert row["percent_of_cases"] == pytest.approx(100 * mentions[row["issue"]][0] / base)
        assert row["percent_of_all"] == pytest.approx(100 * mentions[row["issue"]][0] / len(rows))


weights = st.sampled_from(["0", "0.25", "1", "1.5", "3", "", "-1", "1e-3"])


@given(records, st.data())
@FEW
def test_weighted_figures_are_those_of_pandas(files, rows, data):
    """Weights of zero count for nothing, blank and negative ones are set aside, n stays unweighted."""
    rows = [{**row, "weight": data.draw(weights)} for row in rows]
    rows = [{**row, "weight": "2"} for row in KNOWN] + rows
    result = visittally.summarize(files(text_of(rows)), weight="weight")
    issues = result.tables["issues"].to_dict()
    mentions, base, weight = plainly(rows, "weight")

    assert result.receipt.records_set_aside == sum(row["weight"] in ("", "-1") for row in rows)
    assert issues["base"]["cases"] == base
    assert {row["issue"]: row["mentions"] for row in issues["rows"]} == {k: n for k, (n, _) in mentions.items()}
    for row in issues["rows"]:
        assert row["weighted"] == pytest.approx(mentions[row["issue"]][1])
        assert row["percent_of_cases"] == pytest.approx(100 * mentions[row["issue"]][1] / weight)


@given(records)
@FEW
def test_questions_are_those_of_pandas(files, rows):
    """One-option questions and multi-selects, in all and by a banner, each group with its own base."""
    rows = KNOWN + rows
    table = visittally.questions(files(text_of(rows)), question=["issue"], by=["sex"]).tables["issue"].to_dict()
    for row in table["rows"]:
        group = [r for r in rows if r["sex"] == row["sex"] and r["issue"]]
        assert row["base"] == len(group)
        assert row["mentions"] == sum(row["answer"] in split(r["issue"]) for r in group)


@given(records)
@FEW
def test_numbers_are_those_of_pandas(files, rows):
    """n, mean and quartiles as `Series.describe` gives them."""
    rows = KNOWN + rows
    [row] = visittally.questions(files(text_of(rows)), question=["age"]).tables["age"].to_dict()["rows"]
    ages = pd.to_numeric(pd.Series([r["age"] for r in rows])).describe()

    assert row["n"] == ages["count"]
    for ours, theirs in (("mean", "mean"), ("q1", "25%"), ("median", "50%"), ("q3", "75%"), ("max", "max")):
        assert row[ours] == pytest.approx(ages[theirs])


def test_grouping_a_multi_select_keeps_four_submissions_four(files):
    """Four visits that name seven issues are four in every base and total."""
    text = "village,issue\nA,road;water\nA,water\nB,road;school;water\nB,road\n"
    tables = figures(visittally.summarize(files(text)))

    assert tables["areas"]["rows"][-1]["cases"] == tables["crosstab"]["rows"][-1]["cases"] == 4
    assert tables["issues"]["base"]["cases"] == 4
    assert {row["base"] for row in tables["long"]["rows"]} == {2}
    banner = figures(visittally.questions(files(text), question=["issue"], by=["village"]))["issue"]["rows"]
    assert {row["base"] for row in banner} == {2}


# ---------------------------------------------------------------- the same record twice
def with_keys(rows):
    """Records with a technical key each."""
    return [{"_uuid": f"6bd1c2f0-{i:04d}-4000", **row} for i, row in enumerate(rows)]


@given(records, st.randoms(use_true_random=False))
@settings(max_examples=6, deadline=None)
def test_duplicates_are_settled_by_content(files, rows, random):
    """Of two records with one key the fuller one counts, wherever it stands and in whichever file."""
    rows = with_keys(KNOWN * 2 + rows)
    fuller = {**rows[3], "village": "Ashfield", "issue": "road;water;school"}
    poorer = {**rows[3], "village": "Birchwood", "issue": ""}
    rows[3] = fuller
    expected = figures(visittally.summarize(files(text_of(rows))))

    several = [*rows, poorer]
    random.shuffle(several)
    together = visittally.summarize(files(text_of(several)))
    apart = visittally.summarize(files(text_of([poorer]), text_of(rows)))

    assert expected == figures(together) == figures(apart)
    assert together.receipt.records_set_aside == apart.receipt.records_set_aside == 1


def test_a_record_that_is_left_out_does_not_push_its_duplicate_out(files):
    """Conditions come first: of the records that meet them, one of each key counts."""
    rows = with_keys(KNOWN * 6)
    inside = {**rows[0], "village": "Ashfield", "household_id": "", "age": ""}
    outside = {**rows[0], "village": "Birchwood", "issue": "road;water;school"}
    rows = [inside, {**inside, "sex": ""}, outside, *rows[1:]]

    receipt = visittally.summarize(files(text_of(rows)), where=["village=Ashfield"]).receipt

    keys = {row["_uuid"] for row in rows if row["village"] == "Ashfield"}
    assert receipt.records_counted == len(keys)
