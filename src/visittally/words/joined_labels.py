"""Labels of several words that form tools join by spaces: "Drinking water Road repair"."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from visittally.words.few_cells import remembered
from visittally.words.folding import fold, tidy
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

Label = tuple[str, ...]
"""The words of a label, folded."""
_MOST = 40
"""A question has so many options at most."""
_LISTS = 3
"""So many different lists show that labels are joined."""
_ACCIDENT = 0.001
"""Two words that are as likely as this to stand side by side each time by accident belong together."""
_LOOKED_AT = 1000
"""So many different cells tell which words belong together."""
_MOST_WORDS = 300
"""And their labels so many different words."""
_COMBINED = 1.25
"""Lists of a few labels give so many times more different cells than there are words."""
_SPACE = pattern(r"\s+")
_SIGNS = frozenset(";；؛,，،、|/+&＆•·●→-–—#")
"""Signs that separate answers; labels do not end with one."""


def joined_labels(cells: Collection[str], *, sure: bool = False) -> frozenset[Label] | None:
    """The labels of several words among cells that join them by spaces.

    Words belong together where they are never seen apart and that is no accident. Where labels begin with capital
    letters, what begins with a small one goes on with the label before it.

    Args:
        cells: The distinct cells.
        sure: Whether labels are joined by spaces in any case; then most of them may be single words.

    Returns:
        The labels, also those of one word; none where the cells do not show any. None where they are lists of labels,
        and it does not show where one label ends and the next begins.

    >>> cells = ["Road repair", "Clean water", "Road repair Clean water", "Light", "Clean water Light",
    ...          "Road repair Clean water Light"]
    >>> sorted(joined_labels(cells))
    [('clean', 'water'), ('light',), ('road', 'repair')]
    >>> joined_labels(["North", "East", "North East", "South East"])
    frozenset()
    """
    lists = _lists(cells)
    standing = _standing_alone(lists)
    if standing and _fits(lists, standing, sure=sure) and not _ends_with_sign(standing):
        return _folded(standing)
    glued, unsure, never_apart = _glued(lists)
    labels = frozenset(label for words in lists for label in _runs(words, glued))
    if _ends_with_sign(labels):
        return frozenset()  # "Road; Water": a sign separates, and not the space
    if not unsure and _fits(lists, labels, sure=sure) and (glued or are_lists(cells)):
        return _folded(labels)
    names = all(word == word.lower() for words in lists for word in words) and not glued
    return None if sure and (glued or never_apart) and not names and are_lists(cells) else frozenset()


def are_lists(cells: Collection[str]) -> bool:
    """Whether cells look like lists of labels joined by spaces: some are made of others, or too many for their words.

    >>> are_lists(["Very good", "Good", "Not good"]), are_lists(["Road", "Water tap", "Road Water tap"])
    (False, True)
    """
    lists = _lists(cells)
    known = frozenset(lists)
    if any(len(_cut(words, known, whole=False) or ()) > 1 for words in lists):
        return True
    labels = {words for words in lists if len(words) > 1}
    longer = [
        words for words in lists if any(words[:i] in labels or words[-i:] in labels for i in range(2, len(words)))
    ]
    if len(longer) >= _LISTS:
        return True
    different = {word for words in lists for word in words}
    several = [words for words in lists if len(words) > 2]
    return 2 * len(several) > len(lists) >= max(2 * _LISTS, _COMBINED * len(different))


@remembered
def may_be_lists(answers: Collection[str], *, whole: bool = False) -> bool:
    """Whether some answers seem to be several labels joined by spaces: one begins or ends with all of another.

    What follows begins like a label, with a capital letter where there are such: "Water quality" is no list.

    Args:
        answers: Distinct answers.
        whole: Whether both what it begins with and what follows must be answers themselves.

    >>> may_be_lists(["Road; bridge Health", "Health", "Light Health"]), may_be_lists(["Water", "Water quality"])
    (True, False)
    """
    lists = _lists(answers)
    caseless = not any(c.islower() or c.isupper() for cell in answers for c in cell)
    known = frozenset(lists)
    glued = set()
    for words in lists:
        for i in range(1, len(words)):
            begins = caseless or words[i][0].isdigit() or _begins_label(words[i])
            found = (words[:i] in known) + (words[i:] in known)
            if begins and found > whole:
                glued.add(words)
    return len(glued) > (0 if caseless and not whole else 1)


def words_of(cell: str) -> Label:
    """The words of a cell; what stands in brackets is not parted.

    >>> words_of("Clinic (staff, beds) Road")
    ('Clinic', '(staff, beds)', 'Road')
    """
    depth, found, held = 0, [], []
    for word in _SPACE.split(tidy(cell)):
        held.append(word)
        depth += sum(word.count(sign) for sign in "([（【") - sum(word.count(sign) for sign in ")]）】")
        if depth == 0:
            found.append(" ".join(held))
            held = []
    return tuple(found + held if depth >= 0 else _SPACE.split(tidy(cell)))


def _lists(cells: Collection[str]) -> list[Label]:
    """The words of the cells, of very many of some; nothing where there are too many for the labels of a question."""
    distinct = sorted(cell for cell in set(cells) if cell.strip())
    lists = [words_of(cell) for cell in distinct[:: len(distinct) // _LOOKED_AT + 1]]
    return lists if len({word for words in lists for word in words}) <= _MOST_WORDS else []


def _ends_with_sign(labels: Collection[Label]) -> bool:
    return any(label[-1][-1] in _SIGNS for label in labels)


def _folded(labels: Collection[Label]) -> frozenset[Label]:
    return frozenset(tuple(map(fold, label)) for label in labels)


def _standing_alone(lists: Sequence[Label]) -> frozenset[Label]:
    """The cells that are not made of others; none where one of them may be a list itself."""
    known = frozenset(lists)
    labels = frozenset(cell for cell in known if len(_cut(cell, known, whole=False) or ()) < 2)
    # "water power" beside "water" is two names of options: labels are hardly made of words that are answers themselves.
    mixed = [label for label in labels if len(label) > 1 and any((word,) in labels for word in label)]
    inside = ((label[:i], label[i:]) for label in labels for i in range(1, len(label)))
    ends = {end for both in inside for end in both}
    return frozenset() if mixed or not ends.isdisjoint(labels) else labels


def _glued(lists: Sequence[Label]) -> tuple[frozenset[Label], frozenset[Label], bool]:
    """Pairs of words that belong together; those of which it does not show; whether any of these are never apart."""
    before, after, at = _neighbours(lists)
    capitals = all(_begins_label(words[0]) for words in lists) and any(map(_goes_on, at))
    letters = all(any(map(str.isalpha, words[0])) for words in lists)
    glued: set[tuple[str, str]] = set()
    unsure: set[tuple[str, str]] = set()
    never_apart = False
    for left, following in after.items():
        for right, n in following.items():
            if not left or not right:
                continue
            if (capitals and not _begins_label(right)) or (letters and not any(map(str.isalpha, right))):
                glued.add((left, right))
                continue
            chances = []
            if len(before[right]) == 1:
                chances.append(_share(at[left] - at[right], len(lists) - len(at[right])))
            if len(following) == 1:
                chances.append(_share(at[right] - at[left], len(lists) - len(at[left])))
            if not chances:
                continue
            mutual = len(chances) > 1
            if min(chances) ** n < _ACCIDENT and (mutual or not capitals):
                glued.add((left, right))
            else:
                unsure.add((left, right))
                never_apart |= mutual and (_begins_label(left) or not capitals)
    if capitals and not any(_begins_label(right) for _left, right in glued) and not never_apart:
        return frozenset(glued), frozenset(), False
    return frozenset(glued), frozenset(unsure), never_apart


def _neighbours(
    lists: Sequence[Label],
) -> tuple[defaultdict[str, Counter[str]], defaultdict[str, Counter[str]], defaultdict[str, set[int]]]:
    """For each word which words stand before and after it, and in which lists it stands; "" where a list ends."""
    before: defaultdict[str, Counter[str]] = defaultdict(Counter)
    after: defaultdict[str, Counter[str]] = defaultdict(Counter)
    at: defaultdict[str, set[int]] = defaultdict(set)
    for number, words in enumerate(lists):
        for word in words:
            at[word].add(number)
        for left, right in pairwise(("", *words, "")):
            before[right][left] += 1
            after[left][right] += 1
    return before, after, at


def _share(found: Collection[int], possible: int) -> float:
    return (len(found) + 1) / (possible + 2)


def _begins_label(word: str) -> bool:
    letter = next(filter(str.isalpha, word), "")
    return word[:1].isalnum() and letter.isupper()


def _goes_on(word: str) -> bool:
    return next(filter(str.isalpha, word), "").islower()


def _runs(words: Label, glued: Collection[Label]) -> Iterator[Label]:
    run = [words[0]]
    for left, right in pairwise(words):
        if (left, right) not in glued:
            yield tuple(run)
            run = []
        run.append(right)
    yield tuple(run)


def _fits(lists: Sequence[Label], labels: frozenset[Label], *, sure: bool) -> bool:
    """Whether all cells are lists of the labels, and enough of them to believe it."""
    several = sum(len(label) > 1 for label in labels)
    if len(labels) > _MOST or (2 * several < len(labels) and not sure):
        return False
    parts = [_cut(cell, labels) for cell in lists]
    if any(part is None or len(set(part)) < len(part) for part in parts):
        return False
    joined = [part for part in parts if part is not None and len(part) > 1]
    return len(joined) >= _LISTS and any(len(part) > 2 for part in joined)


def _cut(cell: Label, labels: Collection[Label], *, whole: bool = True) -> tuple[Label, ...] | None:
    """The labels that a cell is made of, the longest first; None where it is made of something else, too.

    `whole`: whether it may be one label itself.
    """
    longest = max(map(len, labels), default=0)
    best: list[tuple[Label, ...] | None] = [(), *([None] * len(cell))]
    for end in range(1, len(cell) + 1):
        for start in range(max(0, end - longest), end):
            before, label = best[start], cell[start:end]
            if before is not None and label in labels and (whole or len(label) < len(cell)):
                best[end] = (*before, label)
                break
    return best[len(cell)]
