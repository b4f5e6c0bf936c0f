"""Which variable is which field: by alias, by a word inside the header, by what its answers say."""

from __future__ import annotations

from dataclasses import field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.survey.column_looks import (
    Known,
    answers_fit,
    are_ids,
    are_people,
    asks,
    calls_other,
    head_fits,
    hits,
    inside,
    is_rest,
    issue_order,
    options_are,
    sentences,
    share_of,
    speaks,
    values_in,
    yes_no,
)
from visittally.survey.fields import (
    ISSUE_NAMES,
    PLACES,
    alias_ranks,
    asks_visited,
    below_group,
    header_list,
    unsure_aliases,
    unsure_fields,
    words_of,
)
from visittally.survey.headers import header_key, last_part
from visittally.survey.variables import Guess, QuestionKind
from visittally.words.header_parts import composed_fields
from visittally.words.ledgers import is_village

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from visittally.survey.all_tables import Merged

_FEW = 12
"""So few records may all name different places."""
_AGAIN = 0.6
"""Places come again: so many of the answers may be different ones."""

_VILLAGES = 0.9
"""So many answers of a column are called villages where its header does not say what it holds."""
_TOLD_BESIDE = ("issue_type", "subcategory")
"""Fields that say something about issues, and may be all that a file has of them."""

_LABELLED = 300
"""Columns that only their labels call a field rank behind those that their headers call so."""
_COMPOSED = 500
"""Headers that are put together from known words rank behind those that are known as wholes."""

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
        if words_of(wanted) and hits(variable, wanted):
            return _("a word in its header")
        if self._unsure(name, variable) and name not in {"status", "visit_outcome"}:
            return _("its header, which can mean other things")
        return _("its answers")

    def plain(self, name: str) -> None:
        """Find a field by the alias that its header is."""
        found = self._by_alias(name)
        if name == "target_type":
            found = [n for n in found if not are_people(self.merged[n])]
        elif name == "respondent_group":
            found += [n for n in self._by_alias("target_type") if are_people(self.merged[n])]
        if found:
            certain = len(found) == 1 or self.rank(name, self.merged[found[0]]) == 0
            self.choose(name, found, certain=certain)
        elif name == "target_type":
            self.choose(
                name,
                [m.name for m in self._unsure_of(name) if values_in(m, header_list("targets"))],
                certain=False,
            )
        elif name == "household_id":
            unsure = [m for m in self._unsure_of(name) if are_ids(m)]
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
        named.sort(key=lambda m: (-head_fits(m, "village"), -round(m.profile.share, 1)))
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
        usable = [m for m in self._usable("village") if len(m.parts) == 1 and m.profile.filled and not calls_other(m)]
        return [m.name for m in usable if share_of(m, is_village) >= _VILLAGES]

    def issue(self, known: Known) -> None:
        """Find the question that is tallied: the category, else what a header calls a problem, else free text.

        Args:
            known: The categories: of few records each may name another, as free texts do.
        """
        aliases = [n for n in self._by_alias("category") if not yes_no(self.merged[n])]
        found = {n: self.merged[n] for n in aliases}
        coded = self._short_before_sentences(
            [n for n, m in found.items() if m.kind is not QuestionKind.TEXT or speaks(m, known)]
        )
        named = [m for m in self._usable("issue") if m.name not in aliases and self._names_issue(m)]
        named.sort(key=issue_order)
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
        free.sort(key=lambda n: not self.merged[n].profile.filled)
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
        lists = [m for m in others if m.kind is QuestionKind.MULTI and m.different >= 3 and not asks(m)]
        return [lists[0].name] if len(lists) == 1 else []

    def by_vocabulary(self, name: str, known: Known, other: Known | None = None) -> None:
        """Find `status` or `visit_outcome`: the whole header, or half of the different answers in the vocabulary.

        Args:
            name: The field.
            known: Its vocabulary.
            other: That of the other field, which has what it knows more of: "completed" stands in both.
        """
        known = cache(known)  # many columns hold the same answers
        aliases = self._by_alias(name)
        # Who was at home is told by words of visits, too, but is a field of its own.
        called = {*aliases, *self._by_alias("presence")}
        speaking = [m for m in self._usable(name) if m.name not in called and speaks(m, known)]
        if other is not None:
            speaking += [m for m in self._usable(name) if m.name not in called and options_are(m, known)]
            speaking = [m for m in speaking if options_are(m, known) or inside(m, known) >= inside(m, other)]
        speaking.sort(key=lambda m: (not self._unsure(name, m), -m.profile.share))
        self.choose(name, [*aliases, *(m.name for m in speaking)], certain=len(aliases) == 1)

    def kind_of_issue(self, known: Known, category: Known) -> None:
        """Take a column of what people want (咨询, 投诉) for the type of the issue, where another tells its topic."""
        topics = {*self._by_alias("category"), *self._by_alias("issue_text")}
        for m in self._unsure_of("issue_type"):
            if topics - {m.name} and speaks(m, known) and inside(m, known) > inside(m, category):
                self.choose("issue_type", [m.name], certain=True)

    def visited(self) -> None:
        """Take a column that says yes or no to whether anybody was visited for how the visits ended."""
        if "visit_outcome" not in self.fields:
            found = [m.name for m in self._usable("visit_outcome") if yes_no(m) and asks_visited(m.name)]
            self.choose("visit_outcome", found, certain=len(found) == 1)

    @cached_property
    def _open(self) -> list[Merged]:
        """The variables that can be a field at all."""
        return [m for m in self.merged.values() if not m.part_of and not is_rest(m)]

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
            for name in {name for title in _told(variable, variable.titles) for name in unsure_fields(title)}:
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
            headers = _told(variable, variable.aliases)
            found: dict[str, int] = {}
            for header in headers:
                for field_name, rank in alias_ranks(header).items():
                    found[field_name] = min(rank, found.get(field_name, rank))
            if not found:
                labels = set(variable.titles) - set(variable.aliases)
                found = {name: _LABELLED + rank for label in labels for name, rank in alias_ranks(label).items()}
            if not found:
                unsure = unsure_fields(variable.name)
                composed = {name for header in sorted(headers) for name in composed_fields(header)}
                composed = composed & unsure if len(unsure) == 1 else set() if unsure else composed
                found = {name: _COMPOSED for name in composed if answers_fit(variable, name)}
            self._ranks[variable.name] = found
        return self._ranks[variable.name]

    @staticmethod
    def _unsure(name: str, variable: Merged) -> bool:
        return any(name in unsure_fields(title) for title in _told(variable, variable.titles))

    @staticmethod
    def _named_place(variable: Merged) -> bool:
        place = variable.kind in {QuestionKind.SINGLE, QuestionKind.TEXT} and variable.different >= 3
        short = sum(len(v) * n for v, n in variable.profile.values.items()) <= 30 * max(variable.profile.filled, 1)
        other = asks(variable) or calls_other(variable, *PLACES)
        return place and short and not yes_no(variable) and not other and hits(variable, "village")

    @staticmethod
    def _names_issue(variable: Merged) -> bool:
        fits = variable.kind in {QuestionKind.SINGLE, QuestionKind.MULTI, QuestionKind.TEXT}
        other = calls_other(variable, *ISSUE_NAMES, *_TOLD_BESIDE)
        one_box = len(variable.parts) == 1 and variable.profile.tick
        return fits and variable.different >= 3 and not (other or one_box) and hits(variable, "category")

    def _short_before_sentences(self, coded: list[str]) -> list[str]:
        """Columns of categories; one of sentences, called "problem", is none where one of short names is beside it."""
        short = [n for n in coded if not sentences(self.merged[n])]
        if len(short) == len(coded):
            return coded
        others = [m for m in self._usable("issue") if m.name not in coded and not sentences(m)]
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


def _told(variable: Merged, names: Iterable[str]) -> set[str]:
    """Some names of a variable, also without their paths; of a column in a group what it is called there."""
    told = {header for name in names for header in (name, last_part(name))}
    for draft in variable.drafts.values():
        if all(draft.group):
            together, astray = below_group(*draft.group)
            if astray:
                alone = header_key(draft.group[1])
                told = {header for header in told if header_key(header) != alone}
            told |= {together} - {""}
    return told
