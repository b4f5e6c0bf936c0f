"""What readers of all tables together can find out."""

import itertools
import math
import random
from collections import Counter
from dataclasses import replace

import pytest

from visittally.disclosure.protect import Policy, policy_of, protect
from visittally.settings import Settings
from visittally.tables.measures import (
    ANSWER,
    BASE,
    CASES,
    CATEGORY_BESIDE,
    LOOSE,
    MENTIONS,
    RANK,
    RECORD,
    ROW,
    Content,
    Scope,
    counted,
)
from visittally.tables.table import (
    Base,
    Column,
    Count,
    Number,
    Row,
    Share,
    Table,
    Text,
)

AREAS = "village cases raised no_issue not_recorded mentions mentions_per_100_cases"
ISSUES = "rank issue mentions percent_of_cases percent_of_all"
LONG = "village issue mentions base percent_of_cases percent_of_mentions"
# How many answered, as `answers` prints it.
N = counted("n", scope=Scope.PLACE)


MADE = {
    "village": (ROW,),
    "issue": (ANSWER,),
    "answer": (ANSWER,),
    "question": (ROW,),
    "rate": (ROW,),
    "rank": (RANK,),
    "base": (BASE,),
    "n": (N,),
    "mean": (replace(N, kind=Content.MADE, times=1),),
    "max": (replace(N, kind=Content.MADE, times=math.inf),),
    "target": (counted("target", known=True),),
    "mentions_per_100_cases": (counted("mentions"), counted("cases")),
    "percent_of_cases": (counted("mentions"), BASE),
    "percent_of_all": (counted("mentions"), CASES),
    "percent_of_mentions": (counted("mentions"), MENTIONS),
    "numerator": (LOOSE,),
    "denominator": (LOOSE,),
    "value": (LOOSE,),
}


def column(name, label=None, **more):
    measure, base = (*MADE.get(name, (counted(name),)), None)[:2]
    return Column(name, label or name, measure=measure, base=base, **more)


def columns(names):
    return tuple(map(column, names.split()))


class Survey:
    """Counts of a small invented survey: village -> issue -> mentions, and the cases without any."""

    def __init__(self, mentions, no_issue, not_recorded):
        self.mentions, self.no_issue, self.not_recorded = mentions, no_issue, not_recorded
        self.villages = list(mentions)
        totals = Counter()
        for counts in mentions.values():
            totals.update(counts)
        self.issues = sorted(totals, key=lambda issue: (-totals[issue], issue))
        self.raised = {v: max(counts.values(), default=0) + 1 for v, counts in mentions.items()}

    def of(self, village, figure):
        """A figure of a village, or of all (None)."""
        return sum(figure(v) for v in self.villages) if village is None else figure(village)

    def figures(self, village):
        raised = self.of(village, self.raised.__getitem__)
        none = self.of(village, self.no_issue.__getitem__)
        unknown = self.of(village, self.not_recorded.__getitem__)
        mentions = self.of(village, lambda v: sum(self.mentions[v].values()))
        return raised + none + unknown, raised, none, unknown, mentions

    def cell(self, village, issue):
        return self.of(village, lambda v: self.mentions[v].get(issue, 0))

    def tables(self, top=99):
        return [self.long(), self.areas(), self.issue_table(), self.crosstab(top)]

    def areas(self):
        def row(village):
            figures = self.figures(village)
            cells = (Text(village), *map(Count, figures), Share(figures[4], figures[0]))
            return Row(cells, village is None)

        cases = self.figures(None)[0]
        return Table("areas", "Areas", columns(AREAS), tuple(map(row, [*self.villages, None])), Base("all", cases))

    def issue_table(self):
        cases, raised, none, *_ = self.figures(None)
        base = raised + none
        rows = []
        for rank, issue in enumerate(self.issues, 1):
            n = self.cell(None, issue)
            rows.append(Row((Number(rank), Text(issue), Count(n), Share(n, base), Share(n, cases))))
        return Table("issues", "Issues", columns(ISSUES), tuple(rows), Base("asked", base, f"{base} of {cases}"))

    def long(self):
        rows = []
        for village, issue in itertools.product(self.villages, self.issues):
            _cases, raised, none, _unknown, mentions = self.figures(village)
            n, base = self.cell(village, issue), raised + none
            if n:
                cells = (Text(village), Text(issue), Count(n), Count(base), Share(n, base), Share(n, mentions))
                rows.append(Row(cells))
        return Table("long", "Long", columns(LONG), tuple(rows))

    def crosstab(self, top):
        def table(shown, rest):
            cells = replace(counted("mentions"), across="issue")
            spread = [Column(issue, issue, "cells", measure=cells) for issue in shown]
            spread += [Column("", "others", "cells", measure=cells)] if rest else []
            names = (*columns("village"), *spread, *columns("no_issue not_recorded mentions cases"))

            def row(village):
                cases, _raised, none, unknown, mentions = self.figures(village)
                cells = [Count(self.cell(village, issue)) for issue in shown]
                cells += [Count(sum(self.cell(village, issue) for issue in rest))] if rest else []
                margins = map(Count, (none, unknown, mentions, cases))
                return Row((Text(village), *cells, *margins), village is None)

            return Table("crosstab", "Villages and issues", names, tuple(map(row, [*self.villages, None])))

        whole = table(self.issues, [])
        return replace(whole, brief=table(self.issues[:top], self.issues[top:])) if top < len(self.issues) else whole


@pytest.fixture
def survey():
    mentions = {
        "Ashford": {"road": 22, "water": 14, "conduct": 2},
        "Brook": {"road": 17, "water": 3, "school": 9},
        "Cliff": {"road": 12, "water": 11, "school": 8, "conduct": 1},
        "Dale": {"road": 20, "water": 13, "school": 15},
    }
    no_issue = {"Ashford": 6, "Brook": 0, "Cliff": 7, "Dale": 2}
    return Survey(mentions, no_issue, {"Ashford": 9, "Brook": 12, "Cliff": 3, "Dale": 8})


def protected(tables, **policy):
    result = protect(tables, Policy(**{"min_cell": 5, **policy}))
    return {table.name: table for table in result.tables}


def cells(table):
    """Row key and column -> machine value."""
    found = {}
    for row in table.to_dict()["rows"]:
        key = (row.get("village"), row.get("issue"))
        for name, value in (row.get("cells", {}) | row).items():
            if name != "cells":
                found[(*key, name)] = value
    return found


def test_without_a_smallest_count_the_tables_stay_as_they_are(survey):
    tables = survey.tables()
    assert protect(tables, Policy()).tables == tuple(tables)


def test_no_count_from_one_to_four_is_left_in_any_table(survey):
    for table in protected(survey.tables()).values():
        for row in table.rows:
            assert not any(isinstance(cell, Count) and cell.value in {1, 2, 3, 4} for cell in row.cells)


def test_hidden_cells_keep_no_value(survey):
    for table in protected(survey.tables()).values():
        for cell in itertools.chain.from_iterable(row.cells for row in table.rows):
            if cell.hidden:
                assert (cell.n if isinstance(cell, Share) else cell.value) is None


def test_zeros_stay(survey):
    assert cells(protected(survey.tables())["areas"])["Brook", None, "no_issue"] == 0


def test_a_percentage_is_hidden_with_its_count_and_with_its_base(survey):
    for row in protected(survey.tables())["long"].to_dict()["rows"]:
        if row["mentions"] is None or row["base"] is None:
            assert row["percent_of_cases"] is None


def test_the_same_figure_is_hidden_in_every_table(survey):
    tables = protected(survey.tables())
    long, cross = cells(tables["long"]), cells(tables["crosstab"])
    for (village, issue, name), value in long.items():
        if name == "mentions":
            assert (value is None) == (cross[village, None, issue] is None)


def test_a_hidden_part_of_the_cases_is_not_left_alone_beside_them(survey):
    for name in ("areas", "crosstab"):
        for row in protected(survey.tables())[name].to_dict()["rows"]:
            parts = [row.get(part, 0) for part in ("raised", "no_issue", "not_recorded")]
            assert row["cases"] is None or row.get("total") or parts.count(None) != 1


def test_two_tables_of_the_same_name_are_both_kept(survey):
    names = columns("question answer mentions base percent_of_cases")
    rows = tuple(Row((Text("q"), Text(a), Count(n), Count(90), Share(n, 90))) for a, n in (("yes", 50), ("no", 40)))
    result = protect([*survey.tables(), Table("long", "Answers", names, rows)], Policy(min_cell=5))
    assert [table.title for table in result.tables if table.name == "long"] == ["Long", "Answers"]


def worlds_differ(survey, shown, wanted):
    """Whether a reader of `shown` finds another value of `wanted`: an exhaustive search over what he can write down."""
    figures = {}
    for village in [*survey.villages, None]:
        names = ("cases", "raised", "no_issue", "not_recorded", "mentions")
        figures |= {(village, n): v for n, v in zip(names, survey.figures(village), strict=True)}
        figures |= {(village, issue): survey.cell(village, issue) for issue in survey.issues}
    sums = []
    for village in [*survey.villages, None]:
        sums.append(((village, "cases"), [(village, n) for n in ("raised", "no_issue", "not_recorded")]))
        sums.append(((village, "mentions"), [(village, issue) for issue in survey.issues]))
    names = {name for _, name in figures}
    sums += [((None, name), [(village, name) for village in survey.villages]) for name in names]
    unknown = {key for key in figures if shown.get(key) is None}
    return _search(figures, sums, unknown, wanted)


def narrow(sums, low, high):
    """Tighten the bounds of all figures; False where no world is left."""
    changed = True
    while changed:
        before = (dict(low), dict(high))
        for whole, parts in sums:
            least, most = sum(low[p] for p in parts), sum(high[p] for p in parts)
            bounds = [(whole, least, most)]
            bounds += [(p, low[whole] - most + high[p], high[whole] - least + low[p]) for p in parts]
            for key, bottom, ceiling in bounds:
                low[key], high[key] = max(low[key], bottom), min(high[key], ceiling)
                if low[key] > high[key]:
                    return False
        changed = before != (low, high)
    return True


def _search(figures, sums, unknown, wanted):
    top = max(figures.values()) + 3

    def solve(low, high):
        if not narrow(sums, low, high):
            return False
        loose = [key for key in low if low[key] < high[key]]
        if not loose:
            return True
        key = min(loose, key=lambda k: high[k] - low[k])
        middle = min(max(figures[key], low[key]), high[key])
        values = sorted(range(low[key], high[key] + 1), key=lambda v: abs(v - middle))
        return any(solve({**low, key: value}, {**high, key: value}) for value in values)

    low = {key: 1 if key in unknown else value for key, value in figures.items()}
    high = {key: top * 4 if key in unknown else value for key, value in figures.items()}
    true = figures[wanted]
    return any(
        ends[0] <= ends[1] and solve({**low, wanted: ends[0]}, {**high, wanted: ends[1]})
        for ends in ((max(1, true - 2), true - 1), (true + 1, true + 2))
    )


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_count_follows_from_all_tables_together(seed):
    chance = random.Random(seed)
    villages = ["Ashford", "Brook", "Cliff"][: chance.choice((2, 3, 3))]
    mentions = {v: {i: chance.choice((0, 1, 2, 4, 6, 9, 15)) for i in ("road", "water", "school")} for v in villages}
    survey = Survey(mentions, *({v: chance.choice((0, 2, 5, 8)) for v in villages} for _ in range(2)))
    tables = protected(survey.tables())
    shown = {}
    for name in ("areas", "crosstab"):
        if name in tables:
            found = cells(tables[name])
            shown |= {(village, column): value for (village, _, column), value in found.items() if value is not None}
    for name in ("issues", "long"):
        if name in tables:
            found = cells(tables[name]).items()
            shown |= {(v, i): value for (v, i, column), value in found if column == "mentions" and value is not None}
    shown |= {(None, "cases"): survey.figures(None)[0]}
    names = {"cases", "raised", "no_issue", "not_recorded", "mentions"}
    hidden = {(v, c) for (v, _, c), value in cells(tables["areas"]).items() if value is None and c in names}
    if "crosstab" in tables:
        of_crosstab = {(v, c) for (v, _, c), value in cells(tables["crosstab"]).items() if value is None}
        hidden |= {key for key in of_crosstab if key[1] in names | set(survey.issues)}
    assert hidden
    for key in sorted(hidden, key=str):
        assert worlds_differ(survey, shown, key), key


def test_the_rest_of_a_short_table_does_not_give_a_hidden_cell_away(survey):
    short = protected(survey.tables(top=2))["crosstab"].brief
    rest = next(i for i, column in enumerate(short.columns) if column.label == "others")
    small = [row.cells[rest] for row in short.rows if row.cells[0].value == "Ashford"]
    assert [cell.hidden for cell in small] == ["primary"]


def test_a_rest_that_is_not_what_is_missing_is_not_printed(survey):
    tables = survey.tables(top=2)
    short = tables[3].brief
    wrong = replace(short, rows=tuple(replace(r, cells=(*r.cells[:3], Count(99), *r.cells[4:])) for r in short.rows))
    assert protected([*tables[:3], replace(tables[3], brief=wrong)])["crosstab"].brief is None


def test_rows_whose_figure_is_hidden_leave_their_place_in_the_order_and_lose_their_rank():
    mentions = {"Ashford": {"road": 30, "a": 2, "b": 3, "school": 9}, "Brook": {"road": 20, "school": 10}}
    survey = Survey(mentions, {"Ashford": 9, "Brook": 9}, {"Ashford": 0, "Brook": 0})
    issues = protected(survey.tables())["issues"].to_dict()["rows"]
    assert [row["issue"] for row in issues if row["mentions"] is None] == sorted(
        row["issue"] for row in issues if row["mentions"] is None
    )
    assert all(row["rank"] is None for row in issues if row["mentions"] is None)
    assert [row["mentions"] is None for row in issues] == sorted(row["mentions"] is None for row in issues)


@pytest.mark.parametrize(
    ("weight", "order"), [("w", ["road", "water", "dam", "power"]), ("", ["road", "power", "water", "dam"])]
)
def test_the_setting_tells_whether_answers_are_weighted(weight, order):
    """Not the look of the counts: a weighted sum may be whole, and a count with a fraction may be none."""
    counts = {"road": 40, "power": 3, "water": 18, "dam": 4}
    rows = tuple(Row((Text(issue), Count(n if weight else float(n)))) for issue, n in counts.items())
    policy = policy_of(Settings(min_cell=5, weight=weight))
    shown = protect([Table("issues", "Issues", columns("issue mentions"), rows)], policy).tables[0]

    assert [row["issue"] for row in shown.to_dict()["rows"]] == order


def test_tables_of_single_records_are_left_out_and_that_is_said(survey):
    of_records = tuple(replace(one, measure=RECORD) for one in columns("village issue"))
    listing = Table("list", "Open issues", of_records, (Row((Text("Brook"), Text("water"))),))
    result = protect([*survey.tables(), listing], Policy(min_cell=5))
    assert "list" not in {table.name for table in result.tables}
    assert any(n.code == "left_out" and "Open issues" in n.message for n in result.notices)


def test_rates_with_a_small_numerator_are_left_out(survey):
    names = columns("rate numerator denominator value")
    rates = Table("rates", "Rates", names, (Row((Text("REF1"), Count(3), Count(90), Share(3, 90, per=1))),))
    assert "rates" not in protected([*survey.tables(), rates])


def test_what_was_hidden_is_said_beside_the_table_and_in_a_notice(survey):
    result = protect(survey.tables(), Policy(min_cell=5))
    assert any("<5" in note for table in result.tables if table.name == "long" for note in table.notes)
    assert any(notice.code == "small_cells" for notice in result.notices)


def test_for_the_public_counts_below_five_are_hidden_at_least():
    assert Policy(public=True).smallest == 5
    assert Policy(public=True, min_cell=10).smallest == 10


def test_sensitive_issues_do_not_appear_by_village_for_the_public(survey):
    tables = protected(survey.tables(), public=True, sensitive=frozenset({"conduct"}))
    assert "conduct" not in {row["issue"] for row in tables["long"].to_dict()["rows"]}
    assert "conduct" not in {column.name for column in tables["crosstab"].columns}
    # Fewer than five named it: it is one of the answers that are not named one by one.
    issues = {row["issue"] for row in tables["issues"].to_dict()["rows"]}
    assert "conduct" not in issues
    assert "other_answers" in issues


def test_sensitive_issues_cannot_be_worked_out_from_the_totals_of_a_village(survey):
    tables = protected(survey.tables(), public=True, sensitive=frozenset({"conduct"}))
    cross = cells(tables["crosstab"])
    parts = [cross["Ashford", None, issue] for issue in ("road", "water", "school")]
    assert None in [*parts, cross["Ashford", None, "mentions"]]


def test_given_answers_that_mean_a_sensitive_category_are_sensitive(survey):
    tables = survey.tables()
    issues = tables[2]
    categories = {"conduct": "policy", "road": "bribes"}
    names = (*issues.columns, Column("issue_category", "Category", measure=CATEGORY_BESIDE))
    rows = tuple(Row((*row.cells, Text(categories.get(row.cells[1].value, "")))) for row in issues.rows)
    tables[2] = replace(issues, columns=names, rows=rows)
    found = protected(tables, public=True, sensitive=frozenset({"bribes"}))
    assert "road" not in {row["issue"] for row in found["long"].to_dict()["rows"]}


def test_where_nearly_nobody_was_asked_nothing_is_shown():
    survey = Survey({"Ashford": {"road": 1}}, {"Ashford": 1}, {"Ashford": 0})
    assert not {"areas", "crosstab", "issues"} & protected(survey.tables()).keys()


def test_statistics_of_few_are_hidden():
    names = columns("village n mean max")
    rows = [
        Row((Text(v), Count(n), Number(m), Number(9)))
        for v, n, m in (("Ashford", 3, 4.5), ("Brook", 20, 5), ("Cliff", 30, 6))
    ]
    ages = protected([Table("age", "Age", names, tuple(rows))])["age"].to_dict()["rows"]
    assert ages[0]["mean"] is None
    assert ages[0]["max"] is None
    assert ages[1]["mean"] == 5


def test_a_target_from_the_roster_is_no_small_cell():
    rows = [Row((Text(v), Count(t), Count(n), Count(t - n))) for v, t, n in (("Ashford", 3, 0), ("Brook", 40, 20))]
    places = protected([Table("places", "Places", columns("village target completed remaining"), tuple(rows))])
    assert places["places"].to_dict()["rows"][0]["target"] == 3


def test_tables_of_one_name_are_told_apart_by_their_place(survey):
    tables = [survey.areas(), replace(survey.areas(), title="Others"), survey.issue_table()]
    result = protect(tables, Policy(min_cell=5))
    assert [tables[place].title for place in result.places] == [table.title for table in result.tables]
