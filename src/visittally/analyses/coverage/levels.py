"""How many different places, households and forms there are, and the ratios between them."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from visittally.analyses.rows import distinct_by
from visittally.analyses.unit import decide_unit
from visittally.answers.axes import code_axis
from visittally.answers.coding import explode
from visittally.answers.issues import code_issues
from visittally.counting.plan import Dimension, Distinct, Group
from visittally.dataclass import dataclass
from visittally.messages import _, language
from visittally.words.codebook import Codebook
from visittally.words.folding import fold
from visittally.words.labels import heading
from visittally.words.place_words import joint_word, several
from visittally.words.places import name_places
from visittally.words.quantities import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.coverage.targets import Target
    from visittally.analyses.coverage.visits import Visits
    from visittally.counting.tally import Frame, Tally
    from visittally.errors import Notice
    from visittally.words.places import Places

LEVELS = ("county", "township", "village", "group", "unit")
FORMS = ("forms_issued", "forms_returned", "forms_valid")
LAST_DAYS = 7
"""The days before the deadline whose share of the visits is told."""
_NAMES = {"county": "counties", "township": "townships", "village": "villages", "group": "groups", "unit": "units"}
_COMMUNITY = ("社区", "居委会", "居民委员会", "community")
_COMMUNITY_KINDS = frozenset({"社区", "居委会", "居民委员会", "居", "城市社区", "community", "urban", "neighbourhood"})
_VILLAGE_KINDS = frozenset({"村", "行政村", "自然村", "农村", "village", "rural"})


@dataclass(frozen=True, slots=True)
class LevelPlan:
    """What is counted for the levels and ratios.

    Attributes:
        places: Level -> its group: the place within the one above it, the village with its kind.
        forms: Field -> its group.
        issues: The issue, by visit; None without an issue.
        households: Distinct households; None where the visits are counted by household already.
        visitors: Who visited; None where nobody is named.
    """

    places: Mapping[str, Group]
    forms: Mapping[str, Group]
    issues: Group | None
    households: Distinct | None
    visitors: Group | None = None

    @classmethod
    def of(cls, campaign: Campaign, *, by_household: bool) -> LevelPlan:
        """Plan for a campaign."""
        survey = campaign.survey
        found = {name: survey.of_field(name) for name in (*LEVELS, *FORMS, "place_kind", "household_id")}
        here = {name: Dimension(variable.name) for name, variable in found.items() if variable is not None}
        places = {level: Group((here[level],)) for level in LEVELS if level in here}
        if "village" in here and "group" in here:
            places["group"] = Group((here["village"], here["group"]))
        if "village" in here and "place_kind" in here:
            places["village"] = Group((here["village"], here["place_kind"]))
        issue = campaign.axis_of_field("issue")
        issues = None if issue is None else Group((issue.dimension,), decide_unit(campaign).key)
        household = found["household_id"]
        households = None
        if household is not None and not by_household:
            home = () if campaign.home is None else (campaign.home.dimension,)
            households = Distinct(home, (household.name,))
        who = campaign.axis_of_field("visitor")
        visitors = None if who is None else Group((who.dimension,))
        return cls(places, {f: Group((here[f],)) for f in FORMS if f in here}, issues, households, visitors)

    @property
    def groups(self) -> tuple[Group, ...]:
        """All planned groups."""
        others = (group for group in (self.issues, self.visitors) if group is not None)
        return (*self.places.values(), *self.forms.values(), *others)

    @property
    def distinct(self) -> tuple[Distinct, ...]:
        """All planned keys."""
        return () if self.households is None else (self.households,)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One number for another; `per` is 100 where the ratio is told for a hundred."""

    name: str
    numerator: float | int
    denominator: float | int
    per: int = 1
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Levels:
    """How many there are of everything.

    Attributes:
        counts: Level -> number, in the order of printing.
        approximate: Levels whose number is not exact.
        ratios: The ratios.
        several_kinds: Whether enterprises, schools and the like have household keys, too.
        notes: How things were told apart.
        notices: What people should know.
        own_words: What the file itself calls a level that our word does not fit, such as a district.
    """

    counts: Mapping[str, float | int]
    approximate: frozenset[str]
    ratios: tuple[Ratio, ...]
    several_kinds: bool = False
    notes: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = field(default=())
    own_words: Mapping[str, str] = field(default_factory=dict)


def count_levels(
    campaign: Campaign,
    plan: LevelPlan,
    tally: Tally,
    visits: Visits,
    as_of: date | None,
    *,
    by_household: bool,
    planned: Target | None = None,
) -> Levels:
    """Count the levels and divide them by each other.

    Args:
        campaign: The campaign.
        plan: What was planned.
        tally: What was counted.
        visits: How far the visits got.
        as_of: The deadline; None without dates.
        by_household: Whether `visits` counts households.
        planned: The number that the roster plans in all; None without a roster.
    """
    counts: dict[str, float | int] = {}
    notes: list[str] = []
    for level, group in plan.places.items():
        frame = tally.frame(group)
        if level == "village":
            counts |= _villages(campaign, frame, with_kind=len(group.dimensions) > 1, notes=notes)
        else:
            counts[_NAMES[level]] = len(_named(campaign, level, frame))
    households = _households(campaign, plan, tally, visits, by_household=by_household)
    if households is not None:
        counts["households"] = households
    mentions, cases, notices = _issues(campaign, plan, tally)
    counts["visits"] = tally.records if cases is None else cases
    if plan.visitors is not None:
        counts["visitors"] = _visitors(campaign, tally.frame(plan.visitors))
    approximate = set()
    for name, group in plan.forms.items():
        counts[name], about = _sum(tally.frame(group))
        approximate |= {name} if about else set()
    keyless = visits.keyless if by_household else tally.keyless.get(plan.households, 0) if plan.households else 0
    known = {**counts, "to_households": counts["visits"] - keyless}
    if planned is not None and planned.value:
        known["planned"] = planned.value
        approximate |= {"planned"} if planned.approximate else set()
    ratios = _ratios(known, mentions, visits, as_of, approximate)
    kinds = campaign.survey.of_field("target_type") is not None
    words = _own_words(campaign)
    if counts.get("communities"):
        words.pop("villages", None)  # what one word stands for is told as two kinds
    return Levels(counts, frozenset(approximate), tuple(ratios), kinds, tuple(notes), tuple(notices), words)


def _own_words(campaign: Campaign) -> dict[str, str]:
    """What the file calls its places: a district or woreda of another country is no county."""
    found = {}
    for level in ("county", "township", "village", "group"):
        variable = campaign.survey.of_field(level)
        header = "" if variable is None else variable.name.rpartition("/")[2]
        headers = () if variable is None else variable.names
        word = joint_word(headers, level, heading(level), language())
        if word:
            found[_NAMES[level]] = several(word)
        elif level in ("county", "township") and header.isascii() and fold(header) not in ("", level, _NAMES[level]):
            found[_NAMES[level]] = header
    return found


def _called(campaign: Campaign, level: str, values: Mapping[str, int]) -> Places:
    variable = campaign.survey.of_field(level)
    codes = [choice.name for choice in variable.choices] if variable is not None else []
    return name_places(values, campaign.settings.aliases.get(level, {}), codes)


def _named(campaign: Campaign, level: str, frame: Frame) -> set[tuple[str, ...]]:
    """The different names of a place, each within the one that stands before it in the group."""
    fields = ("village", "group") if level == "group" and len(frame.values) > 1 else (level,)
    names = []
    for i, name in enumerate(fields):
        names.append(_called(campaign, name, frame.value_counts(i)))
    last = len(fields) - 1
    rows = ([frame.values[i][row[i]] for i in range(len(fields))] for row in frame.codes.tolist())
    found = {tuple(places.name(raw) for places, raw in zip(names, row, strict=True)) for row in rows}
    return {row for row in found if row[last]}


def _villages(campaign: Campaign, frame: Frame, *, with_kind: bool, notes: list[str]) -> dict[str, int]:
    """Villages and communities, which are two kinds of the same level."""
    places = _called(campaign, "village", frame.value_counts(0))
    kinds: dict[str, set[str]] = {}
    for row in frame.codes.tolist():
        name = places.name(frame.values[0][row[0]])
        if name:
            kinds.setdefault(name, set()).add(fold(frame.values[1][row[1]]) if with_kind else "")
    communities = {name for name, said in kinds.items() if _is_community(name, said)}
    if not communities:
        return {"villages": len(kinds)}
    if not with_kind or any("" in said for said in kinds.values()):
        notes.append(_("Communities are told from villages by the end of their names."))
    villages = {"villages": n} if (n := len(kinds) - len(communities)) else {}
    return {**villages, "communities": len(communities)}


def _is_community(name: str, kinds: set[str]) -> bool:
    if kinds & _COMMUNITY_KINDS or kinds & _VILLAGE_KINDS:
        return not kinds & _VILLAGE_KINDS
    return fold(name).endswith(_COMMUNITY)


def _visitors(campaign: Campaign, frame: Frame) -> int:
    """How many people visited, each once, also where a cell names several."""
    axis = campaign.axis_of_field("visitor")
    assert axis is not None
    coded = code_axis(axis, frame.value_counts(0), campaign.settings)
    used = {i for found in coded.coding.lists() for i in found}
    return sum(1 for i in used if coded.coding.keys[i])


def _households(campaign: Campaign, plan: LevelPlan, tally: Tally, visits: Visits, *, by_household: bool) -> int | None:
    if by_household:
        return visits.visited(()) - visits.keyless
    if plan.households is None:
        return None
    return distinct_by(tally, plan.households, (), None, campaign.settings, within=campaign.home)[()]


def _issues(campaign: Campaign, plan: LevelPlan, tally: Tally) -> tuple[int | None, int | None, tuple[Notice, ...]]:
    """Issues raised, and the visits in which they could be."""
    issue = campaign.axis_of_field("issue")
    if plan.issues is None or issue is None:
        return None, None, ()
    frame = tally.frame(plan.issues)
    coded = code_issues(issue, frame.value_counts(0), campaign.settings, Codebook.load(campaign.settings.codebook))
    mentions = explode(frame, {0: coded.coding.aligned(frame.values[0])})
    return int(mentions["n"].sum()), int(frame.counts.sum()), coded.notices


def _sum(frame: Frame) -> tuple[float | int, bool]:
    """The sum of a column of numbers, and whether one of them is approximate."""
    total: float | int = 0
    about = False
    for value, n in frame.value_counts(0).items():
        quantity = parse(value)
        if quantity.value is not None:
            total += quantity.value * n
            about |= quantity.approximate
    return total, about


def _ratios(
    counts: Mapping[str, float | int], mentions: int | None, visits: Visits, as_of: date | None, approximate: set[str]
) -> list[Ratio]:
    found = []

    def add(name: str, numerator: str, denominator: str) -> None:
        if counts.get(denominator) and numerator in counts:
            about = not approximate.isdisjoint({numerator, denominator})
            found.append(Ratio(name, counts[numerator], counts[denominator], approximate=about))

    unit, one = ("households", "household") if "households" in counts else ("visits", "visit")
    add(f"{unit}_per_group", unit, "groups")
    add("visits_per_household", "to_households", "households")
    add(f"{unit}_per_visitor", unit, "visitors")
    add("planned_per_visitor", "planned", "visitors")
    span = visits.spans.get(())
    if span is not None:
        found.append(Ratio(f"{unit}_per_day", counts[unit], span[1] - span[0] + 1))
    add(f"forms_per_{one}", "forms_issued", unit)
    add("forms_returned_per_issued", "forms_returned", "forms_issued")
    add("forms_valid_per_returned", "forms_valid", "forms_returned")
    if mentions is not None and counts["visits"]:
        found.append(Ratio("issues_per_100_visits", mentions, counts["visits"], 100))
    dated = sum(visits.by_day.values())
    if as_of is not None and dated:
        first = as_of.toordinal() - LAST_DAYS + 1
        late = sum(n for day, n in visits.by_day.items() if first <= day <= as_of.toordinal())
        found.append(Ratio(f"visits_in_last_{LAST_DAYS}_days", late, dated))
    return found
