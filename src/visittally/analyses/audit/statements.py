"""Sentences with figures: does a share follow from the counts that stand beside it?

Nothing is understood beyond that: within one sentence, else one paragraph, some ordered pair of counts gives the share
or none does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.analyses.audit.figures import PrintedFigure, ShareFit, figure_of, fit, ratio
from visittally.analyses.audit.growth import wrong_word
from visittally.analyses.audit.layout import masked
from visittally.analyses.audit.verdict import Finding
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.words.patterns import pattern
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.reading.finished.rows import Paragraph

MOST = 12
"""Among more counts than these some pair fits nearly everything."""
ABOUT = 20
"""Characters that are shown about a figure."""

_ENDS = pattern(r"[。；;！？!?\n]|\.(?=\s|$)")
_NUMBER = pattern(
    r"(?<![\d.A-Za-z_/-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?P<unit>[%％‰]|个?百分点|[万亿]?[余多]?\s?(?:户|件|个|人|次|家|村|起|条|项|名|份|处|票|天|元|亩|公里|批|场)?)"
    r"(?P<behind>.?)"
)
_FRACTION = pattern(r"(?<![\d/.])(\d[\d,]*)/(\d[\d,]*)(?![\d/])(?=\s*[=＝(（]?\s*≈?\d+(?:\.\d+)?\s*[%％])")
"""A part and its whole with their share behind: `23/27 = 85.2 %`. Other numbers around a stroke are dates."""
_DIVIDED = "\\1∕\\2"
_TIME = pattern(r"[年月日号时点分周季岁度级类期章节届]")
_NO_COUNT = pattern(r"[共计](?:受理|收集|走访)?(?:件|户|个|人|次|条|起)(?=[，,。；;、\s]|$)")
_CLAUSE = pattern(r"[，,、：:（(]")
_SPECIFIC = pattern(r"[\u4e00-\u9fff]{4}|\w+ \w+ \w+ \w+")
"""Words before a count that are none of chance."""
_PLANNED = r"计划|目标|任务|planned|target|quota"
_BASE_LINE = pattern(r"\s*(?:基数|base)\s*[:：]", re.IGNORECASE)
_ABOUT_TO = pattern(r"(?:第|No\.?|nr\.?|号|version|v)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A printed share and what it follows from.

    Attributes:
        line: Where its paragraph begins.
        text: The figure and some characters about it, personal values masked.
        printed: As it stands.
        follows_from: The two counts, "" where there are none.
        state: follows, other_base, cut or none.
    """

    line: int
    text: str
    printed: str
    follows_from: str
    state: str


@dataclass(slots=True)
class Spoken:
    """What the sentences of a file say.

    Attributes:
        tested: Figures that were tried.
        alone: Shares that no two counts stand beside, or too many.
    """

    statements: list[Statement]
    findings: list[Finding]
    tested: int = 0
    alone: int = 0


@dataclass(frozen=True, slots=True)
class _StatedFigure:
    """A figure in a sentence: `at` in the paragraph, `clause` what stands before it since the last comma."""

    figure: PrintedFigure
    at: int
    end: int
    clause: str
    share: bool
    unit: str = ""


def check_sentences(paragraphs: Sequence[Paragraph]) -> Spoken:
    """Test the shares of all paragraphs of a file."""
    spoken = Spoken([], [])
    for paragraph in paragraphs:
        sentences = list(_sentences(paragraph.text))
        counts = [one.figure for sentence in sentences for one in sentence if not one.share]
        for sentence in sentences:
            for one in sentence:
                if one.share:
                    inside = [other.figure for other in sentence if not other.share]
                    _judge(spoken, paragraph, one, inside, counts)
        _words(spoken, paragraph)
    _two_figures(spoken, paragraphs)
    return spoken


def _sentences(text: str) -> Iterator[list[_StatedFigure]]:
    start = 0
    for end in [*(match.end() for match in _ENDS.finditer(text)), len(text)]:
        yield list(_figures(text, start, end))
        start = end


def _figures(text: str, start: int, end: int) -> Iterator[_StatedFigure]:
    """Shares and counts of a sentence; dates, years, ordinals and ranges are none."""
    text = _FRACTION.sub(_DIVIDED, text)
    for match in _NUMBER.finditer(text, start, end):
        number, unit = match["number"], match["unit"].strip()
        clause = _CLAUSE.split(text[start : match.start()])[-1].strip()
        if unit in ("%", "％", "‰"):
            figure = figure_of(number + unit)
            if figure is not None:
                yield _StatedFigure(figure, match.start(), match.end("unit"), clause, share=True)
            continue
        if unit.endswith("百分点") or (not unit and _TIME.match(match["behind"])) or _ABOUT_TO.search(clause):
            continue
        if "." in number and not unit.startswith(("万", "亿")):
            continue
        if not unit and "," not in number and 1900 <= float(number) <= 2100:
            continue
        if re.match(r"\s*[-–—~至到]\s*\d", text[match.end("unit") :]) or re.search(r"\d\s*[-–—~至到]\s*$", clause):
            continue
        figure = figure_of(number + unit) or figure_of(number)
        if figure is not None:
            figure = figure if figure.approximate else replace(figure, text=number)
            yield _StatedFigure(figure, match.start(), match.end("unit"), clause, share=False, unit=unit)


def _judge(
    spoken: Spoken,
    paragraph: Paragraph,
    one: _StatedFigure,
    inside: Sequence[PrintedFigure],
    all_counts: Sequence[PrintedFigure],
) -> None:
    share = one.figure
    counts = list(dict.fromkeys(inside))
    wider = list(dict.fromkeys(all_counts))
    if len(counts) > MOST or (len(counts) < 2 and not 2 <= len(wider) <= MOST):
        spoken.alone += 1
        return
    found = _fitting(share, counts)
    state = found[0].value if found else "none"
    outside = _fitting(share, wider) if not found and len(wider) <= MOST else None
    if outside is not None and outside[0] is ShareFit.FOLLOWS:
        found, state = outside, "follows" if len(counts) < 2 else "other_base"
    elif not found and len(counts) < 2:
        found = outside
        state = outside[0].value if outside else "none"
    spoken.tested += 1
    shown = _about(paragraph.text, one)
    over = found is not None and _is_over(found, paragraph.text)
    source = "" if found is None else f"{found[1].text}/{found[2].text}"
    said = "none" if state == ShareFit.RAISED else state
    spoken.statements.append(Statement(paragraph.line, shown, share.text, source, said))
    if state == ShareFit.FOLLOWS and not over:
        return
    explanation, nearest = "", found
    if found is not None and state == "other_base":
        explanation = _("other base: {part}/{whole}").format(part=found[1].text, whole=found[2].text)
    if nearest is None or explanation:
        nearest = _nearest(share, counts if len(counts) > 1 else wider)
    kind = "share" if state in ("none", "other_base") else state
    if over:
        kind, explanation = "over_100", _("the part is larger than the whole")
    spoken.findings.append(_finding(paragraph.line, shown, kind, share, nearest, explanation))


def _is_over(found: tuple[ShareFit, PrintedFigure, PrintedFigure], text: str) -> bool:
    """Whether a part is more than its whole, which only a number that was planned may have."""
    fit, part, whole = found
    return fit is ShareFit.FOLLOWS and part.value > whole.value and not _of_a_plan(text, whole)


def _of_a_plan(text: str, whole: PrintedFigure) -> bool:
    """Whether a text says that a number was planned, of which more may be done: `计划走访578户`, `578 were planned`."""
    number = re.escape(whole.text)
    near = rf"(?:{_PLANNED})[^，,。；;]{{0,8}}{number}|{number}[^，,。；;]{{0,12}}(?:{_PLANNED})"
    return re.search(near, text, re.IGNORECASE) is not None


def _finding(
    line: int,
    shown: str,
    kind: str,
    share: PrintedFigure,
    nearest: tuple[ShareFit, PrintedFigure, PrintedFigure],
    explanation: str,
) -> Finding:
    _how, part, whole = nearest
    value = ratio(part, whole)
    difference = None if value is None else share.value - value
    source = f"{part.text}/{whole.text}"
    return Finding(0, line, shown, "", kind, share.text, value, difference, source, explanation)


def _fitting(
    share: PrintedFigure, counts: Sequence[PrintedFigure]
) -> tuple[ShareFit, PrintedFigure, PrintedFigure] | None:
    """The pair of counts that gives the share, or that gives it cut or raised; else None."""
    pairs = [(a, b) for a in counts for b in counts if a is not b and b.value > 0]
    pairs = (
        [(a, b) for a, b in pairs if a.value > b.value or share.value <= 100]
        if share.value > 100
        else [(a, b) for a, b in pairs if a.value <= b.value]
    )
    for wanted in (ShareFit.FOLLOWS, ShareFit.CUT, ShareFit.RAISED):
        for part, whole in pairs:
            if fit(part, whole, share) is wanted:
                return wanted, part, whole
    return None


def _nearest(share: PrintedFigure, counts: Sequence[PrintedFigure]) -> tuple[ShareFit, PrintedFigure, PrintedFigure]:
    pairs = [(a, b) for a in counts for b in counts if a is not b and 0 < a.value <= b.value] or [
        (counts[0], counts[-1])
    ]
    part, whole = min(pairs, key=lambda pair: abs(100 * pair[0].value / (pair[1].value or 1) - share.value))
    return ShareFit.NONE, part, whole


def _about(text: str, one: _StatedFigure) -> str:
    """The figure and some characters about it. Masked before it is cut: half a number is not known any more."""
    half = ABOUT // 2
    before, behind = scrub(text[: one.at])[-half:], scrub(text[one.end :])[:half]
    return masked(before + text[one.at : one.end] + behind)


def _words(spoken: Spoken, paragraph: Paragraph) -> None:
    """Figures that are left out, and changes under the wrong name."""
    for match in _NO_COUNT.finditer(paragraph.text):
        text = _("a count is not printed")
        shown = masked(paragraph.text[max(0, match.start() - ABOUT // 2) : match.end() + ABOUT // 2])
        spoken.findings.append(Finding(0, paragraph.line, shown, "", "no_count", match[0], explanation=text))
    if wrong_word(paragraph.text):
        text = _("a change on the month before is no change on the year before")
        spoken.findings.append(Finding(0, paragraph.line, "", "", "wrong_word", "", explanation=text))


def _two_figures(spoken: Spoken, paragraphs: Sequence[Paragraph]) -> None:
    """The same words before two different counts."""
    first: dict[tuple[str, str], tuple[int, PrintedFigure]] = {}
    for paragraph in paragraphs:
        if _BASE_LINE.match(paragraph.text):  # each table divides by a base of its own
            continue
        for sentence in _sentences(paragraph.text):
            for one in sentence:
                key = (one.clause, one.unit)
                if one.share or one.figure.approximate or not _SPECIFIC.search(one.clause):
                    continue
                line, figure = first.setdefault(key, (paragraph.line, one.figure))
                if figure.value != one.figure.value:
                    text = _("line {line} says {figure} of the same").format(line=line, figure=figure.text)
                    spoken.findings.append(
                        Finding(
                            0,
                            paragraph.line,
                            _about(paragraph.text, one),
                            "",
                            "two_figures",
                            one.figure.text,
                            figure.value,
                            one.figure.value - figure.value,
                            figure.text,
                            text,
                        )
                    )
