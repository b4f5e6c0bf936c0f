"""Files that begin alike are read as each of them alone would be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.api import summarize
from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions
from visittally.survey.understanding import understand

HEADER = "village,issue,remark\n"
PLAIN = "Elm,road,none\nOak,water,none\n"
BODIES = [
    PLAIN,
    PLAIN * 40,
    'Elm,"road, and bridge",none\nOak,water,none\n',
    "Elm,road,none\r\nOak,water,none\r\n",
    PLAIN * 5 + "\nTotal,2,\n",
    "Elm,road\nOak,water\nAsh,bus\n",
    'Elm,"road ""A""",none\nOak,water,"x\ny"\n',
    "#village,#issue,#remark\nElm,road,none\n",
    PLAIN * 30 + "\nstaff,days,car\nAnn,3,A\nBob,4,B\n",
    "",
]


def opened(paths):
    return open_sources([str(path) for path in paths], ReadingOptions())


def understood(source):
    columns = range(len(source.header))
    rows, aside = [], []
    for block in source.blocks(columns):
        rows += zip(*(block.columns[c].to_pylist() for c in columns), strict=True)
        aside += [(entry.line, entry.reason) for entry in block.set_aside]
    return source.header, source.header_row, source.delimiter, rows, aside


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(BODIES), min_size=2, max_size=9))
def test_what_was_found_in_one_file_changes_nothing_in_the_next(tmp_path_factory, bodies):
    folder = tmp_path_factory.mktemp("alike")
    paths = [folder / f"{number}.csv" for number in range(len(bodies))]
    for path, body in zip(paths, bodies, strict=True):
        path.write_bytes((HEADER + body).encode())
    together = [understood(source) for source in opened(paths)]
    assert together == [understood(opened([path])[0]) for path in paths]


OTHERS = {
    "delimiter": ("village;issue;remark", "Elm;road, bridge;none\nOak;water;none\n", "utf-8"),
    "fewer columns": ("village,issue", "Elm,road\nOak,water\n", "utf-8"),
    "order": ("issue,village,remark", "road,Elm,none\nwater,Oak,none\n", "utf-8"),
    "encoding": ("village,issue,remark", "大坪村,道路,希望修路\n小河村,饮水,没有下文\n", "gb18030"),
    "wide": ("village,issue,remark", "大坪村,道路,希望修路\n小河村,饮水,没有下文\n", "utf-16"),
    "labels": ("village,issue,remark", "Village,Issue,Remark\nElm,road,none\nOak,water,none\n", "utf-8"),
    "no header": ("Elm,road,none", "Oak,water,none\nElm,bus,none\n", "utf-8"),
    "tally": ("village,issue,remark", PLAIN * 20 + "\nTotal,40,\n", "utf-8"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_file_written_otherwise_among_many_is_read_as_it_is_alone(tmp_path, other):
    header, body, encoding = OTHERS[other]
    paths = [tmp_path / f"{number}.csv" for number in range(9)]
    for path in paths:
        path.write_text(HEADER + PLAIN * 20, encoding="utf-8")
    paths[4].write_text(f"{header}\n{body * 15}", encoding=encoding)
    together = opened(paths)

    assert understood(together[4]) == understood(opened([paths[4]])[0])
    assert {understood(source)[2] for n, source in enumerate(together) if n != 4} == {","}
    assert sum(len(understood(source)[3]) for n, source in enumerate(together) if n != 4) == 8 * 40


@pytest.mark.parametrize("files", [1, 4, 5, 40])
def test_columns_mean_the_same_however_records_are_spread(tmp_path, files):
    places, answers = ["Elm", "Oak", "Ash"], ["road;water", "road", "school", "water;school"]
    records = [f"{places[n % 3]},{answers[n % 4]},{n}\n" for n in range(2_000)]
    paths = []
    for number in range(files):
        paths.append(tmp_path / f"{number}.csv")
        part = records[number * len(records) // files : (number + 1) * len(records) // files]
        paths[-1].write_text("village,problems,age\n" + "".join(part))
    variables = understand(opened(paths)).variables
    assert {name: one.kind.value for name, one in variables.items()} == {
        "village": "single",
        "problems": "multi",
        "age": "number",
    }


def test_many_files_alike_are_not_tables_kept_by_hand(tmp_path, monkeypatch):
    monkeypatch.setattr("visittally.reading.BY_HAND", 100)
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text(HEADER + PLAIN * 2)
    assert [source.by_hand for source in opened([tmp_path])] == [False] * 3
    assert [source.by_hand for source in opened([tmp_path / "0.csv"])] == [True]


PER_FILE = 1_900
"""So many functions may be called to open one more file that begins like the others and to understand its columns."""


def test_a_file_more_among_many_costs_little(tmp_path, monkeypatch, calls):
    monkeypatch.setattr("visittally.reading.BY_HAND", 0)
    monkeypatch.setattr("visittally.reading.text.delimited.FEW", 6)
    rows = "".join(f"Elm{n % 7},road {n % 5},told {n}\n" for n in range(400))
    paths = [tmp_path / f"{number}.csv" for number in range(16)]
    for path in paths:
        path.write_text(HEADER + rows)

    def work(files):
        return calls(lambda: understand(opened(paths[:files])))

    work(1)  # what is loaded and made once
    assert work(16) - work(8) < 8 * PER_FILE
    assert [len(source.sampled) for source in opened(paths)][1:] == [15] * 15


@pytest.mark.parametrize(("files", "rows"), [(1, 12_000), (5, 1_000), (100, 60)])
def test_a_condition_is_idle_only_where_all_records_were_looked_at(tmp_path, monkeypatch, files, rows):
    monkeypatch.setattr("visittally.reading.BY_HAND", 0)
    records = [f"Elm,road,{'x' * (5 if n < rows // 8 else 40)}\n" for n in range(rows)]
    records[rows // 3] = "Ash,road,x\n"
    for number in range(files):
        (tmp_path / f"{number}.csv").write_text(HEADER + "".join(records))
    told = summarize([tmp_path], where=["village!=Ash"]).notices

    assert "idle_condition" not in [notice.code for notice in told]
