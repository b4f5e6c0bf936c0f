"""Which columns a check looks at: who visited whom, where and when, and the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.counting.plan import Dimension, Group, Plan
from visittally.dataclass import dataclass
from visittally.survey.fields import DAYS, MOMENTS, PLACES
from visittally.survey.headers import header_words, last_part
from visittally.survey.projection import Projection
from visittally.survey.variables import QuestionKind, Variable
from visittally.words.folding import fold
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis

TIMES = (*MOMENTS, *DAYS)
_NUMBERED = ("visit_id", "issue_id", "household_id", "record_key")
NEARLY_ALL = 0.8
_OF_WHAT = frozenset(
    {"telephone", "phone", "number", "share", "location", "photo", "contact", "recording", "audio", "tank"}
)
"""What else consent is asked for."""
_PHONES = ("phone", "mobile", "telephone", "whatsapp", "电话", "手机", "联系方式")
_VISITED = (
    "respondent",
    "head of household",
    "household head",
    "hh head",
    "户主",
    "受访",
    "被访",
    "走访对象",
    "反映人",
    "诉求人",
)
_OF_VISITORS = (
    *("enumerator", "interviewer", "visitor", "staff", "supervisor", "device", "collector", "consent"),
    *("走访人", "走访干部", "调查员", "访问员", "填报", "填表", "经办", "包保", "联系干部", "责任人"),
)
_NO_QUESTIONS = frozenset(
    (
        *PLACES,
        *TIMES,
        *_NUMBERED,
        *("visitor", "visitor_unit", "visit_outcome", "duration_min", "campaign", "phase", "weight"),
        *("backcheck_result", "presence"),
    )
)
"""Fields that are no answers: who, where, when, and how the visit ended."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions by their kind: those with options, numbers, texts."""

    chosen: tuple[Variable, ...]
    numbers: tuple[Variable, ...]
    texts: tuple[Variable, ...]

    @property
    def all(self) -> tuple[Variable, ...]:
        """All of them."""
        return (*self.chosen, *self.numbers, *self.texts)


@dataclass(frozen=True, slots=True)
class CheckColumns:
    """What a check looks at.

    Attributes:
        visitor: Whose work is looked at, or what `--by` puts in its place; None where no column tells.
        village: The place of a household; None where no column tells.
        fields: Field -> the variable that holds it.
        questions: The questions.
        positions: The columns with latitude and longitude, in this order; or one with both; empty without.
        whole: All variables that hold columns of their own, for records that repeat another.
    """

    visitor: Axis | None
    village: Axis | None
    fields: dict[str, Variable]
    questions: Questions
    positions: tuple[Variable, ...]
    whole: tuple[Variable, ...]

    @property
    def plan(self) -> Plan:
        """What is counted before the records are read: each column by itself, so that its values can be named."""
        named = [axis.dimension for axis in (self.visitor, self.village) if axis is not None]
        named += [Dimension(v.name) for v in (*self.questions.chosen, *self.questions.numbers)]
        named += [Dimension(self.fields[f].name) for f in ("visit_outcome", "issue", "status") if f in self.fields]
        named += [Dimension(self.fields[f].name, Projection.DAY) for f in TIMES if f in self.fields]
        return Plan(tuple(Group((d,)) for d in dict.fromkeys(named)))


def columns_of(campaign: Campaign) -> CheckColumns:
    """Find the columns.

    Raises:
        FieldError: What `--by` or `--ignore` names is not there.
    """
    from visittally.survey.understanding import question

    survey, settings = campaign.survey, campaign.settings
    visitor = campaign.axis(settings.by[0]) if settings.by else campaign.axis_of_field("visitor")
    names = (
        *TIMES,
        *_NUMBERED,
        "duration_min",
        "visit_outcome",
        "issue",
        "status",
        "handling_text",
        "issue_text",
        "age",
        "closure_kind",
        "backcheck_result",
        "presence",
    )
    fields = {name: v for name in names if (v := survey.of_field(name)) is not None}
    ignored = {question(survey, name).name for name in settings.ignore}
    taken = {v.name for name in _NO_QUESTIONS if (v := survey.of_field(name)) is not None}
    if visitor is not None and visitor.variable is not None:
        taken.add(visitor.variable.name)
    fields |= _people(campaign)
    consent = None if "visit_outcome" in fields else _consent(campaign)
    if consent is not None:
        fields["visit_outcome"] = consent
    found = [
        v
        for v in survey.questions()
        if v.name not in taken and v.name not in ignored and v.kind is not QuestionKind.DATE and v != consent
    ]
    if campaign.form is not None:
        found = [v for v in found if not _calculated(v, campaign)]
    questions = Questions(
        tuple(v for v in found if v.kind not in (QuestionKind.NUMBER, QuestionKind.TEXT)),
        tuple(v for v in found if v.kind is QuestionKind.NUMBER),
        tuple(v for v in found if v.kind is QuestionKind.TEXT),
    )
    whole = tuple(
        v for v in survey.variables.values() if not v.part_of and not v.ours and v.name not in _running(fields)
    )
    return CheckColumns(visitor, campaign.axis_of_field("village"), fields, questions, _positions(campaign), whole)


def _people(campaign: Campaign) -> dict[str, Variable]:
    """The columns that hold who was visited, the telephone, and who came: compared, never shown."""
    found: dict[str, Variable] = {}
    visitor = campaign.survey.of_field("visitor")
    if visitor is not None and len(visitor.parts) == 1:
        found["visitor"] = visitor
    for variable in campaign.survey.variables.values():
        if not variable.personal or len(variable.parts) != 1 or variable == visitor:
            continue
        header = fold(last_part(variable.name))
        if any(word in header for word in _OF_VISITORS):
            continue
        if any(word in header for word in _PHONES):
            found.setdefault("phone", variable)
        elif any(word in header for word in _VISITED):
            found.setdefault("respondent", variable)
    return found


def _running(fields: dict[str, Variable]) -> set[str]:
    """Names of the columns with running numbers and keys, in which no two records are alike."""
    return {fields[name].name for name in ("visit_id", "issue_id", "record_key") if name in fields}


def _consent(campaign: Campaign) -> Variable | None:
    """The question whether somebody takes part, put to nearly all: it says how the visit ended."""
    asked = [
        v
        for v in campaign.survey.questions()
        if "consent" in (said := header_words(last_part(v.name)))
        and v.kind is QuestionKind.SINGLE
        and _OF_WHAT.isdisjoint(said)
    ]
    found = [(_answered(campaign, v), v) for v in asked]
    return next((v for share, v in found if share >= NEARLY_ALL), None)


def _answered(campaign: Campaign, variable: Variable) -> float:
    """The share of the sampled records in which a question has an answer."""
    places = [(layout, layout.place(variable.name)) for layout in campaign.survey.layouts]
    cells = [row[place] for layout, place in places if place is not None for row in layout.source.sampled]
    nothing = words("blank") | words("not_asked")
    return sum(key_of(cell) not in nothing for cell in cells) / len(cells) if cells else 0.0


def _calculated(variable: Variable, campaign: Campaign) -> bool:
    assert campaign.form is not None
    found = campaign.form.find(variable.name)
    return found is not None and found.type in ("calculate", "note", "hidden")


def _positions(campaign: Campaign) -> tuple[Variable, ...]:
    """The columns with the place of the interview."""
    variables = [v for v in campaign.survey.variables.values() if not v.part_of and len(v.parts) == 1]
    words = {v.name: last_part(v.name).casefold().strip("_ ") for v in variables}
    north = [v for v in variables if _ends(words[v.name], ("latitude", "lat", "纬度"))]
    east = [v for v in variables if _ends(words[v.name], ("longitude", "long", "lon", "lng", "经度"))]
    for latitude in north:
        stem = _stem(words[latitude.name])
        for longitude in east:
            if _stem(words[longitude.name]) == stem:
                return latitude, longitude
    return ()


def _ends(name: str, endings: tuple[str, ...]) -> bool:
    return any(
        name == end or name.endswith((f"_{end}", f".{end}", f"-{end}", f" {end}", f":{end}")) for end in endings
    ) or (name.endswith(endings) and endings[0].isascii() and len(name) > len(endings[0]) and endings[0] in name)


def _stem(name: str) -> str:
    for end in ("latitude", "longitude", "纬度", "经度", "lat", "long", "lon", "lng"):
        if name.endswith(end):
            return name.removesuffix(end).rstrip("_.-: ")
    return name
