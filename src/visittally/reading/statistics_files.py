"""Files of SPSS and Stata: records as text, and what the files say about their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.described import ColumnSet, Described, Description
from visittally.reading.in_memory import LoadedSource, TableColumns, loaded
from visittally.reading.inputs.kinds import InputKind
from visittally.reading.workbooks.sheets import text_of
from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    import pyarrow as pa

    from visittally.reading.blocks import TableSource
    from visittally.reading.inputs.source import ByteSource

Missing = Callable[[Any], bool]
"""Whether a value stands for an answer that was not given."""
_SAID = ("dont_know", "refused")
"""Reasons for a missing answer that are answers themselves."""
TICKED, UNTICKED, NOT_ASKED = "1", "0", "n/a"
_NUMBERED = pattern(r"(?P<stem>.*\w(?=_)|\D{3,}?)_*\d{1,3}")
"""`q5_1`, `crime1`; `q51` may be the question of that number."""
_ENOUGH = 3
"""So many columns answered by yes and no are one question."""
_TWO = 2


def find_table(source: ByteSource, kind: InputKind) -> TableSource:
    """Find the columns of a file of SPSS or Stata.

    Args:
        source: A plain local file.
        kind: Which of them it is.

    Raises:
        InputError: It is damaged, or the library that reads it is not installed.
    """
    load = load_spss if kind is InputKind.SPSS else load_stata
    found = loaded(load, source)
    if not found.names:
        raise InputError(_("{name} has no columns. Export the table again.").format(name=source.name))
    return LoadedSource(
        file=source.name,
        header=found.names,
        header_rows=(found.names,),
        header_row=0,
        size=source.size,
        described=_description(_content(source, kind)),
        input=source,
        load=load,
        rows=found.rows,
    )


def load_spss(source: ByteSource) -> TableColumns:
    """Read a file of SPSS."""
    return _columns(_content(source, InputKind.SPSS))


def load_stata(source: ByteSource) -> TableColumns:
    """Read a file of Stata."""
    return _columns(_content(source, InputKind.STATA))


class _Content:
    """A file as the library gives it: columns of values, and what is known of them."""

    def __init__(self, values: Mapping[str, Sequence[Any]], known: Any) -> None:
        self.values = values
        self.known = known
        self.ticked = {
            name: text_of(_plain(one["counted_value"]))
            for one in _sets(known)
            if one["counted"] and not one.get("kept")
            for name in one["columns"]
        }

    def labels(self, name: str) -> Mapping[Any, str]:
        """Value -> label of a column."""
        return self.known.variable_value_labels.get(name) or {}

    def missing(self, name: str) -> Missing:
        """Which values of a column its maker declared as missing, or labelled "don't know", "refused" and the like."""
        ranges = self.known.missing_ranges.get(name) or ()
        letters = set(self.known.missing_user_values.get(name) or ())
        # Stata cannot declare numbers as missing, and in SPSS it is often left undone: the label tells.
        unsaid = {value for value, label in self.labels(name).items() if _reason(label)}

        def is_missing(value: Any) -> bool:
            if isinstance(value, str):
                return value in letters or any(value == one["lo"] == one["hi"] for one in ranges)
            if value in unsaid:
                return True
            return any(not isinstance(one["lo"], str) and one["lo"] <= value <= one["hi"] for one in ranges)

        return is_missing


@lru_cache(maxsize=1)
def _content(source: ByteSource, kind: InputKind) -> _Content:
    try:
        import pyreadstat
    except ImportError:
        text = _("{name}: reading SPSS and Stata files needs one more package: pip install 'visittally[stata-spss]'")
        raise InputError(text.format(name=source.name)) from None
    read: Callable[..., Any] = pyreadstat.read_sav if kind is InputKind.SPSS else pyreadstat.read_dta
    error: Exception | None = None
    for options in ({}, {"disable_datetime_conversion": True}):
        try:
            return _Content(*read(source.path, user_missing=True, output_format="dict", **options))
        except UnicodeDecodeError as found:
            error = found
            break
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OverflowError, ValueError) as found:
            error = found
    try:
        encoding = _encoding(read, source.path)
        return _Content(*read(source.path, user_missing=True, output_format="dict", encoding=encoding))
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeError, OverflowError, ValueError):
        raise InputError(
            _("{name} is a damaged file of SPSS or Stata. Save it again, or export the table as CSV.").format(
                name=source.name
            )
        ) from error


def _encoding(read: Callable[..., Any], path: str) -> str:
    """The encoding of the texts of an older file, which does not say it or says another one."""
    from visittally.reading.text.encodings import encoding_of

    values, known = read(path, user_missing=True, output_format="dict", encoding="LATIN1")
    texts = [*(known.column_labels or ()), *known.column_names]
    texts += [label for labels in known.variable_value_labels.values() for label in labels.values()]
    texts += [value for column in values.values() for value in column if isinstance(value, str)]
    return encoding_of("\n".join(filter(None, texts)).encode("latin-1", "replace")) or "WINDOWS-1252"


def _columns(content: _Content) -> TableColumns:
    return TableColumns(
        tuple(content.values), tuple(_texts(values, name, content) for name, values in content.values.items())
    )


def _texts(values: Sequence[Any], name: str, content: _Content) -> pa.Array:
    """A column as text; each different value is looked at once."""
    from visittally.words.arrays import string_array

    is_missing, labels = content.missing(name), content.labels(name)
    ticked = content.ticked.get(name)

    def text(value: Any) -> str:
        if value is None or value != value:  # noqa: PLR0124 - what is not a number is not itself
            return ""
        value = _plain(value)
        if is_missing(value):
            return _reason(labels.get(value, ""))
        said = text_of(value)
        return said if ticked is None else TICKED if said == ticked else UNTICKED

    known: dict[Any, str] = {}
    found = []
    for value in values:
        if value not in known:
            known[value] = text(value)
        found.append(known[value])
    return string_array(found)


def _plain(value: Any) -> Any:
    """A value of numpy as one of Python."""
    return value.item() if hasattr(value, "item") else value


def _reason(label: str) -> str:
    """A missing answer: what its label says where that is an answer itself (refused, don't know), else blank."""
    key = key_of(label)
    if any(key in words(name) for name in _SAID):
        return label
    return NOT_ASKED if key in words("not_asked") else ""


def _description(content: _Content) -> Description:
    known = content.known
    labels = dict(zip(known.column_names, known.column_labels or (), strict=False))
    columns = [
        Described(name, labels.get(name) or "", _choices(content, name), _type(content, name))
        for name in content.values
    ]
    sets = []
    for one in _sets(known):
        first = one["columns"][0]
        counted = text_of(_plain(one["counted_value"])) if one["counted"] else ""
        sets.append(ColumnSet(one["name"], one["label"], one["columns"], counted))
        choices = _choices(content, first) if not one["counted"] else ()
        columns.append(Described(one["name"], one["label"], choices, "select_multiple"))
    return Description(tuple(columns), tuple(sets))


def _sets(known: Any) -> list[dict[str, Any]]:
    """The sets of columns that hold one question with several answers (SPSS: multiple response sets)."""
    found: list[dict[str, Any]] = []
    for name, one in (known.mr_sets or {}).items():
        columns = tuple(column for column in one["variable_list"] if column in known.column_names)
        if len(columns) > 1:
            found.append(
                {
                    "name": name.lstrip("$"),
                    "label": one.get("label") or "",
                    "columns": columns,
                    "counted": bool(one.get("is_dichotomy")),
                    "counted_value": one.get("counted_value"),
                }
            )
    declared = {name for one in found for name in one["columns"]}
    return [*found, *(one for one in _numbered_yes_no(known) if declared.isdisjoint(one["columns"]))]


def _numbered_yes_no(known: Any) -> Iterator[dict[str, Any]]:
    """Columns side by side that a number tells apart, answered by codes for yes and no other than 1 and 0."""
    for (stem, yes), run in groupby(known.column_names, lambda name: _stem_and_yes(known, name)):
        columns = tuple(run)
        if yes is not None and len(columns) >= _ENOUGH:
            kept = text_of(_plain(yes)) == TICKED
            yield {"name": stem, "label": "", "columns": columns, "counted": True, "counted_value": yes, "kept": kept}


def _stem_and_yes(known: Any, name: str) -> tuple[str, Any]:
    """What a column shares with others numbered like it, and its code for yes; None where it has no such codes."""
    labels = known.variable_value_labels.get(name) or {}
    said = {value: key_of(label) for value, label in labels.items() if not _reason(label)}
    yes = [value for value, key in said.items() if key in words("yes") | words("ticked")]
    no = [value for value, key in said.items() if key in words("no") | words("unticked")]
    numbered = _NUMBERED.fullmatch(name)
    coded = numbered and len(yes) == len(no) == 1 and len(said) == _TWO and text_of(_plain(no[0])) != UNTICKED
    return (numbered["stem"], yes[0]) if numbered and coded else ("", None)


def _choices(content: _Content, name: str) -> tuple[tuple[str, str], ...]:
    """Value and label of each option; "refused" and the like stand for themselves, see `_reason`."""
    is_missing = content.missing(name)
    labels = content.labels(name).items() if name not in content.ticked else ()
    given = [(text_of(_plain(value)), label) for value, label in labels if not is_missing(_plain(value))]
    reasons = [_reason(label) for value, label in labels if is_missing(_plain(value))]
    return (*given, *((reason, reason) for reason in reasons if given and reason not in ("", NOT_ASKED)))


def _type(content: _Content, name: str) -> str:
    """What a column measures: labelled values are options, unless it is one of numbers with a few named ones."""
    known = content.known
    labelled = {value for value, _label in _choices(content, name)}
    if known.readstat_variable_types.get(name) == "string":
        return "select_one" if labelled else ""
    measure = known.variable_measure.get(name) or "unknown"
    if labelled and (measure != "scale" or _all_labelled(content, name, labelled)):
        return "select_one"
    return "decimal" if measure == "scale" else ""


def _all_labelled(content: _Content, name: str, labelled: set[str]) -> bool:
    is_missing = content.missing(name)
    values = {_plain(v) for v in content.values[name] if v is not None and v == v}  # noqa: PLR0124
    return all(text_of(v) in labelled for v in values if not is_missing(v))
