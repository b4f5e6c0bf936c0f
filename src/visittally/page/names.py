"""Names that files bear in the folder of the page, whatever a browser says they are called."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from visittally.words.patterns import pattern

PROSE = frozenset((".docx", ".md", ".html", ".htm", ".toml"))
"""Suffixes of what is taken beside tables: finished ones for `audit`, settings."""
_LONGEST = 120
"""Characters of a part of a name; file systems take 255 bytes."""
_DEEPEST = 4
"""So many folders of a dropped folder are kept."""
_BAD = pattern(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
"""What some system does not take in a name, and what would turn the direction of reading."""
_DEVICES = pattern(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names under which Windows knows devices."""


def safe_name(told: str) -> str:
    r"""A relative path below the folder of the page for what a browser calls a file.

    >>> safe_name("exports/2026/a.csv"), safe_name("../../etc/passwd"), safe_name("C:\\visits\\三月.xlsx")
    ('exports/2026/a.csv', 'etc/passwd', 'C_/visits/三月.xlsx')
    >>> safe_name("/"), safe_name("nul.csv"), safe_name("a\n.csv "), safe_name("x" * 200 + ".csv")[-9:]
    ('file', '_nul.csv', 'a_.csv', 'xxxxx.csv')
    """
    parts = [cleaned for part in re.split(r"[/\\]", told) if (cleaned := _part(part))]
    return "/".join(parts[-_DEEPEST:]) or "file"


def _part(part: str) -> str:
    cleaned = _BAD.sub("_", part.encode("utf-8", "replace").decode()).strip(" ").rstrip(". ")
    if not cleaned.strip("."):
        return ""
    if _DEVICES.fullmatch(cleaned):
        cleaned = "_" + cleaned
    if len(cleaned) > _LONGEST:
        suffix = PurePosixPath(cleaned).suffix[:12]
        cleaned = cleaned[: _LONGEST - len(suffix)] + suffix
    return cleaned


def numbered(name: str, number: int) -> str:
    """The name with a number before its suffix, for a second file of that name.

    >>> numbered("exports/a.csv", 2)
    'exports/a (2).csv'
    """
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem} ({number}){path.suffix}"))


def argument(name: str) -> str:
    """The name as an argument of the command line, where a leading hyphen would make an option of it.

    >>> argument("a.csv"), argument("-o.csv")
    ('a.csv', './-o.csv')
    """
    return f"./{name}" if name.startswith("-") else name
