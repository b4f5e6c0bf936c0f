"""Readers who add and subtract: which hidden figures of a run can be worked out.

A random survey is tabulated by each command with small cells hidden. The reader is a solver (HiGHS) that knows all
tables of the run, what a record can be (one place, one status, one answer or several, never "none" beside an issue),
that zeros are shown, and that `<N` means 1 to N-1. It looks for other surveys that print the same tables: where a
hidden figure has one value in all of them, it has been found out.

    python tests/attack/small_cells.py [SURVEYS [FIRST]]

The same for reports, for tables for the public, and for comparisons of two rounds or two parts.
"""

from __future__ import annotations

import itertools
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import highspy

import visittally
from visittally.analyses.analysis import run
from visittally.analyses.campaign import load
from visittally.analyses.summary.summarize import summarize
from visittally.disclosure.protect import protected
from visittally.keyword_values import settings_of
from visittally.keywords import SummarizeKeywords
from visittally.tables.table import Count, Number, Share, Text

NONE, REST, OTHERS = "none", "(rest)", "other_answers"
ISSUES = ("road", "water", "school", "clinic")
STATUSES = {"resolved": ("handled", "resolved"), "explained": ("handled", "explained"), "in progress": ("in_progress",)}
PLACES = ("Ash", "Birch", "Cedar", "Dogwood", "Elder")
EXTRAS = {
    "electricity": ("yes", "no", ""),
    "outcome": ("completed", "refused"),
    "visit_date": ("2026-03-10", "2026-04-10"),
    "weight": ("1", "2.5"),
    "": ("",),
}
"""A column beside the others -> its values."""
ROUNDS = ("before", "after")
VALUES = {**EXTRAS, "round": ROUNDS}
SPLITS = {
    "electricity": ("electricity=yes", ("no", "yes")),
    "outcome": ("outcome=completed", ("refused", "completed")),
    "visit_date": ("visit_date=2026-04-01", EXTRAS["visit_date"]),
}
"""What a survey is cut by to compare its parts -> the values of the earlier and of the later one."""
COMMANDS = ("summarize", "questions", "followup", "coverage")
FURTHER = (
    *("compare", "report", "questions --by village"),
    *("summarize --public", "questions --public", "followup --public", "compare --public", "report --public"),
)
BEYOND = ("themes", "needs", "unhandled")
"""Tables of the summary that are made when they are named."""
THEMES = {"road": "livelihood", "water": "livelihood", "school": "livelihood", "clinic": "livelihood"}
TOLERANCE = 1e-6
MOST = 500
"""Records of a kind that a reader holds for possible at most."""
WORLDS = 8
"""Other surveys that are looked for before each figure is taken by itself."""


class Kind(NamedTuple):
    """A kind of record."""

    place: str
    answers: tuple
    status: str
    extra: str

    @property
    def issues(self):
        """The issues that it names."""
        return [answer for answer in self.answers if answer != NONE]


@dataclass
class Invented:
    """A survey: how often each kind of record occurs, and how it is tabulated."""

    records: Counter
    single: bool
    issues: tuple[str, ...]
    places: tuple[str, ...]
    statuses: tuple[str, ...]
    extra: str
    beyond: bool
    options: dict = field(default_factory=dict)
    sides: tuple[str, ...] = ()

    def lines(self, one_round=""):
        """The survey as text; of one of its rounds, where it has several."""
        extra = "" if one_round else self.extra
        yield "village,problem,status" + f",{extra}" * bool(extra)
        for kind, n in sorted(self.records.items()):
            if one_round in {"", kind.extra}:
                cells = [kind.place, ";".join(kind.answers), kind.status, *([kind.extra] if extra else [])]
                yield from [",".join(cells)] * n

    def kinds(self):
        """Every kind of record that a reader holds for possible."""
        answers = [(), (NONE,), *((issue,) for issue in self.issues)]
        if not self.single:
            answers += [c for n in range(2, len(self.issues) + 1) for c in itertools.combinations(self.issues, n)]
        return list(itertools.starmap(Kind, itertools.product(self.places, answers, self.statuses, VALUES[self.extra])))

    def written(self, folder, one_round=""):
        """The file of the survey, or of one of its rounds."""
        path = Path(folder) / f"survey{one_round}.csv"
        path.write_text("\n".join(self.lines(one_round)) + "\n", encoding="utf-8")
        return str(path)

    def compared(self):
        """The same with two sides that can be compared: parts by its further column, or two rounds."""
        options = {name: value for name, value in self.options.items() if name != "weight"}
        if self.extra in SPLITS:
            split, sides = SPLITS[self.extra]
            return replace(self, options={**options, "split": split}, sides=sides)
        chance, records = random.Random(str(self.records)), Counter()
        for kind in sorted(self.records.elements()):
            records[kind._replace(extra=chance.choice(ROUNDS))] += 1
        return replace(self, records=records, extra="round", options=options, sides=ROUNDS)


def invented(seed):
    """A random small survey, sparse enough to have many small cells."""
    chance = random.Random(seed)
    single = chance.random() < 0.6
    issues = ISSUES[: chance.randint(2, 4 if single else 3)]
    places = PLACES[: chance.randint(2, 5)]
    statuses = (*STATUSES, "") if chance.random() < 0.5 else ("",)
    extra = chance.choice([*EXTRAS, ""])
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
            values = EXTRAS[extra]
            likely = chance.choices(values, [3, *[1] * (len(values) - 1)])[0]
            records[Kind(place, answers, status, likely)] += 1
    options = {"base": chance.choice(("asked", "answered", "all", "mentions"))}
    if chance.random() < 0.3:
        options["percent"] = chance.choice(("cases", "row", "column", "total", "mentions"))
    if chance.random() < 0.3:
        options["interval"] = True
    if chance.random() < 0.3:
        options["nets"] = {"wet": {"question": "issue", "answers": issues[:2]}}
    if chance.random() < 0.3:
        options["top"] = chance.randint(1, len(issues))
    if extra == "weight":
        options["weight"] = "weight"
    return Invented(records, single, issues, places, statuses, extra, seed % 3 == 0, options)


def tables_of(result):
    """The tables of a run; of a report those of its document."""
    return list(result.document.tables() if hasattr(result, "document") else result.tables.values())


KEYWORDS = {
    "summarize": ("base", "percent", "interval", "nets", "top", "weight"),
    "questions": ("base", "interval", "nets", "top", "weight"),
    "followup": ("interval",),
    "coverage": (),
    "compare": ("base", "top", "split"),
    "report": ("base", "percent", "interval", "nets", "top", "weight"),
}


def result_of(survey, run_of, smallest, folder):
    """What a command makes of a survey; behind it may stand `--public` and `--by village`."""
    command, *typed = run_of.split()
    options = {name: value for name, value in survey.options.items() if name in KEYWORDS[command]}
    options |= {"public": True} if "--public" in typed else {}
    options |= {"by": ("village",)} if "--by" in typed else {}
    if survey.extra == "round" and command == "compare":
        earlier, later = (survey.written(folder, one) for one in ROUNDS)
        return visittally.compare(later, before=earlier, min_cell=smallest, **options)
    if command == "summarize" and survey.beyond and not typed:
        asked = settings_of({"min_cell": smallest, **options}, SummarizeKeywords)
        names = ("long", "areas", "issues", "crosstab", *BEYOND)
        settings = asked.with_options(files=(survey.written(folder),), table=names)
        return protected(run(load(settings), summarize), settings)
    return getattr(visittally, command)(survey.written(folder), min_cell=smallest, **options)


# ---------------------------------------------------------------- what the numbers in tables mean
class Meaning:
    """What the cells of a table count, of each kind of record: written down apart from the program that hides them."""

    def __init__(self, survey, table, *, weights=False):
        self.survey, self.table = survey, table
        self.unknown_weights = bool(survey.options.get("weight")) and not weights
        self.names = [column.name for column in table.columns]
        net = survey.options.get("nets", {}).get("wet", {})
        self.nets = {"wet": set(net.get("answers", ()))}
        rows = [self.keys(row) for row in table.rows]
        self.named = {}
        for about in rows:
            self.named.setdefault(about.get("question", table.name), set()).add(about.get("answer"))
        self.shown = {c.name for c in table.columns if c.spread}
        self.shown |= {about.get(name) for about in rows for name in ("issue", "answer")}

    def keys(self, row):
        """What a row is about; nothing for a total."""
        pairs = zip(self.table.columns, row.cells, strict=True)
        found = {c.name: cell.value for c, cell in pairs if not c.spread and isinstance(cell, Text)}
        period = [cell.value for c, cell in zip(self.table.columns, row.cells, strict=True) if c.name == "period"]
        return {} if row.total else {**found, **({"period": period[0]} if period else {})}

    def of(self, column, row):
        """The number of a cell and what it is divided by, each as a function of a kind of record; None: not known."""
        about = self.keys(row)
        if {REST, OTHERS} <= self.shown and {REST, OTHERS} & {column.name, *about.values()}:
            return None, None  # which of the others are among the rare ones is not told
        if any(name.startswith("before_") for name in self.names):
            return self.of_compared(column, about)
        if "question" in about or self.table.name in {"problem", "status", "village", *EXTRAS} - {""}:
            return self.of_question(column, about)
        if self.table.name in {"rates", "ratios", "levels"}:
            return self.of_ratio(column, about)
        return self.of_issue(column, about)

    def heavy(self, figure):
        """A figure as the weights have it. No table prints these, so that readers do not know them: None then."""
        if self.unknown_weights:
            return None
        return lambda kind: figure(kind) * (float(kind.extra) if self.survey.options.get("weight") else 1)

    def mentions(self, issue):
        """How often a record names an issue; None: any."""
        named = self.nets.get(issue)
        if named is not None:
            return lambda kind: bool(named & {*kind.issues})
        if issue in {REST, OTHERS}:
            return lambda kind: len({*kind.issues} - self.shown)
        return (lambda kind: len(kind.issues)) if issue is None else (lambda kind: issue in kind.issues)

    def numbers(self, about, issue):
        """What columns of numbers count in a row."""
        here, mentions = self.here(about), self.mentions(issue)

        def cases(figure):
            return lambda kind: here(kind) * figure(kind)

        def flagged(flag):
            return cases(lambda kind: mentions(kind) * (flag in STATUSES.get(kind.status, ())))

        found = {
            "cases": cases(lambda _kind: 1),
            "visited": cases(lambda _kind: 1),
            "completed": cases(lambda kind: kind.extra != "refused"),
            "refused": cases(lambda kind: kind.extra == "refused"),
            "raised": cases(lambda kind: bool(kind.issues)),
            "no_issue": cases(lambda kind: kind.answers == (NONE,)),
            "not_recorded": cases(lambda kind: not kind.answers),
            "mentions": cases(mentions),
            "collected": cases(mentions),
            "base": cases(self.base()),
            "weighted": self.heavy(cases(mentions)),
            "unknown": cases(lambda kind: mentions(kind) * (kind.status == "")),
            "everything": cases(lambda kind: len(kind.issues)),
            **{flag: flagged(flag) for flag in ("handled", "resolved", "explained", "in_progress")},
        }
        found["open"] = _less(found["collected"], found["handled"])
        found["unresolved"] = _less(found["collected"], found["resolved"])
        if self.table.name == "statuses":
            status, shown = about.get("status"), {about.get("status") for about in map(self.keys, self.table.rows)}

            def told(kind):
                return status is None or (kind.status not in shown if status == OTHERS else kind.status == status)

            found["mentions"] = cases(lambda kind: len(kind.issues) * told(kind))
        return found

    def of_issue(self, column, about):
        """A cell of a table of places, issues, statuses, periods."""
        name = column.name
        issue = name if column.spread else about.get("issue")
        if self.table.name == "needs":
            n = int(about["issues_named"])
            put = lambda kind: bool(kind.answers) and min(len(kind.issues), 4) == n  # noqa: E731
            asked = lambda kind: bool(kind.answers)  # noqa: E731
            return (put, None) if name == "cases" else (put, asked)
        if self.table.name == "themes":
            theme = about["theme"]
            of = lambda kind: sum(THEMES[one] == theme for one in kind.issues)  # noqa: E731
            cases = lambda kind: bool(of(kind))  # noqa: E731
            counts = {"mentions": (of, None), "cases": (cases, None), "base": (self.base(), None)}
            return counts.get(name, (cases, self.base()))
        if name == "cumulative":
            until = about["period"]
            return (lambda kind: kind.extra <= until), None
        plain = self.numbers(about, issue)
        if column.spread == "percent":
            scopes = {
                "row": plain["everything"],
                "mentions": plain["everything"],
                "total": self.mentions(None),
                "column": self.mentions(issue),
            }
            return plain["weighted"], self.heavy(scopes.get(self.survey.options.get("percent"), plain["base"]))
        divided = {
            "mentions_per_100_cases": (plain["mentions"], plain["cases"]),
            "handled_percent": (plain["handled"], plain["collected"]),
            "resolved_percent": (plain["resolved"], plain["collected"]),
            "percent_of_cases": (plain["weighted"], self.heavy(plain["base"])),
            "percent_of_mentions": (plain["weighted"], self.heavy(plain["everything"])),
            "percent_of_all": (plain["weighted"], self.heavy(lambda _kind: 1)),
        }
        if self.unknown_weights and name.startswith("percent_of"):
            return None, None
        return divided.get(name) or (plain["mentions"] if column.spread else plain.get(name), None)

    def of_question(self, column, about):
        """A cell of the table of a question."""
        return self.answers(column.name, about.get("question", self.table.name), about)

    def answers(self, name, question, about):
        """What is counted of a question, under the name of its column."""
        answer, here = about.get("answer"), self.here(about)
        values = {
            "problem": lambda kind: kind.issues if self.table.name == "shares" else kind.answers,
            "status": lambda kind: (kind.status,) if kind.status else (),
            "village": lambda kind: (kind.place,),
        }.get(question, lambda kind: (kind.extra,) if kind.extra else ())
        everything = lambda k: here(k) * len(values(k))  # noqa: E731
        part = lambda k: here(k) * (answer in values(k))  # noqa: E731
        if answer in {REST, OTHERS}:
            named = self.named.get(question, set())
            part = lambda k: here(k) * len({*values(k)} - named)  # noqa: E731
        given = (lambda kind: kind.answers) if question == "problem" else values
        base = {"all": here, "mentions": everything}.get(
            self.survey.options["base"], lambda k: here(k) * bool(given(k))
        )

        return {
            "mentions": (part, None),
            "base": (base, None),
            "n": (base, None),
            "weighted": (self.heavy(part), None),
            "percent_of_cases": (self.heavy(part), self.heavy(base)),
            "percent_of_mentions": (self.heavy(part), self.heavy(everything)),
        }.get(name, (None, None))

    def of_compared(self, column, about):
        """A cell of a comparison: what it counts on its side."""
        side, _, name = column.name.partition("_")
        if side not in ROUNDS:
            return None, None
        value = self.survey.sides[ROUNDS.index(side)]
        if self.table.name == "shares":
            part, whole = self.answers(name.replace("percent", "percent_of_cases"), about["question"], about)
        elif self.table.name == "places":
            part, whole = self.numbers(about, None)["cases"], None
        else:
            part, whole = self.of_indicator(name, about["indicator"])
        return tuple(of and (lambda kind, of=of: of(kind) * (kind.extra == value)) for of in (part, whole))

    def of_indicator(self, name, indicator):
        """A figure of the indicator of a row, its numerator or its denominator."""
        plain = self.numbers({}, None)
        found = {
            "visits": (plain["cases"], None),
            "mentions": (plain["mentions"], None),
            "collected": (plain["collected"], None),
            "per_100": (plain["mentions"], plain["cases"]),
            "handled": (plain["handled"], plain["collected"]),
            "resolved": (plain["resolved"], plain["collected"]),
            "completed": (plain["completed"], plain["cases"]),
            "refused": (plain["refused"], plain["cases"]),
        }.get(indicator, (None, None))
        return {"numerator": (found[0], None), "denominator": (found[1], None)}.get(name, found)

    def of_ratio(self, column, about):
        """A cell of the levels, the ratios, the response rates."""
        told = about.get("rate") or about.get("name") or about.get("level") or ""
        whole = told.endswith("per_day") or told.startswith(("RR", "COOP", "CON", "REF"))
        part = {
            "issues_per_100_visits": lambda kind: len(kind.issues),
            "visits_in_last_7_days": lambda kind: kind.extra == "2026-04-10",
        }.get(told, lambda _kind: 1)
        if told.startswith(("RR", "COOP")):
            part = lambda kind: kind.extra == "completed"  # noqa: E731
        elif told.startswith("REF"):
            part = lambda kind: kind.extra == "refused"  # noqa: E731
        if column.name == "numerator" or (column.name == "count" and told == "visits"):
            return part, None
        if column.name == "denominator" and not (whole and told.endswith("per_day")):
            return (lambda _kind: 1), None
        return None, None

    def here(self, about):
        """Whether a record belongs to a row by its place and time."""
        place, period = about.get("village"), about.get("period")
        if about.get("question") == "village" or self.table.name == "village":
            place = None
        return lambda kind: (place is None or kind.place == place) and (period is None or kind.extra == period)

    def base(self):
        """What percentages of cases divide by."""
        return {
            "asked": lambda kind: bool(kind.answers),
            "answered": lambda kind: bool(kind.answers),
            "all": lambda _kind: 1,
            "mentions": lambda kind: len(kind.issues),
        }[self.survey.options["base"]]


def _less(first, second):
    return lambda kind: first(kind) - second(kind)


def misread(survey, tables):
    """Cells of tables with nothing hidden that mean something else than the reader thinks, and numbers unread."""
    wrong, unread = [], set()
    for table in _versions(tables):
        meaning = Meaning(survey, table, weights=True)
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if not isinstance(cell, Count | Share) or cell.value is None:
                    continue
                part, whole = meaning.of(column, row)
                if part is None:
                    if cell.value:
                        unread.add((table.name, column.name))
                    continue
                n, base = (sum(f(k) * times for k, times in survey.records.items()) if f else 1 for f in (part, whole))
                found = n if whole is None else cell.per * n / base if base else None
                if found is None or abs(found - cell.value) > TOLERANCE:
                    wrong.append((table.name, column.name, meaning.keys(row), cell.value, found))
    return wrong, unread


def _versions(tables):
    """The tables and their short versions."""
    for table in tables:
        yield table
        if table.brief is not None and [c.name for c in table.brief.columns] == [c.name for c in table.columns]:
            yield table.brief


# ---------------------------------------------------------------- the reader
class Reader:
    """What a reader knows of a survey, as an integer programme over the kinds of records."""

    def __init__(self, survey, smallest, seed=0):
        self.survey, self.smallest, self.chance = survey, smallest, random.Random(seed)
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("time_limit", 20.0)
        self.kinds = survey.kinds()
        self.number = [self.solver.addIntegral(lb=0, ub=MOST) for _ in self.kinds]
        self.hidden = {}

    def weights(self, figure):
        """How much a record of each kind adds to a figure."""
        return [figure(kind) for kind in self.kinds]

    def total(self, weights):
        """A figure as a sum over kinds of records."""
        return sum((n * variable for variable, n in zip(self.number, weights, strict=True) if n), 0 * self.number[0])

    def look(self, tables):
        """Take all that tables show."""
        seen = set()
        for table in _versions(tables):
            meaning = Meaning(self.survey, table)
            self.learn_absent(meaning)
            for row in table.rows:
                self.learn_points(meaning, row)
                for column, cell in zip(table.columns, row.cells, strict=True):
                    part, whole = meaning.of(column, row)
                    if part is None or not isinstance(cell, Count | Share | Number):
                        continue
                    if cell.hidden and OTHERS in {column.name, *meaning.keys(row).values()}:
                        continue  # all that rare answers share is hidden, zeros too
                    figures = (tuple(self.weights(part)), tuple(self.weights(whole)) if whole else None)
                    told = (*figures, cell.hidden, None if cell.hidden else cell.value)
                    if told not in seen:
                        seen.add(told)
                        self.learn(cell, *figures)
                    if isinstance(cell, Count) and cell.hidden:
                        where = (table.name, *sorted(meaning.keys(row).items(), key=str), column.name)
                        self.hidden.setdefault(figures[0], (cell.hidden, where))

    def learn_absent(self, meaning):
        """Issues that nobody named have no row in the tables of issues."""
        if meaning.table.name in {"issues", "crosstab"} and not {REST, OTHERS} & meaning.shown:
            others = self.weights(lambda kind: len({*kind.issues} - meaning.shown))
            if not sum(n * self.survey.records[kind] for n, kind in zip(others, self.kinds, strict=True)):
                self.solver.addConstr(self.total(others) == 0)

    def learn_points(self, meaning, row):
        """The difference of two shares whose bases are shown."""
        cells = dict(zip(meaning.names, row.cells, strict=True))
        points, bases = cells.get("points"), [cells.get(f"{side}_base") for side in ROUNDS]
        if None in (points, *bases) or points.value is None or not all(base.value for base in bases):
            return
        columns = {column.name: column for column in meaning.table.columns}
        parts = [self.weights(meaning.of(columns[f"{side}_mentions"], row)[0]) for side in ROUNDS]
        shares = zip(*parts, strict=True)
        difference = self.total([100 * (b / bases[1].value - a / bases[0].value) for a, b in shares])
        self.solver.addConstr(difference <= points.value + TOLERANCE)
        self.solver.addConstr(difference >= points.value - TOLERANCE)

    def learn(self, cell, part, whole):
        """Take what a cell shows."""
        if isinstance(cell, Count):
            total = self.total(part)
            if cell.hidden == "primary":
                self.solver.addConstr(total >= 1)
                self.solver.addConstr(total <= self.smallest - 1)
            elif cell.hidden:
                self.solver.addConstr(total >= 1)
            elif cell.value is not None:
                self.solver.addConstr(total == cell.value)
        elif whole is not None and not cell.hidden and cell.value is not None:
            rate = cell.value / (cell.per if isinstance(cell, Share) else 100)
            difference = self.total([a - rate * b for a, b in zip(part, whole, strict=True)])
            self.solver.addConstr(difference <= TOLERANCE)
            self.solver.addConstr(difference >= -TOLERANCE)

    def world(self, objective, *, least):
        """The numbers of another survey that prints the same, with the least or the largest of something."""
        (self.solver.minimize if least else self.solver.maximize)(self.total(objective))
        found = self.solver.getSolution().col_value
        return [round(n) for n in found] if found else []

    def ranges(self, *, whole=False):
        """The least and the largest value found of each hidden figure; `whole`: of all of them, not only two values."""
        found = {weights: [] for weights in self.hidden}

        def add(world):
            for weights, values in found.items():
                if world:
                    values.append(sum(a * n for a, n in zip(weights, world, strict=True)))

        add([self.survey.records[kind] for kind in self.kinds])
        for number in range(WORLDS):
            scattered = [self.chance.choice((-1, 0, 1)) * self.chance.random() for _ in self.kinds]
            add(self.world(scattered, least=bool(number % 2)))
        for weights, values in found.items():
            for least in (True, False):
                if whole or min(values) == max(values):
                    add(self.world(weights, least=least))
        return {(why, *where): (min(found[w]), max(found[w])) for w, (why, where) in self.hidden.items()}


def study(survey, smallest=5, commands=COMMANDS, *, whole=False):
    """The ranges of the hidden figures of each command's run over a survey."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for command in commands:
            asked = survey.compared() if command.startswith("compare") else survey
            result = result_of(asked, command, smallest, folder)
            reader = Reader(asked, smallest)
            reader.look(tables_of(result))
            found |= {(command, *where): ends for where, ends in reader.ranges(whole=whole).items()}
    return found


def main(surveys=1_000, first=0):
    """Print how many hidden figures were tried, how many had one value, and how many small ones their whole range."""
    tried = Counter()
    for seed in range(first, first + surveys):
        survey = invented(seed)
        ranges = study(survey, commands=(*COMMANDS, *FURTHER), whole=seed % 20 == 0)
        for (command, why, *where), (low, high) in ranges.items():
            tried["hidden", command] += 1
            tried[why] += 1
            if low == high:
                tried["found out"] += 1
                tried["found out", why] += 1
                print(f"  {seed}, {survey.options}: {command} {where}, {why}: {low}")
            if seed % 20 == 0 and why == "primary":
                tried["looked at whole"] += 1
                tried["whole"] += (low, high) == (1, 4)
        if seed % 50 == 49:
            print(f"  ... {seed - first + 1:,} surveys", file=sys.stderr, flush=True)
    by_command = ", ".join(f"{command} {tried['hidden', command]:,}" for command in (*COMMANDS, *FURTHER))
    print(
        f"surveys: {surveys:,}; hidden figures: {tried['primary'] + tried['secondary']:,} tried ({by_command}), "
        f"{tried['found out']:,} found out; small ones among them: {tried['primary']:,} tried, "
        f"{tried['found out', 'primary']:,} found out, {tried['whole']:,} of {tried['looked at whole']:,} with their "
        "whole range"
    )
    return tried["found out"]


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
