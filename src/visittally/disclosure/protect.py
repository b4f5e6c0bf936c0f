"""What may be shown: small cells, sensitive issues, names of visitors.

All tables of a run are protected together, because readers lay them side by side. `figures` says what the cells
show, `relations` what holds between that, `suppression` what to hide; here the tables are changed accordingly.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.disclosure.arranging import Secrets, View, finished, is_telling_choice
from visittally.disclosure.figures import (
    Key,
    Reading,
    answer_dimensions,
    counts,
    measure_of,
    read_figures,
    side_by_side,
)
from visittally.disclosure.moves import Relation, ShownFigure
from visittally.disclosure.narrow import telling_nets, too_narrow
from visittally.disclosure.nets import of_cases, of_nets
from visittally.disclosure.rare import rare_answers, without_extremes, without_rare
from visittally.disclosure.relations import Law, of_dispositions, relations
from visittally.disclosure.sensitive_answers import sensitive_answers
from visittally.disclosure.sentences import harmless_notices, harmless_sentences, is_harmless
from visittally.disclosure.short_versions import Brief, read_brief
from visittally.disclosure.suppression import Suppression, suppress
from visittally.errors import Notice
from visittally.messages import _
from visittally.tables.measures import Content, Measure
from visittally.tables.result import Result
from visittally.tables.table import Count, Table, Text
from visittally.words.sensitive import SENSITIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from visittally.reading.receipt import Receipt
    from visittally.settings import Settings

PUBLIC_MIN_CELL = 5
"""The smallest count in tables for the public, unless a larger one is asked for."""
OF_PLACES = frozenset({"townships", "villages", "communities", "groups", "units"})
"""Rows of the levels that count places, not people."""
EVERYONE: Key = ("cases", frozenset())
"""The number of all cases."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the user asked for.

    Attributes:
        min_cell: The smallest count that is shown; 0 and 1 show all.
        public: Whether the tables leave the house: counts below 5 are hidden at least, and sensitive issues
            do not appear by village.
        sensitive: Codes of sensitive issues, categories and types.
        weighted: Whether answers are counted by weights, and stand in the order of their weighted sums.
    """

    min_cell: int = 0
    public: bool = False
    sensitive: frozenset[str] = frozenset()
    weighted: bool = False

    @property
    def smallest(self) -> int:
        """The smallest count that is shown, in effect."""
        return max(self.min_cell, PUBLIC_MIN_CELL) if self.public else self.min_cell


@dataclass(frozen=True, slots=True)
class Protected:
    """Tables that may be shown together.

    Attributes:
        tables: The tables, some cells hidden; those that cannot be made safe are missing.
        places: Which of the tables that were given each of them is: several may have one name.
        notices: What was hidden and left out.
    """

    tables: tuple[Table, ...]
    places: tuple[int, ...]
    notices: tuple[Notice, ...] = ()


def protect(tables: Sequence[Table], policy: Policy) -> Protected:
    """Hide small cells, and the cells that they could be worked out from, in all tables of a run.

    Counts from 1 to the smallest shown less one are hidden, with their percentages, and as many further figures as
    it takes for every hidden count to keep at least two possible values. Zeros stay. Tables that list single
    records, or that cannot be made safe, are left out.

    Args:
        tables: All tables of the run, as the analyses made them.
        policy: What the user asked for.
    """
    if policy.smallest < 2:
        return Protected(tuple(tables), tuple(range(len(tables))))
    sensitive = sensitive_answers(tables, policy.sensitive) if policy.public else frozenset[str]()
    kept = {i: table for i, table in enumerate(tables) if not _holds(table, Content.RECORD, Content.LOOSE)}
    forced: set[Key] = set()
    model, solution = _model(list(kept.values()), sensitive), None
    while True:
        figures = [
            replace(f, forced=True) if key in forced else f for key, f in zip(model.keys, model.figures, strict=True)
        ]
        solution = suppress(figures, model.relations, policy.smallest, model.places(), solution)
        safer = _safer(kept, model, solution, policy.smallest)
        narrow = too_narrow(model.keys, figures, model.relations, solution.hidden, policy.smallest)
        nets = telling_nets(model.keys, figures, solution.hidden)
        more = (_left_alone(model, solution) | narrow | nets) - forced
        if safer == kept and not more:
            break
        forced |= more
        if safer != kept:
            kept = safer
            model, solution = _model(list(kept.values()), sensitive), None
    secrets = model.secrets(solution, weighted=policy.weighted)
    shown = {place: _finished(model, number, secrets) for number, place in enumerate(kept)}
    loose = {i: t for i, t in enumerate(tables) if _holds(t, Content.LOOSE) and not _holds(t, Content.RECORD)}
    shown |= {i: table for i, table in loose.items() if _harmless(table, secrets, policy.smallest)}
    hidden = tuple(shown[i] for i in sorted(shown))
    rare = {i: rare_answers(tables[i], policy.smallest) if policy.public else frozenset() for i in shown}
    shown = {i: without_rare(without_extremes(table, policy.smallest), rare[i]) for i, table in shown.items()}
    everyone = frozenset(value for key, value in secrets.values.items() if key == EVERYONE)
    ordered = tuple(_noted(shown[i], policy.smallest, everyone) for i in sorted(shown))
    left_out = [table.title or table.name for i, table in enumerate(tables) if i not in shown]
    return Protected(ordered, tuple(sorted(shown)), tuple(_notices(hidden, left_out, policy.smallest)))


def _holds(table: Table, *kinds: Content) -> bool:
    """Whether a table lists single records, or figures that cannot be followed."""
    return any(measure_of(column).kind in kinds for column in table.columns)


def _named_by(tables: Sequence[Table], wanted: Callable[[Measure], bool]) -> frozenset[str]:
    """The names of the columns that say something of this kind."""
    return frozenset(c.name for table in tables for c in table.columns if wanted(measure_of(c)))


@dataclass(frozen=True, slots=True)
class _Model:
    """All figures of a run, and what holds between them."""

    readings: Sequence[Reading]
    briefs: Sequence[Brief | None]
    keys: Sequence[Key]
    figures: Sequence[ShownFigure]
    relations: Sequence[Relation]
    answers: frozenset[str]
    categories: frozenset[str]

    def secrets(self, solution: Suppression, *, weighted: bool) -> Secrets:
        """What must not be shown."""
        values = {key: figure.value for key, figure in zip(self.keys, self.figures, strict=True)}
        hidden = {self.keys[i]: why for i, why in solution.hidden.items()}
        removed = frozenset(key for key, figure in zip(self.keys, self.figures, strict=True) if figure.secret)
        return Secrets(values, hidden, removed, self.answers, weighted)

    def places(self) -> Sequence[Mapping[Key, int]]:
        """The figures of each place, by measure and what they are about beside the place."""
        found: dict[frozenset[tuple[str, str]], dict[Key, int]] = defaultdict(dict)
        for number, (measure, about) in enumerate(self.keys):
            place = frozenset(pair for pair in about if pair[0] not in self.answers | {"question"} | self.categories)
            if place:
                found[place][measure, about - place] = number
        return [of for place, of in sorted(found.items(), key=lambda pair: sorted(pair[0]))]

    def shown_by(self, number: int) -> Iterator[Key]:
        """The figures of a table, each as often as it stands there."""
        brief = self.briefs[number]
        for shows in (self.readings[number].shows, brief.shows if brief else {}):
            yield from itertools.chain.from_iterable(shows.values())
        if (base := self.readings[number].base) is not None:
            yield base


def _model(tables: Sequence[Table], sensitive: frozenset[str]) -> _Model:
    """Read all tables and lay them side by side."""
    answers = answer_dimensions(tables)
    readings = side_by_side([read_figures(table, answers) for table in tables])
    short = [read_brief(reading) for reading in readings]
    briefs = [brief if brief and brief.sound else None for brief in short]
    values: dict[Key, int] = {}
    laws: list[Law] = list(_disposition_laws(readings))
    for reading, brief in zip(readings, briefs, strict=True):
        values |= reading.values
        values |= brief.values if brief else {}
        laws += brief.laws if brief else ()
    laws += of_cases(values, answers)
    laws += of_nets((pair for reading in readings for pair in reading.nets(answers)), values)
    categories = _named_by(tables, lambda measure: measure.kind is Content.ROW and measure.sensitive)
    coarse = _named_by(tables, lambda measure: measure.coarse)
    model = _Model(readings, briefs, tuple(values), (), (), answers, categories)
    places = Counter(itertools.chain.from_iterable(model.shown_by(i) for i in range(len(readings))))
    known = _known(values, frozenset().union(*(reading.known for reading in readings)))
    figures = [
        replace(
            _figure(key, value, places[key], answers),
            known=key in known,
            secret=_is_secret(key, sensitive, answers | categories, coarse),
        )
        for key, value in values.items()
    ]
    return replace(model, figures=figures, relations=relations(values, laws, [reading.values for reading in readings]))


def _figure(key: Key, value: int, cells: int, answers: frozenset[str]) -> ShownFigure:
    """A figure with what is lost when it is hidden: many cells, a large number, a total of all places."""
    _measure, about = key
    place = {name for name, _ in about} - answers - {"question"}
    return ShownFigure(value, (1 + cells) * math.log2(2 + value) * (1 if place else 4))


def _is_secret(key: Key, sensitive: frozenset[str], answers: frozenset[str], coarse: frozenset[str]) -> bool:
    """Whether a figure is about a sensitive answer of a place that is not large."""
    _measure, about = key
    named = any((name in answers or name == "question") and value in sensitive for name, value in about)
    return named and bool({name for name, _ in about} - answers - {"question"} - coarse)


def _known(values: Mapping[Key, int], rosters: frozenset[Key]) -> set[Key]:
    """The figures that readers know anyway: the number of records, and what the roster says of untouched places."""
    untouched = {
        (measure, about)
        for (measure, about), value in values.items()
        if measure.startswith("remaining") and values.get((measure.replace("remaining", "target", 1), about)) == value
    }
    return {EVERYONE, *untouched, *rosters}


def _disposition_laws(readings: Sequence[Reading]) -> Iterator[Law]:
    """How the table of statuses hangs together with the totals of the follow-up."""
    for reading in readings:
        names = [column.name for column in reading.table.columns]
        if "disposition" in names and "mentions" in names:
            column, statuses = names.index("disposition"), defaultdict(list)
            for row, key in reading.owners("mentions"):
                cell = reading.table.rows[row].cells[column]
                if isinstance(cell, Text) and not reading.table.rows[row].total:
                    statuses[str(cell.value)].append(key)
            yield from of_dispositions(statuses)


def _safer(tables: Mapping[int, Table], model: _Model, solution: Suppression, smallest: int) -> dict[int, Table]:
    """The tables without those that show a figure which could be worked out, or lead to one that must not appear."""
    guilty = {model.keys[i] for i in solution.exposed if not model.figures[i].secret}
    leaking = {i for i in solution.exposed if model.figures[i].secret}
    for relation in model.relations:
        among = {i for i, _sign in relation.terms}
        if among & leaking:
            guilty |= {model.keys[i] for i in among if not model.figures[i].secret}
    # The number of records stands in every receipt: where it is small itself, there is no crowd to hide in.
    guilty |= {k for k, f in zip(model.keys, model.figures, strict=True) if k == EVERYONE and 0 < f.value < smallest}
    kept = {}
    for number, (place, table) in enumerate(tables.items()):
        brief = model.briefs[number]
        if guilty.isdisjoint(model.shown_by(number)):
            sound = table.brief is None or brief is not None
            kept[place] = table if sound else replace(table, brief=None)
        elif brief is not None and guilty <= brief.values.keys():
            kept[place] = replace(table, brief=None)
    return kept


def _left_alone(model: _Model, solution: Suppression) -> set[Key]:
    """The cases of a row where one part of them is hidden and another is not in the table at all.

    Who has this table alone and takes the mentions for cases would subtract, and come close.
    """
    hidden = {model.keys[i] for i in solution.hidden}
    found: set[Key] = set()
    for reading in model.readings:
        if not any(counts(column, "raised") for column in reading.table.columns):
            parts: Counter[int] = Counter()
            for measure in ("no_issue", "not_recorded"):
                parts.update(row for row, key in reading.owners(measure) if key in hidden)
            found |= {key for row, key in reading.owners("cases") if parts[row] == 1 and key != EVERYONE}
    return found


def _finished(model: _Model, number: int, secrets: Secrets) -> Table:
    """A table as it may be shown, with its short version."""
    reading, brief = model.readings[number], model.briefs[number]
    view = View(reading.table, reading.rows, reading.shows, reading.base)
    whole = finished(view, secrets)
    if brief is None or is_telling_choice(view, brief.rows, secrets):
        return whole
    return replace(whole, brief=finished(View(brief.table, brief.rows, brief.shows, reading.base), secrets))


def _harmless(table: Table, secrets: Secrets, smallest: int) -> bool:
    """Whether a table of loose figures shows no small one, none that is hidden elsewhere, and none within words.

    Where its figures divide the survey, none of the survey's totals may be hidden: it could be their sum.
    """
    totals = {secrets.values[key] for key in secrets.hidden if not {name for name, _value in key[1]} - {"question"}}
    loose = [i for i, column in enumerate(table.columns) if measure_of(column).kind is Content.LOOSE]
    if (table.base is not None and totals) or any(isinstance(row.cells[i], Text) for row in table.rows for i in loose):
        return False
    counts = [(row.cells[0].value, cell.value) for row in table.rows for cell in row.cells if isinstance(cell, Count)]
    small = any(value and value < smallest and level not in OF_PLACES for level, value in counts)
    return not small and totals.isdisjoint(value for _level, value in counts)


def _noted(table: Table, smallest: int, everyone: frozenset[int]) -> Table:
    """The table with a note on its signs, where something is hidden."""
    kinds = {cell.hidden for row in table.rows for cell in row.cells} - {None}
    table = _reticent(table, smallest, everyone)
    notes = []
    if "primary" in kinds:
        notes.append(
            _("<{n}: a number from 1 to {last}, hidden to protect the people behind it.").format(
                n=smallest, last=smallest - 1
            )
        )
    if "secondary" in kinds:
        notes.append(_("*: hidden because a small number could be worked out from it, or is part of it."))
    if not notes:
        return table
    brief = table.brief and replace(table.brief, notes=(*table.brief.notes, *notes))
    return replace(table, notes=(*table.notes, *notes), brief=brief)


def _reticent(table: Table, smallest: int, everyone: frozenset[int]) -> Table:
    """The table without the notes, and the sentence on its base, that tell a number which no cell tells."""
    base = table.base
    known = everyone if base is None or base.cases is None else everyone | {base.cases}
    if base is not None and not is_harmless(base.text, smallest, known):
        base = replace(base, text="")
    brief = table.brief and _reticent(table.brief, smallest, everyone)
    return replace(table, notes=harmless_sentences(table.notes, smallest, known), base=base, brief=brief)


def _notices(tables: Sequence[Table], left_out: Sequence[str], smallest: int) -> Iterator[Notice]:
    """What was hidden and left out, for people."""
    hidden = Counter(cell.hidden for t in tables for row in t.rows for cell in row.cells if isinstance(cell, Count))
    if hidden["primary"] or hidden["secondary"]:
        message = _(
            "Small cells: {small} counts below {n} are hidden, and {more} others from which they would follow. "
            "The tables of this run are safe together; several runs laid side by side may not be."
        )
        yield Notice("small_cells", message.format(small=hidden["primary"], n=smallest, more=hidden["secondary"]))
    if left_out:
        message = _("Left out, because counts below {n} could be worked out from them: {tables}.")
        yield Notice("left_out", message.format(n=smallest, tables=", ".join(left_out)))


def policy_of(settings: Settings) -> Policy:
    """What the user asked to be hidden."""
    from visittally.words.codebook import Codebook

    codes = Codebook.load(settings.codebook).sensitive_codes() | {SENSITIVE}
    sensitive = codes if settings.public else frozenset[str]()
    return Policy(settings.min_cell, settings.public, sensitive, weighted=bool(settings.weight))


def protected(result: Result, settings: Settings) -> Result:
    """The result with small cells hidden, as was asked for: in tables, notices and receipt."""
    policy = policy_of(settings)
    safe = protect(tuple(result.tables.values()), policy)
    tables = {table.name: table for table in safe.tables}
    notices = (*harmless_notices(result.notices, policy.smallest), *safe.notices)
    return Result(tables, discreet(result.receipt, policy.smallest), notices, result.people)


def discreet(receipt: Receipt, smallest: int) -> Receipt:
    """The receipt that prints no small number of records set aside."""
    return replace(receipt, smallest=smallest if smallest > 1 else 0)
