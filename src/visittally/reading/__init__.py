"""Files -> blocks of records; every record accounted for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from visittally.errors import InputError, Notice, UsageError
from visittally.messages import _
from visittally.reading.blocks import holds_repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.blocks import TableSource
    from visittally.reading.inputs.kinds import InputKind
    from visittally.reading.inputs.source import ByteSource, ReadingOptions
    from visittally.reading.text.alike import Beginnings

HASHED = 64 << 20
"""Exact repeats of records are looked for in so many bytes of text of one kind."""
BY_HAND = 16 << 20
"""Files with the same header that are larger together are no tables that people keep by hand."""


def open_sources(
    paths: Sequence[str | ByteSource], options: ReadingOptions, stdin: BinaryIO | None = None
) -> tuple[TableSource, ...]:
    """Find the table in every input that was named.

    Args:
        paths: Files, folders, patterns, addresses or `-`, as the user gave them; or what lies ready already.
        options: How to read, where the user said so.
        stdin: What `-` reads; by default the standard input of the process.

    Returns:
        One table for each file, member of an archive, or sheet of one of those with the same columns, in order.

    Raises:
        InputError: Some input cannot be read; names all of these at once, and nothing has been counted.
        UsageError: A sheet is named, but no input is a workbook.
    """
    from visittally.reading.inputs.expanding import LeftOut, expand
    from visittally.reading.inputs.unpacking import leaves

    found: list[TableSource] = []
    errors: list[str] = []
    ours: list[str] = []
    beginnings = _beginnings()
    for source in expand(paths, stdin):
        if isinstance(source, LeftOut):
            ours.append(source.name)
            continue
        for leaf in [source] if isinstance(source, InputError) else leaves(source):
            try:
                found += _tables(leaf, options, beginnings)
            except InputError as error:
                errors.append(str(error))
    if errors:
        raise InputError("\n".join(dict.fromkeys(errors)))
    if options.sheets and all(table.sheet is None for table in found):
        text = _("--sheet {sheet} needs a workbook, but no input is one: {names}.")
        names = ", ".join(dict.fromkeys(table.file for table in found))
        raise UsageError(text.format(sheet=", ".join(options.sheets), names=names))
    _refuse_unknown_sheets(options.sheets, found)
    return _without_repeats(_among_others(_told(_without_logs(found), ours)))


def _refuse_unknown_sheets(wanted: Sequence[str], found: Sequence[TableSource]) -> None:
    """Refuse a sheet that is in no workbook, while others are; a number holds for each that has it."""
    sheets = {table.sheet.strip().casefold() for table in found if table.sheet}
    unknown = [name for name in wanted if not name.strip().isdecimal() and name.strip().casefold() not in sheets]
    if unknown:
        text = _('no workbook has a sheet "{sheet}". Read would be: {names}.')
        names = ", ".join(dict.fromkeys(table.sheet for table in found if table.sheet))
        raise InputError(text.format(sheet='", "'.join(unknown), names=names))


def _beginnings() -> Beginnings:
    from visittally.reading.text.alike import Beginnings

    return Beginnings()


def _among_others(sources: Sequence[TableSource]) -> Sequence[TableSource]:
    """Tell each table how many like it there are: records are judged alike, however they are spread over files."""
    bytes_of: Counter[tuple[str, ...]] = Counter()
    tables: Counter[tuple[str, ...]] = Counter()
    for source in sources:
        bytes_of[source.header] += source.size
        tables[source.header] += 1
    return [
        source
        if tables[source.header] == 1
        else replace(
            source,
            alike=tables[source.header],
            by_hand=source.by_hand and bytes_of[source.header] <= BY_HAND,
            hashed=bytes_of[source.header] <= HASHED,
        )
        for source in sources
    ]


def _told(sources: list[TableSource], ours: Sequence[str]) -> list[TableSource]:
    """Say with the first table which files were left out because they hold results of this program."""
    if ours:
        text = _("Left out, because visittally wrote them: {names}. They hold results, not records.")
        notice = Notice("results_left_out", text.format(names=", ".join(ours)))
        sources[0] = replace(sources[0], notices=(*sources[0].notices, notice))
    return sources


def _tables(
    leaf: tuple[ByteSource, InputKind] | InputError, options: ReadingOptions, beginnings: Beginnings
) -> tuple[TableSource, ...]:
    from visittally.reading.inputs.kinds import InputKind

    if isinstance(leaf, InputError):
        raise leaf
    source, kind = leaf
    if kind is InputKind.WORKBOOK:
        from visittally.reading.workbooks import workbook

        return workbook.find_tables(source, options)
    if kind is InputKind.PARQUET:
        from visittally.reading import parquet

        return (parquet.find_table(source),)
    if kind is InputKind.JSON:
        from visittally.reading import json_records

        return (json_records.find_table(source),)
    if kind in (InputKind.SPSS, InputKind.STATA):
        from visittally.reading import statistics_files

        return (statistics_files.find_table(source, kind),)
    from visittally.reading.text import delimited

    return (delimited.find_table(source, options, beginnings),)


_LOG = re.compile(
    r"(?i)(?:interview__(?:actions|comments|diagnostics|errors)|assignment__actions)\.(?:tab|csv|sav|dta|xlsx)|(?:export__)?read_?me\w*\.(?:txt|md)"
)
"""Files that form tools pack beside the answers: how the interviews went, what the files are."""


def _without_logs(sources: list[TableSource]) -> list[TableSource]:
    """Leave out what a tool writes about the interviews, where the interviews are there too."""
    logs = [source for source in sources if _LOG.fullmatch(source.file.rpartition("/")[2])]
    if not logs or len(logs) == len(sources):
        return sources
    text = _("Left out, because they tell how the interviews went, not what was answered: {names}.")
    notice = Notice("logs_left_out", text.format(names=", ".join(source.file for source in logs)))
    first, *rest = (source for source in sources if source not in logs)
    return [replace(first, notices=(*first.notices, notice)), *rest]


def _without_repeats(sources: Sequence[TableSource]) -> tuple[TableSource, ...]:
    """Leave out tables of repeated groups, which are no visits, where the visits are there too."""
    visits = [source for source in sources if not holds_repeats(source.header)]
    repeats = [source.file for source in sources if holds_repeats(source.header)]
    if not visits or not repeats:
        return tuple(sources)
    message = _("Not counted as visits, because they hold the rows of repeated groups: {names}.")
    notice = Notice("repeats_left_out", message.format(names=", ".join(repeats)))
    children = tuple(source for source in sources if holds_repeats(source.header))
    first = replace(visits[0], notices=(*visits[0].notices, notice), repeats=(*visits[0].repeats, *children))
    return (first, *visits[1:])
