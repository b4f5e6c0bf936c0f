"""Which variable is which field: by alias, by a word inside the header, by what its answers say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.survey.fields import (
    ISSUE_NAMES,
    PLACES,
    alias_ranks,
    asks_visited,
    header_list,
    unsure_aliases,
    unsure_fields,
    words_of,
)
from visittally.survey.headers import header_key, header_words, last_part
from visittally.survey.variables import Guess, QuestionKind
from visittally.words.folding import fold
from visittally.words.ledgers import is_village
from visittally.words.patterns import pattern
from visittally.words.vocabulary import words

if TYPE_CHECKING:
    from visittally.survey.all_tables import Merged

_FEW = 12
"""So few records may all name different places."""
_AGAIN = 0.6
"""Places come again: so many of the answers may be different ones."""

_SENTENCE = 25
_CHINESE_SENTENCE = 7
"""From this many characters on an answer is more than the name of a category."""

_VILLAGES = 0.9
"""So many answers of a column are called villages where its header does not say what it holds."""
_TOLD_BESIDE = ("issue_type", "subcategory")
"""Fields that say something about issues, and may be all that a file has of them."""

_CODE = pattern(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9_./-]{2,20}")

Known = Callable[[str], bool]
"""Whether an answer belongs to a vocabulary."""

_OWN_ALLOWED = frozenset({"submitted_at", "start_time", "end_time", "duration_min", "visit_id", "visit_date"})
PERSONAL_FIELDS = frozenset({"household_id", "visitor", "accompany"})
"""Fields that may be personal: households are counted by them, visitors have pseudonyms."""


@dataclass
class Guesser:
    """Chooses fields among the variables of all tables.

    Attributes:
        merged: The variables by name.
        personal: Names of those that hold personal data.
        fields: Field -> name of the variable chosen so far.
        guesses: How each was found.
    """

    merged: Mapping[str, Merged]
    personal: frozenset[str]
    fields: dict[str, str] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)
    _ranks: dict[str, dict[str, int]] = field(default_factory=dict, repr=False)

    def bind(self, name: str, variable: str) -> None:
        """Take the variable that the user named for a field."""
        self.fields[name] = variable
        self.guesses.append(Guess(name, variable, (), certain=True, evidence=_("you named it")))

    def choose(self, name: str, candidates: Sequence[str], *, certain: bool) -> None:
        """Take the best candidate for a field, the first, unless the field is bound already."""
        if name not in self.fields and candidates:
            self.fields[name] = candidates[0]
            evidence = self._evidence(name, self.merged[candidates[0]])
            self.guesses.append(Guess(name, candidates[0], tuple(candidates[1:3]), certain, evidence))

    def _evidence(self, name: str, variable: Merged) -> str:
        if self.rank(name, variable) is not None:
            return _("its header")
        wanted = "category" if name == "issue_text" else name
        if words_of(wanted) and _hits(variable, wanted):
            return _("a word in its header")
        if self._unsure(name, variable) and name not in {"status", "visit_outcome"}:
            return _("its header, which can mean other things")
        return _("its answers")

    def plain(self, name: str) -> None:
        """Find a field by the alias that its header is."""
        found = self._by_alias(name)
        if found:
            certain = len(found) == 1 or self.rank(name, self.merged[found[0]]) == 0
            self.choose(name, found, certain=certain)
        elif name == "target_type":
            self.choose(
                name,
                [m.name for m in self._unsure_of(name) if _values_in(m, header_list("targets"))],
                certain=False,
            )
        elif name == "household_id":
            unsure = [m for m in self._unsure_of(name) if _ids(m)]
            self.choose(name, [m.name for m in unsure], certain=len(unsure) == 1)
        elif name == "visit_date":
            days = [m.name for m in self._unsure_of(name) if m.kind is QuestionKind.DATE]
            self.choose(name, days, certain=len(days) == 1)
        elif name in {"group", "visit_id", "campaign", "visitor_unit", "issue_type"}:
            self.choose(name, [m.name for m in self._unsure_of(name)], certain=False)

    def village(self) -> None:
        """Find the village: by alias, else by a word inside the header of a column with three different answers."""
        aliases = [n for n in self._by_alias("village") if not yes_no(self.merged[n])]
        named = [] if aliases else [m for m in self._usable("village") if self._named_place(m)]
        named.sort(key=lambda m: (-_head(m, "village"), -round(m.profile.share, 1)))
        found = [*aliases, *(m.name for m in named)] or self._unsure_village() or self._by_names_of_villages()
        self.choose("village", found, certain=len(aliases) == 1)

    def _unsure_village(self) -> list[str]:
        """Columns such as "location" and 地点 whose answers come again, as those of places do."""
        order = [header_key(alias) for alias in unsure_aliases("village")]
        found = []
        for variable in self._unsure_of("village"):
            rank = min(
                (order.index(k) for a in variable.aliases if (k := header_key(last_part(a))) in order), default=None
            )
            profile = variable.profile
            again = profile.filled < _FEW or len(profile.keys) <= _AGAIN * profile.filled
            kind = variable.kind in {QuestionKind.SINGLE, QuestionKind.TEXT}
            if rank is not None and kind and again and variable.different > 1 and not yes_no(variable):
                found.append((rank, variable.name))
        return [name for _rank, name in sorted(found)]

    def _by_names_of_villages(self) -> list[str]:
        """Columns whose answers are called villages, whatever their headers say: 白沙村, 红岩社区."""
        usable = [m for m in self._usable("village") if len(m.parts) == 1 and m.different > 1 and not _calls_other(m)]
        return [m.name for m in usable if _share_of(m, is_village) >= _VILLAGES]

    def issue(self) -> None:
        """Find the question that is tallied: the category, else what a header calls a problem, else free text."""
        aliases = [n for n in self._by_alias("category") if not yes_no(self.merged[n])]
        coded = self._short_before_sentences(
            [n for n in aliases if self.merged[n].kind is not QuestionKind.TEXT],
        )
        named = [m for m in self._usable("issue") if m.name not in aliases and self._names_issue(m)]
        named.sort(key=_issue_order)
        chosen = [m.name for m in named if m.kind is not QuestionKind.TEXT]
        texts = [n for n in self._by_alias("issue_text") if not yes_no(self.merged[n])]
        told = [m.name for m in named if m.kind is QuestionKind.TEXT]
        free = [*texts, *(n for n in aliases if n not in coded), *told]
        unsure = (
            []
            if coded or chosen
            else [m.name for m in self._usable("issue") if self._unsure_category(m, beside_text=bool(texts))]
        )
        unsure += [m.name for m in self._usable("issue") if not m.named and not unsure]
        if not (coded or chosen or unsure or texts or told):
            unsure = self._only_list()
        categories = [*coded, *chosen, *unsure]
        if categories and categories[0] in texts:  # a header of free texts, above few or short ones
            free, categories = [*texts, *free, *categories[1:]], []
        self.choose("category", categories, certain=len(coded) == 1 and not chosen)
        free = [n for n in dict.fromkeys(free) if n != self.fields.get("category")]
        self.choose("issue_text", free, certain=len(free) == 1)
        source = next((f for f in ("category", "issue_text") if f in self.fields), None)
        if source is not None and "issue" not in self.fields:
            guess = next(g for g in self.guesses if g.field == source)
            rivals = tuple(n for n in (*guess.runners_up, *chosen, *free) if n != guess.chosen)
            self.fields["issue"] = guess.chosen
            self.guesses.append(
                Guess("issue", guess.chosen, tuple(dict.fromkeys(rivals))[:2], guess.certain, guess.evidence)
            )

    def _only_list(self) -> list[str]:
        """The one question with several answers, where there is just one and nothing names the issue."""
        others = [m for m in self._usable("issue") if not set(self._ranks_of(m)) - {"category", "issue_text"}]
        lists = [m for m in others if m.kind is QuestionKind.MULTI and m.different >= 3 and not _asks(m)]
        return [lists[0].name] if len(lists) == 1 else []

    def by_vocabulary(self, name: str, known: Known, other: Known | None = None) -> None:
        """Find `status` or `visit_outcome`: the whole header, or half of the different answers in the vocabulary.

        Args:
            name: The field.
            known: Its vocabulary.
            other: That of the other field, which has what it knows more of: "completed" stands in both.
        """
        aliases = self._by_alias(name)
        speaking = [m for m in self._usable(name) if m.name not in aliases and _speaks(m, known)]
        if other is not None:
            speaking = [m for m in speaking if _inside(m, known) >= _inside(m, other)]
        speaking.sort(key=lambda m: (not self._unsure(name, m), -m.profile.share))
        self.choose(name, [*aliases, *(m.name for m in speaking)], certain=len(aliases) == 1)

    def kind_of_issue(self, known: Known, category: Known) -> None:
        """Take a column of what people want (咨询, 投诉) for the type of the issue, where another tells its topic."""
        topics = {*self._by_alias("category"), *self._by_alias("issue_text")}
        for m in self._unsure_of("issue_type"):
            if topics - {m.name} and _speaks(m, known) and _inside(m, known) > _inside(m, category):
                self.choose("issue_type", [m.name], certain=True)

    def visited(self) -> None:
        """Take a column that says yes or no to whether anybody was visited for how the visits ended."""
        if "visit_outcome" not in self.fields:
            found = [m.name for m in self._usable("visit_outcome") if yes_no(m) and asks_visited(m.name)]
            self.choose("visit_outcome", found, certain=len(found) == 1)

    @cached_property
    def _open(self) -> list[Merged]:
        """The variables that can be a field at all."""
        return [m for m in self.merged.values() if not m.part_of and not _is_rest(m)]

    @cached_property
    def _called(self) -> Mapping[str, list[Merged]]:
        """Field -> the variables of which a header is an alias of it."""
        found: dict[str, list[Merged]] = {}
        for variable in self._open:
            for name in self._ranks_of(variable):
                found.setdefault(name, []).append(variable)
        return found

    @cached_property
    def _perhaps(self) -> Mapping[str, list[Merged]]:
        """Field -> the variables of which a header may mean it."""
        found: dict[str, list[Merged]] = {}
        for variable in self._open:
            for name in {name for alias in variable.aliases for name in unsure_fields(last_part(alias))}:
                found.setdefault(name, []).append(variable)
        return found

    def _usable(self, name: str, among: Iterable[Merged] | None = None) -> list[Merged]:
        """The variables (all, or of some) that the field can still be."""
        taken = {v for f, v in self.fields.items() if f not in {"issue", "submitted_at"}}
        return [
            m
            for m in (self._open if among is None else among)
            if not (m.own and name not in _OWN_ALLOWED)
            and not (m.name in self.personal and name not in PERSONAL_FIELDS)
            and not (m.name in taken and name != "submitted_at")
        ]

    def _unsure_of(self, name: str) -> list[Merged]:
        """The variables that the field can still be, of which a header may mean it."""
        return self._usable(name, self._perhaps.get(name, ()))

    def _by_alias(self, name: str) -> list[str]:
        ranked = [(self.rank(name, m), m) for m in self._usable(name, self._called.get(name, ()))]
        found = [(not m.profile.filled, m.own, rank, m.name) for rank, m in ranked if rank is not None]
        return [name for _empty, _own, _rank, name in sorted(found, key=lambda f: f[:3])]

    def rank(self, name: str, variable: Merged) -> int | None:
        """How good an alias of a field some header of the variable is, 0 the best, or None where none is."""
        return self._ranks_of(variable).get(name)

    def _ranks_of(self, variable: Merged) -> Mapping[str, int]:
        if variable.name not in self._ranks:
            headers = {header for alias in variable.aliases for header in (alias, last_part(alias))}
            found: dict[str, int] = {}
            for header in headers:
                for field_name, rank in alias_ranks(header).items():
                    found[field_name] = min(rank, found.get(field_name, rank))
            self._ranks[variable.name] = found
        return self._ranks[variable.name]

    @staticmethod
    def _unsure(name: str, variable: Merged) -> bool:
        return any(name in unsure_fields(last_part(alias)) for alias in variable.aliases)

    @staticmethod
    def _named_place(variable: Merged) -> bool:
        place = variable.kind in {QuestionKind.SINGLE, QuestionKind.TEXT} and variable.different >= 3
        short = sum(len(v) * n for v, n in variable.profile.values.items()) <= 30 * max(variable.profile.filled, 1)
        asks = _asks(variable) or _calls_other(variable, *PLACES)
        return place and short and not yes_no(variable) and not asks and _hits(variable, "village")

    @staticmethod
    def _names_issue(variable: Merged) -> bool:
        fits = variable.kind in {QuestionKind.SINGLE, QuestionKind.MULTI, QuestionKind.TEXT}
        other = _calls_other(variable, *ISSUE_NAMES, *_TOLD_BESIDE)
        return fits and variable.different >= 3 and not other and _hits(variable, "category")

    def _short_before_sentences(self, coded: list[str]) -> list[str]:
        """Columns of categories; one of sentences, called "problem", is none where one of short names is beside it."""
        short = [n for n in coded if not _sentences(self.merged[n])]
        if len(short) == len(coded):
            return coded
        others = [m for m in self._usable("issue") if m.name not in coded and not _sentences(m)]
        return short if short or any(self._unsure_category(m, beside_text=True) for m in others) else coded

    def _unsure_category(self, variable: Merged, *, beside_text: bool) -> bool:
        keys = variable.profile.keys
        coded = all(key.replace(".", "").isdigit() for key in keys) or variable.name.strip().lower() == "code"
        told = beside_text or "status" in self.fields
        return (
            self._unsure("category", variable)
            and variable.different >= 2
            and not yes_no(variable)
            and (told or not coded)
        )


def _calls_other(variable: Merged, *but: str) -> bool:
    """Whether each header is known to call some other field than those named: "status of the problem"."""
    known = [alias_ranks(header) for header in variable.aliases]
    return any(known) and not any(set(ranks) & set(but) for ranks in known)


def _share_of(variable: Merged, known: Known) -> float:
    """Share of the answers that a test holds for."""
    values = variable.profile.values
    return sum(n for text, n in values.items() if known(text)) / max(variable.profile.filled, 1)


def _sentences(variable: Merged) -> bool:
    """Whether half of the answers are longer than the names of categories are."""
    values = variable.profile.values
    long = sum(n for text, n in values.items() if len(text) >= (_SENTENCE if text.isascii() else _CHINESE_SENTENCE))
    return len(variable.parts) == 1 and 2 * long > variable.profile.filled


def _ids(variable: Merged) -> bool:
    """Whether the answers are codes such as H001, each of few records: no numbers of persons, no names."""
    values = variable.profile.values
    coded = sum(n for text, n in values.items() if _CODE.fullmatch(text))
    return coded >= 0.9 * variable.profile.filled > 0 and len(values) > 0.3 * variable.profile.filled


_SIDE_BY_SIDE = 3
"""So many columns of yes and no beside each other may be the options of one question."""


def yes_no_columns(guesser: Guesser) -> tuple[str, ...]:
    """The longest run of columns side by side that are answered by yes and no and are nothing else."""
    taken = set(guesser.fields.values()) | guesser.personal
    longest: list[str] = []
    run: list[str] = []
    for variable in guesser.merged.values():
        fits = not variable.part_of and not variable.own and variable.name not in taken and yes_no(variable)
        run = [*run, variable.name] if fits else []
        longest = max(longest, run, key=len)
    return tuple(longest) if len(longest) >= _SIDE_BY_SIDE else ()


def _values_in(variable: Merged, known: Iterable[str]) -> bool:
    return _speaks(variable, frozenset(known).__contains__)


def _speaks(variable: Merged, known: Known) -> bool:
    keys = variable.profile.keys
    if (
        variable.kind not in {QuestionKind.SINGLE, QuestionKind.TEXT}
        or not 2 <= len(keys) <= 40
        or len(variable.parts) > 1
    ):
        return False
    inside = _inside(variable, known)
    return inside >= 2 and inside * 2 >= len(keys)


def _inside(variable: Merged, known: Known) -> int:
    """How many different answers a vocabulary knows."""
    return sum(1 for value in {fold(v): v for v in variable.profile.values}.values() if known(value))


def yes_no(variable: Merged) -> bool:
    """Whether a variable's answers are yes and no."""
    return (
        bool(variable.profile.keys)
        and len(variable.parts) == 1
        and variable.profile.keys - words("dont_know") <= header_list("yes_no")
    )


def _is_rest(variable: Merged) -> bool:
    said = header_words(variable.name)
    return (len(said) > 1 and said[-1] in header_list("rest")) or any(
        word in variable.name for word in header_list("rest_inside")
    )


def _asks(variable: Merged) -> bool:
    """Whether the header asks for something else about what it names: who, when, how satisfied."""
    said = set(header_words(last_part(variable.name)))
    return bool(said & header_list("about")) or any(word in fold(variable.name) for word in header_list("about_inside"))


def _hits(variable: Merged, name: str) -> bool:
    return any(_hit(header, name) is not None for header in {variable.name, variable.first.label} if header)


def _hit(header: str, name: str) -> int | None:
    """Rank of the best of the field's words that stands inside a header."""
    folded, said = fold(last_part(header)), header_words(last_part(header))
    if name == "village" and header_key(header).endswith("村"):
        return 0
    return next((rank for rank, word in enumerate(words_of(name)) if _stands_in(word, folded, said)), None)


def _stands_in(word: str, folded: str, said: Sequence[str]) -> bool:
    if not word.isascii():
        return word in folded
    return any(
        w in {word, f"{word}s"} or (w.isalpha() and (word in w if len(word) > 4 else w.endswith((word, f"{word}s"))))
        for w in said
    )


def _head(variable: Merged, name: str) -> bool:
    """Whether the last word of the header, which says what the thing is, is one of the field's words."""
    said = [w for w in header_words(last_part(variable.name)) if w not in header_list("modifiers")]
    return bool(said) and any(said[-1].endswith((word, f"{word}s")) for word in words_of(name))


def _issue_order(variable: Merged) -> tuple[bool, bool, bool, float, bool, int]:
    rank = min(
        (r for h in (variable.name, variable.first.label) if h and (r := _hit(h, "category")) is not None), default=99
    )
    named = _hit(variable.name, "category") is not None
    several = variable.kind is QuestionKind.MULTI
    return (
        _asks(variable),
        not named,
        not several,
        -round(variable.profile.share, 1),
        not _head(variable, "category"),
        rank,
    )
