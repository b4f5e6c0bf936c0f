"""Names of places: one printed name for each raw spelling, and nothing for what is no place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, listing, ngettext
from visittally.words.folding import commonest, fold, fold_once, tidy, without_accents
from visittally.words.joined import NO_COLUMN
from visittally.words.long_numbers import like_long_number
from visittally.words.names import masked_answers, told
from visittally.words.patterns import pattern
from visittally.words.personal import personal_kind, scrub
from visittally.words.vocabulary import key_of_folded, words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_NUMBER = pattern(r"[+-]?[\d.,]+")
_SIGNS = pattern(r"(?<!\d)[\W_]+|[\W_]+(?!\d)")
"""What stands between letters; between digits it tells places apart."""
_OFFICE = pattern(r"(?<=.)(?:村?村委会|村?村民委员会|村|village)$")
_LOOKED_AT = 2_000
_MOSTLY = 0.9
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Places:
    """How the places of a column are called.

    Attributes:
        names: Raw value -> printed name, "" for what is no place.
        merged: Printed name -> its spellings by frequency, for names with more than one.
        numbers: Bare numbers between names, which were not taken for places, and how often each occurs.
        alike: Printed names that differ in accents, signs, spaces or the word for their office alone.
    """

    names: Mapping[str, str]
    merged: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    alike: Sequence[Sequence[str]] = ()

    def name(self, raw: str) -> str:
        """The printed name of a raw value, "" where it is no place."""
        return self.names.get(raw, "")

    def notices(self) -> tuple[Notice, ...]:
        """What people should know about the names: merged spellings, numbers that are no names."""
        found = []
        if self.merged:
            shown = _("; ").join(
                " = ".join(map(scrub, spellings)) for spellings in list(self.merged.values())[:_LISTED]
            )
            shown += _("; and others") if len(self.merged) > _LISTED else ""
            text = ngettext(
                "{n} place is written in more than one way: {shown}.",
                "{n} places are written in more than one way: {shown}.",
                len(self.merged),
            )
            found.append(Notice("merged_places", text.format(n=len(self.merged), shown=shown)))
        if self.alike:
            shown = _("; ").join(map(listing, self.alike[:_LISTED]))
            shown += _("; and others") if len(self.alike) > _LISTED else ""
            text = _(
                "Perhaps one place under several names, which are counted apart: {shown}. [aliases.village] in "
                "visittally.toml says what is the same."
            )
            found.append(Notice("alike_places", text.format(shown=shown)))
        if self.numbers:
            n = sum(self.numbers.values())
            text = ngettext(
                "{n:,} record has a number ({shown}) where the others name a place: no place.",
                "{n:,} records have a number ({shown}) where the others name a place: no place.",
                n,
            )
            shown = ", ".join(told(sorted(self.numbers)[:_LISTED]))
            found.append(Notice("number_as_place", text.format(n=n, shown=shown)))
        return tuple(found)


_NUMBERS_OF_PEOPLE = frozenset({"id_number", "phone", "mobile", "landline", "coordinates", "bank_card"})
_INITIALS = frozenset({"dk", "dnk", "idk"})
"""Short for "don't know" in answers, but places are called so as well."""


def name_places(
    values: Mapping[str, int], aliases: Mapping[str, str] | None = None, codes: Collection[str] = ()
) -> Places:
    """Find out how the places of a column are called.

    Args:
        values: Raw values and how often each occurs.
        aliases: Spellings (compared folded) and the name that the user wants for them.
        codes: The codes that the form has for places, which may be numbers.

    Returns:
        The names. Blanks, "NA", "-", "无", "don't know" and the like are no places; nor is a bare number
        where nine in ten records have a name.

    >>> name_places({"民愛村": 1, "民爱村": 2, "NA": 1}).name("民愛村")
    '民爱村'
    """
    renamed = {fold(spelling): tidy(name) for spelling, name in (aliases or {}).items()}
    wanted = {fold(name): name for name in renamed.values()}
    nowhere = frozenset[str]().union(
        *(words(w) for w in ("blank", "damaged", "not_asked", "none", "dont_know", "refused"))
    )
    nowhere -= _INITIALS
    folded = {raw: fold_once(raw) for raw in values}
    named = {
        raw: n
        for raw, n in values.items()
        if folded[raw] in renamed or (raw != NO_COLUMN and key_of_folded(folded[raw]) not in nowhere)
    }
    known = set(map(fold, codes))
    numbers = {raw: n for raw, n in _stray_numbers(named, folded).items() if folded[raw] not in known}
    for raw in numbers:
        del named[raw]
    printed, several = commonest(named, folded)
    masked = masked_answers(named, places=True)
    for key, name in printed.items():
        printed[key] = renamed.get(key) or wanted.get(key) or masked.get(name) or _shown(name)
    names = {raw: printed[folded[raw]] if raw in named else "" for raw in values}
    merged = {
        printed[key]: tuple(sorted(counts, key=lambda s: (-counts[s], s)))
        for key, counts in several.items()
        if key not in renamed
    }
    return Places(names, dict(sorted(merged.items())), numbers, _alike(set(printed.values())))


def _alike(names: Collection[str]) -> list[list[str]]:
    """The names that hardly differ; of very many none.

    >>> _alike(["Fern Hill", "Fernhill", "São João", "Sao Joao", "1-1", "11", "东坪村", "东坪", "东坪村委会"])
    [['Fern Hill', 'Fernhill'], ['Sao Joao', 'São João'], ['东坪', '东坪村', '东坪村委会']]
    """
    found: dict[str, list[str]] = {}
    for name in sorted(names) if len(names) <= _LOOKED_AT else ():
        bare = _OFFICE.sub("", _SIGNS.sub("", without_accents(fold(name)))) or name
        found.setdefault(bare, []).append(name)
    return [alike for alike in found.values() if len(alike) > 1]


def _shown(name: str) -> str:
    """The name of a place without the telephone and the like written beside it; codes of digits alone stay."""
    return name if name.isdecimal() and name.isascii() else scrub(name)


def _stray_numbers(named: Mapping[str, int], folded: Mapping[str, str]) -> dict[str, int]:
    """The bare numbers, where nearly all other records have a name."""
    numbers = {raw: n for raw, n in named.items() if _is_number(raw, folded[raw])}
    return numbers if sum(numbers.values()) <= (1 - _MOSTLY) * sum(named.values()) else {}


def _is_number(raw: str, folded: str) -> bool:
    """Whether a value is no more than a number: of something counted, of a telephone, of papers, of a position."""
    return any(map(str.isdigit, raw)) and (_NUMBER.fullmatch(folded) is not None or numbers_somebody(raw))


def numbers_somebody(raw: str) -> bool:
    """Whether a value may be the number of a telephone or of papers, or a position.

    >>> [numbers_somebody(text) for text in ("9841234567", "0300-5385387", "Ward 12", "12")]
    [True, True, False, False]
    """
    return like_long_number(raw) or personal_kind(raw) in _NUMBERS_OF_PEOPLE
