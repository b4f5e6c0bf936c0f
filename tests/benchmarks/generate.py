"""Make a large, invented file of visit records, the same bytes for the same arguments.

Cells are drawn from small pools of ready-made texts, a block of rows at a time, and joined by pyarrow: a
gigabyte takes some seconds. Four kinds of file:

* ``visits``: 13 columns of which a tally of villages and issues needs two;
* ``households``: 13 columns, ``household_id`` in the place of ``satisfaction``;
* ``keyed``: the 13 columns after ``_uuid`` and ``household_id``; one record in 2,000 stands twice;
* ``questions``: 60 columns: 55 closed questions, 3 numbers, 2 free texts.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Indices = NDArray[np.int64]

BLOCK_ROWS = 250_000
CATEGORIES = [
    *("道路交通", "饮水与水利", "电力燃气与通信", "农资与物价", "农业技术与灾害", "劳动力与就业", "医疗卫生"),
    *("教育", "社会保障与救助", "住房与建设", "土地与征收", "生态环境与卫生", "治安与消防", "矛盾纠纷"),
    *("基层干部与作风", "公共服务", "文化体育", "物业与小区", "其他"),
]
SURNAMES_OF_PLACES = "东南西北上下大小新老金银石青白红高平长安和兴永福双三五七九龙凤云松竹梅柳杨桃李荷"
ENDINGS_OF_PLACES = "坪桥岭塘湾坝沟井坡堰冲垸畈店铺集庙台墩洲港河溪泉潭坎岗山林田"
STATUSES = ("已办结", "办理中", "当场答复", "已上报", "未办结", "长期推进", "")
BLANK_SHARE = 0.04
"""Share of visits in which no issue was recorded."""
REPEATED_SHARE = 0.0005
"""Share of records of a ``keyed`` file that stand twice."""
REVISIT_SHARE = 0.05
"""Share of visits of a ``keyed`` file that go to a household that was visited before."""


@dataclass(frozen=True)
class Recipe:
    """What a generated file looks like.

    Attributes:
        kind: "visits", "households", "keyed" or "questions".
        rows: Number of records.
        villages: Number of different villages.
        categories: Number of different issue categories, at most 19.
        multi: Largest number of categories in a cell, joined by spaces; 1 for a single answer.
        quoted: Share of free texts that need quotes: they hold a comma or a doubled quote.
        seed: Seed of the random numbers.
        everywhere: Whether every cell stands in quotes, as pyarrow, KoboToolbox and many others write text.
    """

    kind: str
    rows: int
    villages: int
    categories: int
    multi: int
    quoted: float
    seed: int
    everywhere: bool = False


def quote(text: str) -> str:
    """A cell of a CSV file: quoted where it holds a comma, a quote or a line break."""
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n') else text


def place_names(count: int, ending: str) -> list[str]:
    """`count` different invented places."""
    pairs = [a + b for b in ENDINGS_OF_PLACES for a in SURNAMES_OF_PLACES]
    laps = ["", *(str(lap) for lap in range(1, count // len(pairs) + 1))]
    return [pairs[i % len(pairs)] + laps[i // len(pairs)] + ending for i in range(count)]


def days(first: str, count: int) -> list[str]:
    """`count` days from `first` on, as ISO dates."""
    return [str(np.datetime64(first) + i) for i in range(count)]


def free_texts(rng: np.random.Generator, count: int, quoted: float) -> list[str]:
    """`count` different short texts, a share of them with commas and quotes."""
    subjects = (
        "村口的路",
        "自来水",
        "化肥价格",
        "看病报销",
        "孩子上学",
        "村里的路灯",
        "沟渠",
        "低保",
        "垃圾",
    )
    loud = ("很久没人管,希望修一修", '有人说"再等等",一直没有答复')
    plain = ("太贵", "不方便", "没有下文", "希望早点解决")
    texts = []
    for i in range(count):
        wishes = loud if rng.random() < quoted else plain
        subject, wish = subjects[rng.integers(len(subjects))], wishes[rng.integers(len(wishes))]
        texts.append(quote(f"{subject}{wish}(第{i}条)"))
    return texts


def category_cells(recipe: Recipe, rng: np.random.Generator) -> list[str]:
    """The different cells of the issue column: one category, or several joined by spaces; blank is last."""
    names = CATEGORIES[: recipe.categories]
    if recipe.multi == 1:
        return [*names, ""]
    sizes = rng.integers(1, min(recipe.multi, len(names)) + 1, 400)
    picks = [np.sort(rng.choice(len(names), size, replace=False)) for size in sizes]
    return [*dict.fromkeys(" ".join(names[i] for i in pick) for pick in picks), ""]


def visit_pools(recipe: Recipe) -> dict[str, list[str]]:
    """Column -> its different cells, for the 13 columns of a file of visits."""
    rng = np.random.default_rng(recipe.seed)
    return {
        "visit_date": days("2026-03-15", 60),
        "township": place_names(40, "镇"),
        "village": place_names(recipe.villages, "村"),
        "group": [f"{i}组" for i in range(1, 13)],
        "visitor": [f"V{i:04}" for i in range(900)],
        "sex": ["男", "女"],
        "age_group": ["18-34", "35-59", "60-74", "75+"],
        "education": ["小学", "初中", "高中", "大专", "本科"],
        "category": category_cells(recipe, rng),
        "issue_text": free_texts(rng, 5_000, recipe.quoted),
        "status": list(STATUSES),
        "resolved_date": ["", *days("2026-04-01", 90)],
        "satisfaction": ["很满意", "满意", "一般", "不满意", ""],
    }


def question_pools(recipe: Recipe) -> dict[str, list[str]]:
    """Column -> its different cells, for the 60 columns of a questionnaire."""
    rng = np.random.default_rng(recipe.seed)
    visits = visit_pools(recipe)
    closed = {name: visits[name] for name in ("village", "category", "status", "sex", "age_group")}
    for i in range(1, 51):
        closed[f"q{i}"] = [*(f"answer_{k}" for k in range(2 + i % 9)), ""]
    numbers = {
        "age": [str(n) for n in range(18, 95)],
        "rooms": [str(n) for n in range(1, 12)],
        "income": [str(n) for n in rng.integers(500, 90_000, 20_000)],
    }
    texts = {f"comment_{k}": ["", *free_texts(rng, 8_000, recipe.quoted)] for k in (1, 2)}
    return closed | numbers | texts


def weights(name: str, size: int) -> NDArray[np.float64] | None:
    """Chances of a column's cells: issues are uneven and sometimes blank, all else even (None)."""
    if name != "category":
        return None
    chances = 1 / np.arange(2, size + 1) if size > 1 else np.ones(1)
    return np.append(chances / chances.sum() * (1 - BLANK_SHARE), BLANK_SHARE)


def draw(rng: np.random.Generator, name: str, size: int, rows: int) -> Indices:
    """`rows` positions in a pool of `size` cells."""
    chances = weights(name, size)
    if chances is None:
        return rng.integers(size, size=rows)
    return np.searchsorted(np.cumsum(chances)[:-1], rng.random(rows), side="right").astype(np.int64)


def fixed_width(characters: NDArray[np.uint8]) -> pa.Array:
    """The rows of a (rows, width) array of ASCII codes as a string column."""
    rows, width = characters.shape
    offsets = pa.py_buffer(np.arange(rows + 1, dtype=np.int32) * np.int32(width))
    return pa.StringArray.from_buffers(rows, offsets, pa.py_buffer(np.ascontiguousarray(characters)))


def uuids(rng: np.random.Generator, rows: int) -> NDArray[np.uint8]:
    """Random UUIDs as a (rows, 36) array of ASCII codes."""
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)
    nibbles = digits[rng.integers(16, size=(rows, 32), dtype=np.uint8)]
    nibbles[:, 12] = ord("4")
    text = np.full((rows, 36), ord("-"), np.uint8)
    for start, stop, shift in ((0, 8, 0), (8, 12, 1), (12, 16, 2), (16, 20, 3), (20, 32, 4)):
        text[:, start + shift : stop + shift] = nibbles[:, start:stop]
    return text


def household_numbers(rng: np.random.Generator, first: int, rows: int) -> NDArray[np.uint8]:
    """Household ids ``H000000123`` as ASCII codes: mostly new, sometimes one of before."""
    numbers = np.arange(first, first + rows)
    again = rng.random(rows) < REVISIT_SHARE
    numbers[again] = rng.integers(0, first + rows, int(again.sum()))
    places = 10 ** np.arange(8, -1, -1)
    digits = (numbers[:, None] // places % 10 + ord("0")).astype(np.uint8)
    return np.hstack([np.full((rows, 1), ord("H"), np.uint8), digits])


def columns_of_block(recipe: Recipe, pools: Mapping[str, pa.Array], first: int, rows: int) -> dict[str, pa.Array]:
    """The columns of `rows` records from record `first` on."""
    rng = np.random.default_rng([recipe.seed, first])
    picked = {name: draw(rng, name, len(pool), rows) for name, pool in pools.items()}
    keys: dict[str, NDArray[np.uint8]] = {}
    if recipe.kind == "keyed":
        keys = {"_uuid": uuids(rng, rows), "household_id": household_numbers(rng, first, rows)}
        twice = np.flatnonzero(rng.random(rows)[1:] < REPEATED_SHARE) + 1
        for indices in picked.values():
            indices[twice] = indices[twice - 1]
        for characters in keys.values():
            characters[twice] = characters[twice - 1]
    keyed = {name: fixed_width(characters) for name, characters in keys.items()}
    cells = {name: pools[name].take(pa.array(indices)) for name, indices in picked.items()}
    if recipe.kind == "households":
        del cells["satisfaction"]
        cells["household_id"] = fixed_width(household_numbers(rng, first, rows))
    return keyed | cells


def blocks(recipe: Recipe) -> Iterator[dict[str, pa.Array]]:
    """All records of a file, block by block."""
    cells = question_pools(recipe) if recipe.kind == "questions" else visit_pools(recipe)
    pools = {name: pa.array(pool, pa.string()) for name, pool in cells.items()}
    for first in range(0, recipe.rows, BLOCK_ROWS):
        yield columns_of_block(recipe, pools, first, min(BLOCK_ROWS, recipe.rows - first))


def write_csv(recipe: Recipe, path: Path) -> None:
    """Write the file as UTF-8 CSV: the lines of a block are one joined column, whose buffer is the text."""
    with path.open("wb") as file:
        for number, columns in enumerate(blocks(recipe)):
            if number == 0:
                names = [f'"{name}"' for name in columns] if recipe.everywhere else list(columns)
                file.write((",".join(names) + "\n").encode())
            *head, last = map(enclosed, columns.values()) if recipe.everywhere else columns.values()
            lines = pc.binary_join_element_wise(*head, pc.binary_join_element_wise(last, "\n", ""), ",")
            offsets = np.frombuffer(lines.buffers()[1], np.int32)
            file.write(memoryview(lines.buffers()[2])[: offsets[len(lines)]])


def enclosed(column: pa.Array) -> pa.Array:
    """Cells in quotes, also those that need none."""
    return pc.if_else(pc.starts_with(column, '"'), column, pc.binary_join_element_wise('"', column, '"', ""))


def unquoted(column: pa.Array) -> pa.Array:
    """Cells as they were before `quote`."""
    inner = pc.replace_substring(pc.utf8_slice_codeunits(column, 1, -1), '""', '"')
    return pc.if_else(pc.starts_with(column, '"'), inner, column)


def write_parquet(recipe: Recipe, path: Path) -> None:
    """Write the same records as a Parquet file of strings."""
    import pyarrow.parquet as pq

    writer: Any = None
    for columns in blocks(recipe):
        for name in {"issue_text", "comment_1", "comment_2"} & columns.keys():
            columns[name] = unquoted(columns[name])
        table = pa.table(columns)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    add = parser.add_argument
    add("path", type=Path, help="file to write; its suffix decides: .csv or .parquet")
    add("--kind", choices=("visits", "households", "keyed", "questions"), default="visits", help="kind of file")
    add("--rows", type=lambda text: int(float(text)), default=100_000, help="records, such as 5e6")
    add("--villages", type=int, default=1_200, help="different villages (default 1200)")
    add("--categories", type=int, default=19, choices=range(1, 20), metavar="1-19", help="different issues")
    add("--multi", type=int, default=1, metavar="N", help="up to N issues in a cell (default 1)")
    add("--quoted", type=float, default=0.2, metavar="SHARE", help="share of texts with quotes (0.2)")
    add("--everywhere", action="store_true", help="every cell in quotes")
    add("--seed", type=int, default=20260315, help="seed of the random numbers")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file that the command line asks for, or keep it if it was made with the same arguments."""
    asked = vars(parse(arguments))
    path: Path = asked.pop("path")
    recipe = Recipe(**asked)
    label = path.with_name(path.name + ".recipe")
    wanted = json.dumps(vars(recipe), sort_keys=True)
    if path.exists() and label.exists() and label.read_text() == wanted:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write = write_parquet if path.suffix == ".parquet" else write_csv
    write(recipe, path)
    label.write_text(wanted)
    print(f"{path}: {recipe.rows:,} records, {path.stat().st_size / 1e6:,.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
