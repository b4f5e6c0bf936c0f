"""Columns that ask for the issue once more, in another group of the form or with another number, and are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _, quoted
from visittally.survey.column_looks import is_rest, yes_no
from visittally.survey.headers import header_key, last_part
from visittally.survey.numbered import stem_of
from visittally.survey.variables import QuestionKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from visittally.survey.all_tables import Merged

_ANSWERS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTI, QuestionKind.TEXT})


def asked_again(merged: Mapping[str, Merged], fields: Mapping[str, str]) -> Iterator[Notice]:
    """Say which columns ask for what was taken for the issue as well, and how they are counted together.

    Args:
        merged: The variables by name.
        fields: Field -> name of the variable chosen.
    """
    issue = merged.get(fields.get("issue", ""))
    if issue is None:
        return
    taken, asked = {*fields.values()}, _asked(issue.name)
    again = [m for m in merged.values() if m.name not in taken and _asked(m.name) == asked and _answers_itself(m)]
    if again:
        together = [issue, *again]
        headers = ",".join(
            f"{m.name}/*" if m.parts[0].role is Role.OPTION and "/" in m.parts[0].header else m.parts[0].header
            for m in together
        )
        text = _(
            'Left out, because it asks again for what "{column}" asks: {names}. Together: --family "issue={headers}"'
        )
        names = quoted(m.name for m in again)
        yield Notice("asked_again", text.format(column=issue.name, names=names, headers=headers))


def _answers_itself(variable: Merged) -> bool:
    """Whether it holds answers, and is neither part of a question nor says something about one."""
    if variable.part_of or variable.own or is_rest(variable) or yes_no(variable):
        return False
    return variable.kind in _ANSWERS and variable.profile.filled > 0


def _asked(name: str) -> str:
    return header_key(stem_of(last_part(name)))
