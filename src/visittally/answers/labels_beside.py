"""Labels of options that only the joined answers beside the option columns tell.

Some exports name option columns by short names but join labels: `issues/no_water` is ticked where the joined answer
says "No safe water".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from visittally.answers.ticks import Tick, TickColumn
from visittally.words.folding import tidy
from visittally.words.letters import is_mark, words_of
from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.survey.variables import Variable

_BETWEEN_NAMES = pattern(r"[\s;,|/，；、┋]+")
_GAP = r"[^\w;,|]+"


def labels_beside(
    variable: Variable, rows: Mapping[tuple[str, ...], int], ticks: Sequence[TickColumn | None], parent: int
) -> dict[int, str]:
    """Find labels of options in the joined answers.

    Args:
        variable: The question.
        rows: Distinct records of its cells and how often each occurs.
        ticks: For each of its columns how to read its ticks, None for the parent.
        parent: Position of the column of joined answers.

    Returns:
        Position of an option column -> label. Either the joined answers hold the words of the option's name in
        another spelling, or one text always stands where this option alone is ticked.
    """
    joined: Counter[str] = Counter()
    for cells, count in rows.items():
        if parent < len(cells) and cells[parent].strip():
            joined[cells[parent].strip()] += count
    spelled = {i: text for i, part in enumerate(variable.parts) if ticks[i] and (text := _spelled(part.option, joined))}
    return spelled | _standing_alone(variable, rows, ticks, parent)


def _spelled(name: str, joined: Mapping[str, int]) -> str:
    """How the joined answers write the name of an option, "" where they do not or write it just so."""
    words = [re.escape(word) for word in words_of(name)]
    if not words:
        return ""
    phrase = re.compile("".join((r"(?<![\w-])", _GAP.join(words), r"(?![\w-])")), re.IGNORECASE)
    found: Counter[str] = Counter()
    for text, count in joined.items():
        whole = [match for match in phrase.finditer(text) if not is_mark(text[match.end() : match.end() + 1])]
        found.update({tidy(match.group()): count for match in whole})
    return min(found, key=lambda text: (-found[text], text)) if found and name not in found else ""


def _standing_alone(
    variable: Variable, rows: Mapping[tuple[str, ...], int], ticks: Sequence[TickColumn | None], parent: int
) -> dict[int, str]:
    """The text that stands beside an option wherever this one alone is ticked, and beside no other."""
    names = {part.option for part in variable.parts}
    texts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    columns: defaultdict[str, set[int]] = defaultdict(set)
    for cells, count in rows.items():
        on = [i for i, (c, cell) in enumerate(zip(ticks, cells, strict=False)) if c and c.read(cell) is Tick.TICKED]
        text = tidy(cells[parent]) if parent < len(cells) else ""
        if len(on) == 1 and text and not names & {text, *_BETWEEN_NAMES.split(text)}:
            texts[on[0]][text] += count
            columns[key_of(text)].add(on[0])
    return {
        i: min(found, key=lambda text: (-found[text], text))
        for i, found in texts.items()
        if len({key_of(text) for text in found}) == 1 and all(len(columns[key_of(text)]) == 1 for text in found)
    }
