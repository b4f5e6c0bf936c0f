"""Opening a roster: which of its columns hold the planned numbers, or the households."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.analyses.coverage.roster import TARGET, Roster, is_blank, roster_column, roster_rows, telling_apart
from visittally.errors import FieldError
from visittally.messages import _
from visittally.survey.fields import alias_ranks, canonical, field_names, header_list
from visittally.survey.headers import header_key, last_part
from visittally.words.folding import fold
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from visittally.settings import Settings
    from visittally.survey.variables import Survey, Variable

_PLANNED = pattern(r"(?:应|需|拟|计划|目标|任务)(?:走访|入户|访问)?|planned|target|to visit|quota")
_KIND_PREFIXES = ("target.", "planned.")


def open_roster(settings: Settings, *, groups: bool = False) -> Roster:
    """Open the roster and find its columns.

    Args:
        settings: Where it is, and which columns were named.
        groups: Whether the visits tell village and group apart, so that 白沙村3组 of the roster is both as well.

    Raises:
        InputError: It cannot be read.
        FieldError: A column that was named is not there, or there are neither numbers nor households.
    """
    from visittally.reading import open_sources
    from visittally.reading.inputs.source import ReadingOptions
    from visittally.survey.places_of_tables import with_groups
    from visittally.survey.understanding import understand

    sources = open_sources((settings.roster,), ReadingOptions())
    kinds, columns, headers = _asked(settings)
    survey = understand(sources, columns=columns)
    if groups:
        apart = with_groups(list(sources), survey, [])
        survey = survey if apart == list(sources) else understand(apart, columns=columns)
    roster = Roster(settings.roster, survey, {}, headers)
    for header in headers.values():
        roster_column(roster, header)
    households = survey.of_field("household_id")
    targets = {kind: roster_column(roster, header) for kind, header in kinds.items()}
    if not targets and TARGET not in columns and households is None:
        targets = kinds_of_targets(survey)
    single = survey.of_field(TARGET) or (None if households is not None else _numbers_of_households(survey))
    if not targets and single is not None and ("household_id" not in columns or TARGET in columns):
        targets = {"": single}
    if not targets and households is None:
        text = _(
            "{file}: no column holds the planned numbers or the households. Columns are: {columns}. "
            "Say which: --roster-column target=HEADER (target.NAME=HEADER for one of several kinds) or "
            "--roster-column household_id=HEADER"
        )
        raise FieldError(text.format(file=settings.roster, columns=", ".join(survey.variables)))
    roster = Roster(settings.roster, survey, targets, headers)
    if kinds or TARGET in columns or len(targets) > 1:
        return roster
    if single is not None:
        unused = _further_numbers(survey, single, rivals=TARGET in single.fields)
        guessed = TARGET not in single.fields and header_key(last_part(single.name)) not in _of_all_households()
        roster = replace(roster, unused=unused, guessed=guessed)
    return _of_households(roster)


def _asked(settings: Settings) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """What the user named: kinds of target, fields, and rows of the tables that are no fields, each with its header."""
    known = set(field_names())
    kinds: dict[str, str] = {}
    columns: dict[str, str] = {}
    headers: dict[str, str] = {}
    for name, header in settings.roster_columns.items():
        prefix = next((p for p in _KIND_PREFIXES if name.startswith(p)), "")
        if prefix:
            kinds[name.removeprefix(prefix)] = header
        elif canonical(name) in known:
            columns[canonical(name)] = header
        else:
            headers[name] = header
    return kinds, columns, headers


def _of_households(roster: Roster) -> Roster:
    """The roster as a list of households where each of its rows is one and has a number of its own.

    Where all have the number one it only says that each is to be visited. A number beyond that which all households of
    a place share may be that of the place.
    """
    household = roster.survey.of_field("household_id")
    if household is None or not roster.targets:
        return roster
    places = telling_apart(roster, ())
    rows = [cells for _line, cells in roster_rows(roster, [*places, household, *roster.targets.values()])]
    keys = {tuple(map(fold, cells[: len(places) + 1])) for cells in rows}
    numbers: dict[tuple[str, ...], set[str]] = {}
    for cells in rows:
        numbers.setdefault(tuple(map(fold, cells[: len(places)])), set()).add(cells[-1])
    if len(numbers) == len(rows) or len(keys) < len(rows) or any(is_blank(cells[len(places)]) for cells in rows):
        return roster
    every = set().union(*numbers.values())
    if every == {"1"}:
        return replace(roster, targets={})
    own = every <= {"0", "1"} or any(len(found) > 1 for found in numbers.values())
    return replace(roster, by_household=own)


def _further_numbers(survey: Survey, taken: Variable | None, *, rivals: bool) -> tuple[str, ...]:
    """Headers of columns without a field that hold nothing but numbers: other kinds of whom to visit.

    Args:
        survey: The roster's columns.
        taken: That of the planned numbers.
        rivals: Whether only those count that go by a name for planned numbers as well.
    """
    found = []
    for variable in survey.variables.values():
        if variable is taken or variable.fields or variable.personal or variable.ours:
            continue
        if rivals and TARGET not in alias_ranks(last_part(variable.name)):
            continue
        places = [(layout, place) for layout in survey.layouts if (place := layout.place(variable.name)) is not None]
        cells = [row[place].strip() for layout, place in places for row in layout.source.sample()]
        if cells and all(cell.isdecimal() or is_blank(cell) for cell in cells) and any(map(str.isdecimal, cells)):
            found.append(variable.name)
    return tuple(found)


def _numbers_of_households(survey: Survey) -> Variable | None:
    """The column of a roster that says how many households there are; among records it would be another matter.

    Where no header says so, the only column of numbers.
    """
    known = _of_all_households()
    named = next((v for v in survey.variables.values() if header_key(last_part(v.name)) in known), None)
    numbers = [] if named is not None else _further_numbers(survey, None, rivals=False)
    return survey.variables[numbers[0]] if len(numbers) == 1 else named


def _of_all_households() -> frozenset[str]:
    """Headers of columns that say how many households a place has."""
    return frozenset(map(header_key, header_list("planned_households")))


def kinds_of_targets(survey: Survey) -> dict[str, Variable]:
    """The kinds of whom to visit, where several columns of planned numbers say one each: 应走访住户数, 应走访企业数."""
    found: dict[str, Variable] = {}
    for variable in survey.variables.values():
        told = fold(last_part(variable.name))
        kinds = [kind for kind in sorted(header_list("targets"), key=len, reverse=True) if kind in told]
        if kinds and _PLANNED.search(told) and kinds[0] not in found:
            found[kinds[0]] = variable
    return found if len(found) > 1 else {}
