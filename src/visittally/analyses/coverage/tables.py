"""The tables of coverage: `places`, `levels`, `ratios`, `progress`, `missing`, `unmatched`, `revisits`, `rates`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.coverage.figures import Coverage, finish_date
from visittally.analyses.coverage.level_tables import levels_table, ratios_table
from visittally.analyses.coverage.rates import rates_table
from visittally.analyses.coverage.rhythm import progress_table, revisited, revisits_table
from visittally.analyses.coverage.visits import Key, outcome_columns
from visittally.analyses.figure_columns import column, number, remark
from visittally.analyses.rows import by_cells, by_columns
from visittally.dataclass import dataclass
from visittally.messages import _, language
from visittally.tables.measures import EXTREME, OF_ROW, RECORD, ROW, counted
from visittally.tables.result import Tables
from visittally.tables.table import (
    Base,
    Cell,
    Column,
    Count,
    Date,
    Number,
    Row,
    Share,
    Table,
    Text,
)
from visittally.words.daycodes import day_of
from visittally.words.outcomes import GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from visittally.analyses.coverage.targets import Target
    from visittally.answers.axes import CodedAxis
    from visittally.settings import Settings

_NAMED = 5


def tables_of(
    coverage: Coverage, settings: Settings, further: Mapping[str, Callable[[], Table]]
) -> Mapping[str, Table]:
    """All tables that the columns of the files and the roster allow, `places` first; `further` ones last."""
    maker = _CoverageTables(coverage, settings)
    makers: dict[str, Callable[[], Table] | None] = {
        "places": maker.places,
        "levels": lambda: levels_table(coverage.levels),
        "ratios": (lambda: ratios_table(coverage.levels, coverage.as_of)) if coverage.levels.ratios else None,
        "progress": (lambda: progress_table(coverage)) if coverage.visits.days is not None else None,
        "missing": maker.missing if coverage.targets is not None and coverage.visits.axes else None,
        "unmatched": maker.unmatched if coverage.targets is not None and coverage.visits.axes else None,
        "revisits": (lambda: revisits_table(coverage, settings)) if revisited(coverage, settings) else None,
        "rates": maker.rates if coverage.dispositions is not None else None,
        **further,
    }
    return Tables({name: make for name, make in makers.items() if make is not None})


@dataclass(frozen=True, slots=True)
class _CoverageTables:
    coverage: Coverage
    settings: Settings

    @property
    def counts_in_notes(self) -> bool:
        """Whether notes may tell numbers, which nobody would hide there."""
        return not self.settings.hides_small_counts

    def counted_ones(self) -> str:
        """What counts towards a target, in the plural."""
        if self.coverage.by_household:
            return _("completed households") if self.coverage.completed else _("visited households")
        return _("completed visits") if self.coverage.completed else _("visits made")

    # ------------------------------------------------------------------ rows
    @property
    def axes(self) -> tuple[CodedAxis, ...]:
        """What makes the rows."""
        return self.coverage.visits.axes

    def kinds(self) -> tuple[str, ...]:
        """The kinds of target, where there are several columns to print."""
        targets = self.coverage.targets
        return targets.kinds if targets is not None and len(targets.kinds) > 1 else ()

    def kind_of(self, key: Key) -> Text:
        """What kind of target a row has."""
        coverage, targets = self.coverage, self.coverage.targets
        assert targets is not None
        for i, axis in enumerate(coverage.visits.axes):
            if axis.axis.field == "target_type":
                name = axis.coding.keys[key[i]] if key else None
                return Text(name or "all", axis.labels.get(name or "", "") if name else _("all kinds"))
        return Text("all", _("all kinds")) if self.kinds() else Text(targets.kinds[0] if targets.kinds else None)

    # ------------------------------------------------------------------ places
    def places(self) -> Table:
        """One row for each place: planned, visited, how the visits ended, pace."""
        coverage = self.coverage
        with_target, with_dates = coverage.targets is not None, coverage.visits.days is not None
        names: list[Column] = []
        if with_target:
            names += [_target_column("target")]
            names += [_target_column(f"target_{k}", label=_("Target: {kind}").format(kind=k)) for k in self.kinds()]
            names += [remark("target_kind", people=False)]
            names += [remark("target_approximate", label=_("Approximate"), people=False)]
        names.append(number("visited"))
        names += [number("completed")] if coverage.with_outcomes else []
        if with_target:
            names += [column("coverage_percent", counted("completed", "visited"), counted("target"))]
            names += [number("remaining")]
            names += [number(f"remaining_{k}", label=_("Remaining: {kind}").format(kind=k)) for k in self.kinds()]
        whole = outcome_columns(coverage.visits.finals.get((), {}))
        others = [name for name in GROUPS if name != "completed"] if coverage.with_outcomes else []
        names += [number(name, people=bool(whole[name])) for name in others]
        if with_dates:
            names += [column(name, EXTREME) for name in ("first_date", "last_date")]
            names += [column(name, OF_ROW) for name in ("per_day", *(["finish_date"] if with_target else []))]
        rows = [Row(tuple(self._place(key))) for key in coverage.keys(self.settings.sort)]
        # Without places the only row is the table itself, also in formats that hold no totals.
        rows.append(Row(tuple(self._place(())), total=bool(coverage.visits.axes)))
        title = _("Visited and planned") if with_target else _("Visits by place")
        return Table(
            "places",
            title,
            (*by_columns(self.axes), *names),
            tuple(rows),
            self._base(),
            tuple(self._place_notes()),
        )

    def _place(self, key: Key) -> list[Cell]:
        coverage, visits = self.coverage, self.coverage.visits
        target, reached = coverage.target(key), coverage.reached(key)
        finals = outcome_columns(visits.finals.get(key, {}))
        cells = by_cells(self.axes, key)
        if coverage.targets is not None:
            cells.append(Count(target.value, approximate=target.approximate))
            cells += [self._kind_target(key, kind) for kind in self.kinds()]
            cells += [self.kind_of(key), Text(target.approximate)]
        cells.append(Count(visits.visited(key)))
        cells += [Count(finals["completed"])] if coverage.with_outcomes else []
        if coverage.targets is not None:
            base = target.value if target.counts else None
            cells.append(Share(reached, base, counts=True, approximate=target.approximate))
            cells.append(Count(None if base is None else base - reached, approximate=target.approximate))
            cells += [self._kind_remaining(key, kind) for kind in self.kinds()]
        cells += [Count(finals[name]) for name in GROUPS if name != "completed"] if coverage.with_outcomes else []
        return cells + self._pace(key)

    def _kind_target(self, key: Key, kind: str) -> Count:
        targets = self.coverage.targets
        assert targets is not None
        target = targets.rows.get(key, {}).get(kind) if key else targets.total(kind)
        return Count(None) if target is None else Count(target.value, approximate=target.approximate)

    def _kind_remaining(self, key: Key, kind: str) -> Count:
        planned = self._kind_target(key, kind)
        if not planned.value:
            return Count(None)
        left = planned.value - self.coverage.reached(key, kind)
        # What all visits together are beyond one of the kinds is nothing that is left of it.
        return Count(None if left < 0 and not self._kinds_known() else left, approximate=planned.approximate)

    def _kinds_known(self) -> bool:
        """Whether the visits say which kind of target they belong to: otherwise nothing is left of one kind."""
        by_type = any(axis.axis.field == "target_type" for axis in self.coverage.visits.axes)
        return by_type or self.coverage.visits.kind is not None

    def _pace(self, key: Key) -> list[Cell]:
        """First and last date, visits a day, and the day on which the target will be reached."""
        coverage = self.coverage
        if coverage.visits.days is None:
            return []
        span = coverage.visits.spans.get(key)
        days = None if span is None else span[1] - span[0] + 1
        first, last = (None, None) if span is None else (day_of(span[0]), day_of(span[1]))
        per_day = None if days is None else coverage.counted(key) / days
        cells: list[Cell] = [Date.of(first), Date.of(last), Number(per_day)]
        return cells + ([Date.of(finish_date(coverage, key))] if coverage.targets is not None else [])

    def _base(self) -> Base:
        coverage = self.coverage
        if coverage.targets is None:
            n = coverage.visits.visited(())
            words = _("Base: {n:,} visited households.") if coverage.by_household else _("Base: all {n:,} visits.")
            return Base("all", n, words.format(n=n))
        total = coverage.target(())
        text = _("Base: {number} planned in {roster}.").format(number=_number_text(total), roster=coverage.roster)
        whole = None if total.value is None else int(total.value)
        return Base("target", whole, text)

    def _place_notes(self) -> list[str]:
        coverage, visits = self.coverage, self.coverage.visits
        found = []
        if coverage.by_household:
            once = _("A household counts once, however often it was visited.")
            best = _("A household counts once, with the best that any of its visits came to.")
            found.append(best if coverage.with_outcomes else once)
            if visits.keyless and self.counts_in_notes:
                text = _("Records without a household key, which count one by one: {n:,}.")
                found.append(text.format(n=visits.keyless))
        if visits.days is not None:
            what = self.counted_ones()
            text = _("Per day: {what} by calendar days from the first to the last date of the row.")
            found.append(text.format(what=what))
        partial = visits.finals.get((), {}).get("P", 0)
        if partial and self.counts_in_notes:
            found.append(_("Partly completed visits, which count as other: {n:,}.").format(n=partial))
        if coverage.with_outcomes and self.counts_in_notes and (blank := visits.finals.get((), {}).get("", 0)):
            found.append(_("Visits without a known outcome, which count as other: {n:,}.").format(n=blank))
        return found + (self._target_notes() if coverage.targets is not None else [])

    def _target_notes(self) -> list[str]:
        coverage = self.coverage
        what = self.counted_ones()
        found = [_("Coverage: {what} / target; remaining: target less {what}.").format(what=what)]
        if not self.counts_in_notes:
            return found
        rows = coverage.keys("")
        without = [key for key in rows if not coverage.target(key).counts]
        if without:
            n = sum(coverage.counted(key) for key in without)
            text = _("Rows without a target, in no rate: {places:,}, with {n:,} {what}.")
            found.append(text.format(places=len(without), n=n, what=what))
        over = [
            key
            for key in rows
            if coverage.target(key).counts and coverage.reached(key) > (coverage.target(key).value or 0)
        ]
        if over:
            shown = ", ".join(
                f"{coverage.name(k)} {coverage.reached(k):,}/{_number_text(coverage.target(k))}" for k in over[:_NAMED]
            )
            shown += " ..." if len(over) > _NAMED else ""
            short = sum(max(0, (coverage.target(k).value or 0) - coverage.reached(k)) for k in rows if k not in over)
            text = _("More than planned: {shown}. Their surplus is in the total: {n:,} remain in the other rows.")
            found.append(text.format(shown=shown, n=int(short)))
        if coverage.target(()).approximate:
            found.append(_("≈: the roster gives an approximate number, so what follows from it is approximate too."))
        return found + self._kind_notes()

    def _kind_notes(self) -> list[str]:
        """What each rate is a share of, where the roster has several kinds of target."""
        coverage, targets = self.coverage, self.coverage.targets
        assert targets is not None
        type_axis = next((i for i, a in enumerate(coverage.visits.axes) if a.axis.field == "target_type"), None)
        planned: dict[str, tuple[float, int, bool]] = {}
        for key in targets.rows:
            for kind, target in targets.rows[key].items():
                name = kind if type_axis is None else coverage.visits.axes[type_axis].coding.keys[key[type_axis]]
                if target.value:
                    value, done, about = planned.get(name, (0, 0, False))
                    done += coverage.counted(key, kind)
                    planned[name] = (value + target.value, done, about or target.approximate)
        if len(planned) < 2:
            return []
        whole = coverage.target(())
        shares = [_share_text(_("all kinds"), coverage.reached(()), whole.value or 0, about=whole.approximate)]
        known = self._kinds_known()
        shares += [
            _share_text(kind, done, value, about=about)
            for kind, (value, done, about) in planned.items()
            if known or done <= value
        ]
        found = [_("The total is a share of all kinds of target: {shares}.").format(shares=_("; ").join(shares))]
        if not known:
            text = _(
                "The visits do not say which kind of target they belong to: each kind is compared with all of them."
            )
            found.append(text)
        else:
            text = _("All visits against one kind: {shares}.")
            done = coverage.reached(())
            against = [
                _share_text(k, done, value, about=about) for k, (value, _n, about) in planned.items() if done <= value
            ]
            if against:
                found.append(text.format(shares=_("; ").join(against)))
        return found

    # ------------------------------------------------------------------ what is missing
    def missing(self) -> Table:
        """Places that nobody has visited; with household ids where they may be shown."""
        coverage, targets = self.coverage, self.coverage.targets
        assert targets is not None
        with_ids = targets.matched is not None and self.settings.kept and not self.settings.public
        columns = [*by_columns(self.axes), column("target", RECORD)]
        rows: list[Row] = []
        if with_ids:
            columns[-1] = column("household_id", RECORD)
            for key in coverage.keys(self.settings.sort):
                rows += [Row((*by_cells(self.axes, key), Text(name))) for name in targets.missing.get(key, ())]
        else:
            rows += [
                Row((*by_cells(self.axes, key), self._target_cell(key)))
                for key in targets.rows
                if not self._visited(key)
            ]
        total = sum(len(ids) for ids in targets.missing.values())
        text = _("Households of the roster that have not been visited: {n:,}.")
        notes = [text.format(n=total)] if targets.matched is not None else []
        if targets.matched is not None and total and not with_ids:
            notes.append(_("Household by household: --table missing -o FILE, without --public."))
        return Table("missing", _("Not yet visited"), tuple(columns), tuple(rows), None, tuple(notes), kept=True)

    def _target_cell(self, key: Key) -> Count:
        target = self.coverage.target(key)
        return Count(target.value, approximate=target.approximate)

    def _visited(self, key: Key) -> int:
        targets = self.coverage.targets
        assert targets is not None
        return self.coverage.visits.visited(key) if targets.matched is None else targets.matched.get(key, (0, 0))[0]

    def unmatched(self) -> Table:
        """Names that only the visits or only the roster have."""
        sides = {"visits": _("visit records"), "roster": _("roster")}
        rows = [
            Row((Text(u.side, sides[u.side]), Text(self.coverage.name(u.key)), Text(u.suggestion or None)))
            for u in self.coverage.unmatched
        ]
        columns = (column("side", ROW), column("place", ROW), remark("suggestion"))
        notes: tuple[str, ...] = ()
        if rows:
            notes = (
                _("Nothing is joined because it looks alike: [aliases] in visittally.toml says what is the same."),
            )
        return Table("unmatched", _("Names that do not match the roster"), columns, tuple(rows), None, notes)

    def rates(self) -> Table:
        """Outcome rates by AAPOR's formulas."""
        assert self.coverage.dispositions is not None
        return rates_table(self.coverage.dispositions, self.settings)


def _target_column(name: str, *, label: str | None = None) -> Column:
    """A column that the roster tells, not the visits."""
    return column(name, counted(name, known=True), label=label)


def _number_text(target: Target) -> str:
    return ("≈" if target.approximate else "") + f"{target.value or 0:,.10g}"


def _share_text(name: str, n: float, base: float, *, about: bool) -> str:
    sign = "≈" if about else ""
    gap = "" if language() == "zh" else " "
    return f"{name} {n:,.10g}/{sign}{base:,.10g} = {sign}{100 * n / base:.2f}{gap}%" if base else f"{name} -"
