"""An analysis is a value: counted alone or beside others it finds the same, and several take one reading."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visittally import composing
from visittally.analyses.analysis import count_together, run
from visittally.analyses.campaign import load
from visittally.analyses.coverage.cover import cover
from visittally.analyses.followup.follow import follow
from visittally.analyses.questions.tabulate import tabulate
from visittally.analyses.summary.summarize import summarize
from visittally.analyses.toml_draft import explain
from visittally.counting.plan import Dimension, Distinct, Group, Plan, joined
from visittally.reading.text.delimited import DelimitedSource
from visittally.settings import Settings

ANALYSES = (summarize, cover, follow, tabulate)
HEADER = "_uuid,village,household_id,visit_date,issue,status,sex,age,remark"
CELLS = (
    st.sampled_from(["a", "b", "c", "d", ""]),
    st.sampled_from(["Ash", "ash", "Birch", ""]),
    st.sampled_from(["1", "2", ""]),
    st.sampled_from(["2026-03-01", "2026-03-02", ""]),
    st.sampled_from(["road", "water", "none", ""]),
    st.sampled_from(["open", "resolved", "whatever", ""]),
    st.sampled_from(["f", "m", ""]),
    st.sampled_from(["7", "30", "x", ""]),
    st.sampled_from(["good", "far away", ""]),
)
FIRST = [
    "u1,Ash,1,2026-03-01,road,open,f,30,good",
    "u2,Birch,2,2026-03-02,water,resolved,m,7,far away",
    "u3,Cedar,3,2026-03-02,school,open,f,31,",
]


@pytest.fixture
def readings(monkeypatch):
    """The files whose records are read: an entry for each reading, one of them to see what the columns hold."""
    found = []
    blocks = DelimitedSource.blocks

    def noted(self, *arguments, **options):
        found.append(self.file)
        return blocks(self, *arguments, **options)

    monkeypatch.setattr(DelimitedSource, "blocks", noted)
    return found


@pytest.mark.parametrize("options", [{}, {"by": ("township",)}, {"weight": "w"}, {"where": ("village=Ash",)}])
def test_a_report_counts_each_file_once(write, readings, options):
    """To look at it, and to count issues, coverage, follow-up, forty questions, the period of the visits."""
    questions = [f"q{i}" for i in range(50)]
    lines = [",".join(["township,village,visit_date,issue,status,w", *questions])]
    lines += [
        ",".join([f"T{i % 2},{'Ash' if i % 3 else 'Birch'},2026-03-0{1 + i},road,open,1", *["abc"[i % 3]] * 50])
        for i in range(6)
    ]
    files = tuple(write(f"{name}.csv", "\n".join(lines) + "\n") for name in "ab")
    roster = write("roster.csv", "township,village,planned\nT0,Ash,4\nT1,Birch,5\n")

    finished = composing.compose(load(Settings(files=files, roster=roster, **options)), "visittally report")

    assert [section.heading for section in finished.document.sections] == [
        "What became of the issues", "Issues", "Coverage", "Questionnaire",
    ]  # fmt: skip
    assert [name for name in readings if name != roster] == [*files, *files]


def test_planning_reads_nothing(write, readings):
    """Whoever only wants to know what would be counted reads no record."""
    campaign = load(Settings(files=(write("visits.csv", "\n".join([HEADER, *FIRST, ""])),)))
    readings.clear()

    assert all(planned_by(campaign).plan.groups for planned_by in ANALYSES)
    assert readings == []


@pytest.mark.parametrize("analysis", [*ANALYSES, explain])
def test_a_command_looks_at_a_table_once(write, readings, analysis):
    """However many wish to know what its columns hold."""
    name = write("visits.csv", "\n".join([HEADER, *FIRST, ""]))

    run(load(Settings(files=(name,), where=("visit_date>=2026-03-02",))), analysis)

    assert readings == [name, name]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*CELLS), max_size=12), st.sampled_from(["", "case", "household"]))
def test_each_analysis_finds_beside_others_what_it_finds_alone(tmp_path, rows, per):
    """Also where records are the same as others and are taken out again."""
    path = tmp_path / "visits.csv"
    path.write_text("\n".join([HEADER, *FIRST, *map(",".join, rows), ""]), encoding="utf-8")
    campaign = load(Settings(files=(str(path),), per=per))
    planned = [planned_by(campaign) for planned_by in ANALYSES]

    counts = count_together(campaign, [analysis.plan for analysis in planned])

    for analysis, planned_by in zip(planned, ANALYSES, strict=True):
        assert analysis.result(counts).to_dict() == run(campaign, planned_by).to_dict()


def test_joined_plans_hold_each_group_once():
    village, issue = Dimension("village"), Dimension("issue")
    keys = Distinct((village,), ("household",))
    first = Plan((Group((village,)), Group((village, issue))), (keys,), repeats=False)
    second = Plan((Group((village, issue)), Group((issue,))), (keys,), repeats=False)

    both = joined([first, second])

    assert both == Plan((*first.groups, Group((issue,))), (keys,), repeats=False)
    assert joined([both, Plan()]).repeats
