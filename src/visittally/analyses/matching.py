"""Which question of one survey is which question of another: by whole header, by last part, or as the user says.

Names that only look alike are suggested, never joined.
"""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _
from visittally.survey.headers import last_part
from visittally.survey.variables import QuestionKind
from visittally.words.folding import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.survey.variables import Variable

_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class MatchedQuestion:
    """A question in the earlier and in the later survey."""

    before: Variable
    after: Variable

    @property
    def moved(self) -> bool:
        """Whether it goes by another header now."""
        return fold(self.before.name) != fold(self.after.name)


@dataclass(frozen=True, slots=True)
class Matched:
    """Questions of two surveys.

    Attributes:
        pairs: Those that both have, in the order of the later one.
        gone: Those that only the earlier survey has; added: those that only the later one has.
    """

    pairs: tuple[MatchedQuestion, ...]
    gone: tuple[Variable, ...]
    added: tuple[Variable, ...]

    def suggestions(self) -> list[Notice]:
        """Names of one survey that look like a name of the other one."""
        alike = []
        for variable in self.gone:
            likeness = [(_alike(variable.name, other.name), other.name) for other in self.added]
            best = max(likeness, default=(0.0, ""))
            alike += [f"{variable.name}={best[1]}"] if best[0] >= _ALIKE else []
        if not alike:
            return []
        text = _("These may be the same question under two names: {names} (--match OLD=NEW compares them).")
        return [Notice("look_alike", text.format(names=", ".join(alike)))]


def _alike(first: str, second: str) -> float:
    """How much two names have in common, as a whole or in their last parts: 0 to 1."""
    pairs = ((fold(first), fold(second)), (_tail(first), _tail(second)))
    return max(difflib.SequenceMatcher(None, *pair).ratio() for pair in pairs)


def match_questions(
    before: Sequence[Variable], after: Sequence[Variable], named: Mapping[str, str] | None = None
) -> Matched:
    """Match the questions of two surveys.

    Args:
        before: Questions of the earlier survey.
        after: Questions of the later one.
        named: Name in the earlier survey -> name in the later one, as the user says.
    """
    old, new = {v.name: v for v in before}, {v.name: v for v in after}
    found = {later: earlier for earlier, later in (named or {}).items() if earlier in old and later in new}
    for key in (fold, _tail):
        mine, theirs = _unique(old, key), _unique(new, key)
        taken = set(found.values())
        for text, later in theirs.items():
            if later not in found and text in mine and mine[text] not in taken:
                found[later] = mine[text]
    taken = set(found.values())
    return Matched(
        tuple(MatchedQuestion(old[found[name]], new[name]) for name in new if name in found),
        tuple(v for v in before if v.name not in taken),
        tuple(v for v in after if v.name not in found),
    )


def _tail(name: str) -> str:
    return fold(last_part(name))


def _unique(variables: Mapping[str, Variable], key: object) -> dict[str, str]:
    """Key -> name, for keys that one variable alone has."""
    texts = {name: key(name) for name in variables}  # type: ignore[operator]
    counts = Counter(texts.values())
    return {text: name for name, text in texts.items() if counts[text] == 1 and text}


def known_options(variable: Variable) -> dict[str, tuple[str, str]] | None:
    """The options that a question has in its form or as columns: folded name -> name and label.

    Returns:
        None where nothing lists them: then the answers given are all that is known.
    """
    listed = [(c.name, c.label) for c in variable.choices]
    listed += [(p.option, p.label) for p in variable.options]
    found: dict[str, tuple[str, str]] = {}
    for name, label in listed:
        known = found.setdefault(fold(name), (name, label))
        if label and not known[1]:
            found[fold(name)] = (name, label)
    return found or None


@dataclass(frozen=True, slots=True)
class FormChange:
    """Something that is otherwise in the later form: what, in which question, how before and after ("" where not)."""

    change: str
    question: str
    before: str = ""
    after: str = ""


def form_changes(matched: Matched, *, with_forms: bool = False) -> list[FormChange]:
    """What changed in the form: questions moved, gone and added, options, types, labels.

    Args:
        matched: The questions of both surveys.
        with_forms: Whether forms tell the types of both: else only several answers against one are a change of type,
            since all other types are guessed from the answers.
    """
    found = [FormChange("question_moved", p.after.name, p.before.name, p.after.name) for p in matched.pairs if p.moved]
    found += [FormChange("question_gone", v.name, v.name) for v in matched.gone]
    found += [FormChange("question_added", v.name, "", v.name) for v in matched.added]
    for pair in matched.pairs:
        found += _options(pair)
    for pair in matched.pairs:
        found += _types(pair, with_forms=with_forms)
    for pair in matched.pairs:
        labels = tidy(pair.before.label), tidy(pair.after.label)
        if all(labels) and labels[0] != labels[1]:
            found.append(FormChange("label_changed", pair.after.name, *labels))
    return found


def _options(pair: MatchedQuestion) -> list[FormChange]:
    before, after = known_options(pair.before), known_options(pair.after)
    if before is None or after is None:
        return []
    name = pair.after.name
    gone = [FormChange("option_gone", name, before[key][0]) for key in before if key not in after]
    added = [FormChange("option_added", name, "", after[key][0]) for key in after if key not in before]
    labels = [
        FormChange("label_changed", name, tidy(before[key][1]), tidy(after[key][1]))
        for key in before
        if key in after and before[key][1] and after[key][1] and tidy(before[key][1]) != tidy(after[key][1])
    ]
    return [*added, *gone, *labels]


def _types(pair: MatchedQuestion, *, with_forms: bool) -> list[FormChange]:
    before, after = pair.before.kind, pair.after.kind
    several = [
        kind is QuestionKind.MULTI or bool(v.options) for kind, v in ((before, pair.before), (after, pair.after))
    ]
    if before is after or not (with_forms or several[0] != several[1]):
        return []
    return [FormChange("type_changed", pair.after.name, before.value, after.value)]
