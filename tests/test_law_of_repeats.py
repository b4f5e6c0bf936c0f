"""Issues of a visit beside each other, each with a status of its own, count as if each had a row of its own."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import visittally

ISSUES = ("road", "water", "food", "light")
STATUSES = ("resolved", "open", "explained")
VISITS = st.lists(
    st.lists(st.tuples(st.sampled_from(ISSUES), st.sampled_from(STATUSES)), max_size=3, unique_by=lambda i: i[0]),
    min_size=8,
    max_size=20,
)
SHAPES = ("issue_category_{n},issue_status_{n}", "issues[{n}]/category,issues[{n}]/status", "问题{n},办理状态{n}")


def wide(visits, shape):
    lines = [",".join(["village", *(shape.format(n=n) for n in (1, 2, 3))])]
    for number, issues in enumerate(visits):
        cells = [cell for issue in issues for cell in issue] + [""] * (6 - 2 * len(issues))
        lines.append(",".join([f"V{number % 2}", *cells]))
    return "\n".join(lines)


@pytest.mark.parametrize("shape", SHAPES)
@given(visits=VISITS)
@settings(max_examples=6, deadline=None)
def test_each_issue_has_the_status_beside_it(tmp_path_factory, shape, visits):
    first = [("road", "resolved"), ("water", "open"), ("food", "explained")]
    visits = [first, [*first[1:], first[0]], *visits]  # all columns are filled
    path = tmp_path_factory.mktemp("law") / "visits.csv"
    path.write_text(wide(visits, shape), encoding="utf-8")
    named = [issue for visit in visits for issue in visit]

    rows = visittally.summarize([path]).tables["issues"].to_dict()["rows"]
    statuses = visittally.followup([path]).tables["statuses"].to_dict()["rows"]

    assert {r["issue"]: r["mentions"] for r in rows} == Counter(issue for issue, _status in named)
    handled = Counter({issue: 0 for issue, _status in named})
    handled.update(issue for issue, status in named if status != "open")
    assert {r["issue"]: r["handled"] for r in rows} == handled
    assert {r["status"]: r["mentions"] for r in statuses if r["status"]} == Counter(status for _issue, status in named)
