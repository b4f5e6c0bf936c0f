"""Questions whose option columns the user named: `--family problems=Road,Water`, `--family needs='needs_*'`."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from visittally.errors import FieldError
from visittally.messages import _, quoted
from visittally.survey.family import NamedFamily, without_shared
from visittally.survey.headers import Heading, header_key, last_part
from visittally.survey.variables import QuestionKind, Role
from visittally.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visittally.survey.profiles import Profile


def asked_families(
    asked: Mapping[str, Sequence[str]], headings: Sequence[Heading], profiles: Sequence[Profile]
) -> Iterator[NamedFamily]:
    """The families that the user named, as far as their columns are in a table.

    Args:
        asked: Name of each question -> the headers of its columns; `*` stands for any text.
        headings: What the columns of the table are called.
        profiles: Their answers.
    """
    for name, patterns in asked.items():
        found = list(dict.fromkeys(h for pattern in patterns for h in _called(pattern, headings)))
        if not found:
            continue
        columns = [profiles[h.position] for h in found]
        ticks = all(not c.filled or c.tick or c.mark is not None for c in columns)
        role = Role.OPTION if ticks else Role.MENTION
        options = _options([h.plain or h.name for h in found]) if ticks else [""] * len(found)
        members = tuple((h.name, option, "") for h, option in zip(found, options, strict=True))
        yield NamedFamily(name, members, role, "", QuestionKind.MULTI, asked=True)


def _options(names: Sequence[str]) -> list[str]:
    """What the option columns are called: in each of several groups the same options by their last parts."""
    last = [last_part(name) for name in names]
    again = Counter(last)
    return last if last != list(names) and min(again.values()) > 1 else without_shared(names)


def refuse_unknown(asked: Mapping[str, Sequence[str]], headings: Iterable[Heading], files: str) -> None:
    """Refuse headers of named families that no table has.

    Raises:
        FieldError: There are such headers; names all of them.
    """
    known = list(headings)
    lost = [pattern for patterns in asked.values() for pattern in patterns if not list(_called(pattern, known))]
    if lost:
        names = list(dict.fromkeys(h.name for h in known if h.name))
        near = difflib.get_close_matches(lost[0], names, 3) or names[:40]
        text = _("{files}: there is no column {headers}, named in --family. Columns are: {names}.")
        raise FieldError(text.format(files=files, headers=quoted(lost), names=", ".join(near)))


def _called(pattern: str, headings: Iterable[Heading]) -> Iterator[Heading]:
    """The columns that a header or pattern means: as it stands, else however spelled, else by its last part."""
    named = [h for h in headings if h.name]
    if "*" in pattern and not any(pattern in (h.name, h.header) for h in named):
        wanted = fold(pattern)
        yield from (h for h in named if fnmatchcase(fold(h.name), re.sub(r"([\[?])", r"[\1]", wanted)))
        return
    for form in (str, fold, header_key, lambda text: header_key(last_part(text))):
        found = [h for h in named if form(pattern) in {form(h.name), form(h.header), form(h.plain)}]
        if found:
            yield from found
            return
