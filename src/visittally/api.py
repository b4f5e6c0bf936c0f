"""The Python interface: one function for each command, with the command's options as keywords."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from os import fspath
from typing import TYPE_CHECKING, Any, Unpack

from visittally.analyses.analysis import Analysis, run
from visittally.analyses.campaign import Campaign, load
from visittally.errors import UsageError
from visittally.handed_over import Files, inputs
from visittally.keyword_values import settings_of, with_keywords
from visittally.keywords import (
    AuditKeywords,
    BackcheckKeywords,
    CheckKeywords,
    ColumnsKeywords,
    CompareKeywords,
    CoverageKeywords,
    FollowupKeywords,
    QuestionsKeywords,
    ReadKeywords,
    ReportKeywords,
    SummarizeKeywords,
)
from visittally.messages import _, speaking
from visittally.reading.losses import refuse_losses, refuse_nothing_left
from visittally.survey.no_records import refuse_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from os import PathLike

    import pandas as pd

    from visittally.composing import Report
    from visittally.settings import Settings
    from visittally.tables.result import Result


@with_keywords(SummarizeKeywords)
def summarize(files: Files, **options: Unpack[SummarizeKeywords]) -> Result:
    """Count visits by place and issue.

    Args:
        files: Paths, folders, patterns or URLs; a DataFrame; open binary files; or several of them.
        options: The options of the command, with `_` for `-`, see `keywords.SummarizeKeywords`.

    Returns:
        Tables `long`, `areas`, `issues`, `crosstab` as far as the columns of the files allow.

    Raises:
        VisitTallyError: A file, a field or a column is not there or cannot be read; an option has a wrong value.
    """
    from visittally.analyses.summary.summarize import summarize as analysis

    return _finished(analysis, files, options, SummarizeKeywords)


@with_keywords(QuestionsKeywords)
def questions(files: Files, **options: Unpack[QuestionsKeywords]) -> Result:
    """Tabulate every question, or those named in `question`; see `summarize` for the arguments."""
    from visittally.analyses.questions.tabulate import tabulate

    return _finished(tabulate, files, options, QuestionsKeywords)


@with_keywords(CoverageKeywords)
def coverage(files: Files, **options: Unpack[CoverageKeywords]) -> Result:
    """Compare visits with a `roster`; `roster_columns` maps its fields to headers; see `summarize`."""
    from visittally.analyses.coverage.cover import cover

    return _finished(cover, files, options, CoverageKeywords)


@with_keywords(FollowupKeywords)
def followup(files: Files, **options: Unpack[FollowupKeywords]) -> Result:
    """Say what became of the issues; see `summarize` for the arguments."""
    from visittally.analyses.followup.follow import follow

    return _finished(follow, files, options, FollowupKeywords)


@with_keywords(CompareKeywords)
def compare(files: Files, **options: Unpack[CompareKeywords]) -> Result:
    """Say what has changed: since the files of `before`, between two parts, or by `period`; see `summarize`.

    Returns:
        Tables `shares`, `means`, `indicators`, `places`, `form` as far as the columns allow; with `period` `periods`.
    """
    from visittally.analyses.compare.compare import compare as run_compare

    with _campaign(files, options, CompareKeywords) as campaign:
        return _looked_at(run_compare(campaign), campaign.settings)


@with_keywords(BackcheckKeywords)
def backcheck(files: Files, **options: Unpack[BackcheckKeywords]) -> Result:
    """Draw visits to check (`seed`), or compare back-checks (`answers`) with the visits; see `summarize`.

    Returns:
        Tables `sheet` and `strata`; or `rates`, `questions`, `cases`, `differences`, `unmatched`.
    """
    from visittally.analyses.backcheck.backcheck import backcheck as run_backcheck

    with _campaign(files, options, BackcheckKeywords) as campaign:
        return _looked_at(run_backcheck(campaign), campaign.settings)


@with_keywords(CheckKeywords)
def check(files: Files, **options: Unpack[CheckKeywords]) -> Result:
    """Say what should be looked at again, and why it may be innocent; see `summarize` for the arguments.

    Returns:
        Tables `signals`, `overview`, `visitors`, `questions`, `records`.
    """
    from visittally.analyses.check.check import check as planned_by

    return _finished(planned_by, files, options, CheckKeywords)


@with_keywords(AuditKeywords)
def audit(files: Files, **options: Unpack[AuditKeywords]) -> Result:
    """Say whether the figures of finished tables and sentences follow from each other.

    Args:
        files: Paths of tables (csv, xlsx, docx, md, html) or texts.
        options: `rates` maps the heading of a rate to "PART/WHOLE", `sums` that of a total to "A,B,C"; `totals` are
            labels of total rows.

    Returns:
        Tables `findings`, `relations` and, where there are sentences, `statements`; an empty receipt.

    Raises:
        VisitTallyError: A file or a column is not there or cannot be read.
    """
    from visittally.analyses.audit.audit import audit as run_audit
    from visittally.messages import language, spoken

    asked = options.get("lang") or ""
    with speaking(spoken(asked) if isinstance(asked, str) else ""):
        settings = settings_of(options, AuditKeywords).with_options(lang=language())
        handed = inputs(files).files
        named = tuple(fspath(file) for file in handed if isinstance(file, str))
        if len(named) < len(handed):
            raise UsageError(_("audit reads files: tables and texts as they were printed."))
        return _looked_at(run_audit(settings.with_options(files=named)), settings)


@with_keywords(ColumnsKeywords)
def columns(files: Files, **options: Unpack[ColumnsKeywords]) -> Result:
    """Say how files are understood; see `summarize` for the arguments."""
    from visittally.analyses.toml_draft import explain

    return _finished(explain, files, options, ColumnsKeywords)


@with_keywords(ReportKeywords)
def report(files: Files, output: str | PathLike[str] = "", **options: Unpack[ReportKeywords]) -> Report:
    """Everything as one document.

    Args:
        files: See `summarize`.
        output: A file to write it to: .html, .docx, .xlsx or .md; "" to write none.
        options: The options of the command, see `keywords.ReportKeywords`.

    Returns:
        The report, which `save` writes to further files.

    Raises:
        VisitTallyError: As `summarize`; or the report cannot be written.
    """
    from visittally.composing import compose

    with _campaign(files, options, ReportKeywords) as campaign:
        finished = compose(campaign, "")
        refuse_nothing_left(finished.receipt, campaign.settings.where)
        if campaign.settings.strict:
            refuse_losses(finished.receipt)
        if output:
            finished.save(output)
    return finished


@with_keywords(ReadKeywords)
def read(files: Files, **options: Unpack[ReadKeywords]) -> pd.DataFrame:
    """The records of all files as they are understood, every cell as text.

    Columns with names, phones, ids, addresses, coordinates are left out unless `include_personal`. Headers that are
    blank or alike get a number.

    Args:
        files: See `summarize`.
        options: The options of the command, see `keywords.ReadKeywords`.

    Raises:
        VisitTallyError: A file cannot be read.
    """
    import io

    import pandas as pd

    from visittally.analyses.clean import clean_table, filters_of, write_parquet
    from visittally.survey.understanding import personal_columns

    with _campaign(files, options, ReadKeywords) as campaign:
        sources = [layout.source for layout in campaign.survey.layouts]
        keep = campaign.settings.include_personal
        dropped = (
            () if keep else [personal_columns(source, campaign.form, campaign.settings.include) for source in sources]
        )
        buffer = io.BytesIO()
        receipt = write_parquet(clean_table(sources, dropped, filters_of(campaign)), buffer)
        refuse_nothing_left(receipt, campaign.settings.where)
        if campaign.settings.strict:
            refuse_losses(receipt)
    buffer.seek(0)
    return pd.read_parquet(buffer)


def _finished(
    planned_by: Callable[[Campaign], Analysis], files: Files, options: Mapping[str, Any], known: type
) -> Result:
    """What an analysis finds."""
    with _campaign(files, options, known) as campaign:
        return _looked_at(run(campaign, planned_by), campaign.settings)


def _looked_at(result: Result, settings: Settings) -> Result:
    """A result with losses refused and small cells hidden, which knows how it is to be shown."""
    refuse_nothing_left(result.receipt, settings.where)
    if settings.strict:
        refuse_losses(result.receipt)
    look = {"digits": settings.digits, "min_cell": settings.min_cell, "lang": settings.lang}
    if settings.hides_small_counts:
        from visittally.disclosure.protect import protected

        result = protected(result, settings)
    return replace(result, look=look)


@contextmanager
def _campaign(files: Files, options: Mapping[str, Any], known: type) -> Iterator[Campaign]:
    """The files, understood; within the context the language asked for is spoken."""
    from visittally.messages import language, spoken

    asked = options.get("lang") or ""
    with speaking(spoken(asked) if isinstance(asked, str) else ""):
        values = dict(options)
        client = values.pop("client", None)
        settings = settings_of(values, known)
        settings = settings.with_options(lang=language())
        runner = None
        if client is not None:
            from visittally.counting.cluster import runner_of

            runner = runner_of(client)
        handed = inputs(files)
        if handed.delimited:
            settings = settings.with_options(encoding=settings.encoding or "utf-8", delimiter=settings.delimiter or ",")
        named = tuple(fspath(file) for file in handed.files if isinstance(file, str))
        campaign = load(
            settings.with_options(files=named), runner=runner, files=handed.files, joined=known is not ReadKeywords
        )
        if known is not ReadKeywords:
            refuse_forms(layout.source for layout in campaign.survey.layouts)
        yield campaign
