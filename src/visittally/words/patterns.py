"""Regular expressions that are compiled when they are first used: most runs need few of them, and none at start-up."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """Stands for a compiled pattern until somebody asks it something."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in ("fullmatch", "match", "search", "sub", "split", "findall", "finditer", "pattern", "flags"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression as `re.compile` gives it, compiled on first use.

    >>> pattern("a+").fullmatch("aa") is not None, pattern(b"a+").search(b"b") is None
    (True, True)
    """
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
