"""What a report was made from: files with their fingerprints, the version, the command."""

from __future__ import annotations

import shlex
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from visittally.messages import _
from visittally.reading.fingerprints import fingerprint
from visittally.version import __version__

if TYPE_CHECKING:
    from visittally.analyses.campaign import Campaign

FILES_IN_FULL, LONGEST_LINE = 5, 400
"""More sources stand in one line; a longer command line would fill a page, and is left to --notes."""


def in_brief(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The sources as a report names them: many files together, by name and the beginning of their fingerprint."""
    files = [line.split("  sha256 ") for line in lines if "  sha256 " in line]
    if len(files) <= FILES_IN_FULL:
        return lines
    named = _("; ").join(f"{PurePath(name).name} {digest[:12]}" for name, digest in files)
    return f"sha256: {named}", *(s for s in lines if "  sha256 " not in s and len(s) < LONGEST_LINE)


def provenance_of(campaign: Campaign, command_line: str, *, folders: bool) -> list[str]:
    """A line for each file with its fingerprint, then version, command and day.

    Args:
        campaign: The files.
        command_line: How the report was asked for.
        folders: Whether files are named with their folders, which are nothing to those who are handed a report.
    """
    settings = campaign.settings
    lines = []
    files = dict.fromkeys(layout.source.file for layout in campaign.survey.layouts)
    others = [*settings.form, *([settings.roster] if settings.roster else []), *settings.before, *settings.form_before]
    for file in [*files, *others]:
        digest = fingerprint(file)
        shown = file if folders else PurePath(file).name
        lines.append(f"{shown}  sha256 {digest}" if digest else shown)
    if not folders:
        command_line = shlex.join(map(_without_folders, shlex.split(command_line)))
    lines.append(f"visittally {__version__}")
    lines += [command_line] if command_line else []
    if settings.as_of is not None:
        lines.append(_("As of {date}").format(date=settings.as_of.isoformat()))
    return lines


def _without_folders(word: str) -> str:
    """A word of a command line with the last part of each path in it.

    >>> _without_folders("/home/marigold/ledger.csv"), _without_folders("village=村/组"), _without_folders("")
    ('ledger.csv', 'village=村/组', '')
    """
    option, sign, value = word.rpartition("=")
    path = Path(value)
    return f"{option}{sign}{path.name}" if path.is_absolute() or (path.parent.name and path.parent.exists()) else word
