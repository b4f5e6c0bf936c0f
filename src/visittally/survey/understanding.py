"""Headers and sample answers of all tables -> the survey: which column is what."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from visittally.errors import FieldError, Notice
from visittally.messages import _
from visittally.survey.all_tables import Merged, absorb, fill_in, merge
from visittally.survey.alone import put_together, said_to_lack
from visittally.survey.asked_again import asked_again
from visittally.survey.field_choice import PERSONAL_FIELDS, Guesser
from visittally.survey.fields import (
    DAYS,
    ISSUE_NAMES,
    field_called,
    field_names,
    plain_fields,
    unknown_field,
)
from visittally.survey.headers import header_key, last_part
from visittally.survey.lookup import FieldRef, question, resolve
from visittally.survey.matrices import matrices
from visittally.survey.one_table import TableDraft, draft_tables
from visittally.survey.personal_columns import (
    PersonalColumns,
    columns_of_people,
    held_back,
    judge_personal,
    personal_columns,
    personal_variables,
)
from visittally.survey.personal_headers import bare_name
from visittally.survey.record_key import record_key
from visittally.survey.rows_of_visits import ISSUE_COLUMN, STATUS_COLUMN, VISIT_COLUMN
from visittally.survey.unfinished import unfinished
from visittally.survey.variables import (
    Guess,
    Layout,
    QuestionKind,
    Role,
    Survey,
    Variable,
)
from visittally.survey.yes_no_questions import consent_question, yes_no_columns
from visittally.words.codebook import Codebook
from visittally.words.dispositions import Dispositions
from visittally.words.folding import fold
from visittally.words.labels import heading
from visittally.words.outcomes import Outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.blocks import TableSource
    from visittally.survey.forms import Form

__all__ = ["FieldRef", "PersonalColumns", "judge_personal", "personal_columns", "question", "resolve", "understand"]

_OTHER_CODES = frozenset({"-888", "-777", "-666", "-555", "-96", "-88", "-66", "-77", "-97"})
"""Codes that forms use for "other", although most of them stand for refusals and the like elsewhere."""
_OTHER_ENDS = (
    "_oth",
    "_other",
    "_others",
    "_specify",
    "_oth_specify",
    "_other_specify",
    "_o",
    "_txt",
    "_autre",
    "_otro",
)
_NO_QUESTIONS = frozenset(
    {"note", "calculate", "calculate_here", "hidden", "start", "end", "today", "deviceid", "audit"}
)
"""Types of a form that nobody is asked."""
KEY_FIELD = "record_key"
"""The field of the key that the exporting tool gives each record; nobody names it."""
VISIT_FIELD = "visit_rows"
"""The field of the number of the visit that a row belongs to, which no file has; nobody names it."""
_ONE_ANSWER = frozenset({"county", "township", "village", "group", "visitor", "household_id"})
"""Fields whose cells hold one answer each, whatever they look like."""


def understand(
    sources: Sequence[TableSource],
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    form: Form | None = None,
    families: Mapping[str, Sequence[str]] | None = None,
    include: Sequence[str] = (),
) -> Survey:
    """Say what the columns of all tables mean together.

    Args:
        sources: The tables, in the order of the files.
        columns: Field -> header, as the user named them; of several each file takes the first that it has.
        form: The form behind the exports: labels, order, types and choices.
        families: Questions whose option columns the user named -> their headers.
        include: Headers of columns that are shown although their values look like names or numbers of people.

    Raises:
        FieldError: `columns` names a field that does not exist, a header that no file has, or personal data for a
            field that is shown.
    """
    tables = draft_tables(sources, form, families)
    merged = merge(tables)
    bound = _bound(columns or {}, merged, tables)
    included = {found for header in include if (found := _find(header, merged)) is not None}
    said = personal_variables(merged, included)
    people = columns_of_people(merged) - said - included - {*bound.values()}
    personal = said | people
    for field, variable in bound.items():
        if variable in personal and field not in PERSONAL_FIELDS:
            if not bare_name(variable):
                raise _not_for_a_field(field, variable, tables)
            personal -= {variable}
    alone = put_together(merged, tables, lambda own: _alone(own, columns or {}))
    guesser = Guesser(merged, personal)
    for field, variable in bound.items():
        if alone is None or field not in alone.fields:
            guesser.bind(field, variable)
    if alone is not None:
        guesser.fields.update(alone.fields)
        guesser.guesses.extend(alone.guesses)
    _guess(guesser)
    _complete(guesser, merged)
    ignored = _take_keys(guesser, merged)
    variables = _variables(guesser, merged, tables)
    layouts = tuple(_layout(number, table, merged) for number, table in enumerate(tables))
    notices = [
        *ignored,
        *held_back(people - {*guesser.fields.values()}),
        *([] if alone is None else said_to_lack(alone, tables)),
    ]
    if alone is not None and alone.given is not None and "issue" in guesser.fields:
        name = guesser.fields["issue"]
        variables[name] = replace(variables[name], given=alone.given)
    notices += [*matrices(merged), *unfinished(merged, tables), *asked_again(merged, guesser.fields)]
    consent, yes_no = consent_question(guesser), yes_no_columns(guesser)
    return Survey(layouts, variables, guesser.fields, tuple(guesser.guesses), tuple(notices), consent, yes_no, people)


def _bound(
    columns: Mapping[str, str | Sequence[str]], merged: dict[str, Merged], tables: Sequence[TableDraft]
) -> dict[str, str]:
    """The user's fields with the variables that they named; columns of files that call a field otherwise taken in."""
    bound: dict[str, str] = {}
    for name, named in columns.items():
        field = field_called(name.strip())
        if not field:
            raise unknown_field(name)
        headers = [named] if isinstance(named, str) else list(named)
        found = [_find(header, merged) for header in headers]
        here = [one for one in found if one is not None]
        if not here:
            raise _no_such_header(name, headers[0], merged, tables)
        variable = here[0]
        for other in dict.fromkeys(here[1:]):
            if other != variable:
                fill_in(merged, variable, other)
        bound[field] = variable
        if field in ISSUE_NAMES:
            bound.setdefault("issue", variable)
    return bound


def _find(header: str, merged: Mapping[str, Merged]) -> str | None:
    """Name of the variable that a header means: exactly, folded, or as the last part of a path that only one has."""
    for form in (str, fold, header_key):
        wanted = form(header)
        for variable in merged.values():
            if wanted and any(form(alias) == wanted for alias in variable.aliases):
                return variable.name
    tails = [m.name for m in merged.values() if not m.part_of and header_key(last_part(m.name)) == header_key(header)]
    return tails[0] if len(tails) == 1 else None


def _not_for_a_field(field: str, variable: str, tables: Sequence[TableDraft]) -> FieldError:
    return FieldError(
        _('{files}: "{column}" holds personal data and cannot be the {field}, which is shown.').format(
            files=_names(tables), column=variable, field=heading(field).lower()
        )
    )


def _names(tables: Sequence[TableDraft]) -> str:
    return ", ".join(dict.fromkeys(table.source.file for table in tables))


def _no_such_header(field: str, header: str, merged: Mapping[str, Merged], tables: Sequence[TableDraft]) -> FieldError:
    import difflib

    names = [m.name for m in merged.values() if not m.part_of]
    near = difflib.get_close_matches(header, names, 3)
    listed = near or names[:40]
    return FieldError(
        _('{files}: there is no column "{header}" to take as the {field}. {hint}').format(
            files=_names(tables),
            header=header,
            field=heading(field).lower(),
            hint=(_("Did you mean {names}?") if near else _("Columns are: {names}.")).format(names=", ".join(listed)),
        )
    )


def _alone(own: dict[str, Merged], columns: Mapping[str, str | Sequence[str]]) -> Guesser:
    """The fields of some tables by themselves; of the columns that the user named those that they have."""
    guesser = Guesser(own, personal_variables(own) | columns_of_people(own))
    for name, listed in columns.items():
        headers = (listed,) if isinstance(listed, str) else listed
        field = field_called(name.strip())
        variable = next((found for header in headers if (found := _find(header, own)) is not None), None)
        if variable is not None:
            guesser.personal -= {variable} if field not in PERSONAL_FIELDS else set()
            for one in (field, "issue") if field in ISSUE_NAMES else (field,):
                guesser.bind(one, variable)
    _guess(guesser)
    return guesser


@cache
def _codebook() -> Codebook:
    """The codebook that comes with the program, loaded where an answer has to be judged by it."""
    return Codebook.load()


def _guess(guesser: Guesser) -> None:
    def category(answer: str) -> bool:
        return _codebook().category(answer) is not None

    guesser.village()
    guesser.kind_of_issue(lambda answer: _codebook().issue_type(answer) is not None, category)
    guesser.issue(category)
    guesser.by_vocabulary("status", Dispositions.load().knows, Outcomes.load().knows)
    guesser.by_vocabulary("visit_outcome", Outcomes.load().knows)
    guesser.visited()
    for name in plain_fields():
        guesser.plain(name)


def _complete(guesser: Guesser, merged: dict[str, Merged]) -> None:
    """Take in the columns of files that call a field otherwise; they are no rivals of it then."""
    for name, chosen in list(guesser.fields.items()):
        if merged[chosen].part_of or name in ISSUE_NAMES[1:]:
            continue
        wanted = "category" if name == "issue" else name
        for other in [m for m in merged.values() if m.name != chosen and not m.part_of and len(m.parts) == 1]:
            known = wanted in _alias_fields() and guesser.rank(wanted, other) is not None
            if known and other.name not in guesser.fields.values() and other.profile.filled:
                absorb(merged, chosen, other.name)
    guesser.guesses = [_still_there(guess, merged) for guess in guesser.guesses]


def _still_there(guess: Guess, merged: Mapping[str, Merged]) -> Guess:
    """A guess without the rivals that were taken in; without any rival left it is certain."""
    rivals = tuple(name for name in guess.runners_up if name in merged)
    return guess if rivals == guess.runners_up else replace(guess, runners_up=rivals, certain=not rivals)


@cache
def _alias_fields() -> frozenset[str]:
    return frozenset(field_names()) - {"issue", "file", "sheet"}


def _take_keys(guesser: Guesser, merged: Mapping[str, Merged]) -> list[Notice]:
    """Take the columns that tell records apart, and those that were added to the files."""
    key, ignored = record_key(merged)
    if key and KEY_FIELD not in guesser.fields:
        guesser.fields[KEY_FIELD] = key
    if VISIT_COLUMN in merged:
        guesser.fields[VISIT_FIELD] = VISIT_COLUMN
    if ISSUE_COLUMN in merged:
        guesser.fields |= dict.fromkeys(("issue", "category"), ISSUE_COLUMN)
    if STATUS_COLUMN in merged:
        guesser.fields["status"] = STATUS_COLUMN
    elif "status" not in guesser.fields and "closure_kind" in guesser.fields:
        guesser.fields["status"] = guesser.fields["closure_kind"]
    return ignored


def _variables(guesser: Guesser, merged: Mapping[str, Merged], tables: Sequence[TableDraft]) -> dict[str, Variable]:
    serves: dict[str, list[str]] = {}
    for name, chosen in sorted(
        guesser.fields.items(), key=lambda pair: (*field_names(), KEY_FIELD, VISIT_FIELD).index(pair[0])
    ):
        serves.setdefault(chosen, []).append(name)
    personal = guesser.personal | {guesser.fields[f] for f in ("household_id",) if f in guesser.fields}
    visitor = guesser.fields.get("visitor")
    if visitor and any(char.isalpha() for value in merged[visitor].profile.values for char in value[:1]):
        personal |= {visitor}
    found: dict[str, Variable] = {}
    for variable in merged.values():
        own = tuple(serves.get(variable.name, ()))
        tools = [tables[number].tool for number in variable.drafts]
        kind = _kind(variable, frozenset(own))
        found[variable.name] = Variable(
            variable.name,
            variable.parts,
            kind,
            next((d.label for d in variable.drafts.values() if d.label), ""),
            next((d.choices for d in variable.drafts.values() if d.choices), ()),
            next((tool for tool in tools if tool), ""),
            variable.name in personal or variable.part_of in personal,
            variable.own or _numbers_records(variable, own) or (not own and _asks_nothing(variable)),
            own,
            _evidence(variable, kind, own, guesser),
            variable.part_of,
            variable.profile.decimal_comma,
            variable.first.beside,
            _other_code(variable, merged),
            all_asked=variable.first.all_asked,
            names=tuple(dict.fromkeys((variable.name, *(draft.name for draft in variable.drafts.values())))),
        )
    return found


def _other_code(variable: Merged, merged: Mapping[str, Merged]) -> str:
    """The negative code that stands for "other", where a column of texts beside the question says what is meant."""
    codes = {part.option for part in variable.parts if part.role is Role.OPTION} | variable.profile.keys
    codes = {last for code in codes if (last := code.split()[-1] if code.split() else "") in _OTHER_CODES}
    beside = (merged[name] for end in _OTHER_ENDS if (name := f"{variable.name}{end}") in merged)
    written = any(m.profile.filled and m.kind is not QuestionKind.NUMBER for m in beside)
    return min(codes) if len(codes) == 1 and written else ""


def _kind(variable: Merged, fields: frozenset[str]) -> QuestionKind:
    """The type of a variable; what a field is decides where answers could mean several things."""
    if len(variable.parts) > 1:
        return variable.kind
    if fields & _ONE_ANSWER:
        return QuestionKind.SINGLE
    return QuestionKind.DATE if fields.intersection(DAYS) else variable.kind


def _asks_nothing(variable: Merged) -> bool:
    """Whether the form says that a column is a note, or what the form worked out by itself."""
    question = variable.first.question
    return question is not None and question.type in _NO_QUESTIONS


def _numbers_records(variable: Merged, fields: Sequence[str]) -> bool:
    """Whether a column only numbers the records: it asks nothing."""
    profile = variable.profile
    return bool({"visit_id", "issue_id"} & set(fields)) and len(profile.values) >= 0.9 * profile.filled > 1


def _evidence(variable: Merged, kind: QuestionKind, fields: Sequence[str], guesser: Guesser) -> str:
    """Why a variable was understood so, in one line."""
    said = []
    first = variable.first
    options = [part for part in variable.parts if part.role is Role.OPTION]
    mentions = [part for part in variable.parts if part.role is Role.MENTION]
    if first.question is not None and first.question.type:
        said.append(_("type {type} in the form").format(type=first.question.type))
    if options:
        said.append(_("{count} option columns").format(count=len(options)))
    if mentions:
        said.append(_("{count} mentions").format(count=len(mentions)))
    if kind is QuestionKind.MULTI and len(variable.parts) == 1 and first.question is None:
        said.append(_("several answers in a cell"))
    shown = [
        name for name in fields if name not in {KEY_FIELD, VISIT_FIELD, *(ISSUE_NAMES[1:] if "issue" in fields else ())}
    ]
    said += [_("taken as {field}").format(field=heading(name)) for name in shown]
    if variable.name in guesser.personal:
        said.append(_("personal"))
    if variable.own:
        said.append(_("added by the exporting tool"))
    return _("; ").join(said)


def _layout(number: int, table: TableDraft, merged: Mapping[str, Merged]) -> Layout:
    columns = {m.name: m.positions(number) for m in merged.values()}
    return Layout(table.source, table.tool, columns, table.unused)
