"""From the options of a command line to `Settings`, and what is refused or said before any work is done."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from visittally.cli.output import say
from visittally.errors import UsageError
from visittally.messages import _
from visittally.named_files import is_folder
from visittally.render import ONE_TABLE, SUFFIXES, format_for
from visittally.settings import PUBLIC, Settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from visittally.config import Config


_MAPPINGS = (
    "columns",
    "roster_columns",
    "answers_columns",
    "match",
    "okay",
    "oversample",
    "rates",
    "sums",
    "threshold",
)
"""Options that say of a name what it stands for."""
_ZIPPED = frozenset({"xlsx", "docx"})
_PROGRAMS_READ = _ZIPPED | {"csv", "tsv", "json", "jsonl", "html", "toml"}
"""Formats that programs look for behind a suffix; every other one is text, whatever its file is called."""
_LISTS = ("type1", "type2", "type3")
"""Options that take several names with commas between them."""


def at_home(path: str) -> str:
    """The path with a leading `~` as the home folder: Windows' shell, `--output=~/x.csv` and a file leave it there."""
    if not path.startswith("~"):
        return path
    from visittally.reading.inputs.expanding import at_home as spelled

    return spelled(path)


def spare_inputs(ctx: click.Context, settings: Settings) -> None:
    """Refuse an output that is also read: one of the FILES, or of any option that names a file.

    Raises:
        OutputError: It is.
    """
    if not settings.output:
        return
    from visittally.reading.inputs.overwriting import refuse_overwriting

    named = (p.name for p in ctx.command.params if isinstance(p.type, click.Path) and p.name not in ("files", "output"))
    values = [ctx.params.get(str(name)) or () for name in named]
    others = [path for value in values for path in ([value] if isinstance(value, str) else value)]
    refuse_overwriting(settings.output, settings.files, others)


def check_output(settings: Settings, typed: Collection[str], usual: str = "table") -> None:
    """Refuse what the output cannot do: an option must not be ignored.

    Args:
        settings: What was asked for.
        typed: Names of the options that stand on the command line; what a file says holds where it can.
        usual: The format that the command writes where none is named.

    Raises:
        UsageError: An option is for other formats, or the suffix of the file stands for another one.
    """
    form = settings.format or usual
    if settings.formulas and form != "xlsx":
        raise UsageError(_("--formulas is for xlsx: add -o NAME.xlsx"))
    if "raw" in typed and form not in ("csv", "tsv"):
        raise UsageError(_("--raw is for csv and tsv: add -f csv"))
    if "bom" in typed and form != "csv":
        raise UsageError(_("--bom is for csv: add -f csv"))
    meant = SUFFIXES.get(Path(settings.output).suffix.lower(), form)
    if meant != form and (meant in _PROGRAMS_READ or form in _ZIPPED):
        text = _("{path}: -f asks for {format}, and the suffix stands for {meant}. Change one of them.")
        raise UsageError(text.format(path=settings.output, format=form, meant=meant))


def announce(config: Config, *, quiet: bool) -> None:
    """Say, before any work is done, which configuration holds.

    One that merely lies in the folder and changes what is counted is said in any case: nobody asked for it.
    """
    if config.path and (not quiet or (config.counts and not config.named)):
        say(_("Settings are taken from {path}.").format(path=config.path))


def _with_corrections(statuses: Mapping[str, str], path: str) -> dict[str, str]:
    """The statuses of the configuration, and what the file says, which holds before them."""
    from visittally.survey.status_corrections import read_corrections
    from visittally.words.folding import fold

    return {fold(raw): code for raw, code in statuses.items()} | read_corrections(path)


def settings_of(options: Mapping[str, Any], config: Config, *, parquet: bool = False) -> Settings:
    """Settings from the options of a command (which have the configuration's as defaults) and the configuration.

    Args:
        options: The options.
        config: The configuration.
        parquet: Whether the command can write Parquet files, which no table is printed as.

    Raises:
        UsageError: The output file's suffix stands for no format.
    """
    values = dict(options)
    found: dict[str, Any] = dict(config.settings)
    for name in _MAPPINGS:
        found[name] = {**found.get(name, {}), **_named(values.pop(name, ()))}
    if corrected := values.pop("statuses", None):
        found["statuses"] = _with_corrections(found.get("statuses", {}), at_home(corrected))
    families = values.pop("family", ())
    found["family"] = {name: tuple(next(csv.reader([text], skipinitialspace=True))) for name, text in families}
    for name in _LISTS:
        listed = [part.strip() for text in values.pop(name, ()) for part in text.split(",") if part.strip()]
        found[name] = tuple(listed) or found.get(name, ())
    ticks = {name: frozenset(code.strip() for code in codes.split(",")) for name, codes in values.pop("tick", ())}
    found["ticked"] = {**found.get("ticked", {}), **ticks}
    found["revisit_after"] = dict(values.pop("revisit_after", ()) or ())
    found["config"] = values.pop("config", "") or ""
    for name, value in values.items():
        if value is not None:
            found[name] = tuple(value) if isinstance(value, list) else value
    for name in ("output", "codebook", "template", "roster", "plan"):
        if found.get(name):
            found[name] = at_home(found[name])
    to_parquet = parquet and str(found.get("output", "")).lower().endswith(".parquet")
    if found.get("output") and not found.get("format") and found["output"] != "-" and not to_parquet:
        found["format"] = format_for(found["output"])
    if found.get("public"):
        found["min_cell"] = max(found.get("min_cell", 0), PUBLIC)
    found["kept"] = bool(found.get("output"))
    found["first_only"] = found.get("format") in ONE_TABLE
    settings = Settings(**found)
    _check(settings)
    return settings


def _named(pairs: Iterable[tuple[str, str]]) -> dict[str, str | tuple[str, ...]]:
    """Names with what they stand for: one text, or several in the order in which they were given."""
    found: dict[str, list[str]] = {}
    for name, text in pairs:
        found.setdefault(name, []).append(text)
    return {name: texts[0] if len(texts) == 1 else tuple(texts) for name, texts in found.items()}


def _check(settings: Settings) -> None:
    if settings.format in ("xlsx", "docx") and not settings.output:
        message = _("{format} needs a file: add -o FILE.{format}").format(format=settings.format)
        raise UsageError(message)
    if settings.output and settings.output != "-" and is_folder(settings.output):
        message = _("{path} is a folder; name a file in it.").format(path=settings.output)
        raise UsageError(message)
