"""What the columns of one table mean by themselves, before tables are put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from visittally.exporters import is_own, plain_header, recognise, writes_codes
from visittally.families import Family, find_families
from visittally.folding import fold
from visittally.forms import Form, Question
from visittally.headers import Heading, headings
from visittally.profiles import Profile, profiles
from visittally.survey import Choice, Part, QuestionKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.reading.blocks import TableSource

_SEVERAL = re.compile(
    r"(?i)(select|check|tick|choose|mark) (all|any)|all that apply|multiple (answers|choice|responses)|多选|可选多项"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A variable in one table.

    Attributes:
        name: What people call it.
        parts: Its columns, with `positions` in step.
        profile: The answers of its only column, of its parent, or (without one) of all its columns together.
        kind: Its type, from the form or the answers.
        aliases: Everything that one of its columns is called in this table: header, name, question's text.
        question: Its question in the form, where there is one.
        own: Whether the exporting tool added it.
        part_of: Name of the variable that the column belongs to, when it is a member by itself.
    """

    name: str
    parts: tuple[Part, ...]
    positions: tuple[int, ...]
    profile: Profile
    kind: QuestionKind
    label: str = ""
    aliases: tuple[str, ...] = ()
    question: Question | None = None
    own: bool = False
    part_of: str = ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Its options as the form lists them."""
        return self.question.choices if self.question else ()


@dataclass(frozen=True)
class TableDraft:
    """One table: its tool and its variables."""

    source: TableSource
    tool: str
    drafts: tuple[Draft, ...]
    unused: tuple[int, ...] = ()
    found: tuple[Heading, ...] = field(default=(), repr=False)


def draft(source: TableSource, form: Form | None = None) -> TableDraft:
    """Understand the columns of one table.

    Args:
        source: The table.
        form: Its form, which decides types, labels and the order of options.
    """
    found = headings(source)
    sample = source.sample()
    columns = profiles(sample, len(found))
    tool = recognise([h.header or h.name for h in found], columns, source.header_rows)
    families = find_families(found, columns, sample)
    form = form or Form()
    drafts: dict[int, list[Draft]] = {}
    taken: set[str] = set()
    for family in families:
        made = list(_family_drafts(family, found, columns, form, tool))
        drafts[min(d.positions[0] for d in made)] = made
        taken |= {d.name for d in made}
    within = {m.position for f in families for m in f.members} | {f.parent for f in families if f.parent is not None}
    for heading in found:
        if heading.name and heading.position not in within:
            drafts[heading.position] = [_single(heading, columns[heading.position], tool, form)]
    ordered = _unique(d for _position, group in sorted(drafts.items()) for d in group)
    unused = tuple(h.position for h in found if not h.name and h.position not in within)
    return TableDraft(source, tool, tuple(ordered), unused, found)


def _unique(drafts: Iterator[Draft]) -> list[Draft]:
    """A family's stem may be the name of a column as well: the later one is numbered."""
    names: dict[str, int] = {}
    found = []
    for one in drafts:
        names[one.name] = names.get(one.name, 0) + 1
        found.append(replace(one, name=f"{one.name} ({names[one.name]})") if names[one.name] > 1 else one)
    return found


def _single(heading: Heading, profile: Profile, tool: str, form: Form) -> Draft:
    question = form.find(plain_header(heading.name))
    return Draft(
        heading.name,
        (Part(heading.header),),
        (heading.position,),
        profile,
        _kind(heading.label or heading.name, profile, question, tool),
        heading.label or (question.label if question else ""),
        _aliases(heading, tool),
        question,
        is_own(heading.name, tool),
    )


def _aliases(heading: Heading, tool: str) -> tuple[str, ...]:
    tail = heading.name.rpartition("-")[2] if tool == "odk" and " " not in heading.name else ""
    return tuple(dict.fromkeys(a for a in (heading.name, heading.header, heading.below, heading.label, tail) if a))


def _kind(name: str, profile: Profile, question: Question | None, tool: str) -> QuestionKind:
    if question is not None and question.kind is not None:
        return question.kind
    if question is not None and question.media:
        return QuestionKind.TEXT
    return profile.kind(codes=writes_codes(tool), several=bool(_SEVERAL.search(name)))


def _family_drafts(
    family: Family, found: Sequence[Heading], columns: Sequence[Profile], form: Form, tool: str
) -> Iterator[Draft]:
    """The family as one variable, then each of its columns as a variable by itself."""
    question = form.find(plain_header(family.name))
    order = {choice.name: rank for rank, choice in enumerate(question.choices)} if question else {}
    labels = {choice.name: choice.label for choice in question.choices} if question else {}
    members = sorted(family.members, key=lambda m: order.get(m.option, len(order))) if order else family.members
    parts = [Part(found[m.position].header, family.role, m.option, labels.get(m.option) or m.label) for m in members]
    positions = [m.position for m in members]
    aliases: tuple[str, ...] = (family.name,)
    if family.parent is not None:
        parts.insert(0, Part(found[family.parent].header, Role.PARENT))
        positions.insert(0, family.parent)
        aliases = (*_aliases(found[family.parent], tool), family.name)
    profile = columns[family.parent] if family.parent is not None else _together([columns[i] for i in positions])
    label = question.label if question else ""
    yield Draft(
        family.name,
        tuple(parts),
        tuple(positions),
        profile,
        family.kind,
        label,
        tuple(dict.fromkeys(aliases)),
        question,
    )
    for member in family.members:
        heading, own = found[member.position], columns[member.position]
        kind = own.kind()
        yield Draft(
            f"{family.name} {member.option}" if heading.name in {"", family.name} else heading.name,
            (Part(heading.header),),
            (member.position,),
            own,
            QuestionKind.SINGLE if kind is QuestionKind.SCALE else kind,
            member.label or member.option,
            tuple(a for a in (heading.name, heading.header) if a),
            part_of=family.name,
        )


def _together(columns: Sequence[Profile]) -> Profile:
    """Answers of several columns as one profile; as full as the fullest of them."""
    values: dict[str, int] = {}
    for column in columns:
        for value, n in column.values.items():
            values[value] = values.get(value, 0) + n
    return Profile(max((c.records for c in columns), default=0), values)


def different_answers(one: Draft) -> int:
    """How many different answers a variable has: its options, or the values of its cells."""
    options = sum(1 for part in one.parts if part.role is Role.OPTION)
    return options or len({fold(value) for value in one.profile.values})
