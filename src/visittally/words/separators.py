"""What separates the answers that are joined in a cell, judged on all distinct cells of a question at once.

A cell with a comma is no list by itself: texts and labels have commas too. Pieces of a list come back in other company.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.enumerations import come_again, numbered_items, numbers_answers
from visittally.words.few_cells import remembered
from visittally.words.folding import fold, tidy
from visittally.words.joined_labels import are_lists, joined_labels
from visittally.words.list_notation import NOTATIONS, notation_of
from visittally.words.patterns import pattern
from visittally.words.separator_signs import (
    CANDIDATES,
    CAPITALISED,
    PLAIN_WORDS,
    RARE_SIGNS,
    SPACE,
    SPACE_OF_TOOL,
    SeparatorSign,
    mixed_signs,
    unspaced_signs,
)
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterator, Sequence


_NOWHERE = pattern(r"(?!)")
_COMMA = pattern(r"\s*,\s*")
_INNER_COMMA = pattern(r"(?<=\S)[,，](?!\d{3}(?!\d))\s*(?=\S)")
_WORD = pattern(r"\w+")
_CODE = pattern(r"-\d+|[^\W_]\w*(?:[.-]\w+)*")
_PLAIN_CODE = pattern(r"[a-z0-9_.-]{1,40}")
_LETTERED = pattern(r"(?:[a-z]|\d{1,2})\s?[.、．)]\s?\D")
"""How options begin that a form numbers: `A.Water`, `1. Road`."""
_IN_PROSE = frozenset((", ", ",", "、", "،", "/", "+"))
"""Signs that stand inside the names of options."""
_LONGEST_PIECE, _LISTS = 100, 3
_ENOUGH = 4000
"""From so many different cells it shows what separates answers."""
_NEARLY_ALL = 0.9
_OFTEN = 0.1
"""In such a share of its cells an option goes on behind its own sign, or it does not belong to it."""
_MUTUAL = 5
"""In so many different cells two pieces must stand side by side, and never apart, to be one option."""


@dataclass(frozen=True)
class Separator:
    """How the joined cells of a question are cut.

    Attributes:
        sign: The separator as people would name it: ", ", ";", " " ...
        pattern: Regular expression of what is cut out.
        whole: Options that contain the separator themselves, as runs of folded pieces.
        notation: The notation of programs in which lists are written, as `list_notation` names it; "" where only the
            separator tells.
    """

    sign: str
    pattern: re.Pattern[str]
    whole: frozenset[tuple[str, ...]] = frozenset()
    notation: str = ""
    _longest: int = field(init=False, repr=False, default=1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_longest", max((len(run) for run in self.whole), default=1))

    def split(self, cell: str) -> tuple[str, ...]:
        """The answers in a cell, in its order, options that contain the separator kept whole.

        >>> Separator(";", pattern(";")).split("water; road;")
        ('water', 'road')
        """
        if self.notation and (listed := NOTATIONS[self.notation](cell)) is not None:
            return tuple(answer for piece in listed if (answer := tidy(piece)))
        cuts = list(_cuts(cell, self.pattern))
        found: list[str] = []
        start = 0
        while start < len(cuts):
            stop = self._end_of_option(cell, cuts, start)
            if answer := tidy(cell[cuts[start][0] : cuts[stop - 1][1]]):
                found.append(answer)
            start = stop
        return tuple(found)

    def _end_of_option(self, cell: str, cuts: Sequence[tuple[int, int]], start: int) -> int:
        for length in range(min(self._longest, len(cuts) - start), 1, -1):
            if tuple(fold(cell[a:b]) for a, b in cuts[start : start + length]) in self.whole:
                return start + length
        return start + 1


def _cuts(cell: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the pieces of a cell begin and end; what stands in brackets is not cut."""
    found = [match.span() for match in pattern.finditer(cell) if match.end() > match.start()]
    depths = _depths(cell) if found and any(sign in cell for sign in "([（【") else ()
    start = 0
    for begin, end in found:
        if not (depths and depths[begin]):
            yield start, begin
            start = end
    yield start, len(cell)


def _depths(cell: str) -> Sequence[int]:
    """How many brackets are open at each character; none at all where they do not pair."""
    depth, depths = 0, []
    for character in cell:
        depth += (character in "([（【") - (character in ")]）】")
        depths.append(depth)
        if depth < 0:
            return ()
    return depths if depth == 0 else ()


def pieces_of(cell: str, pattern: re.Pattern[str]) -> list[str]:
    """The non-blank pieces of a cell, folded."""
    return [piece for a, b in _cuts(cell, pattern) if (piece := fold(cell[a:b]))]


@remembered
def find_separator(
    cells: Collection[str],
    options: Collection[str] = (),
    *,
    likely: Collection[str] = (),
    codes: bool = False,
    multi: bool = False,
) -> Separator | None:
    """Find what separates joined answers, or None where each cell is one answer.

    Args:
        cells: Distinct cells that hold an answer.
        options: Names and labels of options known from the form.
        likely: Other texts that would be answers of such a question.
        codes: Whether a form tool wrote the file: it joins the names of options by spaces.
        multi: Whether the question is known to take several answers.

    Returns:
        The separator with the options that contain it.
    """
    known = frozenset(map(key_of, (*options, *likely)))
    sample = _sample(cells)
    open_cells = [cell for cell in sample if key_of(cell) not in known]
    if not open_cells:
        return None
    if notation := notation_of(open_cells):
        return Separator(",", _COMMA, notation=notation)
    if not codes and not options and numbers_answers(open_cells):
        return _numbered(open_cells, likely, multi=multi)
    if options and (spaced := _of_known(open_cells, options, known)) is not None:
        return spaced
    spaced = _find_space(sample, options, codes=True, multi=multi) if codes else None
    possible = _possible(open_cells)
    ends = [candidate for candidate in possible if _always_ends_cells(open_cells, candidate)]
    found: list[tuple[int, Separator]] = []
    for candidate in [one for one in ends if " " not in one.sign.strip()] or ends or possible:
        inferred = frozenset() if options else _inferred_options(open_cells, candidate)
        whole = inferred | _containing(candidate.pattern, (*options, *likely))
        separator = Separator(candidate.sign, candidate.pattern, whole)
        lists = [separator.split(cell) for cell in sample]
        if candidate in ends or _is_list(lists, candidate, known, multi=multi):
            found.append((_different(separator, sample), separator))
    if spaced is not None:
        found.insert(0, (_different(spaced, sample), spaced))
    elif codes and are_lists(open_cells):
        # A sign between labels leaves no more different pieces than there are words; one inside of them does.
        found = [one for one in found if one[0] <= _different_words(open_cells)]
    if found:
        # A sign inside options ("Water | Eau") leaves more different pieces than the sign between them.
        best = min(found, key=lambda one: one[0])[1]
        return next((one for _different, one in found if not codes and _separate_too(one, best, sample)), best)
    return None if codes else _find_space(sample, options, codes=False, multi=multi)


def _possible(cells: Sequence[str]) -> list[SeparatorSign]:
    """The signs that stand in some cells, and those that several of them make together."""
    characters: set[str] = set().union(*cells)
    found = [
        candidate
        for candidate in CANDIDATES
        if not characters.isdisjoint(candidate.marks)
        and any(candidate.pattern.search(cell) for cell in cells)
        and _spaced_enough(cells, candidate)
    ]
    found += mixed_signs(found, cells)
    return found + unspaced_signs(found, cells)


def _numbered(cells: Collection[str], likely: Collection[str], *, multi: bool) -> Separator | None:
    """What separates answers of which some cells number theirs; None where these seem to be sentences."""
    items = {item: None for cell in cells for item in numbered_items(cell) or (cell,)}
    inner = find_separator(items, likely=likely, multi=multi)
    if inner is not None:
        return replace(inner, notation="numbers")
    return Separator("1.", _NOWHERE, notation="numbers") if come_again(cells) else None


def _separate_too(mixed: Separator, best: Separator, cells: Collection[str]) -> bool:
    """Whether the further signs of a mixed separator stand between answers as well, and not inside of options.

    They cut several of what the best sign leaves whole, half of it into pieces one of which is also given without the
    others: "security, water" and "water, light" beside "water; health". Slashes stand inside of options too often.
    """
    signs = mixed.sign.split()
    if len(signs) < 2 or best.sign.strip() not in signs or not {"/", "+"}.isdisjoint(signs):
        return False
    kept = {piece for cell in cells for piece in map(key_of, best.split(cell))}
    cut = {whole: pieces for whole in kept if len(pieces := [*map(key_of, mixed.split(whole))]) > 1}
    companies = Counter(piece for pieces in cut.values() for piece in {*pieces})
    apart = sum(any(piece in kept or companies[piece] > 1 for piece in pieces) for pieces in cut.values())
    return len(cut) > 1 and apart >= 0.5 * len(cut)


def _different(separator: Separator, cells: Collection[str]) -> int:
    """How many different pieces it leaves."""
    return len({key_of(piece) for cell in cells for piece in separator.split(cell)})


def _different_words(cells: Collection[str]) -> int:
    return len({word for cell in cells for word in _WORD.findall(fold(cell))})


def _of_known(cells: Collection[str], options: Collection[str], known: Collection[str]) -> Separator | None:
    """The space, where nearly all cells are made of nothing but options known from the form."""
    spaced = Separator(SPACE.sign, SPACE.pattern, _containing(SPACE.pattern, options))
    whole = sum(all(key_of(piece) in known for piece in spaced.split(cell)) for cell in cells)
    return spaced if whole >= _NEARLY_ALL * len(cells) else None


def _spaced_enough(cells: Collection[str], candidate: SeparatorSign) -> bool:
    """Whether a comma with a space is what separates: nearly all commas inside the cells have one."""
    if candidate.sign != ", ":
        return True
    commas = [match.end() - match.start() for cell in cells for match in _INNER_COMMA.finditer(cell)]
    return sum(width > 1 for width in commas) >= 0.9 * len(commas)


def _always_ends_cells(cells: Collection[str], candidate: SeparatorSign) -> bool:
    """Whether a separator stands behind each answer, as in "road,water," and "road,"."""
    trimmed = [cell.strip() for cell in cells]
    ended = sum(any(m.end() == len(cell) for m in candidate.pattern.finditer(cell)) for cell in trimmed)
    return candidate.sign not in "/+" and len(trimmed) > 1 and ended >= 0.9 * len(trimmed)


def _sample(cells: Collection[str]) -> list[str]:
    """All cells, or of very many some spread evenly over all in their order."""
    return sorted(cells)[:: len(cells) // _ENOUGH + 1]


def _containing(pattern: re.Pattern[str], options: Collection[str]) -> frozenset[tuple[str, ...]]:
    """The options that contain the separator, as runs of folded pieces."""
    return frozenset(tuple(run) for option in options if len(run := pieces_of(option, pattern)) > 1)


def _inferred_options(cells: Sequence[str], candidate: SeparatorSign) -> frozenset[tuple[str, ...]]:
    """Runs of pieces that never occur apart.

    A piece belongs to the one before it where it never begins a cell and never follows another one, and either goes on
    in lower case where options begin with a capital letter, or the two are never seen without each other. Signs that
    prose does not have ask for the latter; what follows an option once only, which stands without it elsewhere, was
    written in behind it. "etc." ends an option that never stands without it.
    """
    pattern, prose = candidate.pattern, _stands_in_prose(candidate)
    lists = [[tidy(cell[a:b]) for a, b in _cuts(cell, pattern) if cell[a:b].strip()] for cell in cells]
    heads = [pieces[0] for pieces in lists if pieces]
    capitals = sum(head[:1].isupper() or head[:1].isdigit() for head in heads) >= 0.8 * len(heads)
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lower = {fold(piece) for pieces in lists for piece in pieces if piece[:1].islower()}
    for pieces in lists:
        folded = ["", *map(fold, pieces), ""]
        for left, right in pairwise(folded):
            before[right][left] += 1
            after[left][right] += 1

    def belongs(left: str, right: str) -> bool:
        if not left or not right or "" in before[right] or key_of(right) in words("and_so_on"):
            return bool(left) and key_of(right) in words("and_so_on") and len(after[left]) == 1
        never_apart, together = len(after[left]) == 1, before[right][left]
        if len(before[right]) > 1:  # what several people wrote in ends alike: "Dogs, stray ones", "Goats, stray ones"
            ends = after[right].keys() == {""} and all(len(after[one]) == 1 for one in before[right])
            return prose and capitals and right in lower and ends
        often = together > 2 and together >= _OFTEN * after[left].total()
        goes_on = prose and capitals and right in lower and (never_apart or often)
        return goes_on or (never_apart and together >= _MUTUAL)

    runs = set()
    for pieces in lists:
        run: list[str] = []
        for piece in [*map(fold, pieces), ""]:
            if run and not belongs(run[-1], piece):
                runs.add(tuple(run))
                run = []
            run.append(piece)
    return frozenset(run for run in runs if len(run) > 1)


def _stands_in_prose(candidate: SeparatorSign) -> bool:
    return bool(_IN_PROSE & {candidate.sign, *candidate.sign.split()})


def _is_list(lists: Sequence[Sequence[str]], candidate: SeparatorSign, known: Collection[str], *, multi: bool) -> bool:
    """Whether the pieces of the joined cells come back often enough to be options."""
    folded = [tuple(map(key_of, pieces)) for pieces in lists if pieces]
    joined = [pieces for pieces in folded if len(pieces) > 1]
    if not joined or (candidate.sign in RARE_SIGNS and len(set(joined)) < _LISTS):
        return False
    cells_with = Counter(piece for pieces in folded for piece in set(pieces))
    alone = {pieces[0] for pieces in folded if len(pieces) == 1}
    ends = [piece for pieces in joined for piece in pieces]
    reuse = sum(piece in known or cells_with[piece] > 1 for piece in ends) / len(ends)
    by_themselves = sum(piece in alone or piece in known for piece in ends) / len(ends)
    if sum(len(piece) > _LONGEST_PIECE for piece in ends) > 0.1 * len(ends):
        return False
    if _stands_in_prose(candidate) and len(alone) > 2 * len(joined) and all(cells_with[piece] == 1 for piece in ends):
        return False  # an option like "饮水、用水" among others that nobody joins
    if all(map(_LETTERED.match, ends)) and candidate.marks != " ":
        return True
    free_order = _in_several_places(joined)
    if candidate.reuse == 0 or (candidate.sign in ";|" and all(_PLAIN_CODE.fullmatch(piece) for piece in ends)):
        return True
    needed = 0.5 * candidate.reuse if multi else candidate.reuse
    return reuse >= needed and (by_themselves >= candidate.alone or (free_order and (multi or reuse >= 0.9)))


def _in_several_places(joined: Sequence[Sequence[str]]) -> bool:
    """Whether lists differ in length and a piece stands at different places: no "city, country"."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    for pieces in joined:
        for position, piece in enumerate(pieces):
            places[piece].add(position)
    return len({len(pieces) for pieces in joined}) > 1 and any(len(found) > 1 for found in places.values())


def _find_space(cells: Sequence[str], options: Collection[str], *, codes: bool, multi: bool) -> Separator | None:
    """The space, where all cells are names of options as form tools write them."""
    known = frozenset(map(key_of, options))
    cells = [cell for cell in cells if any(map(str.isalnum, cell))]  # strokes say that there is no answer
    lists = [cell.split() for cell in cells]
    joined = [pieces for pieces in lists if len(pieces) > 1]
    pieces = [piece for found in lists for piece in found]
    separator = Separator(SPACE.sign, SPACE.pattern)
    if known and joined:
        of_words = Separator(SPACE.sign, SPACE.pattern, _containing(SPACE.pattern, options))
        apart = [found for cell in cells if len(found := of_words.split(cell)) > 1]
        of_options = sum(all(key_of(piece) in known for piece in found) for found in apart)
        return of_words if apart and of_options >= 0.5 * len(apart) else None
    alone = {found[0] for found in lists if len(found) == 1}
    coded = all(_CODE.fullmatch(piece) and not piece[0].isupper() for piece in pieces)
    if joined and coded and alone.issuperset(pieces) and _nested(joined):
        # Every word is an answer by itself somewhere: no label is made of several of them.
        return separator if _is_list(lists, PLAIN_WORDS, known, multi=multi) else None
    if joined and (codes or multi) and (labels := joined_labels(cells, sure=codes)) != frozenset():
        return None if labels is None else Separator(SPACE.sign, SPACE.pattern, labels)
    repeated = any(len(set(found)) < len(found) for found in joined)
    if not joined or repeated or any(piece.casefold() in words("phrase") for found in joined for piece in found):
        return None
    if coded:
        written_as_code = multi or any("_" in piece or any(map(str.isdigit, piece)) for piece in pieces)
        candidate = SPACE_OF_TOOL if codes else SPACE if written_as_code else PLAIN_WORDS
        # "satisfied", "hardly satisfied": what never stands alone may be part of what the others say.
        told = candidate is not PLAIN_WORDS or _nested(joined) or any(map(alone.issuperset, joined))
        return separator if told and _is_list(lists, candidate, known, multi=multi) else None
    capitals = all(piece[0].isupper() for piece in pieces) and _nested(joined)
    return separator if capitals and _is_list(lists, CAPITALISED, known, multi=multi) else None


def _nested(joined: Sequence[Sequence[str]]) -> bool:
    """Whether one joined cell holds all pieces of another and more: "Very satisfied" never does."""
    sets = sorted({frozenset(pieces) for pieces in joined}, key=len)[:200]
    return any(small < large for i, small in enumerate(sets) for large in sets[i + 1 :])
