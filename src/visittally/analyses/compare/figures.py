"""What a part of a survey comes to: visits, households, places, issues, what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.compare.parts import ComparedPart, sliced, sliced_keys
from visittally.analyses.unit import Unit, times_of
from visittally.answers.axes import code_axis
from visittally.answers.coding import explode, per_value
from visittally.answers.issues import IssueCoding, code_issues
from visittally.counting.plan import Dimension, Plan
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.words.codebook import Codebook
from visittally.words.joined import ROW_SEPARATOR
from visittally.words.outcomes import Outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis
    from visittally.survey.variables import Variable


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A number, or where `base` is given a share of it; `ratio`: so many for each 100, which is no share."""

    n: int
    base: int | None = None
    ratio: bool = False

    @property
    def percent(self) -> float | None:
        """The share (or ratio) in per cent; None for a number, and without a base."""
        return 100 * self.n / self.base if self.base else None


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """Which columns tell what a part comes to; None where the files have none.

    Attributes:
        unit: What makes a case of several records.
    """

    village: Axis | None
    issue: Axis | None
    status: Axis | None
    outcome: Variable | None
    household: Variable | None
    case: Unit

    @classmethod
    def of(cls, campaign: Campaign, case: Unit, across: Axis | None) -> FigurePlan:
        """Find the columns of a campaign.

        Args:
            campaign: The files.
            case: What is counted as one case.
            across: What stands for the issue.
        """
        issue = across or campaign.axis_of_field("issue")
        status = campaign.axis_of_field("status") if issue is not None and issue.field == "issue" else None
        survey = campaign.survey
        return cls(
            campaign.axis_of_field("village"),
            issue,
            status,
            survey.of_field("visit_outcome"),
            survey.of_field("household_id"),
            case,
        )

    @property
    def unit(self) -> tuple[str, ...]:
        """What makes a case of several records."""
        return self.case.key

    @property
    def _place(self) -> tuple[Dimension, ...]:
        return () if self.village is None else (self.village.dimension,)

    @property
    def cases(self) -> tuple[Dimension, ...]:
        """The dimensions by which cases are counted: the issue, else whatever there is.

        Never places and issues together: beside the days of a split there would be as many combinations as records.
        """
        found = self._place if self.issue is None else (self.issue.dimension,)
        return (*(found or (Dimension("file"),)), *((Dimension(self.case.households),) if self.case.households else ()))

    @property
    def rows(self) -> tuple[Dimension, ...]:
        """The dimension by which issues are counted row by row, where each row is one."""
        return (self.issue.dimension,) if self.issue is not None and self.case.rows else ()

    @property
    def statuses(self) -> tuple[Dimension, ...]:
        """The dimensions by which issues are followed up."""
        if self.issue is None or self.status is None:
            return ()
        return (self.issue.dimension, self.status.dimension)

    @property
    def outcomes(self) -> tuple[Dimension, ...]:
        """The dimension of how visits ended."""
        return () if self.outcome is None else (Dimension(self.outcome.name),)

    def plan(self, campaign: Campaign, slice_: Dimension | None) -> Plan:
        """All that must be counted, apart for each value of a slice."""
        groups = [sliced(campaign, slice_, self.cases, self.unit)]
        groups += [sliced(campaign, slice_, self._place, self.unit)] if self._place else []
        groups += [sliced(campaign, slice_, self.statuses)] if self.statuses else []
        groups += [sliced(campaign, slice_, self.rows)] if self.rows else []
        groups += [sliced(campaign, slice_, self.outcomes, self.unit)] if self.outcomes else []
        keys = [sliced_keys(slice_, self._place, (self.household.name,))] if self.household is not None else []
        return Plan(tuple(groups), tuple(keys))

    def figures(self, part: ComparedPart) -> dict[str, ComparedFigure]:
        """What a part comes to: name of the indicator -> figure, as far as the columns tell."""
        frame = part.frame(self.cases, self.unit)
        several = bool(self.case.households)
        visits = int((times_of(frame, len(self.cases) - 1) if several else frame.counts).sum())
        found = {"visits": ComparedFigure(visits)}
        if self.household is not None:
            found["households"] = ComparedFigure(self._households(part))
        if self.village is not None:
            village, values, places = (
                self.village,
                part.values(self._place, self.unit, 0),
                part.frame(self._place, self.unit),
            )
            coded = part.once("village", lambda: code_axis(village, values, part.campaign.settings)).coding
            lines = explode(places, {0: coded.aligned(places.values[0])})
            present = {coded.keys[i] for i in lines[0].tolist()} - {""}
            found["villages"] = ComparedFigure(len(present))
        issues = self._issues(part, self.cases, self.unit, 0) if self.issue is not None else None
        if issues is not None:
            n = self._mentions(part, issues)
            found["mentions"] = ComparedFigure(n)
            found["per_100"] = ComparedFigure(n, visits, ratio=True)
        if self.statuses and issues is not None:
            found |= self._handled(part)
        if self.outcomes:
            found |= self._outcomes(part)
        return found

    def _mentions(self, part: ComparedPart, issues: IssueCoding) -> int:
        """How many issues were named; where each row is one, row by row."""
        if self.rows:
            rows = part.frame(self.rows)
            coding = self._issues(part, self.rows, (), 0).coding.aligned(rows.values[0])
            return int(explode(rows, {0: coding})["n"].sum())
        frame = part.frame(self.cases, self.unit)
        return int(explode(frame, {0: issues.coding.aligned(frame.values[0])})["n"].sum())

    def _issues(
        self, part: ComparedPart, dimensions: Sequence[Dimension], unit: tuple[str, ...], at: int
    ) -> IssueCoding:
        """What the values of the issue mean, learnt from the whole survey."""
        issue, settings = self.issue, part.campaign.settings
        assert issue is not None
        values = part.values(dimensions, unit, at)
        codebook = Codebook.load(settings.codebook)
        return part.once(("issues", tuple(dimensions), unit), lambda: code_issues(issue, values, settings, codebook))

    def _households(self, part: ComparedPart) -> int:
        assert self.household is not None
        maps: list[Mapping[str, str]] = []
        if self.village is not None:
            planned = sliced_keys(part.slice, self._place, (self.household.name,))
            keys = part.counts.tally.keys.get(planned)
            values = {} if keys is None else dict.fromkeys((c[-1] for c in keys.combinations), 1)
            coding = code_axis(self.village, values, part.campaign.settings).coding
            maps.append({v: coding.keys[own[0]] for v, own in zip(values, coding.lists(), strict=True)})
        return part.distinct(self._place, (self.household.name,), maps)

    def _handled(self, part: ComparedPart) -> dict[str, ComparedFigure]:
        """Issues handled and resolved, of those collected: each mention of a record has its status."""
        frame = part.frame(self.statuses)
        known = part.campaign.dispositions
        codes = [known.disposition(value) for value in frame.values[1]]
        facts = {
            "collected": per_value(frame, 1, [not known.excluded(c) for c in codes]),
            "handled": per_value(frame, 1, [known.handled(c) for c in codes]),
            "resolved": per_value(frame, 1, [known.resolved(c) for c in codes]),
        }
        coding = self._issues(part, self.statuses, (), 0).coding.aligned(frame.values[0])
        lines = explode(frame, {0: coding}, facts)
        sums = {name: int(lines.only(lines[name])["n"].sum()) for name in facts}
        return {
            "collected": ComparedFigure(sums["collected"]),
            "handled": ComparedFigure(sums["handled"], sums["collected"]),
            "resolved": ComparedFigure(sums["resolved"], sums["collected"]),
        }

    def _outcomes(self, part: ComparedPart) -> dict[str, ComparedFigure]:
        """Visits completed and refused, of all."""
        frame = part.frame(self.outcomes, self.unit)
        known = Outcomes.load(part.campaign.settings.outcomes)
        groups = [known.group(value.split(ROW_SEPARATOR)[0]) for value in frame.values[0]]
        total = int(frame.counts.sum())
        found = {}
        for name in ("completed", "refused"):
            hit = per_value(frame, 0, [group == name for group in groups])
            found[name] = ComparedFigure(int(frame.counts[hit].sum()), total)
        return found


def indicator_label(name: str) -> str:
    """What an indicator is called."""
    return {
        "visits": _("Visits"),
        "households": _("Households"),
        "villages": _("Villages"),
        "mentions": _("Issues named"),
        "per_100": _("Issues per 100 visits"),
        "collected": _("Issues collected"),
        "handled": _("Issues handled"),
        "resolved": _("Issues resolved"),
        "completed": _("Visits completed"),
        "refused": _("Visits refused"),
    }.get(name, name)
