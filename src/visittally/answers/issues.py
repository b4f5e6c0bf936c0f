"""What the values of the issue column mean: problems raised, none, not recorded; given categories or coded text."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING

from visittally.answers.axes import Axis, missing_of, ticked_of
from visittally.answers.book import AnswerBook, State, learn
from visittally.answers.coding import Coding
from visittally.dataclass import dataclass
from visittally.errors import Notice, UsageError
from visittally.messages import _, language
from visittally.survey.variables import QuestionKind, Variable
from visittally.words.folding import fold
from visittally.words.joined import ROW_SEPARATOR, TOLD
from visittally.words.ordering import name_key
from visittally.words.sensitive import SENSITIVE, sensitive_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from visittally.settings import Settings
    from visittally.words.codebook import Codebook


_SENTENCE = 25
_CHINESE_SENTENCE = 7
"""From this many characters on a text is more than the name of a category."""
_DIFFERENT = 0.6
"""Sentences hardly repeat: this share of the records has a text of its own."""
_SEVERAL = 4
"""Fewer different texts may be categories by chance."""
_AGAIN = 3
"""So often, on average, the name of a category comes again."""
_THIRD = 3
"""A part of the texts, one of so many, that may stay without a category before somebody should look."""
_TOLD = 0.2
"""So many sentences are enough below a header that announces free texts."""


@dataclass(frozen=True, slots=True)
class IssueCoding:
    """The distinct values of the issue column, interpreted.

    Attributes:
        coding: Value -> the problems it names; "none" and missing answers name no problem.
        raised: For each value whether it names a problem; no_issue: whether it says that there is none.
        asked: For each value whether the question was put; answered: whether it was answered.
        labels: Problem -> label for people, where it has one; categories: problem -> code of the codebook.
        form_order: Problem -> its place in the form or the option columns.
        coded_by_cues: How many cases were coded from free text, and of how many.
        notices: What was assumed.
    """

    coding: Coding
    raised: list[bool]
    no_issue: list[bool]
    asked: list[bool]
    answered: list[bool]
    labels: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    form_order: Mapping[str, int] = field(default_factory=dict)
    coded_by_cues: tuple[int, int] | None = None
    notices: tuple[Notice, ...] = ()


def code_issues(axis: Axis, values: Mapping[str, int], settings: Settings, codebook: Codebook) -> IssueCoding:
    """Work out what the values of the issue column mean.

    Args:
        axis: The issue (or any other question that stands in its place).
        values: Distinct raw values -> cases.
        settings: Codes of missing answers, ticked codes, --no-code.
        codebook: Categories.
    """
    assert axis.variable is not None
    if axis.suffix:
        text = _('"{name}:{suffix}" can be rows (--by), but not stand in the place of the issue.')
        raise UsageError(text.format(name=axis.variable.name, suffix=axis.suffix))
    primary = settings.primary
    if primary and axis.variable.options:
        text = _('"{name}" has a column for each option: which was named first, as --primary wants it, is not told.')
        raise UsageError(text.format(name=axis.variable.name))
    book = learn(axis.variable, values, missing_of(settings), ticked_of(settings, axis.variable), as_issue=True)
    if not settings.no_code and _is_free_text(axis, values, codebook, book):
        coded = _code_texts(book, values, codebook, settings)
        if not _are_categories(values, book, coded.coded_by_cues):
            return coded
    real: list[tuple[str, ...]] = []
    none, asked, answered = [], [], []
    nothing = {key for key, option in book.options.items() if option.exclusive}
    told = _OwnWords(axis.variable, codebook, settings)
    for value, n in values.items():
        answer = book.answer(value)
        codes = tuple(code for code in answer.codes if code not in nothing)
        named = told.codes(value, codes, n)
        real.append(named[:1] if primary else named)
        none.append(answer.none)
        asked.append(book.asked(answer) or TOLD in value.split(ROW_SEPARATOR))
        answered.append(book.answered(answer))
    form_order = {key: i for i, key in enumerate(book.options)}
    spelled = dict(zip(values, real, strict=True))
    # In the order of the form its options stand there also where nobody named them.
    listed = [key for key in book.options if key not in nothing] if settings.sort == "form" else ()
    coding = Coding.of(values, spelled.__getitem__, known=listed)
    raised = [bool(codes) for codes in real]
    labels = {k: o.label for k, o in book.options.items() if o.label and o.label != k}
    categories = {
        key: code for key in coding.keys if (code := codebook.category(labels.get(key, key)) or codebook.category(key))
    }
    no_issue = [n and not r for n, r in zip(none, raised, strict=True)]
    return IssueCoding(
        coding, raised, no_issue, asked, answered, labels | told.labels(coding.keys), categories, form_order,
        told.coded, tuple(book.notices),
    )  # fmt: skip


class _OwnWords:
    """Texts of files that have no column of categories: coded by cues, under the names that other files give."""

    def __init__(self, variable: Variable, codebook: Codebook, settings: Settings) -> None:
        self._given = None if settings.no_code else variable.given
        self._codebook, self._settings = codebook, settings
        self._named = {codebook.category(name): name for name in sorted(variable.given or ())}
        self._coded = self._texts = 0

    @property
    def coded(self) -> tuple[int, int] | None:
        """How many texts were coded, and of how many; None where there were none."""
        return (self._coded, self._texts) if self._texts else None

    def codes(self, value: str, codes: tuple[str, ...], n: int) -> tuple[str, ...]:
        """The codes of a value: those that were given, or those that its words are about."""
        if self._given is None or not codes:
            return codes
        if all(fold(code) in self._given or self._codebook.category(code) for code in codes):
            return codes
        cells = [cell for cell in value.split(ROW_SEPARATOR) if fold(cell) not in self._given]
        found = [code for cell in cells for code in _codes_of(cell, self._codebook, self._settings)]
        self._texts += n
        self._coded += n * (found != ["unclear"])
        kept = [code for code in codes if fold(code) in self._given]
        return tuple(dict.fromkeys([*kept, *(self._named.get(code, code) for code in found)]))

    def labels(self, keys: Iterable[str]) -> dict[str, str]:
        """Labels of the categories of the codebook that no file names."""
        known = {*self._codebook.codes, SENSITIVE}
        return {key: _label(self._codebook, key) for key in keys if self._texts and key in known}


def _is_free_text(axis: Axis, values: Mapping[str, int], codebook: Codebook, book: AnswerBook) -> bool:
    """Whether the issue is told in words of people's own: sentences that hardly repeat and name no category."""
    variable = axis.variable
    assert variable is not None
    if len(variable.parts) > 1 or variable.choices or axis.field != "issue" or "category" in variable.fields:
        return False
    if variable.kind is QuestionKind.TEXT:
        return True
    texts = _texts(values, book)
    told = [text for text in texts if len(text) >= (_SENTENCE if text.isascii() else _CHINESE_SENTENCE)]
    announced, differ = "issue_text" in variable.fields, len(texts) >= _DIFFERENT * sum(texts.values())
    if not texts or not (announced or differ):
        return False
    if any(codebook.category(text) for text in texts):
        return False
    if announced and differ and len(texts) >= _SEVERAL:
        # Short ones, too, where most of them say what they are about.
        about = sum(bool(codebook.code_text(text).codes) for text in texts)
        if 2 * about > len(texts):
            return True
    return len(told) > len(texts) * (_TOLD if announced and differ else 0.5)


def _are_categories(values: Mapping[str, int], book: AnswerBook, coded: tuple[int, int] | None) -> bool:
    """Whether texts are names of categories that no list has: short, each of several visits, and without key words."""
    texts = _texts(values, book)
    short = all(len(text) <= _SENTENCE for text in texts)
    again = len(texts) * _AGAIN <= texts.total()
    return short and again and coded is not None and _THIRD * coded[0] <= coded[1]


def _texts(values: Mapping[str, int], book: AnswerBook) -> Counter[str]:
    """The texts in the cells and how often each occurs: of lists, what they list."""
    if book.separator:
        listed: Counter[str] = Counter()
        for raw, n in values.items():
            listed.update(dict.fromkeys(book.answer(raw).codes, n))
        return listed
    found: Counter[str] = Counter()
    for raw, n in values.items():
        found.update(dict.fromkeys({one.strip() for one in raw.split(ROW_SEPARATOR)} - {""}, n))
    return found


def _codes_of(text: str, codebook: Codebook, settings: Settings) -> tuple[str, ...]:
    """The categories of a free text, with --primary the one that fits best.

    What is to be published is not counted under a harmless category where its words are sensitive: a category by
    itself, which is not shown by place.
    """
    found = codebook.code_text(text)
    codes = (found.primary,) if settings.primary else found.codes or ("unclear",)
    if settings.public and sensitive_words(text) and not any(map(codebook.sensitive, codes)):
        return (SENSITIVE,)
    return codes


def _label(codebook: Codebook, code: str) -> str:
    return _("Sensitive issues") if code == SENSITIVE else codebook.label(code, language())


def _code_texts(book: AnswerBook, values: Mapping[str, int], codebook: Codebook, settings: Settings) -> IssueCoding:
    """Code free texts by the cues of the codebook."""
    real, no_issue, asked = [], [], []
    coded = texts = 0
    for value, n in values.items():
        codes: dict[str, None] = {}
        says_none = written = False
        for one in value.split(ROW_SEPARATOR):
            answer = book.answer(one)
            says_none |= answer.none
            if answer.none or answer.state is not State.ANSWERED:
                continue
            written = True
            codes.update(dict.fromkeys(_codes_of(one, codebook, settings)))
        texts += n * written
        coded += n * (written and set(codes) != {"unclear"})
        real.append(tuple(codes))
        no_issue.append(says_none and not codes)
        asked.append(bool(codes) or says_none)
    spelled = dict(zip(values, real, strict=True))
    coding = Coding.of(values, spelled.__getitem__, name_key)
    labels = {key: _label(codebook, key) for key in coding.keys}
    return IssueCoding(
        coding,
        [bool(codes) for codes in real],
        no_issue,
        asked,
        list(asked),
        labels,
        {key: key for key in coding.keys},
        {code: i for i, code in enumerate(codebook.codes)},
        (coded, texts),
        tuple(n for n in book.notices if n.code not in {"separator", "labels_joined"}),
    )


def unclear_texts(coded: tuple[int, int], column: str) -> list[Notice]:
    """Say that key words leave many texts without a category, and how to go on.

    Args:
        coded: How many texts were coded, and of how many.
        column: The column that holds them.
    """
    done, texts = coded
    if _THIRD * (texts - done) <= texts:
        return []
    text = _(
        'No key word tells what {n:,} of {all:,} texts of "{column}" are about ({share:.0f} %); the ranking lacks '
        'them. To read them: visittally questions FILE -Q "{column}" --texts; to name their key words: '
        "--codebook FILE; to count each text as it stands: --no-code."
    )
    n = texts - done
    return [Notice("many_unclear", text.format(n=n, all=texts, column=column, share=100 * n / texts))]


def cue_note(coded: tuple[int, int]) -> str:
    """The line under a table of issues that says how many were coded by key words."""
    done, texts = coded
    share = f"{100 * done / texts:.1f}" if texts else "-"
    return _cue_text().format(n=done, all=texts, share=share)


def _cue_text() -> str:
    return _(
        "Categories were given by key words in the text, not by a person: {n:,} of {all:,} texts coded ({share} %)."
    )


def is_cue_note(text: str) -> bool:
    """Whether a note says that key words made the categories."""
    return text.startswith(_cue_text().partition("{")[0])
