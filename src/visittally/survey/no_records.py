"""Tables that are no records: a form given in the place of what was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import InputError
from visittally.messages import _
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visittally.reading.blocks import TableSource

_TYPE = pattern(
    r"(select[_ ](one|multiple)|rank|text|integer|decimal|range|date|datetime|time|note|calculate|start|end|today"
    r"|(begin|end)[_ ](group|repeat)|deviceid|username|hidden|acknowledge|barcode|image|audio|geo(point|trace|shape))\b"
)
"""Types of questions as forms name them."""


def refuse_forms(sources: Iterable[TableSource]) -> None:
    """Refuse a form that was given in the place of records.

    Raises:
        InputError: A table is the survey, choices or settings sheet of an XLSForm.
    """
    for source in sources:
        names = {name.strip().lower().replace(" ", "_") for name in source.header}
        places = _places(source.header, "type")
        types = [row[place] for row in (source.sampled if places else ()) for place in places]
        words = sum(_TYPE.match(cell.strip().lower()) is not None for cell in types)
        asks = {"type", "name"} <= names and words and 2 * words >= sum(bool(cell.strip()) for cell in types)
        if asks or {"list_name", "name"} <= names or {"form_title", "form_id"} <= names:
            text = _("{file} is a form, not records: name the records, and the form with --form {file}")
            raise InputError(text.format(file=source.file))


def _places(header: Sequence[str], name: str) -> list[int]:
    return [i for i, found in enumerate(header) if found.strip().lower() == name]
