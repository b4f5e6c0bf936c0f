"""What this program wrote itself: results, which are no records, by the marks that they carry."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from visittally.reading.inputs.kinds import DAMAGED
from visittally.words.patterns import pattern

MARK = "visittally"
"""Stands in what we write: as the author of workbooks and documents, as the generator of HTML pages."""
_HEAD = 4_096
_HTML = pattern(rf'<meta name="generator" content="{MARK}">')
_AUTHOR = pattern(rf"<dc:creator>{MARK}</dc:creator>")
_JSON = pattern(r'\{\s*"tables": \[\s*(\]|\{\s*"name": )')
_TITLE = pattern(r"(Table 1|表1)  \S.*\n(?:.*\n){1,3}-{2,}[- ]*\n")
_SIGNS: tuple[frozenset[str], ...] = (
    *(
        frozenset((name,))
        for name in ("percent_of_cases", "percent_of_mentions", "mentions_per_100_cases", "coverage_percent")
    ),
    frozenset(("handled_percent", "resolved_percent")),
    frozenset(("no_issue", "not_recorded", "mentions", "cases")),
    frozenset(("numerator", "denominator", "value")),
    frozenset(("visited", "completed", "first_date", "last_date", "per_day")),
    frozenset(("visited", "completed", "cumulative")),
    frozenset(("status", "disposition", "mentions")),
)
"""Machine names of columns that stand together in our tables and hardly in anybody's records."""


def is_our_own(path: str) -> bool:
    """Whether a file holds tables or a report that this program wrote.

    Workbooks, documents and HTML pages say so. Plain text cannot: there the names of the columns tell. A file that
    cannot be read is not ours; whoever reads it will say what is wrong with it.
    """
    if "://" in path:
        return False
    try:
        if not Path(path).is_file():
            return False
        with Path(path).open("rb") as stream:
            head = stream.read(_HEAD)
        if head.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(path) as archive:
                return bool(_AUTHOR.search(archive.read("docProps/core.xml").decode("utf-8", "replace")))
    except DAMAGED:
        return False
    text = head.decode("utf-8-sig", "ignore").replace("\r\n", "\n")
    if text.lstrip().startswith("<"):
        return bool(_HTML.search(text))
    return bool(_JSON.match(text) or _TITLE.match(text)) or _has_our_columns(text.partition("\n")[0])


def _has_our_columns(line: str) -> bool:
    if line.startswith('{"'):  # a row of JSON lines
        names = frozenset(re.findall(r'"([a-z_]+)":', line))
    else:
        names = frozenset(name.strip('"') for name in re.split(r"[,\t]", line))
    return any(sign <= names for sign in _SIGNS)
