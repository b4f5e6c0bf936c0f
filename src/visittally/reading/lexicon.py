"""The different cells of a column, each with a code: many cells are looked up at once.

A lexicon only grows, so that what was made of its values for one block (their hashes, what they are reduced to) holds
for the next. Short cells are found by their bytes, sixteen at a time as a pair of 64-bit words, in a hash table that
all cells of a block go through together; a cell is taken for a value only when all its words are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from visittally.dataclass import dataclass
from visittally.reading.text import heart
from visittally.reading.text.grid import Cells
from visittally.words.arrays import number_array, numpy_array, string_array

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa

PAIRS = 4
"""Cells of less than `16 * PAIRS` bytes are found by their bytes, longer ones as texts."""
_ROOMY = 8
"""Places of the hash table for each value."""
_BEGIN = 1 << 4
"""Values that there is room for once any is to be found by its bytes: files of many columns have as many lexicons."""
SHORT = 1 << 8
"""Up to so many cells are quicker looked up as texts than made ready to be looked up by their bytes."""
_PAIR = np.complex128
"""Sixteen bytes that numpy moves as one; they are never looked at as a number."""
_MASKS = np.array([[(1 << 8 * min(n, 8)) - 1, (1 << 8 * max(n - 8, 0)) - 1] for n in range(17)], np.uint64)
_FACTORS = np.array(
    [
        0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93,
        0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3,
    ],
    np.uint64,
).reshape(PAIRS, 2)  # fmt: skip
_NO_TABLE, _NO_WORDS = np.zeros(2, np.int32), np.zeros((PAIRS, 1, 2), np.uint64)
_NO_HASHES = np.zeros(1, np.uint64)
"""What lexicons begin with in which nothing is found by its bytes yet; only ever read."""


class Lexicon:
    """The different cells of a column in the order of their first appearance.

    Attributes:
        values: The cells; the code of each is its position.
    """

    def __init__(self) -> None:
        """Begin with no value."""
        self.values: list[str] = []
        self._codes: dict[str, int] = {}
        self._made: dict[Any, np.ndarray] = {}
        self._reduced: dict[Any, Lexicon] = {}
        # Entry 0 of the hash table's columns stands for no value, entry n + 1 for value n.
        self._table, self._words, self._scrambled = _NO_TABLE, _NO_WORDS, _NO_HASHES
        self._entered: list[int] = []

    def __len__(self) -> int:
        return len(self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return _lexicon_of, (self.values,)

    def enter(self, values: Iterable[str]) -> np.ndarray:
        """The codes of some values, new ones entered."""
        codes, known = [], self._codes
        for value in values:
            code = known.setdefault(value, len(self.values))
            if code == len(self.values):
                self.values.append(value)
            codes.append(code)
        return np.array(codes, np.int32)

    def made(self, what: Any, make: Callable[[Sequence[str]], np.ndarray]) -> np.ndarray:
        """Something about each value, worked out once for each.

        Args:
            what: Tells it apart from other things.
            make: Makes it for some values.
        """
        found = self._made.get(what)
        if found is None or len(found) < len(self.values):
            done = 0 if found is None else len(found)
            more = make(self.values[done:])
            self._made[what] = found = more if found is None else np.concatenate((found, more))
        return found

    def reduced(self, what: Any, reduce: Callable[[Sequence[str]], Iterable[str]]) -> tuple[np.ndarray, Lexicon]:
        """Fewer values: for each value the code of what it is reduced to, and the lexicon of that.

        Args:
            what: Tells it apart from other things that are made of the values.
            reduce: Reduces some values.
        """
        lexicon = self._reduced.get(what)
        if lexicon is None:
            self._reduced[what] = lexicon = Lexicon()
        return self.made(what, lambda values: lexicon.enter(reduce(values))), lexicon

    def codes(self, cells: Cells, most: int) -> np.ndarray | None:
        """The codes of cells, new values entered.

        Args:
            cells: Where they stand in the text.
            most: How many new values there may be.

        Returns:
            `int32` array; None where a cell is no UTF-8, or there are more new values.
        """
        if len(cells) <= SHORT:
            return self._by_texts(cells, most)
        if heart.native is not None and cells.starts.dtype == np.int32:
            return self._compiled_codes(cells, most)
        long = cells.lengths >= 16 * PAIRS
        long[cells.escaped] = True
        apart = np.flatnonzero(long)
        if not len(apart):
            return self._by_words(cells, cells.lengths, most)
        if 2 * len(apart) > len(cells):
            return self._by_texts(cells, most)
        # Those apart are looked up as blank ones first.
        codes = self._by_words(cells, np.where(long, 0, cells.lengths), most)
        others = None if codes is None else self._by_texts(cells.take(apart), most)
        if codes is None or others is None:
            return None
        codes[apart] = others
        return codes

    def _compiled_codes(self, cells: Cells, most: int) -> np.ndarray | None:
        """What `codes` gives: those that are known are looked up by the compiled heart."""
        assert heart.native is not None
        lengths = cells.lengths
        if len(cells.escaped):
            # The bytes of these are not those of their values.
            lengths = lengths.copy()
            lengths[cells.escaped] = 16 * PAIRS
        codes = np.empty(len(cells), np.int32)
        missing, apart = heart.native.codes(cells.text, cells.starts, lengths, self._table, self._words, codes)
        if 2 * apart > len(cells):
            return self._by_texts(cells, most)
        if missing:
            rows = np.flatnonzero(codes == -1)
            new = self._by_words(Cells(cells.text, cells.starts[rows], lengths[rows]), lengths[rows], most)
            if new is None:
                return None
            codes[rows] = new
        if apart:
            rows = np.flatnonzero(codes == -2)
            others = self._by_texts(cells.take(rows), most)
            if others is None:
                return None
            codes[rows] = others
        return codes

    def _by_texts(self, cells: Cells, most: int) -> np.ndarray | None:
        texts = cells.strings()
        if texts is None:
            return None
        encoded = texts.dictionary_encode()
        values = encoded.dictionary.to_pylist()
        if len(values) > most and sum(value not in self._codes for value in values) > most:
            return None
        return np.asarray(self.enter(values)[numpy_array(encoded.indices)])

    def _by_words(self, cells: Cells, lengths: np.ndarray, most: int) -> np.ndarray | None:
        words = _words_of(cells.text, cells.starts, lengths)
        scrambled = _scrambled(words)
        entries = self._find(scrambled, words)
        missing = np.flatnonzero(entries == 0)
        while len(missing):
            _, first = np.unique(scrambled[missing], return_index=True)
            if len(first) > most:
                return None
            new = np.sort(missing[first])
            if not self._learn(cells, lengths, new, scrambled[new], [word[new] for word in words]):
                return None
            entries[missing] = self._find(scrambled[missing], [word[missing] for word in words])
            # Two texts of one hash are rare: the second one is learnt in another round.
            missing = missing[entries[missing] == 0]
        entries -= 1
        return entries

    def _find(self, scrambled: np.ndarray, words: Sequence[np.ndarray]) -> np.ndarray:
        """The entry of each cell, 0 where it has none."""
        places = (scrambled >> np.uint64(65 - len(self._table).bit_length())).astype(np.int64)
        entries = self._table.take(places)
        same = self._same(entries, words)
        if same.all():
            return entries
        # Those that met another value look at the next place, until they find themselves or none.
        seeking = np.flatnonzero(~same & (entries != 0))
        last = len(self._table) - 1
        places = places[seeking]
        while len(seeking):
            places = (places + 1) & last
            found = self._table.take(places)
            same = self._same(found, [pair[seeking] for pair in words])
            entries[seeking] = np.where(same, found, 0)
            on = ~same & (found != 0)
            seeking, places = seeking[on], places[on]
        return entries

    def _same(self, entries: np.ndarray, words: Sequence[np.ndarray]) -> np.ndarray:
        """Which cells are the values of these entries."""
        found = entries != 0
        for known, pair in zip(self._words, words, strict=False):
            both = known.view(_PAIR).ravel().take(entries).view(np.uint64) == pair.view(np.uint64).ravel()
            found &= both.view(np.uint16) == 0x0101
        return np.asarray(found)

    def _learn(
        self, cells: Cells, lengths: np.ndarray, rows: np.ndarray, scrambled: np.ndarray, words: Sequence[np.ndarray]
    ) -> bool:
        """Enter the values of some cells, one for each; False where one is no UTF-8."""
        texts = Cells(cells.text, cells.starts[rows], lengths[rows]).strings()
        if texts is None:
            return False
        entries = self.enter(texts.to_pylist()) + 1
        self._make_room()
        for known, word in zip(self._words, words, strict=False):
            known.view(_PAIR)[entries, 0] = word
        self._scrambled[entries] = scrambled
        self._entered += entries.tolist()
        if len(self._entered) * _ROOMY > len(self._table):
            places = max(_BEGIN * _ROOMY, len(self._table))
            while len(self._entered) * _ROOMY > places:
                places *= 2
            self._table = np.zeros(places, np.int32)
            self._put(np.array(self._entered, np.int32))
        else:
            self._put(entries)
        return True

    def _make_room(self) -> None:
        have = len(self._scrambled)
        if len(self.values) + 1 <= have:
            return
        room = max(_BEGIN, 2 * have, len(self.values) + 1)
        words = np.zeros((PAIRS, room, 2), np.uint64)
        words[:, :have] = self._words
        self._words = words
        self._scrambled = np.concatenate((self._scrambled, np.zeros(room - have, np.uint64)))

    def _put(self, entries: np.ndarray) -> None:
        """Give entries their places in the table, all at once: who finds a place taken tries the next."""
        table, last = self._table, len(self._table) - 1
        places = (self._scrambled[entries] >> np.uint64(65 - len(table).bit_length())).astype(np.int64)
        while len(entries):
            free = table.take(places) == 0
            table[places[free]] = entries[free]
            waiting = table.take(places) != entries
            entries, places = entries[waiting], (places[waiting] + 1) & last


def short_columns(texts: pa.Array, count: int) -> Iterator[tuple[list[str], np.ndarray]]:
    """The different cells of columns and the codes of theirs, found for all columns at once.

    Args:
        texts: Their cells, one column behind the other.
        count: How many cells each has.
    """
    encoded = texts.dictionary_encode()
    values = encoded.dictionary.to_pylist()
    columns = np.arange(len(texts) // count)
    pairs = number_array(np.repeat(columns * len(values), count) + numpy_array(encoded.indices)).dictionary_encode()
    # Numbered as they appear: those of a column follow those of the one before it.
    different, codes = numpy_array(pairs.dictionary), numpy_array(pairs.indices)
    ends = np.searchsorted(different, (columns + 1) * len(values)).tolist()
    own = [values[code] for code in (different % max(len(values), 1)).tolist()]
    for begin, end, column in zip([0, *ends], ends, codes.reshape(-1, count), strict=False):
        yield own[begin:end], column - begin


def _lexicon_of(values: Sequence[str]) -> Lexicon:
    found = Lexicon()
    found.enter(values)
    return found


def _words_of(text: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> list[np.ndarray]:
    """The bytes of cells as pairs of words, filled up with zeros; at least one zero stands behind each cell."""
    every = np.ndarray((len(text) - 15,), _PAIR, text, strides=(1,))
    masks = _MASKS.view(_PAIR).ravel()
    found = []
    for first in range(0, int(lengths.max(initial=0)) + 1, 16):
        pairs = every[starts + first if first else starts]
        words = pairs.view(np.uint64)
        words &= masks.take(lengths - first, mode="clip").view(np.uint64)
        found.append(pairs)
    return found


def _scrambled(words: Sequence[np.ndarray]) -> np.ndarray:
    """Hashes of which the upper bits are good; further words of zeros change nothing."""
    found = np.zeros(len(words[0]), np.uint64)
    for pairs, factors in zip(words, _FACTORS, strict=False):
        both = pairs.view(np.uint64)
        found += both[0::2] * factors[0]
        found += both[1::2] * factors[1]
    found ^= found >> np.uint64(32)
    found *= _FACTORS[0, 1]
    return found


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of texts as codes.

    Attributes:
        codes: The code of each cell, `int32`.
        lexicon: Which texts the codes stand for; further values may come in later.
    """

    codes: np.ndarray
    lexicon: Lexicon

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def values(self) -> list[str]:
        """What the codes stand for."""
        return self.lexicon.values

    def take(self, rows: np.ndarray) -> Coded:
        """The cells at some places."""
        return Coded(self.codes[rows], self.lexicon)

    def compacted(self) -> Coded:
        """The same cells with a lexicon of their own that holds no other value."""
        used, codes = np.unique(self.codes, return_inverse=True)
        lexicon = _lexicon_of([self.values[code] for code in used.tolist()])
        return Coded(codes.astype(np.int32), lexicon)

    def strings(self) -> pa.Array:
        """The cells as `pa.string()`."""
        values = string_array(self.lexicon.values)
        return values.take(number_array(self.codes))

    def to_pylist(self) -> list[str]:
        """The cells as Python texts."""
        values = self.lexicon.values
        return [values[code] for code in self.codes.tolist()]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers as codes.

    Attributes:
        codes: The code of each cell.
        values: What the codes stand for, `float64`: NaN where blank, inf where a text is no number. A number may
            have several codes.
    """

    codes: np.ndarray
    values: np.ndarray
