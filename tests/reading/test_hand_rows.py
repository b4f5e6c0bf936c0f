"""Most rows of a hand-kept table are passed by a look at their first cells: the same rows as by all rules."""

from unittest.mock import Mock, patch

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from visittally.reading import hand_rows
from visittally.reading.hand_rows import judge_rows
from visittally.reading.kept import KeptRow, KeptTable

CELLS = st.sampled_from(
    [
        *("", " ", "年  月  日", "1", "2", "3", "12", "道路", "东坪村", "水利", "同上", "〃", "王小丽"),
        *(
            "合计",
            "小计：12户",
            "Total",
            "备注：一式两份",
            "Note: all of it",
            "填表人：王小丽",
            "审核人",
            "第1页 共4页",
        ),
        *("第1页 共4页", "示例", "example", "走访台账", "走访台账（续）", "【东坪村】", "2026-03-15", "Village A"),
    ]
)
HEADERS = st.lists(st.sampled_from(["序号", "村", "问题", "户数", "", "备注"]), min_size=1, max_size=5)


@st.composite
def tables(draw):
    header = tuple(draw(HEADERS))
    rows = draw(st.lists(st.tuples(*[CELLS] * len(header)), max_size=8))
    kept = tuple(KeptRow(line, cells) for line, cells in enumerate(rows, 2))
    return KeptTable("own.csv", header, rows=kept, titles=(("走访台账",),))


@hypothesis_settings(max_examples=300, deadline=None)
@given(tables())
def test_a_look_at_the_first_cells_passes_only_records(table):
    """Nothing that a rule would set aside."""
    looks = {"_tells_nothing": Mock(return_value=False), "_plain": Mock(return_value=set())}
    with patch.multiple(hand_rows._Judge, **looks):
        by_all_rules = judge_rows(table)

    assert judge_rows(table) == by_all_rules


def test_a_record_more_like_the_others_is_not_judged_on_its_own(calls):
    """Different texts are looked at, and how rows are filled: 2,000 records cost what 1,000 do."""

    def judged(count):
        rows = tuple(KeptRow(n, ("东坪村", f"{n % 9}组", "道路" if n % 4 else "", "2026-03-15")) for n in range(count))
        found = KeptTable("own.csv", ("村", "组", "问题", "日期"), rows=rows)
        return calls(lambda: judge_rows(found))

    judged(1_000)
    assert judged(2_000) - judged(1_000) < 4 * 1_000


def test_a_word_before_figures_where_records_have_numbers_is_a_total_in_any_language():
    rows = []
    for village in ("Elm", "Oak"):
        first = len(rows) + 1
        rows += [KeptRow(first + n, (str(n + 1), village, "A", "2026-03-01", "road", "open")) for n in range(4)]
        rows.append(KeptRow(first + 4, ("ᏌᏊ ᎢᏳᎵᏍᏔᏅ", "", "9", "", "17", "")))
    table = KeptTable("own.csv", ("No", "village", "name", "date", "issue", "status"), rows=tuple(rows))
    found = judge_rows(table)
    assert [entry.line for entry in found.entries] == [5, 10]
    assert found.by_figures == (5, 10)
