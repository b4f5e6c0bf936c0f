"""`audit`: do the figures of finished tables and of sentences follow from each other?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.audit.chance import chance
from visittally.analyses.audit.granularity import check_means
from visittally.analyses.audit.growth import check_growth, check_ranks
from visittally.analyses.audit.layout import FigureTable, understand_table
from visittally.analyses.audit.named_sums import check_named_sums
from visittally.analyses.audit.shares import check_shares, check_wholes
from visittally.analyses.audit.statements import Spoken, check_sentences
from visittally.analyses.audit.sums import check_sums
from visittally.analyses.audit.tables import AuditedFile, tables_of
from visittally.analyses.audit.verdict import Finding, Verdict
from visittally.analyses.audit.vocabulary import FigureRole, plain
from visittally.errors import FieldError, InputError, UsageError
from visittally.messages import _, quoted
from visittally.reading.finished.opening import open_finished
from visittally.reading.inputs.our_own import is_our_own
from visittally.reading.inputs.source import ReadingOptions
from visittally.reading.receipt import Receipt
from visittally.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.finished.rows import Finished
    from visittally.settings import Settings

RECORDS = 500
"""A table with more rows and without a total holds records."""


def audit(settings: Settings) -> Result:
    """Test the figures of finished tables and sentences.

    Returns:
        Tables `findings`, `relations` and, where there are sentences, `statements`. The receipt is empty: nothing
        is counted.

    Raises:
        InputError: A file cannot be read, or holds records.
        FieldError: A table or a column that was named is not there.
    """
    options = ReadingOptions(settings.encoding, settings.delimiter, settings.sheet)
    rates = {plain(name): _two(name, words) for name, words in settings.rates.items()}
    sums = {name: tuple(part.strip() for part in parts.split(",")) for name, parts in settings.sums.items()}
    files = open_finished(settings.files, options, as_text=settings.text)
    audited = [_file(file, settings, rates, sums) for file in files]
    if settings.table_number is not None and not any(file.verdicts for file in audited):
        raise FieldError(_("There is no table {n} here.").format(n=settings.table_number))
    _refuse_unknown(audited, rates, sums)
    tables, people = tables_of(audited)
    return Result(tables, Receipt(), (), people)


def _two(name: str, words: str) -> tuple[str, str]:
    part, sign, whole = words.partition("/")
    if not sign or not part.strip() or not whole.strip():
        text = _("--rate {name}={words}: expected COLUMN=PART/WHOLE, such as 办结率=办结/受理.")
        raise UsageError(text.format(name=name, words=words))
    return part.strip(), whole.strip()


def _refuse_unknown(
    files: Sequence[AuditedFile], rates: Mapping[str, tuple[str, str]], sums: Mapping[str, Sequence[str]]
) -> None:
    """Refuse names that no table has."""
    tables = [verdict.table for file in files for verdict in file.verdicts]
    known = {plain(name) for table in tables for name in (*table.headings, *(row.label for row in table.rows))}
    wanted = [name for one in rates.values() for name in one]
    wanted += [name for total, parts in sums.items() for name in (total, *parts)]
    unknown = [name for name in dict.fromkeys((*rates, *wanted)) if plain(name) not in known]
    if unknown:
        listed = ", ".join(dict.fromkeys(name for table in tables for name in table.headings if name))
        text = _("There is no column {names} here. Columns: {known}.")
        raise FieldError(text.format(names=quoted(unknown), known=listed))


def _file(
    file: Finished, settings: Settings, rates: Mapping[str, tuple[str, str]], sums: Mapping[str, Sequence[str]]
) -> AuditedFile:
    verdicts = []
    for number, rows in enumerate(file.tables, 1):
        if settings.table_number not in (None, number):
            continue
        table = understand_table(rows, number, settings.totals, rates)
        if table is None:
            continue
        if len(table.rows) > RECORDS and not table.total_rows and not is_our_own(file.file):
            text = _("{name} looks like records, not like a finished table: summarize reads it.")
            raise InputError(text.format(name=file.file))
        verdicts.append(_table(table, rates, sums))
    spoken = check_sentences(file.paragraphs) if file.paragraphs else Spoken([], [])
    if not verdicts and not file.paragraphs and settings.table_number is None:
        raise InputError(_("{name} holds no figures to test.").format(name=file.file))
    return AuditedFile(file.file, tuple(verdicts), spoken, tuple(_two_figures(verdicts)))


def _table(table: FigureTable, rates: Mapping[str, tuple[str, str]], sums: Mapping[str, Sequence[str]]) -> Verdict:
    verdict = Verdict(table)
    check_named_sums(verdict, sums)
    check_sums(verdict)
    check_shares(verdict, rates)
    check_wholes(verdict)
    check_means(verdict)
    check_growth(verdict)
    check_ranks(verdict)
    found = chance(table)
    if found is not None and any(r.kind == "share" and r.told_by == "figures" for r in verdict.relations):
        text = _(
            "Table {n}: with {counts} counts in a row, {percent:.2f} % of all shares (decimals: {decimals}) fit some"
            " pair."
        )
        told = text.format(n=table.number, counts=found.counts, percent=100 * found.likely, decimals=found.decimals)
        verdict.notes.append(told)
    return verdict


def _two_figures(verdicts: Sequence[Verdict]) -> list[Finding]:
    """The same row and column of two tables under one title with two figures."""
    first: dict[tuple[str, str, str], tuple[int, str]] = {}
    found = []
    for verdict in verdicts:
        table = verdict.table
        for row in table.rows:
            for c in table.columns(FigureRole.COUNT):
                figure = row.figures[c]
                if figure is None or not row.label or not table.title or not figure.exact:
                    continue
                key = (table.title, row.label, table.headings[c])
                number, text = first.setdefault(key, (table.number, figure.text))
                if number != table.number and text != figure.text:
                    explanation = _("table {n} says {figure} of the same").format(n=number, figure=text)
                    found.append(
                        Finding(
                            table.number,
                            row.line,
                            row.label,
                            table.headings[c],
                            "two_figures",
                            figure.text,
                            source=text,
                            explanation=explanation,
                        )
                    )
    return found
