"""Regular expressions that are compiled when they are first used: most runs need few of them, and none at start-up."""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Stands for a compiled pattern until somebody asks it something."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in ("fullmatch", "match", "search", "sub", "split", "findall", "finditer", "pattern", "flags"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression as `re.compile` gives it, compiled on first use.

    >>> pattern("a+").fullmatch("aa") is not None
    True
    """
    return cast("re.Pattern[str]", _Pattern(source, flags))
