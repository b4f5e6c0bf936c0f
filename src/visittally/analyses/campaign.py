"""A run's files, understood: what every analysis starts from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.analyses.settled import settled as with_codes
from visittally.answers.axes import Axis, parts_of_days
from visittally.counting.conditions import UNMARKED, Matcher, check_limit, part_of_day_in, split_condition
from visittally.counting.plan import Condition, Dimension, Plan
from visittally.dataclass import dataclass
from visittally.errors import FieldError, Notice, UsageError
from visittally.messages import _, listing
from visittally.survey.fields import DERIVED
from visittally.words.dates import PERIODS, DateOrder
from visittally.words.dispositions import Dispositions
from visittally.words.labels import heading
from visittally.words.moments import CLOCKS
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np

    from visittally.counting.engine import Counts
    from visittally.counting.tasks import Runner
    from visittally.reading.inputs.source import ByteSource
    from visittally.reading.lexicon import Coded
    from visittally.settings import Settings
    from visittally.survey.counts import CountColumns
    from visittally.survey.forms import Form
    from visittally.survey.variables import Survey, Variable

_OF_ALL_TABLES = frozenset({"files_without", "few_files_without", "key_ignored"})
"""Notices that are found anew where tables are left out."""

HOMES = ("village", "group", "township", "county")
"""The places in which household numbers are unique, as far as files tell them: the first is taken."""

Progress = Callable[[Sequence[tuple[str, int]]], AbstractContextManager[Callable[[int], None] | None]]
"""Begins to show how far a reading of files, each with its bytes, has come; gives what is told of further stretches."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """The files of a run as one survey, and what was asked of it.

    Attributes:
        runner: Where partitions are counted; None: on this machine's cores.
        progress: Shows people how far a reading has come; None: nobody looks on.
        counts: What the columns hold where the files are tables of counts; None where they hold records.
    """

    settings: Settings
    survey: Survey
    form: Form | None = None
    runner: Runner | None = None
    progress: Progress | None = None
    counts: CountColumns | None = None

    def axis(self, name: str) -> Axis:
        """The axis that the user named.

        Raises:
            FieldError: There is no such field or column, or it must not be shown.
        """
        from visittally.survey.understanding import resolve

        if name in DERIVED and name not in self.survey.variables:
            return Axis(name, name, None)
        found = resolve(self.survey, name)
        field = next((f for f in found.variable.fields if f == name or name.startswith(f + ":")), "")
        field = field or (found.variable.fields[0] if found.variable.fields else "")
        return Axis(name, field, found.variable, found.suffix)

    def axis_of_field(self, field: str) -> Axis | None:
        """The axis of a canonical field, None where no column holds it."""
        variable = self.survey.of_field(field)
        return None if variable is None else Axis(field, field, variable)

    @property
    def dispositions(self) -> Dispositions:
        """What statuses mean in this run: by the user's words, by the labels of a form, by the vocabulary."""
        settings = self.settings
        return Dispositions.load(settings.statuses, settings.labelled_statuses, settings.status_options)

    @property
    def home(self) -> Axis | None:
        """The place in which household numbers are unique: the village, else the smallest place that is told."""
        return next((axis for field in HOMES if (axis := self.axis_of_field(field)) is not None), None)

    def matchers(self) -> tuple[Matcher, ...]:
        """The conditions of --where; of what is published also that nothing marks a record as sensitive.

        Raises:
            UsageError: A condition has no operator.
        """
        found = []
        for text in self.settings.where:
            try:
                name, sign, value = split_condition(text)
            except ValueError:
                message = _('--where "{text}": expected FIELD=VALUE (also != < <= > >=).').format(text=text)
                raise UsageError(message) from None
            axis = self.axis(name)
            projected = axis.suffix if axis.suffix in (*PERIODS, *CLOCKS) else ""
            if projected in CLOCKS:
                value = part_of_day_in(text, sign, value, projected, parts_of_days())
            if not projected and sign not in {"=", "!="}:
                check_limit(text, value, self._date_order(axis))
            condition = Condition(axis.dimension, sign, value, projected)
            found.append(Matcher(condition, text, self._date_order(axis), self._spaced(axis)))
        if (marks := self._sensitive_marks()) is not None:
            found.append(Matcher(Condition(Dimension(marks.name), UNMARKED, ""), marks.name))
        return tuple(found)

    def _sensitive_marks(self) -> Variable | None:
        """The column that marks records as nothing to be published, where tables are."""
        return self.survey.of_field("sensitive") if self.settings.public else None

    def _date_order(self, axis: Axis) -> DateOrder | None:
        return None if axis.variable is None else DateOrder.learn(self.sampled_values(axis.variable))

    def _spaced(self, axis: Axis) -> bool:
        """Whether the answers in a cell are joined by spaces, as form tools join codes."""
        from visittally.answers.book import learn
        from visittally.survey.variables import QuestionKind

        variable = axis.variable
        if variable is None or variable.kind is not QuestionKind.MULTI or len(variable.parts) > 1:
            return False
        return learn(variable, self.sampled_values(variable)).separator == " "

    def sampled_values(self, variable: Variable) -> dict[str, int]:
        """Cells of a variable's first column in the sampled records, and how often each occurs."""
        values: dict[str, int] = {}
        for layout in self.survey.layouts:
            place = layout.place(variable.name)
            if place is not None:
                for row in layout.source.sampled:
                    values[row[place]] = values.get(row[place], 0) + 1
        return values

    def count(self, plan: Plan) -> Counts:
        """Read the files once and count what is planned, with the conditions, weight and record key of this run."""
        from visittally.counting.engine import count

        self._check_weight()
        matchers = self.matchers()
        whole = self._whole(plan, matchers)
        files = [(layout.source.file, layout.source.size) for layout in self.survey.layouts]
        with nullcontext() if self.progress is None else self.progress(files) as tick:
            return count(self.survey, whole, matchers, runner=self.runner, progress=tick)

    def records(self, dimensions: Sequence[Dimension], counts: Counts) -> Iterator[tuple[str, np.ndarray, list[Coded]]]:
        """Read the records that were counted one by one, for lists: file, lines and cells, block by block."""
        from visittally.counting.engine import records

        matchers = self.matchers()
        return records(self.survey, self._whole(Plan(), matchers), matchers, counts, dimensions)

    def _whole(self, plan: Plan, matchers: Sequence[Matcher]) -> Plan:
        """The plan with the conditions, weight and record key of this run."""
        key = self.survey.of_field("record_key")
        conditions = tuple(m.condition for m in matchers)
        record_key = "" if key is None else key.name
        return Plan(plan.groups, plan.distinct, conditions, self.weight_name(), record_key, plan.repeats)

    def weight_name(self) -> str:
        """Name of the variable with the weight, or ""."""
        if not self.settings.weight:
            return ""
        return self.weight_axis().name

    def weight_axis(self) -> Variable:
        """The variable with the weight.

        Raises:
            FieldError: There is no such column, or it is no single column.
        """
        variable = self.axis(self.settings.weight).variable
        if variable is None or len(variable.parts) != 1:
            message = _('"{name}" is no column of weights.').format(name=self.settings.weight)
            raise FieldError(message)
        return variable

    def _check_weight(self) -> None:
        """Refuse a weight without numbers before all its records are set aside."""
        from visittally.words.numbers import plain_weight, weight_of

        if not self.settings.weight:
            return
        variable = self.weight_axis()
        cells = [text for text in self.sampled_values(variable) if text.strip()]
        numbers = (plain_weight(text, decimal_comma=variable.decimal_comma) for text in cells)
        if cells and all(weight_of(text.lstrip("-")) is None for text in numbers):
            message = _('"{name}" holds no numbers: it cannot be the weight. Name the column that holds them.')
            raise FieldError(message.format(name=self.settings.weight))

    def weight_dimensions(self) -> tuple[Dimension, ...]:
        """The dimension of the weight to add to a group: none or one."""
        return (Dimension(self.weight_name()),) if self.settings.weight else ()

    def need_records(self) -> None:
        """Refuse files that hold counts: what is wanted takes single records.

        Raises:
            FieldError: The files are tables of counts.
        """
        if self.counts is not None:
            files = listing(dict.fromkeys(layout.source.file for layout in self.survey.layouts))
            text = _(
                "{files}: holds counts (each row a place or period), not single records; `summarize` adds them up. "
                "--counts no reads its rows as records."
            )
            raise FieldError(text.format(files=files))

    def notices(self) -> list[Notice]:
        """What was noticed while the files were found and understood."""
        found = [notice for layout in self.survey.layouts for notice in layout.source.notices]
        if (marks := self._sensitive_marks()) is not None:
            text = _('Records that "{column}" marks as sensitive are in no table, as these are to be published.')
            found.append(Notice("sensitive_left_out", text.format(column=marks.name)))
        return [*found, *self.survey.notices, *self._idle_conditions()]

    def unused_statuses(self) -> list[Notice]:
        """Say that words for statuses were given, and no column holds any."""
        if not self.settings.statuses or self.survey.of_field("status") is not None:
            return []
        text = _("Words for statuses were given, but no column holds statuses: --column status=HEADER names one.")
        return [Notice("statuses_unused", text)]

    def _idle_conditions(self) -> list[Notice]:
        """Say which conditions leave out what no record has, as far as all records were looked at."""
        layouts = self.survey.layouts
        if not self.settings.where or not all(layout.source.looked_through for layout in layouts):
            return []
        found = []
        for matcher in self.matchers():
            condition = matcher.condition
            variable = self.survey.variables.get(condition.dimension.variable)
            if condition.operator != "!=" or condition.projected or variable is None or len(variable.parts) > 1:
                continue
            values = self.sampled_values(variable)
            if values and all(matcher.matches(value, variable) for value in values):
                text = _(
                    '--where "{where}" leaves out nothing: no record has "{value}" as its "{column}". '
                    "Check the spelling, and the tables for what it may be called."
                )
                named = {"where": matcher.text, "value": condition.value, "column": variable.name}
                found.append(Notice("idle_condition", text.format(**named)))
        return found


def load(
    settings: Settings,
    *,
    runner: Runner | None = None,
    progress: Progress | None = None,
    files: Sequence[str | ByteSource] | None = None,
    joined: bool = True,
) -> Campaign:
    """Open the files and understand their columns.

    Args:
        settings: What was asked for.
        runner: Where partitions are counted; None: on this machine's cores.
        progress: Shows people how far a reading has come; None: nobody looks on.
        counts: What the columns hold where the files are tables of counts; None where they hold records.
        files: What is read instead of the files of the settings: a program may hand over what has no name.
        joined: Whether the records are made ready to be counted: repeated groups put together with their visits,
            blanks that mean "as above" filled. Without it they stay as they stand, but for columns named to be filled.

    Raises:
        InputError: Files that cannot be read or are no tables, all of them at once.
        FieldError: A field, a column or a question of --tick that is not there.
        UsageError: A sheet is named, but no input is a workbook.
    """
    from visittally.reading import open_sources
    from visittally.reading.inputs.source import ReadingOptions
    from visittally.survey.forms import read_form
    from visittally.survey.ledgers import settle, understand_rows
    from visittally.survey.profiles import remembered
    from visittally.survey.repeats import join_repeats
    from visittally.survey.rosters import perhaps_rosters
    from visittally.survey.turned import refuse_turned
    from visittally.survey.understanding import understand

    options = ReadingOptions(settings.encoding, settings.delimiter, settings.sheet)
    with remembered():
        sources = understand_rows(open_sources(settings.files if files is None else files, options))
        if joined:
            sources = join_repeats(sources, settings)
            if not settings.columns:
                refuse_turned(sources)
        if settings.labels and not settings.form:
            raise UsageError(_("--labels chooses among the languages of a form: name it with --form."))
        form = read_form(settings.form, settings.labels) if settings.form else None
        survey = understand(
            sources, columns=settings.columns, form=form, families=settings.family, include=settings.include
        )
        settled = settle(survey, settings.fill_down, never=settings.no_fill_down, as_they_are=not joined)
        if settled is not None:
            survey = understand(
                settled.tables, columns=settings.columns, form=form, families=settings.family, include=settings.include
            )
            survey = replace(survey, notices=(*survey.notices, *settled.notices))
        survey, counts = _counts_in_cells(survey, settings, form)
    if joined and counts is None:
        survey = replace(survey, notices=(*survey.notices, *perhaps_rosters(survey)))
    return Campaign(with_codes(settings, survey), survey, form, runner, progress, counts)


def _counts_in_cells(survey: Survey, settings: Settings, form: Form | None) -> tuple[Survey, CountColumns | None]:
    """The survey without tables of counts beside records; or with all of them, and what their columns hold.

    Raises:
        FieldError: --counts yes, but no table is one of counts.
    """
    from visittally.survey.counts import find_counts, may_be_counts
    from visittally.survey.understanding import understand

    found = None if settings.counts == "no" else find_counts(survey)
    if found is None:
        if settings.counts == "yes":
            text = _("--counts yes: no file holds a table of counts.")
            raise FieldError(text)
        doubtful = () if settings.counts == "no" else may_be_counts(survey)
        return replace(survey, notices=(*survey.notices, *doubtful)), None
    columns, tables = found
    if len(tables) == len(survey.layouts):
        return replace(survey, notices=(*survey.notices, *columns.notices)), columns
    left = [layout.source for number, layout in enumerate(survey.layouts) if number in tables]
    names = listing(f"{table.file} ({table.sheet})" if table.sheet else table.file for table in left)
    text = _(
        "Not counted, because they hold counts, not records: {names}. Alone they are added up "
        "(--counts no reads their rows as records)."
    )
    kept = [layout.source for number, layout in enumerate(survey.layouts) if number not in tables]
    again = understand(kept, columns=settings.columns, form=form, families=settings.family, include=settings.include)
    known = {notice for notice in survey.notices if notice not in again.notices and notice.code not in _OF_ALL_TABLES}
    notices = [notice for notice in survey.notices if notice in known]
    notice = Notice("counts_left_out", text.format(names=names))
    return replace(again, notices=(*again.notices, *notices, notice)), None


def guess_notices(survey: Survey, used: Iterable[str]) -> list[Notice]:
    """Say which columns were chosen for the fields that a command used, with the runners-up."""
    wanted = set(used)
    guesses = [guess for guess in survey.guesses if not guess.certain and guess.field in wanted]
    several = len(guesses) > 1
    said = []
    for guess in guesses:
        if several and guess.runners_up:
            text = _('"{column}" for the {name} ({field}; others: {others})')
        elif several:
            text = _('"{column}" for the {name} ({field})')
        elif guess.runners_up:
            text = _('"{column}" was taken for the {name}; others: {others} (--column {field}=HEADER takes another).')
        else:
            text = _('"{column}" was taken for the {name} (--column {field}=HEADER takes another).')
        others = listing(guess.runners_up[:2])
        name = heading(guess.field).lower()
        said.append(text.format(column=guess.chosen, name=name, field=guess.field, others=others))
    if several:
        text = _("Columns were taken for fields: {taken}. --column FIELD=HEADER takes another.")
        said = [text.format(taken=_("; ").join(said))]
    return [Notice("guessed_column", message) for message in said]


def texts_notice() -> Notice:
    """What must be said where people's own words are printed."""
    text = _(
        "Names cannot be found for certain in free texts; only telephones, ids and the like are masked. "
        "Look at the texts before you pass them on."
    )
    return Notice("names_in_texts", text)


def unique_notices(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """The notices without repetitions, in order; whatever values they hold, no telephone, id or e-mail is printed."""
    return tuple(dict.fromkeys(replace(notice, message=scrub(notice.message)) for notice in notices))
