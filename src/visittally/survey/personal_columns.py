"""Columns that hold personal data: by their headers, by the form, by what their cells look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _
from visittally.survey.exporters import plain_header
from visittally.survey.field_choice import PERSONAL_FIELDS
from visittally.survey.fields import alias_ranks, header_list
from visittally.survey.headers import last_part, residents
from visittally.survey.one_table import draft
from visittally.survey.personal_headers import personal_alias, personal_words, speaks_of_places
from visittally.survey.variables import QuestionKind, Role
from visittally.words.folding import one_line
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from visittally.reading.blocks import TableSource
    from visittally.survey.all_tables import Merged
    from visittally.survey.forms import Form
    from visittally.survey.profiles import Profile

_FEWEST = 3
"""Fewer different answers tell nothing about a column."""


_AMOUNT = pattern(
    r"(?i)(?<![^\W_])(?:income|earn(?:s|ed|ings)|expen\w*|costs?|prices?|amounts?|salar(?:y|ies)|wages?|revenue|savings?"
    r"|loans?|debts?|rent|budget|population|area|yield|harvest|turnover|sales)(?![^\W_])"
    r"|金额|总额|收入|支出|费用|花费|价格|单价|工资|存款|贷款|欠款|补贴|补助|面积|产量|产值|人口|造价|投资|资金"
    r"|(?<![^\W_])(?:ingres|gast|mont|import|preci|preç|despes|rend[ai]|custo|cost|salari|salár|revenu|dépens|depens"
    r"|prix|coût|cout|salair|penghasil|pendapat|pengeluar|biaya|harga|mapato|matumizi|gharama|bei|kipato)\w*"
    r"|thu nhập|chi phí|chi tiêu|giá|доход|расход|сумма|цен[аы]|стоимост|зарплат|دخل|مبلغ|سعر|تكلفة|راتب"
    r"|आय|आम्दानी|खर्च|राशि|मूल्य|रकम"
)
"""A header that asks for an amount: long numbers below it are what it says."""
_NUMBER = pattern(
    r"(?i)phone|(?<![^\W_])(?:tel|mobile|account|card|passport|id|no|number|nr|num|cell)(?![^\W_])"
    r"|号|电话|手机|证|账|卡|cuenta|conta(?![^\W_])|compte|tel[eé]f|m[oó]vil|nomor|rekening|akaunti|simu"
    r"|сч[её]т|телефон|карт|номер|حساب|هاتف|رقم|खाता|फोन|नम्बर|नंबर|điện thoại|tài khoản"
)
"""Unless it asks for a number of somebody."""


@dataclass(frozen=True, slots=True)
class PersonalColumns:
    """Columns of a table that hold, or could hold, personal data.

    Attributes:
        certain: Positions of those whose header or form type says so.
        likely: Names of others, whose headers or answers look like it.
    """

    certain: frozenset[int]
    likely: tuple[str, ...]


def judge_personal(source: TableSource, form: Form | None = None, include: Collection[str] = ()) -> PersonalColumns:
    """Find the columns of a table that hold personal data, whatever tables are to be made of it.

    Columns most of whose values look like names of people are certain too, unless `include` names them.

    Options of a multi-select ("by phone") hold none, whatever they are called. Household ids stay: they are what
    households are counted by.
    """
    certain: set[int] = set()
    likely: list[str] = []
    people = residents([name for name in source.header if name])
    certain.update(i for i, name in enumerate(source.header) if one_line(name) in people or name in people)
    for one in draft(source, form).drafts:
        names = (one.name, *one.aliases, *([one.question.label] if one.question and one.question.label else ()))
        fields = {field for name in names for field in alias_ranks(last_part(name))}
        if one.part_of or any(part.role is Role.OPTION for part in one.parts) or "household_id" in fields:
            continue
        if (
            (one.question and one.question.personal)
            or any(map(personal_alias, names))
            or (
                not one.own
                and not fields & PERSONAL_FIELDS
                and not {*names} & {*include}
                and _are_names(one.kind, one.profile, names)
            )
        ):
            certain.update(one.positions)
        elif not one.own and (
            fields & PERSONAL_FIELDS
            or any(map(personal_words, names))
            or _personal_answers(one.kind, one.profile)
            or _are_numbers(one.kind, one.profile, names)
        ):
            likely.append(one.name)
    return PersonalColumns(frozenset(certain), tuple(likely))


def personal_columns(source: TableSource, form: Form | None = None, include: Collection[str] = ()) -> frozenset[int]:
    """Positions of the columns whose header, form type or mostly names for values say that they hold personal data."""
    return judge_personal(source, form, include).certain


def personal_variables(merged: Mapping[str, Merged], shown: Collection[str] = ()) -> frozenset[str]:
    """Names of the variables that hold personal data: by form type, by header, by what the answers look like.

    Args:
        merged: The variables.
        shown: Names of those that the user wants to see whatever their answers look like.
    """
    located = {plain_header(name) for name in merged}
    found = set()
    for variable in merged.values():
        options = any(part.role is Role.OPTION for part in variable.parts)
        if variable.part_of or options:
            continue
        typed = any(d.question is not None and d.question.personal for d in variable.drafts.values())
        geopoint = any(f"_{plain_header(alias)}_latitude" in located for alias in variable.aliases)
        said = any(map(personal_words, variable.titles)) and not _kinds_of_targets(variable)
        looked_at = not variable.own and variable.name not in shown
        if typed or geopoint or said or (looked_at and _personal_answers(variable.kind, variable.profile)):
            found.add(variable.name)
    return frozenset(found)


def _kinds_of_targets(variable: Merged) -> bool:
    """Whether a column such as "whom we visited" holds kinds (households, schools) instead of names."""
    return bool(variable.profile.keys) and variable.profile.keys <= header_list("targets")


def _personal_answers(kind: QuestionKind, profile: Profile) -> bool:
    return kind is not QuestionKind.DATE and len(profile.values) >= _FEWEST and profile.personal


def columns_of_people(merged: Mapping[str, Merged]) -> frozenset[str]:
    """Names of the variables most of whose values look like names or numbers of people, whatever their headers say.

    Columns of places and offices, and questions with the options of a form, are none.
    """
    return frozenset(variable.name for variable in merged.values() if _holds_people(variable))


def _holds_people(variable: Merged) -> bool:
    options = any(part.role is Role.OPTION for part in variable.parts)
    listed = any(d.choices for d in variable.drafts.values())
    if variable.part_of or variable.own or options or listed:
        return False
    looked_at = variable.kind, variable.profile, variable.titles
    return _are_names(*looked_at) or _are_numbers(*looked_at)


def _are_names(kind: QuestionKind, profile: Profile, headers: Collection[str]) -> bool:
    """Whether most of the values of a column are names of people, and its headers do not speak of places."""
    return kind not in {QuestionKind.NUMBER, QuestionKind.DATE} and profile.of_names and not _of_places(headers)


def _are_numbers(kind: QuestionKind, profile: Profile, headers: Collection[str]) -> bool:
    """Whether most of the values of a column could be numbers of telephones or papers, and not codes of places."""
    if kind is QuestionKind.DATE or not profile.of_long_numbers:
        return False
    return not _of_places(headers) and not any(_AMOUNT.search(one) and not _NUMBER.search(one) for one in headers)


def _of_places(headers: Collection[str]) -> bool:
    return speaks_of_places(headers, {field for header in headers for field in alias_ranks(last_part(header))})


def held_back(names: Collection[str]) -> list[Notice]:
    """Say which columns are not shown, because their values look like names or numbers of people."""
    if not names:
        return []
    text = _(
        "Held back, because most of their values look like names of people or like numbers of telephones or papers: "
        "{names} (--include HEADER shows a column)."
    )
    return [Notice("names_held_back", text.format(names=", ".join(sorted(names))))]
