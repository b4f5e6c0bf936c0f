"""`backcheck`: draw the visits to check, or compare the checks with the visits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.analyses.backcheck.columns import FILL_IN, PRINTED, PRINTED_SEPARATOR, headers_of, sheet_columns
from visittally.analyses.backcheck.keyed import CaseKey, case_key, needed_key, value_counts
from visittally.analyses.backcheck.pairs import Asked, BackcheckSides, Paired, pair_up
from visittally.analyses.backcheck.population import label_of
from visittally.analyses.backcheck.rates import (
    Grouping,
    cases_table,
    differences_table,
    questions_table,
    rates_table,
    unmatched_table,
)
from visittally.analyses.backcheck.sameness import okay_of
from visittally.analyses.backcheck.sheet import draw_sheet
from visittally.analyses.campaign import load, unique_notices
from visittally.analyses.matching import match_questions
from visittally.answers.axes import code_axis
from visittally.errors import FieldError, InputError, Notice, UsageError
from visittally.messages import _
from visittally.reading.inputs.expanding import LeftOut, expand, spelled_out
from visittally.reading.receipt import Receipt
from visittally.survey.understanding import resolve
from visittally.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis
    from visittally.settings import Settings
    from visittally.survey.variables import Variable
    from visittally.tables.table import Table

_CIRCUMSTANCES = frozenset(
    {
        *("county", "township", "village", "group", "household_id", "visitor", "visitor_unit", "accompany"),
        *("visit_date", "start_time", "end_time", "duration_min", "submitted_at", "visit_id", "issue_id", "record_key"),
        *("channel", "visit_mode", "visit_schedule", "visit_outcome", "campaign", "phase", "weight"),
    }
)
"""Fields that say when, where and by whom: they differ of themselves, and are compared only where they are named."""
_RECORDS = ("cases", "differences", "unmatched")


def backcheck(campaign: Campaign) -> Result:
    """Draw a sample (--seed), or compare back-checks with the visits (--answers).

    Raises:
        FieldError: A field, column or question is not there.
        InputError: A file cannot be read.
        UsageError: Options that do not go together.
    """
    settings = campaign.settings
    if settings.answers and settings.seed:
        raise UsageError(_("either --seed, to draw a sample, or --answers, to compare one: not both."))
    campaign.need_records()
    return _compared(campaign) if settings.answers else draw_sheet(campaign)


def _compared(campaign: Campaign) -> Result:
    settings = campaign.settings
    _check(settings)
    second = _back_checks(campaign)
    sides, notices = _sides(campaign, second)
    plan, second_plan = sides.plans()
    counts, second_counts = campaign.count(plan), second.count(second_plan)
    paired = pair_up(sides, counts, second_counts, count_blank=settings.count_blank)
    coded = [code_axis(axis, value_counts(counts, axis.dimension), settings) for axis in sides.groups]
    groupings, visitors = [], dict[int, str]()
    for i, axis in enumerate(coded):
        found = [label_of(axis, case.about[i]) for case in paired.cases]
        name = {"visitor": "visitor", "visitor_unit": "team"}.get(axis.axis.field, axis.axis.name)
        groupings.append(Grouping(name, axis.axis.label, [key for key, _label in found], dict(found)))
        if axis.axis.field == "visitor":
            visitors = {i: label for i, (_key, label) in enumerate(found)}
    checkers = _checkers(paired, settings)
    groupings += [*checkers, *_samples(paired)]
    tables: dict[str, Table] = {
        "rates": rates_table(paired, sides.asked, groupings, settings.okay_rate, discreet=settings.hides_small_counts),
        "questions": questions_table(paired, sides.asked),
    }
    if not settings.hides_small_counts:
        labels = dict(enumerate(checkers[0].keys)) if checkers else {}
        paired.cases = [replace(case, checker=labels.get(i, "")) for i, case in enumerate(paired.cases)]
        tables["cases"] = cases_table(paired, visitors)
        if settings.kept:
            tables["differences"] = differences_table(paired, visitors)
        tables["unmatched"] = unmatched_table(paired)
    notices += [*campaign.notices(), *second.notices(), *counts.notices, *second_counts.notices]
    notices += _notices(paired, sides, settings)
    receipt = Receipt([*counts.receipt.files, *second_counts.receipt.files])
    shown = ("rates", "questions", *(name for name in ("cases", "unmatched") if name in tables and tables[name].rows))
    return Result(tables, receipt, unique_notices(notices), shown)


def _check(settings: Settings) -> None:
    if "differences" in settings.table and not settings.kept:
        raise UsageError(_("--table differences shows single answers: write it to a file of its own, with -o FILE."))
    left_out = [name for name in _RECORDS if name in settings.table]
    if settings.hides_small_counts and left_out:
        text = _("--table {names} lists single cases, which does not go with --public or --min-cell.")
        raise UsageError(text.format(names=", ".join(left_out)))
    if len({*settings.type1, *settings.type2, *settings.type3}) < sum(map(len, _types(settings).values())):
        raise UsageError(_("A question is of one type: it stands under two of --type1, --type2, --type3."))


def _types(settings: Settings) -> Mapping[str, Sequence[str]]:
    return {"1": settings.type1, "2": settings.type2, "3": settings.type3}


def _back_checks(campaign: Campaign) -> Campaign:
    """The back-checks as a survey of their own."""
    settings = campaign.settings
    own = {f: h for f, h in settings.answers_columns.items() if f not in (*FILL_IN, *PRINTED)}
    form = campaign.settings.with_options(
        files=settings.answers, columns=own, form=(), where=(), sheet=(), by=(), weight="", ticked=settings.ticked
    )
    # A filled-in sheet carries our mark, and is read all the same.
    opened = [next(iter(expand([path]))) for name in settings.answers for path in spelled_out(name)]
    wrong = [str(one) for one in opened if isinstance(one, InputError)]
    if wrong:
        raise InputError("\n".join(wrong))
    files = [one for one in opened if not isinstance(one, InputError | LeftOut)]
    second = load(replace(form, ticked={}), runner=campaign.runner, progress=campaign.progress, files=files)
    second.need_records()
    return second


def _sides(campaign: Campaign, second: Campaign) -> tuple[BackcheckSides, list[Notice]]:
    """What is joined by what, which questions are compared, what the rates are made by."""
    sheet = sheet_columns(second.survey)
    for name, header in campaign.settings.answers_columns.items():
        if name in (*FILL_IN, *PRINTED):
            sheet[name] = resolve(second.survey, header, shown=False).variable
    ours = not sheet.keys().isdisjoint(FILL_IN[:-1]) and "key" in sheet
    key, second_key = _keys(campaign, second, sheet["key"] if ours else None)
    if not ours:
        sheet = {name: v for name, v in sheet.items() if name in ("checker", "weight", "was_visited", "true_record")}
    joined = {v.name for v in (*key.variables, *second_key.variables)}
    asked, notices = _asked(campaign, second, joined | {v.name for v in sheet.values()})
    named = [campaign.axis(name) for name in campaign.settings.by]
    fixed = [axis for f in ("visitor", "visitor_unit") if (axis := campaign.axis_of_field(f)) is not None]
    groups: list[Axis] = list(dict.fromkeys([*fixed, *named]))
    date = campaign.survey.of_field("visit_date")
    second_date = sheet.get("checked_on") or second.survey.of_field("visit_date")
    return BackcheckSides(campaign, second, key, second_key, asked, tuple(groups), sheet, date, second_date), notices


def _keys(campaign: Campaign, second: Campaign, printed: Variable | None) -> tuple[CaseKey, CaseKey]:
    """What the cases of both sides are joined by: --key, the key on a sheet of ours, else as they are drawn."""
    files = ", ".join(campaign.settings.answers)
    if printed is not None:
        return case_key(campaign), CaseKey((printed,))
    first = needed_key(campaign, ", ".join(campaign.settings.files))
    if campaign.settings.key:
        return first, needed_key(second, files)
    wanted = first.variables[0]
    field = next((f for f in ("record_key", "household_id") if f in wanted.fields), "")
    own = second.survey.of_field(field) if field else None
    own = own or second.survey.variables.get(wanted.name)
    village = second.survey.of_field("village")
    if own is None or (len(first.variables) > 1 and village is None):
        text = _('{files}: no column "{name}" to find the visits again by. Say which both have: --key FIELD')
        raise FieldError(text.format(files=files, name=wanted.name))
    return first, CaseKey((own, village) if len(first.variables) > 1 and village is not None else (own,))


def _asked(campaign: Campaign, second: Campaign, taken: set[str]) -> tuple[tuple[Asked, ...], list[Notice]]:
    """The questions that both sides have, with their types."""
    settings, survey = campaign.settings, campaign.survey
    types = {resolve(survey, q, shown=False).variable.name: t for t, qs in _types(settings).items() for q in qs}
    named = [resolve(survey, name, shown=False).variable.name for name in settings.question]
    okay = {resolve(survey, q, shown=False).variable.name: okay_of(text) for q, text in settings.okay.items()}
    chosen = {*types, *named, *okay}
    mine = [v for v in survey.variables.values() if v.name in chosen or _compares(v, taken)]
    ours = {header for name in (*PRINTED, *FILL_IN) for header in headers_of(name)}
    theirs = [v for v in second.survey.variables.values() if v.name not in ours]
    matches = {resolve(survey, old, shown=False).variable.name: new for old, new in settings.match.items()}
    matched = match_questions(mine, [_called(v, mine) for v in theirs], matches)
    pairs = [
        replace(pair, after=second.survey.variables[_real(pair.after.name, theirs, mine)]) for pair in matched.pairs
    ]
    known = {pair.before.name for pair in pairs}
    absent = [name for name in (*types, *named, *okay) if name not in known]
    if absent:
        text = _("{files}: the back-checks have no question {names} (--match OLD=NEW says under which header).")
        raise FieldError(text.format(files=", ".join(settings.answers), names=", ".join(dict.fromkeys(absent))))
    if named:
        pairs = [pair for pair in pairs if pair.before.name in chosen]
    order = {v.name: i for i, v in enumerate(mine)}
    pairs.sort(key=lambda pair: order[pair.before.name])
    asked = tuple(Asked(p, types.get(p.before.name, "unclassified"), okay.get(p.before.name)) for p in pairs)
    if not asked:
        text = _("{files}: no question stands in the visits, too. --match OLD=NEW says which belong together.")
        raise FieldError(text.format(files=", ".join(settings.answers)))
    return asked, []


def _compares(variable: Variable, taken: set[str]) -> bool:
    """Whether a question is compared without being named."""
    plain = not (variable.personal or variable.ours or variable.part_of)
    return plain and variable.name not in taken and _CIRCUMSTANCES.isdisjoint(variable.fields)


def _called(variable: Variable, mine: Sequence[Variable]) -> Variable:
    """A question of the back-checks under the name that it has in the visits, where a sheet printed its label."""
    labels = {f"{v.label} ({v.name})": v.name for v in mine if v.label}
    return replace(variable, name=labels.get(variable.name, variable.name))


def _real(name: str, theirs: Sequence[Variable], mine: Sequence[Variable]) -> str:
    return next(v.name for v in theirs if _called(v, mine).name == name)


def _checkers(paired: Paired, settings: Settings) -> list[Grouping]:
    """Those who checked, under pseudonyms of their own."""
    names = [case.checker for case in paired.cases]
    if not any(names):
        return []
    from visittally.words.personal import pseudonyms

    shown = {n: n for n in names} if settings.show_visitors else pseudonyms(filter(None, names), "C")
    keys = [shown.get(name, "") for name in names]
    return [Grouping("checker", _("Checker"), keys, {key: key for key in keys})]


def _samples(paired: Paired) -> list[Grouping]:
    """Cases drawn at random, and those drawn more often for a signal; none where all were drawn alike."""
    from visittally.analyses.check.signals import signals

    known = signals()
    ends = [case.stratum.rpartition(PRINTED_SEPARATOR)[2] for case in paired.cases]
    keys = [end if end in known else "random" for end in ends]
    if set(keys) <= {"random"}:
        return []
    labels = {"random": _("at random"), **{key: known[key].label for key in keys if key in known}}
    return [Grouping("sample", _("How drawn"), keys, labels)]


def _notices(paired: Paired, sides: BackcheckSides, settings: Settings) -> list[Notice]:
    text = _(
        "{n:,} back-checks were compared with their visits, by {key}; {other:,} records were not (table unmatched)."
    )
    keys = _(" within ").join(f'"{v.name}"' for v in sides.key.variables) or _("file and line")
    found = [Notice("compared", text.format(n=len(paired.cases), key=keys, other=len(paired.unmatched)))]
    if not paired.cases:
        text = _("No back-check has the key of a visit: nothing was compared. --key FIELD names the column to join by.")
        found.append(Notice("nothing_compared", text))
    if paired.visits:
        text = _("{n} of {m} households say nobody came, or that the record is not true.")
        found.append(Notice("nobody_came", text.format(n=paired.nobody, m=paired.visits)))
    if settings.hides_small_counts:
        text = _(
            "Left out with --public or --min-cell: rates of visitors, teams and checkers, and what lists single cases "
            "({names})."
        )
        found.append(Notice("left_out", text.format(names=", ".join(_RECORDS))))
    return found
