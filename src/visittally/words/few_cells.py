"""What is found out about the different cells of a column, kept for the next column of the same few cells.

Exports hold thousands of columns of the same answers: yes and no, 1 to 5, often, sometimes, never.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Concatenate

_FEW, _SHORT = 40, 1_000
"""So many cells, and characters of them together, are kept."""
_KEPT = 2_048
_Others = ParamSpec("_Others")
_Found = TypeVar("_Found")


def remembered(
    judge: Callable[Concatenate[Collection[str], _Others], _Found],
) -> Callable[Concatenate[Collection[str], _Others], _Found]:
    """Keep what a judgement says of few cells.

    Args:
        judge: Looks at the different cells of a column, in whatever order, and at options that are true or false; what
            else it is given has to be empty for its judgement to be kept.
    """
    judge_by_name: Callable[..., _Found] = judge

    @lru_cache(maxsize=_KEPT)
    def kept(cells: frozenset[str], options: tuple[str, ...]) -> _Found:
        return judge_by_name(cells, **dict.fromkeys(options, True))

    @wraps(judge)
    def judged(cells: Collection[str], /, *others: _Others.args, **options: _Others.kwargs) -> _Found:
        given = [name for name, value in options.items() if value]
        plain = not any(others) and all(options[name] is True for name in given)
        if plain and len(cells) <= _FEW and sum(map(len, cells)) <= _SHORT:
            return kept(frozenset(cells), tuple(sorted(given)))
        return judge(cells, *others, **options)

    return judged
