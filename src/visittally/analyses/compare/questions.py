"""Which questions are compared: the issue, those named, or all that both sides have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.analyses.compare.answers import is_numbers, question_dimension
from visittally.analyses.matching import Matched, MatchedQuestion, known_options, match_questions
from visittally.analyses.unit import Unit
from visittally.dataclass import dataclass
from visittally.errors import FieldError, Notice
from visittally.messages import _
from visittally.survey.fields import PLACES
from visittally.survey.understanding import question as find_question
from visittally.survey.understanding import resolve
from visittally.survey.variables import QuestionKind
from visittally.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visittally.analyses.compare.sides import Sides
    from visittally.answers.axes import Axis
    from visittally.counting.plan import Dimension

EVERY = "*"
"""What -Q takes for all questions."""
_PLACED = frozenset((*PLACES, "visitor", "visitor_unit"))
"""Fields that say where and by whom, which are no questions: places have a table of their own."""


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """A question to compare.

    Attributes:
        pair: The question on both sides.
        numbers: Whether it is one of amounts.
        issue: Its axes on both sides where it is the issue, which is coded as `summarize` does.
    """

    pair: MatchedQuestion
    numbers: bool = False
    issue: tuple[Axis, Axis] | None = None

    @property
    def dimensions(self) -> tuple[Dimension, Dimension]:
        """What is counted of it on each side."""
        before, after = (question_dimension(v, numbers=self.numbers) for v in (self.pair.before, self.pair.after))
        return before, after

    def units(self, sides: Sides) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What makes a case of several records: found out for the issue, else as --per says."""
        per = self.issue is not None or bool(sides.after.settings.per)
        first, second = sides.units if per else (Unit(), Unit())
        return first.key, second.key

    @property
    def renamed(self) -> dict[str, str]:
        """Folded label of an option -> its folded name, where one side may have labels and the other names."""
        pairs = [p for v in (self.pair.before, self.pair.after) for p in (known_options(v) or {}).values()]
        names = {fold(name) for name, _label in pairs}
        return {fold(label): fold(name) for name, label in pairs if label and fold(label) not in names}


def matched_questions(sides: Sides) -> tuple[Matched, list[Notice]]:
    """The questions of both sides, as --match says first."""
    before, after = sides.before.survey, sides.after.survey
    named = {}
    for old, new in sides.after.settings.match.items():
        earlier, later = resolve(before, old, shown=False).variable, resolve(after, new, shown=False).variable
        named[earlier.name] = later.name
    matched = match_questions(before.questions(), after.questions(), named)
    return matched, [] if sides.split is not None else matched.suggestions()


def chosen_questions(
    sides: Sides, matched: Matched, across: tuple[Axis, Axis] | None
) -> tuple[tuple[ComparedQuestion, ...], list[Notice]]:
    """The questions named, else the issue, else all."""
    settings = sides.after.settings
    pairs = {pair.after.name: pair for pair in matched.pairs}
    if (
        not settings.question
        and across is not None
        and across[0].variable is not None
        and across[1].variable is not None
    ):
        pair = MatchedQuestion(across[0].variable, across[1].variable)
        notices = []
        if pair.after.name in pairs and pairs[pair.after.name].before.name != pair.before.name and not settings.across:
            pair = pairs[pair.after.name]
            across = replace(across[0], variable=pair.before), across[1]
        elif pair.moved and sides.split is None and pair.after.name not in pairs:
            text = _('The issue is "{before}" in the earlier round and "{after}" in the later one.')
            notices.append(Notice("other_issue", text.format(before=pair.before.name, after=pair.after.name)))
        return (ComparedQuestion(pair, issue=across),), notices
    everything = not settings.question or EVERY in settings.question
    banners = {axis.variable.name for axis in (sides.after.axis(name) for name in settings.by) if axis.variable}
    chosen = [p for p in pairs.values() if _PLACED.isdisjoint(p.after.fields)] if everything else _named(sides, pairs)
    chosen = [p for p in chosen if p.after.name not in banners and p.after.name != sides.after.weight_name()]
    texts = [p.after.name for p in chosen if not _comparable(p)]
    questions = tuple(ComparedQuestion(p, is_numbers(p.before, p.after)) for p in chosen if _comparable(p))
    if not questions:
        text = _("Nothing to compare: no question with answers or numbers stands on both sides.")
        raise FieldError(text)
    found = []
    if texts and not everything:
        text = _("Not compared, because they hold free text or dates: {names}.")
        found.append(Notice("not_compared", text.format(names=", ".join(texts))))
    return questions, found


def _named(sides: Sides, pairs: Mapping[str, MatchedQuestion]) -> list[MatchedQuestion]:
    """The questions of -Q.

    Raises:
        FieldError: A question is not there, or only in the later round.
    """
    found, alone = [], []
    for name in sides.after.settings.question:
        variable = find_question(sides.after.survey, name)
        if variable.name in pairs:
            found.append(pairs[variable.name])
            continue
        try:
            earlier = find_question(sides.before.survey, name)
        except FieldError:
            alone.append(name)
        else:
            found.append(MatchedQuestion(earlier, variable))
    if alone:
        text = _("The earlier round has no question {names}; --match OLD=NEW says under which header.")
        raise FieldError(text.format(names=", ".join(alone)))
    return list(dict.fromkeys(found))


def _comparable(pair: MatchedQuestion) -> bool:
    """Whether a question has answers or numbers: texts and dates have neither."""
    if len(pair.before.parts) > 1 or len(pair.after.parts) > 1:
        return True
    kinds = {pair.before.kind, pair.after.kind}
    return kinds.isdisjoint({QuestionKind.TEXT, QuestionKind.DATE})
