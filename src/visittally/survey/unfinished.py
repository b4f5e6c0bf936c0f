"""Answers that nobody finished: tools export them beside the others and say so in a column of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import ngettext
from visittally.survey.exporters import is_finished, says_finished
from visittally.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.survey.all_tables import Merged
    from visittally.survey.one_table import TableDraft


def unfinished(merged: Mapping[str, Merged], tables: Sequence[TableDraft]) -> list[Notice]:
    """Say how many of the records that were looked at were left before their end.

    They count like the others: somebody was visited, and some of the questions were answered.
    """
    found = []
    for variable in merged.values():
        drafts = [d for number, d in variable.drafts.items() if says_finished(d.name, tables[number].tool)]
        if variable.part_of or not drafts:
            continue
        n = sum(draft.profile.records for draft in drafts)
        done = [value for draft in drafts for value in draft.profile.values if is_finished(value)]
        n -= sum(draft.profile.values[value] for draft in drafts for value in set(done) & set(draft.profile.values))
        if n and done:
            says_yes = fold(done[0]) in {"1", "true", "yes"}
            condition = f"{variable.name}={done[0]}" if says_yes else f"{variable.name}!="
            text = ngettext(
                '"{column}": {n:,} record was not completed. It counts like the others; --where "{condition}" leaves '
                "it out.",
                '"{column}": {n:,} records were not completed. They count like the others; --where "{condition}" '
                "leaves them out.",
                n,
            )
            found.append(Notice("unfinished", text.format(column=variable.name, n=n, condition=condition)))
    return found
