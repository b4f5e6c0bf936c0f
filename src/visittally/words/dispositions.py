"""What became of an issue: status words -> disposition codes, and what they count as.

Status words nest: 未办结 contains 办结, 不满意 contains 满意. So a whole text is looked up, never a part of
it.
"""

from __future__ import annotations

from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _, language
from visittally.words.boxes import ticked_in
from visittally.words.folding import fold, tidy
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN
from visittally.words.lists import check_codes, shipped
from visittally.words.patterns import pattern
from visittally.words.personal import scrub
from visittally.words.status_phrases import phrase_disposition
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "unknown"
_EDGES = " \t'\"“”‘’「」《》[]【】()。.,，;；:：!！?？、-—_*"
_NOTE = pattern(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]\s*")
_STAGES = pattern(r"[;；,，/、。|\n]|->|→|=>")
_DONE = ("已经", "已", "均已", "全部", "√ ", "√", "✓ ", "✓", "✔ ", "✔", "☑ ", "☑")
_CANNOT = ("无法", "不能", "难以", "不", "cannot be ", "can not be ", "can't be ", "unable to be ")
_NOT_YET = (
    *("尚未", "还没有", "还没", "没有", "仍未", "暂未", "未", "没", "待", "正在"),
    *("not yet been ", "not yet ", "has not been ", "not been ", "to be ", "yet to be ", "being ", "awaiting "),
    *("not ", "un", "non-"),
)


@dataclass(frozen=True, slots=True)
class Disposition:
    """A disposition.

    Attributes:
        code: Its code.
        en: Its name in English; `zh` in Chinese.
        kind: handled, resolved (which is handled too), open or excluded.
        group: Its column in the follow-up table, "" for none.
        resolves: The type of issue that is resolved by it, "" for none.
    """

    code: str
    en: str
    zh: str
    kind: str
    group: str = ""
    resolves: str = ""


@dataclass(frozen=True)
class Dispositions:
    """Status words and what they mean.

    Attributes:
        codes: Dispositions by code, in the order in which they are printed.
        own: The user's statuses -> codes.
        labelled: Codes of a form -> what their labels say.
        options: The statuses that have a column each, in the order of their cells; "" for a column with the status.
    """

    codes: Mapping[str, Disposition]
    own: Mapping[str, str] = field(default_factory=dict)
    labelled: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()

    @classmethod
    def load(
        cls,
        statuses: Mapping[str, str] | None = None,
        labelled: Mapping[str, str] | None = None,
        options: tuple[str, ...] = (),
    ) -> Dispositions:
        """The dispositions that come with the program, with the user's statuses.

        Args:
            statuses: Raw status -> disposition code, as under [statuses] of visittally.toml.
            labelled: Raw status -> disposition code, as the labels of its form tell.
            options: The statuses that have a column each, see `options`.

        Raises:
            ConfigError: A status leads to a code that does not exist.
        """
        codes = _shipped_codes()
        check_codes("statuses", statuses or {}, codes)
        own, told = ({fold(raw): code for raw, code in (given or {}).items()} for given in (statuses, labelled))
        return cls(codes, own, told, options)

    def said(self, raw: str) -> str:
        r"""A raw status as it was written: of several columns, and of several boxes, what is ticked.

        >>> Dispositions.load(options=("Done", "Pending")).said("\x1f√"), Dispositions.load().said("□已解决 ☑办理中")
        ('Pending', '办理中')
        """
        if not self.options or CELL_SEPARATOR not in raw:
            boxes = ticked_in(raw)
            return raw if boxes is None else "; ".join(boxes)
        cells = raw.split(CELL_SEPARATOR)
        whole = [cell for name, cell in zip(self.options, cells, strict=False) if not name and fold(cell)]
        ticked = [name for name, cell in zip(self.options, cells, strict=False) if name and _is_tick(cell)]
        return "; ".join(whole or ticked)

    def disposition(self, raw: str) -> str:
        """The code of a raw status, `unknown` for a blank or a sentence.

        The user's statuses come first, then whole words of the vocabulary, then a negation before such a
        word, then the last stage that is recognised in a text such as "上报；已办结", then phrases of a sentence.

        >>> known = Dispositions.load()
        >>> [known.disposition(status) for status in ("已办结", "未办结", "无法解决", "上报；已办结", "不满意")]
        ['resolved', 'in_progress', 'cannot_resolve', 'resolved', 'unknown']
        """
        return self._told(raw)[0]

    def told_by(self, raw: str) -> str:
        """What decided: `user`, `word`, `phrase`, or "" where nothing did.

        >>> known = Dispositions.load({"转水务": "referred"})
        >>> [known.told_by(status) for status in ("转水务", "已办结", "已转交水务站处理", "待定吗", "")]
        ['user', 'word', 'phrase', 'phrase', '']
        """
        return self._told(raw)[1]

    def _told(self, raw: str) -> tuple[str, str]:
        raw = self.said(raw)
        own = self.own.get(fold(raw)) or (self.own.get(fold(scrub(raw))) if self.own else None)
        if own:
            return own, "user"
        if fold(raw) in self.labelled:
            return self.labelled[fold(raw)], "word"
        word = self._recognise(raw, _every_synonym())
        if word is not None:
            return word, "" if word == UNKNOWN else "word"
        phrase = None if raw == NO_COLUMN else phrase_disposition(raw)
        return (phrase, "phrase") if phrase else (UNKNOWN, "")

    def knows(self, raw: str) -> bool:
        """Whether a raw value is a status word, which a plain yes or no is not."""
        return fold(raw) in self.own or self._recognise(raw, _synonyms("synonyms")) not in {None, UNKNOWN}

    def _recognise(self, raw: str, known: Mapping[str, str]) -> str | None:
        folded = fold(raw).replace("_", " ")
        if folded in words("blank"):
            return UNKNOWN
        text = _NOTE.sub(" ", folded)
        found = _one(_trim(folded), known) or _one(_trim(text), known)
        if found is not None:
            return found
        pieces = _STAGES.split(text)
        stages = [(n, stage) for n, piece in enumerate(pieces) if (stage := _one(_trim(piece), known)) is not None]
        if not stages:
            return None
        last, code = stages[-1]
        further = _shipped_codes()[code].kind == "open" and any(map(phrase_disposition, pieces[last + 1 :]))
        return None if further else code  # a sentence tells what became of it since

    def unrecognised(self, statuses: Mapping[str, int]) -> dict[str, int]:
        """The statuses that say something and are not known, tidied, and how often each occurs.

        Args:
            statuses: Raw statuses and how often each occurs.
        """
        found: dict[str, int] = {}
        for written, n in statuses.items():
            raw = self.said(written)
            said = raw != NO_COLUMN and _trim(fold(raw)) and fold(raw) not in words("blank") | words("not_asked")
            if said and self.disposition(raw) == UNKNOWN and self._recognise(raw, _synonyms("synonyms")) is None:
                found[tidy(raw)] = found.get(tidy(raw), 0) + n
        return found

    def handled(self, code: str) -> bool:
        """Whether an issue with this disposition counts as handled."""
        return self.codes[code].kind in {"handled", "resolved"}

    def resolved(self, code: str, issue_type: str = "") -> bool:
        """Whether it counts as resolved; a question is resolved by its answer."""
        disposition = self.codes[code]
        return disposition.kind == "resolved" or (bool(issue_type) and disposition.resolves == issue_type)

    def excluded(self, code: str) -> bool:
        """Whether it is left out of the base."""
        return self.codes[code].kind == "excluded"

    def open(self, code: str) -> bool:
        """Whether it is in the base and not handled."""
        return self.codes[code].kind == "open"

    def group(self, code: str) -> str:
        """Its column in the follow-up table (on_spot, explained, reported, ...), "" where it has none."""
        return self.codes[code].group

    def label(self, code: str, lang: str = "") -> str:
        """Its name for people, in the current language unless one is given."""
        disposition = self.codes[code]
        return disposition.zh if (lang or language()) == "zh" else disposition.en

    def suggestion_toml(self, unknown: Mapping[str, int]) -> str:
        """A piece of visittally.toml in which the user only has to fill in codes.

        Args:
            unknown: Statuses that are not known, and how often each occurs.
        """
        codes = ", ".join(self.codes)
        lines = ["[statuses]", "# " + _("one of: {codes}").format(codes=codes)]
        for raw, n in sorted(unknown.items(), key=lambda status: (-status[1], status[0])):
            lines.append(f'{_toml_string(raw)} = "{UNKNOWN}"  # {n}')
        return "\n".join(lines) + "\n"


def _one(text: str, known: Mapping[str, str]) -> str | None:
    """The code of one status word: as it stands, then without a part that says done, going on or not done."""
    if text in known:
        return known[text]
    for prefix in _DONE:
        if text.startswith(prefix) and _is_done(code := known.get(text[len(prefix) :])):
            return code
    if text.endswith("中") and _is_done(known.get(text.removeprefix("正在")[:-1])):
        return "in_progress"
    for prefix in _CANNOT:
        if text.startswith(prefix) and _is_done(known.get(_trim(text[len(prefix) :]))):
            return "cannot_resolve"
    for prefix in _NOT_YET:
        if text.startswith(prefix) and _is_done(known.get(_trim(text[len(prefix) :]))):
            return "in_progress"
    return None


def _is_tick(cell: str) -> bool:
    nothing = ("blank", "not_asked", "none", "no", "unticked", "dont_know", "refused")
    return cell != NO_COLUMN and not any(key_of(cell) in words(name) for name in nothing)


def _is_done(code: str | None) -> bool:
    return code is not None and _shipped_codes()[code].kind in {"handled", "resolved"}


def _trim(text: str) -> str:
    return text.strip(_EDGES)


@cache
def _shipped_codes() -> Mapping[str, Disposition]:
    return {
        code: Disposition(
            code, table["en"], table["zh"], table["class"], table.get("group", ""), table.get("resolves", "")
        )
        for code, table in shipped("dispositions").items()
    }


@cache
def _synonyms(key: str) -> Mapping[str, str]:
    """Folded synonyms (or answers of yes-no columns) -> code."""
    found: dict[str, str] = {}
    for code, table in shipped("dispositions").items():
        names = (code, code.replace("_", " "), table["en"], table["zh"]) if key == "synonyms" else ()
        for name in (*names, *table.get(key, ())):
            found.setdefault(_trim(fold(name)), code)
    found.pop("", None)
    return found


@cache
def _every_synonym() -> Mapping[str, str]:
    return {**_synonyms("synonyms"), **_synonyms("answers")}


def _toml_string(text: str) -> str:
    escaped = "".join(
        f"\\{c}"
        if c in '"\\'
        else c
        if c.isprintable()
        else f"\\u{ord(c):04x}"
        if ord(c) < 0x10000
        else f"\\U{ord(c):08x}"
        for c in text
    )
    return f'"{escaped}"'
