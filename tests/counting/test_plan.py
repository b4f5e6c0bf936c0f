"""Plans: which groups must be counted, and which are sums over others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from visittally.counting.plan import Dimension, Group, Plan

GROUPS = st.lists(
    st.builds(
        Group,
        st.lists(st.sampled_from("abcd").map(Dimension), max_size=3, unique=True).map(tuple),
        st.sampled_from([(), (), ("a",)]),
    ),
    max_size=8,
)


@given(GROUPS)
def test_a_group_is_counted_unless_a_larger_one_holds_all_its_dimensions(groups):
    plain = [set(group.dimensions) for group in groups if not group.unit]
    needed = [g for g in groups if g.unit or not any(set(g.dimensions) < other for other in plain)]

    assert list(Plan(tuple(groups)).counted()) == needed
