"""What the columns of one table mean by themselves, before tables are put together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.survey.asked_families import asked_families, refuse_unknown
from visittally.survey.exporters import (
    is_own,
    plain_header,
    recognise,
    writes_codes,
)
from visittally.survey.families import find_families
from visittally.survey.family import (
    Family,
    Member,
    NamedFamily,
    named_families,
    question_before,
    without_shared,
)
from visittally.survey.forms import Form, FormQuestion, form_of
from visittally.survey.headers import Heading, headings
from visittally.survey.numbered import told_by_ordinals
from visittally.survey.profiles import (
    Profile,
    beside,
    combined,
    profiles,
)
from visittally.survey.rows_of_visits import ADDED_COLUMNS
from visittally.survey.variables import (
    Choice,
    Part,
    QuestionKind,
    Role,
)
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.reading.blocks import TableSource
    from visittally.reading.described import Description

_HOW_MANY = pattern(
    r"(?i)\b(?:how many|(?:number|no\.?|num|count|total) of)\b"
    r"|(?<![^\W_])(?:(?:hh|household|family|group)[ _]?size|size of|members|children)(?![^\W_])"
    r"|人口|人数|几口人|几人|几个|多少|数量|个数|户数|次数|口数|头数|间数"
    r"|\b(?:cu[aá]nt[oa]s|quant[oa]s|n[uú]mero de|combien|idadi|jumlah|berapa|kaç)\b|\bnombre d|\btaille d"
    r"|tama[nñ](?:o|ho) d[eo]|ukubwa wa kaya|عدد|كم |حجم|сколько|количеств|число |размер |संख्या|कितन|आकार"
    r"|bao nhiêu|số lượng"
)
"""A header that asks for a number: small ones are no steps of a scale then."""
_HOW_GOOD = pattern(
    r"(?i)satisf|rating|\brate\b|score|scale|满意|评分|打分|程度|评价|رضا|доволь|оцен|संतुष्ट|puntua|note\b"
)
_LIST = 3
"""A list of answers has so many at least."""
_SEVERAL = pattern(
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
        group: What stands over several columns, this one among them, and what stands there over it alone; or "", "".
        beside: As in `Variable`.
        named: Whether a header names the question.
        all_asked: As in `Family`.
    """

    name: str
    parts: tuple[Part, ...]
    positions: tuple[int, ...]
    profile: Profile
    kind: QuestionKind
    label: str = ""
    aliases: tuple[str, ...] = ()
    question: FormQuestion | None = None
    own: bool = False
    part_of: str = ""
    group: tuple[str, str] = ("", "")
    beside: str = ""
    named: bool = True
    all_asked: bool = False

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


@dataclass(frozen=True)
class _Look:
    """A table as it was looked at: its headings, sample records and what each column holds."""

    source: TableSource
    found: tuple[Heading, ...]
    sample: Sequence[Sequence[str]]
    columns: tuple[Profile, ...]

    @classmethod
    def at(cls, source: TableSource) -> _Look:
        found, sample = headings(source), source.sampled
        return cls(source, found, sample, profiles(sample, len(found)))


def draft(source: TableSource, form: Form | None = None) -> TableDraft:
    """Understand the columns of one table; see `draft_tables`."""
    return draft_tables([source], form)[0]


def draft_tables(
    sources: Sequence[TableSource], form: Form | None = None, asked: Mapping[str, Sequence[str]] | None = None
) -> tuple[TableDraft, ...]:
    """Understand the columns of each table.

    Tables with the same headers are judged by the answers of all of them together, so that it does not matter how
    records are spread over files; what proves to be a family in one table is one in the others, too.

    Args:
        sources: The tables.
        form: Their form, which decides types, labels and the order of options.
        asked: Questions whose columns the user named.

    Raises:
        FieldError: `asked` names a header that no table has.
    """
    asked = asked or {}
    looks = [_Look.at(source) for source in sources]
    alike: dict[tuple[str, ...], list[_Look]] = {}
    for look in looks:
        alike.setdefault(tuple(h.name for h in look.found), []).append(look)
    together = {
        key: tuple(map(combined, zip(*(g.columns for g in group), strict=True))) for key, group in alike.items()
    }
    refuse_unknown(asked, [h for look in looks for h in look.found], ", ".join(dict.fromkeys(s.file for s in sources)))
    named = {key: tuple(asked_families(asked, group[0].found, together[key])) for key, group in alike.items()}
    families = {key: _families(group, together[key], named[key]) for key, group in alike.items()}
    if len(alike) > 1:
        known = tuple(
            dict.fromkeys(n for key, found in families.items() for n in named_families(found, alike[key][0].found))
        )
        families = {key: _families(group, together[key], (*named[key], *known)) for key, group in alike.items()}
    made = {}
    for key, group in alike.items():
        first = None
        for look in group:
            if first is not None and _says_the_same(look.source, first.source):
                made[id(look)] = _once_more(first, look)
                continue
            made[id(look)] = _draft(look, families[key], together[key], form_of(look.source.described, form))
            first = first or made[id(look)]
    return tuple(made[id(look)] for look in looks)


def _says_the_same(source: TableSource, first: TableSource) -> bool:
    """Whether all that a table says about its columns, beyond their names, is what another one says."""
    return source.header_rows == first.header_rows and source.described == first.described


def _once_more(first: TableDraft, look: _Look) -> TableDraft:
    """The draft of a table like another one: the same, but for the answers of its own."""
    drafts = (replace(draft, profile=_own_profile(draft, look.columns)) for draft in first.drafts)
    return TableDraft(look.source, first.tool, tuple(drafts), first.unused)


def _own_profile(draft: Draft, columns: Sequence[Profile]) -> Profile:
    whole = [columns[position] for position in draft.positions]
    one = len(whole) == 1 or draft.parts[0].role is Role.PARENT
    return whole[0] if one else beside(whole)


def _families(
    group: Sequence[_Look], columns: Sequence[Profile], known: Sequence[NamedFamily] = ()
) -> tuple[Family, ...]:
    sample = [record for look in group for record in look.sample]
    return find_families(group[0].found, columns, sample, (*_described(group[0]), *known))


def _described(look: _Look) -> Iterator[NamedFamily]:
    """The questions that the file itself says to be held by several columns."""
    labels = {one.name: one.label for one in look.source.described.columns}
    for one in look.source.described.sets:
        texts = [labels.get(name, "") for name in one.columns]
        texts = without_shared(texts) if all(texts) and len(set(texts)) == len(texts) else texts
        members = tuple((name, name, text) for name, text in zip(one.columns, texts, strict=True))
        role = Role.OPTION if one.counted else Role.MENTION
        joined = one.beside or any(other.beside == one.name for other in look.source.described.sets)
        sure = bool(joined or one.counted)
        found = NamedFamily(one.name, members, role, "", QuestionKind.MULTI, one.beside, asked=sure)
        yield replace(found, all_asked=one.all_asked)
    yield from _labelled_mentions(look.source.described)


def _labelled_mentions(said: Description) -> Iterator[NamedFamily]:
    """First, second ... answers of one list, as labels of columns tell them, whatever the columns are called."""
    listed = {one.name: one.choices for one in said.columns if len(one.choices) >= _LIST}
    labels = {one.name: one.label for one in said.columns if one.label and one.name in listed}
    for stem, names in told_by_ordinals(labels):
        if len({listed[name] for name in names}) == 1:
            members = tuple((name, name, "") for name in names)
            yield NamedFamily(stem, members, Role.MENTION, "", QuestionKind.MULTI)


def _draft(look: _Look, families: Sequence[Family], together: Sequence[Profile], form: Form) -> TableDraft:
    found = look.found
    tool = recognise([h.name if h.label else h.header or h.name for h in found], together, look.source.header_rows)
    table = _Table(found, look.columns, together, tool, form)
    drafts: dict[int, list[Draft]] = {}
    for family in families:
        made = list(_family_drafts(family, table))
        drafts[min(d.positions[0] for d in made)] = made
    within = {m.position for f in families for m in f.members} | {
        position for f in families if f.parent is not None for position in (f.parent, *f.others)
    }
    for heading in found:
        if heading.name and heading.position not in within:
            drafts[heading.position] = [_single(heading, table)]
    ordered = _unique(d for _position, group in sorted(drafts.items()) for d in group)
    unused = tuple(h.position for h in found if not h.name and h.position not in within)
    return TableDraft(look.source, tool, tuple(ordered), unused)


@dataclass(frozen=True)
class _Table:
    """What drafts are made from: `columns` are this table's answers, `together` those of all tables like it."""

    found: Sequence[Heading]
    columns: Sequence[Profile]
    together: Sequence[Profile]
    tool: str
    form: Form


def _unique(drafts: Iterator[Draft]) -> list[Draft]:
    """A family's stem may be the name of a column as well: the later one is numbered."""
    names: dict[str, int] = {}
    found = []
    for one in drafts:
        names[one.name] = names.get(one.name, 0) + 1
        found.append(replace(one, name=f"{one.name} ({names[one.name]})") if names[one.name] > 1 else one)
    return found


def _single(heading: Heading, table: _Table) -> Draft:
    question = table.form.find(plain_header(heading.name))
    return Draft(
        heading.name,
        (Part(heading.header),),
        (heading.position,),
        table.columns[heading.position],
        _kind(heading.label or heading.name, table.together[heading.position], question, table.tool),
        heading.label or (question.label if question else ""),
        _aliases(heading, table.tool),
        question,
        heading.name in ADDED_COLUMNS or is_own(heading.name, table.tool),
        group=(heading.top, heading.below),
    )


def _aliases(heading: Heading, tool: str) -> tuple[str, ...]:
    tail = heading.name.rpartition("-")[2] if tool == "odk" and " " not in heading.name else ""
    return tuple(
        dict.fromkeys(a for a in (heading.name, heading.header, heading.below, heading.label, heading.last, tail) if a)
    )


def _kind(name: str, profile: Profile, question: FormQuestion | None, tool: str) -> QuestionKind:
    if question is not None and question.kind is not None:
        return question.kind
    if question is not None and question.media:
        return QuestionKind.TEXT
    kind = profile.kind(codes=writes_codes(tool), several=bool(_SEVERAL.search(name)))
    counted = kind is QuestionKind.SCALE and _HOW_MANY.search(name) and not _HOW_GOOD.search(name)
    return QuestionKind.NUMBER if counted else kind


def _family_drafts(family: Family, table: _Table) -> Iterator[Draft]:
    """The family as one variable, then each of its columns as a variable by itself."""
    found = table.found
    question = table.form.find(plain_header(family.name)) or _question_of_mentions(family, table)
    order = {choice.name: rank for rank, choice in enumerate(question.choices)} if question else {}
    labels = {choice.name: choice.label for choice in question.choices} if question else {}
    members = sorted(family.members, key=lambda m: order.get(m.option, len(order))) if order else family.members
    told, described = _described_options(family, table)
    parts = [
        Part(found[m.position].header, family.role, m.option, labels.get(m.option) or m.label or told.get(m, ""))
        for m in members
    ]
    positions = [m.position for m in members]
    aliases: tuple[str, ...] = (family.name,)
    if family.parent is not None:
        joined = (family.parent, *family.others)
        parts = [*(Part(found[i].header, Role.PARENT) for i in joined), *parts]
        positions = [*joined, *positions]
        aliases = (*(alias for i in joined for alias in _aliases(found[i], table.tool)), family.name)
    whole = [table.columns[i] for i in positions]
    profile = whole[0] if family.parent is not None and not family.others else beside(whole)
    label = (question.label if question else "") or family.label or described
    yield Draft(
        family.name,
        tuple(parts),
        tuple(positions),
        profile,
        family.kind,
        label,
        tuple(dict.fromkeys(aliases)),
        question,
        beside=family.beside,
        named=family.named,
        all_asked=family.all_asked,
    )
    yield from (_member_draft(family, member, table) for member in family.members)


def _question_of_mentions(family: Family, table: _Table) -> FormQuestion | None:
    """The question of columns with one mention each: each has the options, and the same ones, in the form."""
    if family.role is not Role.MENTION:
        return None
    asked = [table.form.find(plain_header(table.found[m.position].name)) for m in family.members]
    choices: dict[str, Choice] = {}
    for one in asked:
        if one is None or not one.choices or any(choices.setdefault(c.name, c) != c for c in one.choices):
            return None
    return FormQuestion(family.name, "select_multiple", choices=tuple(choices.values()))


def _described_options(family: Family, table: _Table) -> tuple[dict[Member, str], str]:
    """The options as the file labels their columns, and the question that these labels begin with."""
    if family.role is not Role.OPTION or len(family.members) < 2:
        return {}, ""
    asked = [table.form.find(plain_header(table.found[m.position].name)) for m in family.members]
    texts = [one.label if one is not None else "" for one in asked]
    if not all(texts) or len(set(texts)) < len(texts):
        return {}, ""
    told = without_shared(texts)
    return dict(zip(family.members, told, strict=True)), question_before(texts) if told != texts else ""


def _member_draft(family: Family, member: Member, table: _Table) -> Draft:
    heading = table.found[member.position]
    kind = table.together[member.position].kind()
    own = f"{family.name} {member.option or f'({member.position + 1})'}"
    return Draft(
        own if heading.name in {"", family.name} else heading.name,
        (Part(heading.header),),
        (member.position,),
        table.columns[member.position],
        QuestionKind.SINGLE if kind is QuestionKind.SCALE else kind,
        member.label or member.option,
        tuple(a for a in (heading.name, heading.header) if a),
        part_of=family.name,
    )


def different_answers(one: Draft) -> int:
    """How many different answers a variable has: its options, or the values of its cells."""
    options = sum(1 for part in one.parts if part.role is Role.OPTION)
    return options or len(one.profile.keys)
