"""Which tool exported a table, told by the columns that it adds, and which columns those are."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.folding import fold, tidy
from visittally.words.listed import listed
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from visittally.survey.profiles import Profile

_EXPORTERS = Path(__file__).parent / "lists" / "exporters.toml"
_WORDS = pattern(r"[\w /#-]+")
_R_PREFIX = pattern(r"^X(?:\.U\.FEFF\.|(?=_))")


class Headers:
    """Headers that a tool writes, as words and as patterns; case does not matter.

    >>> "_UUID" in Headers(["_uuid", "set of .*"]), "Set of children" in Headers(["set of .*"]), "x" in Headers([])
    (True, True, False)
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        """Take patterns, each of which has to match the whole of a header."""
        listed = list(patterns)
        self._words = {text for text in listed if _WORDS.fullmatch(text)}
        others = [f"(?:{text})" for text in listed if text not in self._words]
        self._pattern = re.compile("|".join(others), re.IGNORECASE) if others else None

    def __contains__(self, header: str) -> bool:
        if header.lower() in self._words:
            return True
        return self._pattern is not None and self._pattern.fullmatch(header) is not None

    def among(self, headers: Sequence[str], small: AbstractSet[str]) -> bool:
        """Whether one of many headers, also given in small letters, is one of these."""
        if not self._words.isdisjoint(small):
            return True
        return self._pattern is not None and any(map(self._pattern.fullmatch, headers))


@dataclass(frozen=True, slots=True)
class Exporter:
    """A tool and the traces that it leaves.

    Attributes:
        name: `kobotoolbox`, `odk` ...
        marks: Lists of headers; where a table has all of a list, it comes from the tool.
        first: What the first header is in exports of this tool only.
        values: Pattern with which some cells of its exports begin, or None.
        own: The columns that it adds.
        reviews: Those of them that say whether a record counts.
        rejected: What they say of records that do not, folded.
        finished: The columns that say whether a record was answered to its end.
        codes: Whether it joins the names of the chosen options by spaces.
        not_asked: What it writes where nothing was asked, beyond what all tools write.
    """

    name: str
    marks: tuple[tuple[Headers, ...], ...]
    first: Headers
    values: re.Pattern[str] | None
    own: Headers
    reviews: Headers
    rejected: frozenset[str]
    finished: Headers
    codes: bool
    not_asked: str


@cache
def _exporters() -> Mapping[str, Exporter]:
    return {
        name: Exporter(
            name,
            tuple(tuple(Headers([mark]) for mark in marks) for marks in traces.get("marks", ())),
            Headers([traces["first"]] if "first" in traces else ()),
            re.compile(traces["values"], re.IGNORECASE) if "values" in traces else None,
            Headers(traces.get("own", ())),
            Headers(traces.get("reviews", ())),
            frozenset(traces.get("rejected", ())),
            Headers(traces.get("finished", ())),
            traces.get("codes", False),
            traces.get("not_asked", ""),
        )
        for name, traces in listed(_EXPORTERS).items()
    }


def plain_header(header: str) -> str:
    """A header as the patterns of tools see it: white space tidied, without the X that R puts before an underscore.

    >>> plain_header(" X_uuid "), plain_header("Response  ID")
    ('_uuid', 'Response ID')
    """
    return _R_PREFIX.sub("", tidy(header))


def recognise(headers: Sequence[str], profiles: Sequence[Profile], rows: Sequence[Sequence[str]] = ()) -> str:
    """Name of the tool that exported a table, or "".

    Args:
        headers: Headers of its columns.
        profiles: What the columns hold.
        rows: Its header rows, where it has several: some tools leave a row for programs.
    """
    plain = [plain_header(header) for header in headers]
    if any("ImportId" in cell for row in rows for cell in row):
        return "qualtrics"
    small = {header.lower() for header in plain}
    for exporter in _exporters().values():
        if any(all(mark.among(plain, small) for mark in marks) for marks in exporter.marks):
            return _ona_or(exporter.name, profiles)
        if plain and plain[0] in exporter.first:
            return exporter.name
        if exporter.values is not None and any(exporter.values.match(v) for p in profiles for v in p.values):
            return exporter.name
    return ""


def _ona_or(name: str, profiles: Sequence[Profile]) -> str:
    """Ona's exports look like KoboToolbox's but write n/a where nothing was asked."""
    skipped = sum(1 for profile in profiles if profile.skipped)
    return "ona" if name == "kobotoolbox" and skipped >= max(1, len(profiles) // 10) else name


def is_own(header: str, tool: str) -> bool:
    """Whether a column is one that the exporting tool adds, and no question."""
    plain = plain_header(header)
    exporters = _exporters()
    return plain in exporters["common"].own or (bool(tool) and plain in exporters[tool].own)


def writes_codes(tool: str) -> bool:
    """Whether the tool writes several answers into a cell as codes with spaces between."""
    return bool(tool) and _exporters()[tool].codes


def not_asked_in(tool: str) -> str:
    """What a tool writes where nothing was asked, beyond what all tools write; "" for nothing of its own."""
    return _exporters()[tool].not_asked if tool else ""


def says_what_counts(header: str, tool: str) -> bool:
    """Whether a column is one in which the tool marks rejected and test submissions.

    >>> says_what_counts("__system/reviewState", "odk"), says_what_counts("Status", "qualtrics")
    (True, True)
    >>> says_what_counts("Status", "odk")
    False
    """
    plain = plain_header(header)
    exporters = _exporters()
    return plain in exporters["common"].reviews or (bool(tool) and plain in exporters[tool].reviews)


def rejected_in(tool: str) -> frozenset[str]:
    """What such a column says, folded, of records that do not count."""
    exporters = _exporters()
    return exporters["common"].rejected | (exporters[tool].rejected if tool else frozenset())


def says_finished(header: str, tool: str) -> bool:
    """Whether a column is the one in which the tool says that a record was answered to its end.

    >>> says_finished("submitdate", "limesurvey"), says_finished("submitdate", "odk")
    (True, False)
    """
    return bool(tool) and plain_header(header) in _exporters()[tool].finished


def is_finished(value: str) -> bool:
    """Whether such a column says so: with the day, or in a word.

    >>> is_finished("2026-04-01 10:00:00"), is_finished("True"), is_finished("0")
    (True, True, False)
    """
    return fold(value) not in {"", "0", "false", "no", "incomplete", "n/a"}


def key_header(header: str, tool: str) -> bool:
    """Whether a column holds the key that the tool gives every record."""
    plain = plain_header(header)
    if re.fullmatch(r"_uuid|meta[-_/.:]instanceID", plain):
        return True
    return plain == "KEY" or (plain == "key" and tool in {"odk", "surveycto"})


def looks_like_key(value: str) -> bool:
    """Whether a value is shaped like a record's key: long, with digits, without spaces.

    >>> looks_like_key("uuid:5a6c1b58-2f0e-4d6f-9a55-1c2e3f405162"), looks_like_key("0.5"), looks_like_key("NA")
    (True, False, False)
    """
    plain = fold(value)
    return len(plain) >= 8 and re.fullmatch(r"[\w:{}/\[\]=-]+", plain) is not None and any(c.isdigit() for c in plain)
