"""How visits ended: outcome words -> final disposition codes of AAPOR and columns of the coverage table."""

from __future__ import annotations

from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import language
from visittally.words.aapor import CODES
from visittally.words.folding import fold
from visittally.words.lists import check_codes, shipped
from visittally.words.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS = ("completed", "refused", "absent", "not_eligible", "other")
"""What a visit can have come to, as the coverage table counts it."""
_EDGES = " .,;:!()。，；：！（）"


@dataclass(frozen=True)
class Outcomes:
    """Outcome words and what they mean.

    Attributes:
        own: The user's outcomes -> AAPOR codes.
    """

    own: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, outcomes: Mapping[str, str] | None = None) -> Outcomes:
        """The outcomes that come with the program, with the user's own.

        Args:
            outcomes: Raw outcome -> AAPOR code, as under [outcomes] of visittally.toml.

        Raises:
            ConfigError: An outcome leads to a code that does not exist.
        """
        check_codes("outcomes", outcomes or {}, CODES)
        return cls({fold(raw): code for raw, code in (outcomes or {}).items()})

    def code(self, raw: str) -> str | None:
        """The AAPOR code of a raw outcome, or None where it is blank or not known.

        >>> known = Outcomes.load()
        >>> [known.code(s) for s in ("完成", "拒访", "Not at home", "yes", "NE", "?")]
        ['I', 'R', 'NC', 'I', 'NE', None]
        """
        return self._find(raw) or _table("answers").get(fold(raw).strip(_EDGES))

    def knows(self, raw: str) -> bool:
        """Whether a raw value is an outcome word, which a plain yes or no is not."""
        return self._find(raw) is not None

    def _find(self, raw: str) -> str | None:
        folded = fold(raw)
        if folded in self.own:
            return self.own[folded]
        if raw.strip() in CODES:
            return raw.strip()
        text = folded.strip(_EDGES)
        return (
            None if text in words("blank") else _table("words").get(text) or _table("words").get(text.replace("_", " "))
        )

    def group(self, raw: str) -> str:
        """The column of the coverage table for a raw outcome, one of `GROUPS`; "other" where unknown."""
        code = self.code(raw)
        return "other" if code is None else str(shipped("outcomes")[code]["group"])

    @staticmethod
    def label(code: str, lang: str = "") -> str:
        """The name of an AAPOR code for people, in the current language unless one is given."""
        return str(shipped("outcomes")[code]["zh" if (lang or language()) == "zh" else "en"])


@cache
def _table(key: str) -> Mapping[str, str]:
    """Folded words (or answers to a consent question) -> AAPOR code."""
    found: dict[str, str] = {}
    for code, table in shipped("outcomes").items():
        names = (table["en"], table["zh"]) if key == "words" else ()
        for word in (*names, *table.get(key, ())):
            found.setdefault(fold(word).strip(_EDGES), code)
    return found
