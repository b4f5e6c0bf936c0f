"""What people call fields, columns and questions on the command line -> variables of the survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import FieldError
from visittally.messages import _
from visittally.survey.fields import (
    DERIVED,
    canonical,
    field_called,
    field_names,
)
from visittally.survey.headers import header_key, last_part
from visittally.survey.projection import Projection
from visittally.survey.variables import QuestionKind, Survey, Variable, nearest
from visittally.words.dates import PERIODS
from visittally.words.folding import fold
from visittally.words.labels import heading
from visittally.words.moments import CLOCKS
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

_LISTED = pattern(r"[,，、;；]")
_BANDED = {"age_band": "age"}
"""Fields that can be made of another one."""
_CUTS = "0,18,35,60"
_BANDS = pattern(r"-?\d+(\.\d+)?(,-?\d+(\.\d+)?)*")


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field as the user named it.

    Attributes:
        variable: What it means; for `file` a variable without columns.
        suffix: `month` of `visit_date:month`, `0,18,35` of `age:0,18,35`, or "".
        projection: What its cells are reduced to before they are counted.
    """

    variable: Variable
    suffix: str = ""
    projection: Projection = Projection.RAW


def resolve(survey: Survey, text: str, *, shown: bool = True) -> FieldRef:
    """What a FIELD of `--by`, `--across`, `--where` or `--weight` means.

    Args:
        survey: The survey.
        text: A field, a header, `=HEADER`, or one of them with a suffix.
        shown: Whether its answers are to be shown, which those of personal columns never are. Visitors are the
            exception: they are shown, under pseudonyms.

    Raises:
        FieldError: There is no such field or column, or it is personal.
    """
    variable, suffix = _find(survey, text), ""
    if variable is None and not text.startswith("="):
        stem, colon, tail = text.rpartition(":")
        if colon and (tail in (*PERIODS, *CLOCKS) or _BANDS.fullmatch(tail)):
            variable, suffix = _find(survey, stem), tail
            text = stem
    if variable is None:
        raise _not_found(survey, text)
    if shown and variable.personal and "visitor" not in variable.fields:
        raise _personal(survey, text, variable)
    return FieldRef(variable, suffix, Projection.DAY if suffix in PERIODS else Projection.RAW)


def question(survey: Survey, name: str) -> Variable:
    """The question that `-Q` names: a header, its last part, the stem of a numbered family, or one member of it.

    Raises:
        FieldError: There is no such question, or it is personal.
    """
    variable = _find(survey, name)
    if variable is None:
        raise _not_found(survey, name)
    if variable.personal:
        raise _personal(survey, name, variable)
    return variable


def _find(survey: Survey, text: str) -> Variable | None:
    """What a text names.

    A field by its name, then a header as it stands, then a field by a short name, then a header however spelled, then
    a field by its label or by another header that it goes by.
    """
    if text.startswith("="):
        return _by_header(survey, text[1:])
    field = text if text in survey.fields and text in field_names() else ""
    if not field and text in survey.variables:
        return survey.variables[text]
    if text in DERIVED:
        return Variable(text, (), QuestionKind.SINGLE, _("File"))
    field = field or canonical(text)
    if field in survey.fields:
        return survey.variables[survey.fields[field]]
    called = survey.fields.get(field_called(text))
    return _by_header(survey, text) or (survey.variables[called] if called else None)


def _by_header(survey: Survey, header: str) -> Variable | None:
    """The variable with a header: exactly, then folded; whole, then as the last part of a path that only one has."""
    if header in survey.variables:
        return survey.variables[header]
    forms: tuple[Callable[[str], str], ...] = (str, fold, header_key)
    for form in forms:
        wanted = form(header)
        for variable in survey.variables.values():
            single = len(variable.parts) == 1 or (variable.parts and variable.parts[0].header == header)
            if form(variable.name) == wanted or (single and form(variable.parts[0].header) == wanted):
                return variable
    labelled = [v for v in survey.variables.values() if v.label and not v.part_of and fold(v.label) == fold(header)]
    tails = [v for v in survey.variables.values() if header_key(header) in _tails(v.name)]
    for found in ([v for v in tails if not v.part_of], tails, labelled):
        if len(found) == 1:
            return found[0]
    return None


def _tails(name: str) -> set[str]:
    """The last part of a path; hyphens stand between groups in some exports."""
    return {header_key(last_part(name)), header_key(name.rpartition("-")[2])}


def _not_found(survey: Survey, text: str) -> FieldError:
    files = ", ".join(dict.fromkeys(layout.source.file for layout in survey.layouts))
    parts = [part.strip() for part in _LISTED.split(text)]
    if len(parts) > 1 and all(part and _find(survey, part) for part in parts):
        message = _('{files}: there is no field or column "{name}". Name each by itself: --by {first} --by {second}')
        return FieldError(message.format(files=files, name=text, first=parts[0], second=parts[1]))
    field = "" if text.startswith("=") else field_called(text)
    if not field:
        return survey.missing(text.removeprefix("="))
    source = _BANDED.get(field, "")
    if source in survey.fields:
        message = _(
            '{files}: no column holds the {name}, but "{column}" holds the {source_name}. Cut it into bands: '
            "--by {source}:{bands}"
        )
        told = {"name": heading(field).lower(), "source_name": heading(source).lower()}
        return FieldError(message.format(files=files, column=survey.fields[source], source=source, bands=_CUTS, **told))
    columns = [v.name for v in survey.variables.values() if not v.part_of and not v.ours]
    message = _("{files}: no column looks like the {name}. Columns are: {columns}. Say which: --column {field}=HEADER")
    shown = nearest(text, columns, next(iter(files.split(", "))))
    return FieldError(message.format(files=files, name=heading(field).lower(), field=field, columns=shown))


def _personal(survey: Survey, text: str, variable: Variable) -> FieldError:
    files = ", ".join(dict.fromkeys(layout.source.file for layout in survey.layouts))
    message = _('{files}: "{name}" holds personal data, which is never shown or counted by. Take another column.')
    if variable.name in survey.held_back:
        message = _(
            '{files}: the values of "{name}" look like names or numbers of people, which are never shown or counted '
            "by. Take another column, or say --include {name} if they are none."
        )
    return FieldError(message.format(files=files, name=text))
