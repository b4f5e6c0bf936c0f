"""Columns of numbers beside records: how many households or issues a row stands for, and what cannot be read there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _, ngettext
from visittally.reading.kept import keep
from visittally.survey.fields import PLACES
from visittally.survey.headers import header_key, headings
from visittally.words.folding import tidy
from visittally.words.listed import listed
from visittally.words.names import like_name
from visittally.words.patterns import pattern
from visittally.words.quantities import is_unknown_number, parse
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.survey.variables import Survey

_WORDS = Path(__file__).parent.parent / "words" / "lists" / "count_columns.toml"
EACH = 0.9
"""So many rows are another place or period than the others."""
MOSTLY = 0.8
"""So many of the cells of a column of counts are figures."""
_KNOWN = 0.5
"""So many of them are figures even where others say that a number is not known."""
_FEWEST_JOINED, _COUPLES = 2, 0.2
"""So many cells of several numbers are seen; of several people such a share: a few may be couples."""
_HOUSEHOLDS = pattern(r"[^\W_]{0,6}\d{1,6}[号户]?(?:(?:\s*[、，;；]\s*|,\s+)[^\W_]{0,6}\d{1,6}[号户]?)+")
_BETWEEN = frozenset("、，;；,")
_JOINED = pattern(r"\s*[、，;；]\s*")
_UNITS = pattern(r"(?:[（(][^（()）]*[)）]|[:：])+$")


@cache
def count_words() -> Mapping[str, tuple[str, ...]]:
    """Headers of columns of counts by what they count, as keys."""
    return {name: tuple(map(header_key, headers)) for name, headers in listed(_WORDS).items()}


def without_unit(header: str) -> str:
    """A header without the unit behind it.

    >>> without_unit("走访户数（户）"), without_unit("Visits:")
    ('走访户数', 'Visits')
    """
    return _UNITS.sub("", header)


def households_of_rows(survey: Survey) -> str:
    """The variable that says how many households a row of records stands for; "" where none does.

    Only a header that says so, over whole numbers of which some are larger than one.
    """
    for name, cells in _columns_of(survey, "of_a_row"):
        figures = [figure for cell in cells if (figure := parse(cell).value) is not None]
        if all(figure == int(figure) for figure in figures) and max(figures) > 1:
            return name
    return ""


def numbers_of_issues(survey: Survey) -> str:
    """A column that says how many an issue of each row stands for: 数量, "number of households"; "" where none does.

    Rows that name each place and issue but once look like sums; in interviews these come again.
    """
    if not _each_issue_once(survey):
        return ""
    taken = set(survey.fields.values())
    for name, cells in _columns_of(survey, "of_an_issue"):
        if name not in taken and max(parse(cell).value or 0 for cell in cells) > 1:
            return name
    return ""


def _columns_of(survey: Survey, kind: str) -> Iterator[tuple[str, list[str]]]:
    """The variables of figures in tables kept by hand whose headers are of a kind, with the filled cells looked at."""
    known = set(count_words()[kind])
    called = [(layout, headings(layout.source)) for layout in survey.layouts if layout.source.by_hand]
    for name, variable in survey.variables.items():
        if len(variable.parts) > 1 or variable.ours:
            continue
        here = [(layout, found[p], p) for layout, found in called if (p := layout.place(name)) is not None]
        said = [heading.last or heading.name for _layout, heading, _p in here]
        if not said or not all(header_key(without_unit(one)) in known for one in said):
            continue
        cells = [cell for layout, _heading, p in here for row in layout.source.sampled if (cell := row[p].strip())]
        if are_figures(cells):
            yield name, cells


def joined_households(survey: Survey, name: str) -> Notice | None:
    """What is to be said where cells of a column name several households, in tables kept by hand.

    Args:
        survey: The survey.
        name: The column of households, by their numbers or by somebody's name.
    """
    cells = [
        cell
        for layout in survey.layouts
        if layout.source.by_hand and not layout.tool and (p := layout.place(name)) is not None
        for row in layout.source.sampled
        if (cell := row[p].strip())
    ]
    joined = [cell for cell in cells if not _BETWEEN.isdisjoint(cell)]
    if len(joined) < _FEWEST_JOINED:
        return None
    numbers, people = sum(map(bool, map(_HOUSEHOLDS.fullmatch, joined))), sum(map(_are_people, joined))
    several = numbers + (people if people >= _COUPLES * len(cells) else 0)
    if several < _FEWEST_JOINED or households_of_rows(survey):
        return None
    text = _(
        '{n:,} of {all:,} cells of "{column}" name several households; each row counts as one visit to one household. '
        "Give each a row of its own, or a column with their number (走访户数, households visited)."
    )
    return Notice("joined_households", text.format(n=several, all=len(cells), column=name))


def _are_people(cell: str) -> bool:
    """Whether a cell names several people."""
    people = _JOINED.split(cell)
    return len(people) > 1 and all(map(like_name, people))


def unread_counts(survey: Survey, names: Sequence[str], *, once: bool = False) -> list[Notice]:
    """Say which cells of columns of counts hold no number that can be read, with their lines.

    Args:
        survey: The survey.
        names: The variables.
        once: Whether such a row counts as one, instead of adding nothing.
    """
    found = []
    for layout in survey.layouts:
        table = keep(layout.source)
        for name in dict.fromkeys(names) if table is not None else ():
            position = layout.place(name)
            if table is None or position is None:
                continue
            cells = [(row.line, tidy(row.cells[position])) for row in table.rows]
            unread = [(line, cell) for line, cell in cells if _is_unread(cell)]
            if unread:
                text = ngettext(
                    '{file}: {n:,} cell of "{column}" holds no number that can be read ({shown}); '
                    "the row counts once, which may be too little.",
                    '{file}: {n:,} cells of "{column}" hold no number that can be read ({shown}); '
                    "the rows count once each, which may be too little.",
                    len(unread),
                )
                summed = ngettext(
                    '{file}: {n:,} cell of "{column}" holds no number that can be read ({shown}); '
                    "the sums lack it and are marked ≈.",
                    '{file}: {n:,} cells of "{column}" hold no number that can be read ({shown}); '
                    "the sums lack them and are marked ≈.",
                    len(unread),
                )
                shown = _("; ").join(
                    _("line {line}: {text}").format(line=line, text=cell[:12]) for line, cell in unread[:5]
                ) + (_("; and others") if len(unread) > 5 else "")
                message = (text if once else summed).format(
                    file=layout.source.file, n=len(unread), column=name, shown=shown
                )
                found.append(Notice("unread_counts", message))
    return found


def _each_issue_once(survey: Survey) -> bool:
    """Whether nearly all rows name another place, day and issue than the others, in tables that no tool wrote."""
    issue = survey.of_field("issue")
    if issue is None or any(layout.tool or not layout.source.by_hand for layout in survey.layouts):
        return False
    named = [v for f in (*PLACES, "visit_date") if (v := survey.of_field(f)) is not None]
    rows = []
    for layout in survey.layouts:
        at = [p for v in (issue, *named) if (p := layout.place(v.name)) is not None]
        rows += [tuple(key_of(row[p]) for p in at) for row in layout.source.sampled]
    return len(set(rows)) >= EACH * len(rows)


def _is_unread(cell: str) -> bool:
    return key_of(cell) not in words("blank") and parse(cell).value is None


def are_figures(cells: Sequence[str]) -> bool:
    """Whether cells are numbers, but for those that say that a number is not known."""
    figures = sum(parse(cell).value is not None for cell in cells)
    unknown = sum(is_unknown_number(cell) for cell in cells)
    return figures >= MOSTLY * (len(cells) - unknown) and figures >= _KNOWN * len(cells) and figures > 0
