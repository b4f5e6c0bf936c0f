"""What can go wrong, said for people: what, where, and what to do next."""

from __future__ import annotations

from visittally.dataclass import dataclass


class VisitTallyError(Exception):
    """The tool could not do what was asked for; the message says why and what to do.

    Attributes:
        exit_code: Exit status of the command line (1: could not do it, 2: wrong usage).
    """

    exit_code = 1


class InputError(VisitTallyError):
    """Files that cannot be read or are no tables; the message names each of them."""


class FieldError(VisitTallyError):
    """A field, column, question or table that is not there; the message names what there is."""


class ConfigError(VisitTallyError):
    """A configuration file with unknown keys or wrong values; all of them at once."""


class OutputError(VisitTallyError):
    """The output cannot be written; what was there before is untouched."""


class UsageError(VisitTallyError):
    """Options that do not go together."""

    exit_code = 2


PARTIAL = frozenset(
    (
        "files_without",
        "counts_left_out",
        "blanks_below",
        "nothing_above",
        "nothing_left",
        "mostly_nowhere",
        "may_be_above",
        "may_be_counts",
        "idle_condition",
        "labels_joined",
        "grain_unknown",
        "may_be_planned",
        "may_be_roster",
        "asked_again",
        "roster_total",
    )
)
"""Codes of notices that say that the result lacks records, or places of many of them: they come before all others."""


@dataclass(frozen=True, slots=True, order=True)
class Notice:
    """Something people should know that is no error.

    Attributes:
        code: Stable name of its kind, in English, for programs.
        message: One sentence in the user's language.
    """

    code: str
    message: str
