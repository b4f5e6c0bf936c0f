"""The column with the key that the exporting tool gives each record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _
from visittally.survey.exporters import key_header, looks_like_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visittally.survey.all_tables import Merged


def record_key(merged: Mapping[str, Merged]) -> tuple[str, list[Notice]]:
    """The variable with the key that the exporting tool gives each record, if it behaves like one."""
    ignored: list[Notice] = []
    for variable in merged.values():
        if variable.part_of or not any(key_header(part.header, "odk") for part in variable.parts):
            continue
        unlike = [number for number, d in variable.drafts.items() if d.profile.filled and not _differ(d.profile.values)]
        if not unlike:
            return variable.name, ignored
        ignored.append(
            Notice(
                "key_ignored",
                _(
                    '"{column}" is not used to tell records apart: too many of its values come again or are no keys.'
                ).format(column=variable.name),
            )
        )
    return "", ignored


def _differ(values: Mapping[str, int]) -> bool:
    keys = {value: n for value, n in values.items() if looks_like_key(value)}
    count = sum(keys.values())
    return count * 2 >= sum(values.values()) and len(keys) >= 0.9 * count
