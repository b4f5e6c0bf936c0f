"""Questions answered by yes and no: whether somebody wants to be interviewed; columns that may be options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.survey.column_looks import yes_no
from visittally.survey.headers import header_words, last_part

if TYPE_CHECKING:
    from visittally.survey.field_choice import Guesser

_CONSENT = frozenset(
    {"consent", "consented", "consentement", "consentimiento", "consentimento", "persetujuan", "agree", "agreed"}
)
_CONSENT_TO = frozenset(
    {"photo", "photos", "picture", "contact", "contacted", "phone", "call", "record", "recording", "audio", "video"}
    | {"image", "gps", "share", "sharing", "referral", "followup", "follow", "back", "recontact", "data"}
)  # fmt: skip
"""Words that say to what else than the interview somebody consents."""


def consent_question(guesser: Guesser) -> str:
    """Name of a yes/no question that asks whether somebody wants to be interviewed, "" where there is none."""
    for variable in guesser.merged.values():
        said = {word for header in {variable.name, variable.first.label} for word in header_words(last_part(header))}
        asks = bool(said & _CONSENT) or "同意" in variable.name
        free = not variable.part_of and variable.name not in guesser.personal
        asks = asks and free and not said & _CONSENT_TO and variable.name not in guesser.fields.values()
        if asks and yes_no(variable):
            return variable.name
    return ""


_SIDE_BY_SIDE = 3
"""So many columns of yes and no beside each other may be the options of one question."""


def yes_no_columns(guesser: Guesser) -> tuple[str, ...]:
    """The longest run of columns side by side that are answered by yes and no and are nothing else."""
    taken = set(guesser.fields.values()) | guesser.personal
    longest: list[str] = []
    run: list[str] = []
    for variable in guesser.merged.values():
        fits = (
            not variable.part_of and not variable.own and variable.name not in taken and yes_no(variable, refused=True)
        )
        if not fits:
            run = []
            continue
        run.append(variable.name)
        if len(run) > len(longest):
            longest = run
    return tuple(longest) if len(longest) >= _SIDE_BY_SIDE else ()
