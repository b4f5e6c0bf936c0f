"""From a result to standard output or a file, and to standard error what people must be able to answer for."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.cli.no_such_table import no_such_table
from visittally.cli.output import on_a_terminal, say, write_atomically, write_stdout
from visittally.cli.progress import progress_bar
from visittally.cli.watching import watcher
from visittally.errors import PARTIAL, Notice, UsageError
from visittally.messages import _
from visittally.reading.losses import nothing_left, reasons, refuse_losses, refuse_nothing_left, set_aside_by_kind
from visittally.render import ONE_TABLE, RenderOptions, render
from visittally.tables.result import Result
from visittally.tables.shortening import ROWS
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.reading.receipt import Receipt
    from visittally.settings import Settings
    from visittally.tables.table import Table

_LINES = 12
LISTS = frozenset({"list", "replies_owed", "missing", "revisits"})
"""Tables of which somebody works off each line."""


@contextmanager
def opened(settings: Settings) -> Iterator[Campaign]:
    """Open the files of a command, with a progress bar for long work on a terminal."""
    from visittally.analyses.campaign import load
    from visittally.survey.no_records import refuse_forms

    def checked(campaign: Campaign) -> Campaign:
        refuse_forms(layout.source for layout in campaign.survey.layouts)
        if looking_on is not None:
            looking_on.understood(campaign)
        return campaign

    looking_on = watcher()
    if settings.scheduler:
        from visittally.counting.cluster import connected

        with connected(settings.scheduler) as runner:
            yield checked(load(settings, runner=runner))
        return
    progress = progress_bar if looking_on is None else looking_on.progress
    yield checked(load(settings, progress=None if settings.quiet else progress))


def deliver(result: Result, settings: Settings, *, most: int = 0) -> None:
    """Print or write the tables of a result, then its notices and the closing line.

    Args:
        result: The tables.
        settings: What was asked for.
        most: So many rows of a table people see, the others being one; 0: all.

    Raises:
        VisitTallyError: A table that is not there; --strict and something was lost; the output cannot be written.
    """
    refuse_nothing_left(result.receipt, settings.where)
    if settings.strict:
        refuse_losses(result.receipt)
    notices = (*nothing_left(result.receipt), *result.notices)
    withheld = tuple(result.tables)
    result = Result(result.tables, result.receipt, notices, result.people)
    if settings.hides_small_counts:
        from visittally.disclosure.protect import protected

        result = protected(result, settings)
    form = settings.format or "table"
    tables = chosen(result, settings, form, withheld)
    looking_on = watcher()
    options = _looks(settings, form, most, seen=looking_on is None)
    if looking_on is not None and not settings.output:
        looking_on.tables(tables, result, options)
        return
    content = render(tables, result, form, options)
    if settings.output and settings.output != "-":
        write_atomically(Path(settings.output), content)
        if not settings.quiet:
            say(_("wrote {path} ({n} tables)").format(path=settings.output, n=len(tables)))
    else:
        write_stdout(content)
    speak((*result.notices, *_below_lists(tables, form)), result.receipt, settings)


def _below_lists(tables: Sequence[Table], form: str) -> list[Notice]:
    """What stands below a list where the format has no room for it: how many of its lines are left out, and why."""
    listed = [table for table in tables if table.name in LISTS] if form in ONE_TABLE else []
    return [Notice("below_list", note) for table in listed for note in table.notes]


def rows_for_people(settings: Settings, *, asked: bool = False) -> int:
    """How many rows of a table people see: 0 for all, which --top 0 asks for.

    Args:
        settings: What was asked for.
        asked: Whether --top speaks of these rows; else it does of the issues or answers, which are cut before.
    """
    if settings.top == 0:
        return 0
    return settings.top if asked and settings.top else ROWS


def _looks(settings: Settings, form: str, most: int, *, seen: bool) -> RenderOptions:
    """How the output should look: only what a terminal shows is made to fit it."""
    seen = seen and form == "table" and not settings.output and on_a_terminal()
    return RenderOptions(
        settings.digits,
        settings.raw,
        settings.bom,
        settings.min_cell,
        most=most,
        width=shutil.get_terminal_size().columns if seen else 0,
        bars=seen if settings.bars is None else settings.bars,
        formulas=settings.formulas,
    )


def chosen(result: Result, settings: Settings, form: str, before: Sequence[str] = ()) -> Sequence[Table]:
    """The tables to print: those named, else all (machine formats with one table: the first).

    Args:
        result: What may be shown.
        settings: What was asked for.
        form: The format.
        before: The names of the tables before some were withheld.

    Raises:
        FieldError: A table that is not there, or is withheld.
        UsageError: Several tables for a format that holds one.
    """
    if settings.table:
        unknown = [name for name in settings.table if name not in result.tables]
        if unknown:
            raise no_such_table(unknown, tuple(result.tables), before)
        tables = [result.tables[name] for name in dict.fromkeys(settings.table)]
        if form in ONE_TABLE and len(tables) > 1:
            message = _("{format} holds one table; name one --table only.").format(format=form)
            raise UsageError(message)
        return tables
    if form in ONE_TABLE:
        return [result.tables[name] for name in list(result.tables)[:1]]
    if form == "json":
        return list(result.tables.values())
    names = result.people or tuple(result.tables)
    return [result.tables[name] for name in names if name in result.tables] or list(result.tables.values())


def speak(notices: Sequence[Notice], receipt: Receipt, settings: Settings) -> None:
    """Notices and the closing line, on standard error."""
    if settings.quiet:
        return
    lines = []
    groups: dict[str, list[str]] = {}
    for notice in notices:
        groups.setdefault(notice.code, []).append(scrub(notice.message))
    lines += ["! " + message for code, messages in groups.items() if code in PARTIAL for message in messages]
    others = [message for code, messages in groups.items() if code not in PARTIAL for message in messages]
    lines += [_("Note: {message}").format(message=message) for message in others]
    if receipt.files:  # an audit counts nothing
        lines.append(closing_line(receipt))
    say("\n".join(lines))


def closing_line(receipt: Receipt) -> str:
    """How many records were read, counted and set aside, and why."""
    text = receipt.sentence()
    why = _reasons(receipt)
    return f"{text} {why}" if why else text


def _reasons(receipt: Receipt) -> str:
    if receipt.smallest:
        return _("Set aside: {reasons}.").format(reasons=reasons(receipt)) if receipt.records_set_aside else ""
    several = len(receipt.files) > 1
    found = []
    for kind, (name, total) in set_aside_by_kind(receipt).items():
        places = [
            (f"{file.file}:" if several else "") + f"{entry.line}"
            for file in receipt.files
            for entry in file.entries
            if entry.kind is kind
        ]
        shown = ", ".join(places[:_LINES]) + (" ..." if total > _LINES else "")
        found.append(_("{name} {n:,} (lines {lines})").format(name=name, n=total, lines=shown))
    return _("Set aside: {reasons}.").format(reasons=_("; ").join(found)) if found else ""


def understood(campaign: Campaign, settings: Settings) -> None:
    """With -v, say how each file was understood."""
    if not settings.verbose or settings.quiet:
        return
    for layout in campaign.survey.layouts:
        source = layout.source
        for sentence in source.evidence:
            say(f"{source.file}: {sentence}")
