"""The Python interface: one function for each command, with the command's options as keywords."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from visittally.analyses.analysis import run
from visittally.analyses.campaign import Campaign, load
from visittally.disclosure.publication import protected, refuse_losses
from visittally.errors import UsageError
from visittally.messages import LANGUAGES, _, set_language
from visittally.settings import BASES, PERCENTS, SORTS, UNITS, Settings

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

    from visittally.analyses.analysis import Analysis
    from visittally.tables.result import Result

Files = str | PathLike[str] | Sequence[str | PathLike[str]]
_SEVERAL = ("by", "where", "form", "form_before", "question", "table", "stratum", "type1", "type2", "type3")
_CHOICES = {"base": BASES, "sort": SORTS, "percent": PERCENTS, "per": UNITS, "lang": LANGUAGES}
_PRINTED = {"files", "format", "output", "quiet", "verbose", "config", "scheduler", "raw", "bom", "title", "template"}
"""Options about printing, which mean nothing here."""


def summarize(
    files: Files,
    *,
    by: Sequence[str] = (),
    across: str = "",
    base: str = "asked",
    weight: str | None = None,
    client: Client | None = None,
    **options: Any,
) -> Result:
    """Count visits by place and issue.

    Args:
        files: Paths, or URLs that fsspec can open.
        by: Fields or headers that make the rows; none: the village.
        across: Field or question that stands in the place of the issue.
        base: What percentages divide by: asked, answered, all, mentions.
        weight: Column with the weight of each record.
        client: A Dask client: the files are counted on its cluster.
        options: Any further option of the command, with `_` for `-`; `columns` maps fields to headers. `lang`, "en"
            or "zh", is the language of labels and notices; it stays chosen for the calls that follow.

    Returns:
        Tables `long`, `areas`, `issues`, `crosstab` as far as the columns of the files allow.

    Raises:
        VisitTallyError: A file, a field or a column is not there or cannot be read.
    """
    from visittally.analyses.summary.summarize import summarize as analysis

    options |= {"by": by, "across": across, "base": base, "weight": weight or ""}
    return _finished(analysis, _campaign(files, client, options))


def questions(files: Files, *, client: Client | None = None, **options: Any) -> Result:
    """Tabulate every question, or those named in `question`; see `summarize` for the arguments."""
    from visittally.analyses.questions.tabulate import tabulate

    return _finished(tabulate, _campaign(files, client, options))


def coverage(files: Files, *, roster: str = "", client: Client | None = None, **options: Any) -> Result:
    """Compare visits with a roster; `roster_columns` maps its fields to headers; see `summarize`."""
    from visittally.analyses.coverage.cover import cover

    return _finished(cover, _campaign(files, client, {**options, "roster": fspath(roster)}))


def followup(files: Files, *, client: Client | None = None, **options: Any) -> Result:
    """Say what became of the issues; see `summarize` for the arguments."""
    from visittally.analyses.followup.follow import follow

    return _finished(follow, _campaign(files, client, options))


def backcheck(
    files: Files, *, seed: str = "", answers: Files = (), client: Client | None = None, **options: Any
) -> Result:
    """Draw visits to check (`seed`), or compare back-checks (`answers`) with the visits; see `summarize`.

    Returns:
        Tables `sheet` and `strata`; or `rates`, `questions`, `cases`, `differences`, `unmatched`.
    """
    from visittally.analyses.backcheck.backcheck import backcheck as run_backcheck

    campaign = _campaign(files, client, {**options, "seed": seed, "answers": _paths(answers)})
    # Whoever calls this function has the single cases at hand anyway.
    campaign = replace(campaign, settings=campaign.settings.with_options(output="-"))
    result = run_backcheck(campaign)
    refuse_losses(result.receipt, campaign.settings)
    return protected(result, campaign.settings)


def columns(files: Files, **options: Any) -> Result:
    """Say how files are understood; see `summarize` for the arguments."""
    from visittally.analyses.toml_draft import explain

    return run(_campaign(files, None, options), explain)


def read(files: Files, *, include_personal: bool = False, **options: Any) -> pd.DataFrame:
    """The records of all files as they are understood, every cell as text, without personal columns.

    Args:
        files: Paths, or URLs that fsspec can open.
        include_personal: Keep columns with names, phones, ids, addresses, coordinates.
        options: `where`, `columns`, `form`, `encoding`, `delimiter`, `sheet`.

    Raises:
        VisitTallyError: A file cannot be read.
    """
    import io

    import pandas as pd

    from visittally.analyses.clean import clean_table, filters_of, write_parquet
    from visittally.survey.understanding import personal_columns

    campaign = _campaign(files, None, options)
    sources = [layout.source for layout in campaign.survey.layouts]
    dropped = () if include_personal else [personal_columns(source, campaign.form) for source in sources]
    buffer = io.BytesIO()
    write_parquet(clean_table(sources, dropped, filters_of(campaign)), buffer)
    buffer.seek(0)
    return pd.read_parquet(buffer)


def _finished(analysis: Callable[[Campaign], Analysis], campaign: Campaign) -> Result:
    """What an analysis finds, with losses refused and small cells hidden as the settings say."""
    result = run(campaign, analysis)
    refuse_losses(result.receipt, campaign.settings)
    return protected(result, campaign.settings)


def _paths(files: Files) -> tuple[str, ...]:
    several = [files] if isinstance(files, str | PathLike) else files
    return tuple(fspath(file) for file in several)


def _campaign(files: Files, client: Client | None, options: Mapping[str, Any]) -> Campaign:
    known = {field.name for field in fields(Settings)} - _PRINTED
    unknown = sorted(set(options) - known)
    if unknown:
        raise UsageError(_("unknown options: {names}.").format(names=", ".join(unknown)))
    values: dict[str, Any] = dict(options)
    for name in _SEVERAL:
        if name in values:
            values[name] = (values[name],) if isinstance(values[name], str) else tuple(values[name])
    settings = Settings(files=_paths(files), **values)
    for name, allowed in _CHOICES.items():
        chosen = getattr(settings, name)
        if chosen not in (*allowed, "") or (name == "base" and not chosen):
            message = _('{option} must be one of {names}, not "{name}".')
            raise UsageError(message.format(option=name, names=", ".join(allowed), name=chosen))
    if settings.lang:
        set_language(settings.lang)
    runner = None
    if client is not None:
        from visittally.counting.cluster import runner_of

        runner = runner_of(client)
    return load(settings, runner=runner)
