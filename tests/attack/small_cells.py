"""Readers who add and subtract: which hidden figures of a run can be worked out.

A random survey is tabulated with small cells hidden. The reader is a solver (HiGHS) that knows all tables of the run,
what a record can be (one place, one status, one answer or several, never "none" beside an issue), that zeros are
shown, and that `<N` means 1 to N-1. It asks for the least and the largest value of every hidden figure: where both
are the same, the figure has been found out.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections import Counter
from dataclasses import dataclass, field

import highspy

import visittally
from visittally.tables.table import Count, Share, Text

NONE = "none"
ISSUES = ("road", "water", "school", "clinic")
STATUSES = {"resolved": ("handled", "resolved"), "explained": ("handled",), "in progress": (), "": ()}
PLACES = ("Ash", "Birch", "Cedar", "Dogwood", "Elder")
TOLERANCE = 1e-6


@dataclass
class Invented:
    """A survey: how often each kind of record (place, answers, status) occurs."""

    records: Counter
    single: bool
    issues: tuple[str, ...]
    places: tuple[str, ...]
    statuses: tuple[str, ...]
    options: dict = field(default_factory=dict)

    def lines(self):
        """The survey as text."""
        yield "village,problem,status"
        for (place, answers, status), n in sorted(self.records.items()):
            yield from [f"{place},{';'.join(answers)},{status}"] * n

    def kinds(self):
        """Every kind of record that a reader holds for possible."""
        answers = [(), (NONE,), *((issue,) for issue in self.issues)]
        if not self.single:
            answers += [c for n in range(2, len(self.issues) + 1) for c in itertools.combinations(self.issues, n)]
        return list(itertools.product(self.places, answers, self.statuses))


def invented(seed):
    """A random small survey, sparse enough to have many small cells."""
    chance = random.Random(seed)
    single = chance.random() < 0.6
    issues = ISSUES[: chance.randint(2, 4 if single else 3)]
    places = PLACES[: chance.randint(2, 5)]
    statuses = tuple(STATUSES) if chance.random() < 0.5 else ("",)
    records = Counter()
    for place in places:
        liking = [chance.random() ** 2 for _ in issues]
        for _ in range(chance.randint(6, 40)):
            if chance.random() < 0.12:
                answers = ()
            elif chance.random() < 0.12:
                answers = (NONE,)
            else:
                size = 1 if single else chance.choice((1, 1, 2, 3))
                answers = tuple(sorted(set(chance.choices(issues, liking, k=size)), key=ISSUES.index))
            status = chance.choice(statuses) if answers and answers != (NONE,) else ""
            records[place, answers, status] += 1
    options = {"base": chance.choice(("asked", "answered", "all", "mentions"))}
    if chance.random() < 0.3:
        options["percent"] = chance.choice(("cases", "row", "column", "total", "mentions"))
    if chance.random() < 0.3:
        options["interval"] = True
    return Invented(records, single, issues, places, statuses, options)


class Reader:
    """What a reader knows of a survey, as an integer programme over the kinds of records."""

    def __init__(self, survey, smallest):
        self.survey, self.smallest = survey, smallest
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("time_limit", 20.0)
        self.kinds = survey.kinds()
        self.number = {kind: self.solver.addIntegral(lb=0, ub=500) for kind in self.kinds}

    def total(self, measure):
        """A figure as a sum over kinds of records; `measure` gives how much a record of a kind adds to it."""
        weights = [(self.number[kind], measure(*kind)) for kind in self.kinds]
        return sum((n * variable for variable, n in weights if n), 0 * self.number[self.kinds[0]])

    def learn(self, cell, part, whole=None):
        """Take what a cell shows."""
        if isinstance(cell, Count):
            if cell.hidden == "primary":
                self.solver.addConstr(part >= 1)
                self.solver.addConstr(part <= self.smallest - 1)
            elif cell.hidden:
                self.solver.addConstr(part >= 1)
            elif cell.value is not None:
                self.solver.addConstr(part == cell.value)
        elif whole is not None and not cell.hidden and cell.value is not None:
            rate = cell.value / (cell.per if isinstance(cell, Share) else 100)
            self.solver.addConstr(part - rate * whole <= TOLERANCE)
            self.solver.addConstr(part - rate * whole >= -TOLERANCE)

    def range(self, part):
        """The least and the largest value that the figure can have."""
        self.solver.minimize(part)
        least = round(self.solver.getObjectiveValue())
        self.solver.maximize(part)
        return least, round(self.solver.getObjectiveValue())


def measures(survey):
    """The figures of a place (None: all), and of an issue there."""

    def at(place, figure):
        return lambda p, answers, status: (place is None or p == place) * figure(answers, status)

    def real(answers):
        return [a for a in answers if a != NONE]

    plain = {
        "cases": lambda _a, _s: 1,
        "raised": lambda a, _s: bool(real(a)),
        "no_issue": lambda a, _s: a == (NONE,),
        "not_recorded": lambda a, _s: not a,
        "mentions": lambda a, _s: len(real(a)),
        "collected": lambda a, _s: len(real(a)),
        "handled": lambda a, s: len(real(a)) * ("handled" in STATUSES[s]),
        "resolved": lambda a, s: len(real(a)) * ("resolved" in STATUSES[s]),
        "asked": lambda a, _s: bool(a),
        "answered": lambda a, _s: bool(a),
        "all": lambda _a, _s: 1,
    }
    return plain, at


def study(survey, smallest=5):
    """Hidden figures of the summary of a survey, and those that the reader finds out."""
    result = visittally.summarize(_file(survey), min_cell=smallest, **survey.options)
    return read(survey, result.tables, smallest)


def _file(survey):
    import tempfile
    from pathlib import Path

    path = Path(tempfile.mkdtemp()) / "survey.csv"
    path.write_text("\n".join(survey.lines()) + "\n", encoding="utf-8")
    return str(path)


def read(survey, tables, smallest):
    """Let the reader look at all tables; the ranges of the hidden figures."""
    reader = Reader(survey, smallest)
    plain, at = measures(survey)
    hidden = {}
    sums = {}

    def total(place, name, issue=None):
        key = (place, name, issue)
        if key not in sums:
            if issue is None:
                measure = at(place, plain[name])
            else:
                every = name in ("mentions", "collected")
                measure = at(place, lambda answers, status: (issue in answers) * (every or name in STATUSES[status]))
            sums[key] = reader.total(measure)
        return sums[key]

    base_kind = survey.options["base"]
    for table in tables.values():
        for row in table.rows:
            texts = _keys(table, row)
            place, issue = texts.get("village"), texts.get("issue")
            for column, cell in zip(table.columns, row.cells, strict=True):
                here = column.name if column.spread else issue
                part, whole = _meaning(column, table, total, place, here, base_kind, survey)
                if part is None:
                    continue
                reader.learn(cell, part, whole)
                if cell.hidden and (isinstance(cell, Count) or (column.spread and cell.hidden == "primary")):
                    hidden[table.name, place, here, column.name] = (part, cell.hidden)
    found = {}
    for key, (part, why) in hidden.items():
        found[key] = (*reader.range(part), why)
    return found


def _keys(table, row):
    """What the row is about; nothing for a total."""
    pairs = zip(table.columns, row.cells, strict=True)
    keys = {column.name: cell.value for column, cell in pairs if isinstance(cell, Text) and not column.spread}
    return {} if row.total else keys


def _meaning(column, table, total, place, issue, base_kind, survey):
    """The figures that a cell shows: its number, and what that is divided by."""
    name = column.name
    mine = issue if table.name == "issues" else None
    divided = {
        "mentions_per_100_cases": (("mentions", None), ("cases", None)),
        "handled_percent": (("handled", mine), ("collected", mine)),
        "resolved_percent": (("resolved", mine), ("collected", mine)),
        "percent_of_cases": (("mentions", issue), (base_kind, None)),
        "percent_of_mentions": (("mentions", issue), ("mentions", None)),
    }
    if column.spread:
        return (total(place, "mentions", issue), None) if issue in survey.issues else (None, None)
    if name == "percent_of_all":
        return total(place, "mentions", issue), total(None, "cases")
    if name in divided:
        part, whole = divided[name]
        return total(place, *part), total(place, *whole)
    if name == "base":
        return total(place, base_kind), None
    plain = ("cases", "raised", "no_issue", "not_recorded", "mentions", "handled", "resolved")
    own = issue if table.name in ("issues", "long") else None
    return (total(place, name, own), None) if name in plain else (None, None)


def main(surveys=1_000, first=0):
    """Print how many hidden figures were tried and how many had one possible value."""
    hidden = recovered = primary = lost = 0
    for seed in range(first, first + surveys):
        survey = invented(seed)
        ranges = study(survey)
        hidden += len(ranges)
        primary += sum(why == "primary" for *_r, why in ranges.values())
        out = {k: r for k, r in ranges.items() if 0 != r[0] == r[1]}
        recovered += len(out)
        lost += sum(r[2] == "primary" for r in out.values())
        if out:
            print(f"  {seed}, one answer: {survey.single}, {survey.options}: {out}")
    print(
        f"surveys: {surveys:,}; hidden figures: {hidden:,} tried, {recovered:,} found out; "
        f"small ones among them: {primary:,} tried, {lost:,} found out"
    )
    return recovered


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
