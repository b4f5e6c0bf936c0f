"""The XLSForm behind an export: labels, order, types and choices of its questions."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import field
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _, language
from visittally.survey.variables import Choice, QuestionKind
from visittally.words.folding import fold, one_line, tidy
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.reading.described import Description
    from visittally.reading.inputs.source import ByteSource

_KINDS: Mapping[str, QuestionKind] = {
    "select_one": QuestionKind.SINGLE,
    "select_one_from_file": QuestionKind.SINGLE,
    "select_multiple": QuestionKind.MULTI,
    "select_multiple_from_file": QuestionKind.MULTI,
    "rank": QuestionKind.MULTI,
    "integer": QuestionKind.NUMBER,
    "decimal": QuestionKind.NUMBER,
    "range": QuestionKind.NUMBER,
    "date": QuestionKind.DATE,
    "today": QuestionKind.DATE,
    "datetime": QuestionKind.DATE,
    "start": QuestionKind.DATE,
    "end": QuestionKind.DATE,
    "text": QuestionKind.TEXT,
    "barcode": QuestionKind.TEXT,
}
_PERSONAL_TYPES = frozenset(
    [
        "geopoint",
        "geotrace",
        "geoshape",
        "start-geopoint",
        "phonenumber",
        "phone_number",
        "email",
        "username",
        "deviceid",
        "device_id",
        "subscriberid",
        "subscriber_id",
        "simserial",
        "sim_serial",
        "imei",
        "uri:deviceid",
        "uri:phonenumber",
        "uri:email",
    ]
)
_MEDIA = frozenset(["image", "photo", "audio", "video", "file", "background-audio"])
_IS_LABEL = pattern(r"label\b", re.IGNORECASE)
_ENGLISH = pattern(r"english|\ben\b", re.IGNORECASE)
_CHINESE = pattern(r"chinese|中文|汉语|漢語|\bzh\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """A question of a form.

    Attributes:
        name: Its name in exports.
        type: First word of its type, lower case: `select_multiple`.
        label: Its text, in the language that is spoken.
        labels: Its text in every language of the form.
        choices: Its options in order.
        path: Names of the groups around it, outermost first.
    """

    name: str
    type: str
    label: str = ""
    labels: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    path: tuple[str, ...] = ()

    @property
    def kind(self) -> QuestionKind | None:
        """The kind that its type says, None where it says nothing (`calculate`)."""
        return _KINDS.get(self.type)

    @property
    def personal(self) -> bool:
        """Whether its type is one of places, telephones, mail addresses or devices."""
        return self.type in _PERSONAL_TYPES

    @property
    def media(self) -> bool:
        """Whether its answers are names of files."""
        return self.type in _MEDIA


@dataclass(frozen=True)
class Form:
    """A form: its questions by name, in order."""

    questions: Mapping[str, FormQuestion] = field(default_factory=dict)

    def find(self, name: str) -> FormQuestion | None:
        """The question that a column belongs to: by its name, the end of its path, or one of its labels."""
        if name in self.questions:
            return self.questions[name]
        parts = re.split(r"[/.:-]", name)
        for start in range(1, len(parts)):
            tail = name[sum(len(p) + 1 for p in parts[:start]) :]
            if tail in self.questions:
                return self.questions[tail]
        return self._by_label().get(fold(one_line(name)))

    def _by_label(self) -> Mapping[str, FormQuestion]:
        found: dict[str, FormQuestion] = {}
        twice: set[str] = set()
        for question in self.questions.values():
            for label in {fold(one_line(label)) for label in question.labels if label}:
                twice |= {label} & set(found)
                found[label] = question
        return {label: question for label, question in found.items() if label not in twice}


def form_of(described: Description, form: Form | None = None) -> Form:
    """The form of a table: what the user named, and what the file itself says of other columns.

    Args:
        described: What the file says.
        form: The form that the user named.
    """
    own = {
        one.name: FormQuestion(
            one.name,
            one.type,
            tidy(one.label),
            (one.label,) if one.label else (),
            tuple(Choice(value, tidy(label)) for value, label in one.choices),
        )
        for one in described.columns
    }
    return Form({**own, **form.questions} if form else own)


def read_form(paths: Sequence[str], wanted: str = "") -> Form:
    """Read a form from one workbook, or from its survey and choices sheets as two files in any order.

    Args:
        paths: The files.
        wanted: The language of the labels, "" for the one that is spoken; see `parse_form`.

    Raises:
        InputError: A file cannot be read, none of the tables is the survey sheet of a form, or the form does not
            speak the language.
    """
    tables = [table for path in paths for table in _tables_in(path)]
    return parse_form(tables, ", ".join(paths), wanted)


def _tables_in(path: str) -> Iterator[Sequence[Sequence[str]]]:
    """All tables of a workbook, or the one of a text, cell by cell: a choice called "total" is a choice here."""
    from visittally.reading.inputs.expanding import LeftOut, expand
    from visittally.reading.inputs.kinds import InputKind
    from visittally.reading.inputs.unpacking import leaves

    for source in expand([path]):
        if isinstance(source, LeftOut):
            continue
        for leaf in [source] if isinstance(source, InputError) else leaves(source):
            if isinstance(leaf, InputError):
                raise leaf
            found, kind = leaf
            if kind is InputKind.WORKBOOK:
                yield from _sheets(found)
            elif kind is InputKind.TEXT:
                yield _text_table(found)
            else:
                raise InputError(_("{file}: a form is a workbook, or its sheets as CSV.").format(file=found.name))


def _sheets(source: ByteSource) -> Iterator[Sequence[Sequence[str]]]:
    from visittally.reading.workbooks.sheets import load, sheet_names, text_of

    for sheet in sheet_names(source):
        rows = [[text_of(value) for value in row] for row in load(source, sheet).rows()]
        yield [row for row in rows if any(row)]


def _text_table(source: ByteSource) -> Sequence[Sequence[str]]:
    from visittally.reading.text.dialect_search import find_dialect
    from visittally.reading.text.encodings import find_encoding, utf8_blocks

    text = b"".join(utf8_blocks(source, find_encoding(source), 1 << 20)).decode("utf-8", "replace")
    dialect, _why = find_dialect(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter or ",")
    return [row for row in rows if any(cell.strip() for cell in row)]


def parse_form(tables: Sequence[Sequence[Sequence[str]]], name: str = "", wanted: str = "") -> Form:
    """A form from its tables, each a header row with the rows below it; which is which is seen by their headers.

    Args:
        tables: Survey and choices sheets, in any order, with others that are passed over.
        name: What to call the form in errors.
        wanted: The language of the labels as a column of the form names it, whole or in part ("French", "fr");
            "" for the language that is spoken, else English, else the first.

    Raises:
        InputError: None of the tables has the columns `type` and `name`, or no column of labels is in the language.
    """
    survey: list[dict[str, str]] = []
    choices: list[dict[str, str]] = []
    for table in tables:
        rows = _records(table)
        columns = set(rows[0]) if rows else set()
        if {"list_name", "name"} <= columns or {"list name", "name"} <= columns:
            choices += rows
        elif {"type", "name"} <= columns:
            survey += rows
    if not survey:
        raise InputError(
            _(
                "{file} is no form: no sheet has the columns type, name and label (and another list_name, name, label)."
            ).format(file=name)
        )
    first = _column_of(wanted, [*survey[:1], *choices[:1]], name) if wanted else frozenset()
    return _form(survey, _choice_lists(choices, first), first)


def _column_of(wanted: str, rows: Sequence[Mapping[str, str]], name: str) -> frozenset[str]:
    """The columns with labels in a language.

    Raises:
        InputError: There is none.
    """
    languages = {key: key.partition("::")[2].strip() for row in rows for key in row if _IS_LABEL.match(key)}
    for same in (_is_called, _begins_with):
        if found := frozenset(key for key, called in languages.items() if called and same(called, wanted)):
            return found
    text = _('{file}: the form has no labels in "{wanted}". It has: {languages}.')
    there = ", ".join(dict.fromkeys(filter(None, languages.values()))) or _("labels that name no language")
    raise InputError(text.format(file=name, wanted=wanted, languages=there))


def _is_called(called: str, wanted: str) -> bool:
    """Whether `French (fr)` is called so: whole, its name or its code."""
    name, _bracket, code = called.partition("(")
    return fold(wanted) in {fold(called), fold(name.strip()), fold(code.strip(" )"))}


def _begins_with(called: str, wanted: str) -> bool:
    return len(wanted) > 2 and fold(called).startswith(fold(wanted))


def _records(table: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    if not table:
        return []
    headers = [tidy(cell) if "::" in cell else tidy(cell).lower() for cell in table[0]]
    return [dict(zip(headers, row, strict=False)) for row in table[1:]]


def _label(row: Mapping[str, str], first: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The label from a column that comes first, in the language that is spoken, in English, or any; and all labels."""
    labels = {key: tidy(value) for key, value in row.items() if _IS_LABEL.match(key) and value.strip()}
    labels = {key: value for key, value in labels.items() if value not in {"NA", "-"}}
    for key in first & labels.keys():
        return labels[key], tuple(labels.values())
    wanted = (_CHINESE, _ENGLISH) if language() == "zh" else (_ENGLISH,)
    for words in wanted:
        for key, value in labels.items():
            if words.search(key.partition(":")[2]):
                return value, tuple(labels.values())
    return next(iter(labels.values()), ""), tuple(labels.values())


def _choice_lists(rows: Sequence[Mapping[str, str]], first: frozenset[str]) -> dict[str, tuple[Choice, ...]]:
    lists: defaultdict[str, dict[str, Choice]] = defaultdict(dict)
    for row in rows:
        listed = (row.get("list_name") or row.get("list name") or "").strip()
        name = row.get("name", "").strip()
        if listed and name:
            lists[listed].setdefault(name, Choice(name, _label(row, first)[0]))
    return {listed: tuple(choices.values()) for listed, choices in lists.items()}


def _form(rows: Sequence[Mapping[str, str]], lists: Mapping[str, tuple[Choice, ...]], first: frozenset[str]) -> Form:
    questions: dict[str, FormQuestion] = {}
    path: list[str] = []
    for row in rows:
        kind, _space, rest = tidy(row.get("type", "")).partition(" ")
        kind, name = _type(kind, rest), row.get("name", "").strip()
        if kind in {"begin_group", "begin_repeat"}:
            path.append(name)
        elif kind in {"end_group", "end_repeat"}:
            path = path[:-1]
        elif name and kind:
            label, labels = _label(row, first)
            questions.setdefault(
                name, FormQuestion(name, kind, label, labels, _choices(kind, rest, lists), tuple(path))
            )
    return Form(questions)


def _type(kind: str, rest: str) -> str:
    """`begin group` and `select one` are older spellings of `begin_group` and `select_one`."""
    word = rest.split(" ", maxsplit=1)[0]
    older = {
        "begin": ("group", "repeat"),
        "end": ("group", "repeat"),
        "select": ("one", "multiple"),
        "phone": ("number",),
    }
    return f"{kind}_{word}".lower() if word in older.get(kind.lower(), ()) else kind.lower()


def _choices(kind: str, rest: str, lists: Mapping[str, tuple[Choice, ...]]) -> tuple[Choice, ...]:
    if kind not in {"select_one", "select_multiple", "rank"}:
        return ()
    words = [word for word in rest.split() if word not in {"one", "multiple"}]
    found = lists.get(words[0], ()) if words else ()
    other = len(words) > 1 and words[1] in {"or_other", "or"}
    return (*found, Choice("other", _("Other"))) if other and all(c.name != "other" for c in found) else found
