"""Drawing the visits to check: the sheet to fill in, and how many cases of each stratum it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.backcheck.columns import FILL_IN, PRINTED_SEPARATOR, sheet_heading
from visittally.analyses.backcheck.draw import SEPARATOR, Draw, Stratum, share_of
from visittally.analyses.backcheck.keyed import CaseKey, case_key
from visittally.analyses.backcheck.oversampling import Oversample
from visittally.analyses.backcheck.population import (
    Design,
    Population,
    drawn_records,
    iso_day,
    label_of,
    read_population,
    sheet_dimensions,
    strata_axes,
)
from visittally.analyses.campaign import guess_notices, unique_notices
from visittally.analyses.figure_columns import column, number
from visittally.dataclass import dataclass
from visittally.errors import Notice, UsageError
from visittally.messages import _, ngettext
from visittally.reading.fingerprints import fingerprint
from visittally.survey.fields import PLACES
from visittally.survey.understanding import question
from visittally.tables.measures import OF_ROW, ROW
from visittally.tables.result import Result
from visittally.tables.table import Cell, Column, Count, Date, Number, Row, Table, Text
from visittally.words.labels import heading, not_recorded
from visittally.words.ordering import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.backcheck.keyed import Keyed
    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.settings import Settings
    from visittally.survey.variables import Variable


def draw_sheet(campaign: Campaign) -> Result:
    """Draw a sample of the completed cases.

    Raises:
        FieldError: A field or column is not there.
        UsageError: The sheet is asked for without a file to write it to, or for the public.
    """
    settings = campaign.settings
    _check(settings)
    how = Draw(settings.seed, share_of(str(settings.share)), settings.least)
    design = _design(campaign)
    counts = campaign.count(design.plan)
    population = read_population(campaign, design, counts, Oversample.of(campaign))
    drawn = population.draw(how)
    notes = tuple(_notes(campaign, how))
    tables: dict[str, Table] = {}
    if settings.kept:
        sheet = _Sheet(campaign, population, drawn, [question(campaign.survey, name) for name in settings.question])
        tables["sheet"] = sheet.table(drawn_records(campaign, counts, population, drawn), notes)
    tables["strata"] = _strata(population, drawn, notes)
    notices = [*campaign.notices(), *counts.notices, *_notices(campaign, population, counts)]
    notices += [Notice("draw", " ".join(notes))]
    return Result(tables, counts.receipt, unique_notices(notices), tuple(tables))


def _check(settings: Settings) -> None:
    if not settings.seed:
        message = _("a sample that can be foreseen checks nothing: choose --seed after the visits, and write it down.")
        raise UsageError(message)
    if settings.public:
        raise UsageError(_("a back-check sheet names households: it is not for the public. Leave --public out."))
    if settings.include_personal and not settings.kept:
        raise UsageError(_("--include-personal needs -o FILE: personal records are not printed by mistake."))
    if not settings.kept and ("sheet" in settings.table or settings.first_only):
        raise UsageError(_("the sheet names households: write it to a file of its own, with -o sheet.xlsx."))


def _design(campaign: Campaign) -> Design:
    survey, settings = campaign.survey, campaign.settings
    key = case_key(campaign)
    places = tuple(axis for field in PLACES if (axis := campaign.axis_of_field(field)) is not None)
    places = tuple(campaign.axis(name) for name in settings.by) or places
    shown: tuple[Variable, ...] = ()
    if settings.include_personal:
        known = {"household_id", "visitor"}
        shown = tuple(
            v
            for v in survey.variables.values()
            if v.personal and not v.ours and not v.part_of and known.isdisjoint(v.fields) and len(v.parts) == 1
        )
    return Design(
        key,
        strata_axes(campaign, settings.stratum),
        places,
        survey.of_field("visit_outcome"),
        survey.of_field("visit_date"),
        campaign.axis_of_field("visitor"),
        survey.of_field("household_id"),
        shown,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet that a person fills in by phone or at the door. The answers that were given are not on it."""

    campaign: Campaign
    population: Population
    drawn: Mapping[str, Stratum]
    questions: Sequence[Variable]

    def table(self, records: Mapping[str, Keyed], notes: tuple[str, ...]) -> Table:
        design = self.population.design
        columns = [Column("number", sheet_heading("number"))]
        columns += [Column(axis.name, axis.label) for axis in design.places]
        columns += [Column("household_id", heading("household_id"))] if design.household is not None else []
        columns += [Column("visitor", heading("visitor"))] if design.visitor is not None else []
        columns += [Column("visit_date", heading("visit_date"))] if design.day else []
        columns += [Column("stratum", sheet_heading("stratum")), Column("weight", sheet_heading("weight"))]
        columns += [Column(v.name, v.label or v.name) for v in design.shown]
        columns += [Column(name, sheet_heading(name), fill_in=True) for name in FILL_IN]
        columns += [Column(v.name, _question_heading(v), fill_in=True) for v in self.questions]
        columns += [Column("key", sheet_heading("key"))]
        rows: list[Row] = []
        blanks = (Text(""),) * (len(FILL_IN) + len(self.questions))
        for stratum in _in_order(self.population, self.drawn):
            found = self.drawn[stratum]
            for key in found.drawn:
                place, own, shown = self._cells(records[key])
                label = Text(self.population.labels[stratum])
                weight = Number(found.weight, 2)
                known = Text(key.replace(SEPARATOR, PRINTED_SEPARATOR))
                rows.append(Row((Number(len(rows) + 1, 0), *place, *own, label, weight, *shown, *blanks, known)))
        title = _("Back-check sheet")
        return Table("sheet", title, tuple(columns), tuple(rows), None, notes, kept=True)

    def _cells(self, record: Keyed) -> tuple[list[Cell], list[Cell], list[Cell]]:
        """The cells of a case: its places; household, visitor and date; further ones."""
        population, design = self.population, self.population.design
        cells = dict(zip(sheet_dimensions(design), record.cells, strict=True))
        places: list[Cell] = []
        for axis in design.places:
            name, label = label_of(population.axes[axis], cells[axis.dimension])
            places.append(Text(name, label if name else not_recorded()))
        own: list[Cell] = []
        raw = [cell.strip("\x00 ") for cell in record.cells[len(design.places) :]]
        at = 1 if design.visitor is not None else 0
        if design.household is not None:
            own.append(Text(raw[at]))
            at += 1
        if design.visitor is not None:
            own.append(Text(*label_of(population.axes[design.visitor], cells[design.visitor.dimension])))
        if design.day:
            day = iso_day(raw[-1], population.order)
            own.append(Date(day) if day else Text(raw[-1]))
        return places, own, [Text(text) for text in raw[at : at + len(design.shown)]]


def _question_heading(variable: Variable) -> str:
    return f"{variable.label} ({variable.name})" if variable.label else variable.name


def _in_order(population: Population, drawn: Mapping[str, Stratum]) -> list[str]:
    return sorted(drawn, key=lambda stratum: (name_key(population.labels[stratum]), stratum))


def _strata(population: Population, drawn: Mapping[str, Stratum], notes: tuple[str, ...]) -> Table:
    columns = [
        column("stratum", ROW, label=sheet_heading("stratum")),
        *(number(name, label=sheet_heading(name)) for name in ("cases", "drawn")),
        column("weight", OF_ROW, label=sheet_heading("weight")),
    ]
    rows = []
    for name in _in_order(population, drawn):
        found = drawn[name]
        label = Text(population.labels[name], "" if population.labels[name] else not_recorded())
        rows.append(Row((label, Count(found.cases), Count(len(found.drawn)), Number(found.weight, 2))))
    cases, chosen = sum(s.cases for s in drawn.values()), sum(len(s.drawn) for s in drawn.values())
    if len(rows) > 1:
        rows.append(Row((Text(None, _("Total")), Count(cases), Count(chosen), Number(None)), total=True))
    return Table("strata", _("Cases drawn by stratum"), tuple(columns), tuple(rows), None, notes)


def _notes(campaign: Campaign, how: Draw) -> list[str]:
    """What it takes to draw the same sample again."""
    settings = campaign.settings
    text = _("Drawn with seed {seed}, share {share}, at least {least} of each stratum.")
    found = [text.format(seed=settings.seed, share=settings.share, least=how.least)]
    for name, factor in settings.oversample.items():
        text = _("Of the records with the signal {name} {factor} times the share is drawn, as strata of their own.")
        found.append(text.format(name=name, factor=factor))
    names = {v: v for v in dict.fromkeys(layout.source.file for layout in campaign.survey.layouts)}
    for file in names:
        digest = fingerprint(file)
        found.append(f"{file} sha256 {digest}." if digest else f"{file}.")
    found.append(_("The order of a stratum is that of the SHA-256 of seed, stratum and key, a line each."))
    return found


def _notices(campaign: Campaign, population: Population, counts: Counts) -> list[Notice]:
    """What the draw rests on: the key, the completed visits, what was taken together."""
    del counts
    found = guess_notices(campaign.survey, ["village", "visitor", "household_id", "visit_outcome"])
    found += _key_notices(population.design.key)
    if population.design.outcome is None:
        text = _("No column tells how visits ended: all cases may be drawn (--column visit_outcome=HEADER).")
        found.append(Notice("no_outcome", text))
    elif population.not_completed:
        text = ngettext(
            "{n:,} record of a visit that was not completed is not drawn from.",
            "{n:,} records of visits that were not completed are not drawn from.",
            population.not_completed,
        )
        found.append(Notice("not_completed", text.format(n=population.not_completed)))
    if population.keyless and population.design.key.variables:
        text = _("{n:,} records have no key: they are told apart by file and line.")
        found.append(Notice("no_key", text.format(n=population.keyless)))
    if population.repeated:
        text = _("{n:,} records share their key with another one: a case is drawn once, its latest record counts.")
        found.append(Notice("repeated_keys", text.format(n=population.repeated)))
    return found


def _key_notices(key: CaseKey) -> list[Notice]:
    if key.asked:
        return []
    if not key.variables:
        text = _(
            "No column tells cases apart: they are told by file and line, so keep the files as they are (--key FIELD)."
        )
        return [Notice("key", text)]
    name = key.variables[0].name
    if len(key.variables) > 1:
        text = _('Cases are told apart by "{name}" within "{place}" (--key FIELD takes another column).')
        return [Notice("key", text.format(name=name, place=key.variables[1].name))]
    text = _('Cases are told apart by "{name}" (--key FIELD takes another column).')
    return [Notice("key", text.format(name=name))]
