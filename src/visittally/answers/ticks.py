"""One column of a multi-select: is the option ticked, not ticked, or was nothing recorded."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _
from visittally.words.joined import NO_COLUMN
from visittally.words.tick_signs import signs_of_no, signs_of_yes
from visittally.words.vocabulary import Vocabulary, key_of, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Tick(Enum):
    """What a cell of an option column says."""

    TICKED = "ticked"
    UNTICKED = "unticked"
    BLANK = "blank"
    SKIPPED = "skipped"
    ABSENT = "absent"


@dataclass(frozen=True)
class TickColumn:
    """Reads the cells of one option column.

    Attributes:
        cells: Distinct cell -> what it says.
    """

    cells: Mapping[str, Tick]

    def read(self, cell: str) -> Tick:
        """What a cell says."""
        return self.cells.get(cell, Tick.BLANK)


def scale_steps(
    columns: Iterable[Mapping[str, int]], lexicon: Vocabulary, records: Iterable[Sequence[str]] = ()
) -> frozenset[str]:
    """The numbers beyond 1 in the option columns of a question whose cells are steps of a scale.

    Args:
        columns: The distinct cells of each option column.
        lexicon: The words that hold for the question.
        records: The cells of the option columns in each distinct record.

    Returns:
        The steps; none where no column holds several numbers: then each is the code of its option. Nor where the
        numbers are ranks: 1, 2, 3 in each record, each once.
    """
    if _are_ranks(records):
        return frozenset()
    numbers = [
        {key for cell in column if (key := key_of(cell)).isdecimal()} - {"0"} - lexicon.blank for column in columns
    ]
    several = any(len(column) > 1 for column in numbers)
    return frozenset[str]().union(*numbers) - {"1"} if several else frozenset()


def _are_ranks(records: Iterable[Sequence[str]]) -> bool:
    several = False
    for cells in records:
        ranks = [int(key) for cell in cells if (key := key_of(cell)).isdecimal() and key != "0"]
        if sorted(ranks) != list(range(1, len(ranks) + 1)):
            return False
        several |= len(ranks) > 1
    return several


def unseen_codes(
    name: str, columns: Iterable[Mapping[str, int]], ticked: frozenset[str], *, has_options: bool
) -> tuple[Notice, ...]:
    """Say where codes that were to count as ticked change nothing.

    Args:
        name: What the question is called.
        columns: The distinct cells of its columns.
        ticked: The codes, as `key_of` writes them.
        has_options: Whether it has option columns.
    """
    if not ticked:
        return ()
    if not has_options:
        text = _('"{name}" has no option columns to tick: --tick changes nothing there.')
        return (Notice("ticks_unused", text.format(name=name)),)
    unseen = sorted(ticked - {key_of(cell) for column in columns for cell in column})
    text = _('"{name}": none of its columns holds {codes}, named to count as ticked (--tick).')
    return (Notice("ticks_unused", text.format(name=name, codes=", ".join(unseen))),) if unseen else ()


def signs_told(name: str, columns: Iterable[TickColumn]) -> Iterator[Notice]:
    """Say what signs count as that mean yes in some files and no in others."""
    cells = [(key_of(cell), tick) for column in columns for cell, tick in column.cells.items() if cell != NO_COLUMN]
    crosses, circles = words("crosses"), words("circles")
    ticked = {key for key, tick in cells if tick is Tick.TICKED and key in (crosses | circles) - {"x"}}
    if ticked and not any(tick is Tick.UNTICKED for _key, tick in cells):
        text = _('"{name}": {signs} alone counts as ticked (--tick {name}=CODE,CODE names what does).')
        yield Notice("signs_ticked", text.format(name=name, signs=", ".join(sorted(ticked))))
    if any(key == "x" and tick is Tick.UNTICKED for key, tick in cells):
        shown = ", ".join(sorted({key for key, tick in cells if tick is Tick.TICKED}))
        text = _('"{name}": x beside {signs} counts as not ticked (--tick {name}=CODE,CODE names what does).')
        yield Notice("signs_not_ticked", text.format(name=name, signs=shown))


def learn_ticks(
    cells: Mapping[str, int],
    names: frozenset[str],
    lexicon: Vocabulary,
    ticked: frozenset[str] = frozenset(),
    scale: frozenset[str] = frozenset(),
    *,
    beside: frozenset[str] = frozenset(),
) -> TickColumn:
    """Learn to read an option column from its distinct cells.

    Args:
        cells: Distinct cells and how often each occurs.
        names: Name and label of the option: some tools write the label into the cell of a chosen option.
        lexicon: The words that hold for the question.
        ticked: The values that count as ticked, as `key_of` writes them; empty to go by the usual words.
        scale: Numbers that are steps of a scale, as `scale_steps` finds them, and no ticks.
        beside: The cells of all option columns of the question, as `key_of` writes them: what signs mean among them.

    Returns:
        The column. Beyond the usual words for yes and no any text and any number is a tick.
    """
    keys = {cell: key_of(cell) for cell in cells if cell != NO_COLUMN}
    written = set(keys.values()) - lexicon.blank - lexicon.not_asked
    own = {name for name in names if not name.isdecimal() and (name not in words("no") or written == {name})}
    yes, no = signs_of_yes(written | beside), signs_of_no(written | beside)
    found = {NO_COLUMN: Tick.ABSENT}
    for cell, key in keys.items():
        if not ticked and key in own:
            found[cell] = Tick.TICKED
        elif key in lexicon.not_asked:
            found[cell] = Tick.SKIPPED
        elif key in lexicon.blank:
            found[cell] = Tick.BLANK
        elif ticked:
            found[cell] = Tick.TICKED if key in ticked else Tick.UNTICKED
        else:
            denied = key in scale or key in no or (key not in yes and _says_no(key, lexicon))
            found[cell] = Tick.UNTICKED if denied else Tick.TICKED
    return TickColumn(found)


def _says_no(key: str, lexicon: Vocabulary) -> bool:
    listed = words("no") | words("unticked") | words("none_strokes") | lexicon.dont_know | lexicon.refused
    return key in listed or (key[:1] == "-" and key[1:].isdigit())
