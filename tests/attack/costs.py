"""Inputs made to take time or memory: what each costs for its bytes.

Headers, cells and lines are filled with pieces on which patterns, searches for a dialect and searches for an encoding
could go astray; every one is read in a process of its own.

    python tests/attack/costs.py [INPUTS] [BYTES]
"""

import io
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

FIXED, PER_BYTE = 1.0, 20e-6
"""Seconds of processor time: at all, and for each byte."""
ROOM, ROOM_PER_BYTE = 300e6, 100
"""Bytes of memory: at all, and for each byte."""
PIECES = (
    *("a", "1", "0", " ", "\t", ",", ";", "|", '"', '""', '"a"b"', "'", "\\", "\\n", "a@", "@a.", "http://", "(", "["),
    *("{", "<b>", "&amp;", "村", "１", "組", "\u3000", "\u202e", "\ufeff", "e\u0301", "1,234", "1.234.567", "-", "--"),
    *(
        "_",
        "/",
        "a/",
        ".",
        "..",
        "2026-03-01 ",
        "13800138000 ",
        "x1",
        "号",
        "第一",
        "共1户",
        "A,B;",
        '{"a":',
        "=1+",
        "%",
    ),
)
COMMANDS = (("summarize",), ("questions", "--table", "long", "-f", "json"), ("check",), ("columns",), ("read",))


def quoted(cell):
    """A cell as it stands in a file."""
    return '"' + cell.replace('"', '""') + '"'


def filled(chance, size):
    """A text of about so many bytes out of a few pieces."""
    pieces = chance.choices(PIECES, k=chance.choice((1, 1, 2, 4)))
    text = "".join(chance.choices(pieces, k=max(1, size // max(1, sum(map(len, pieces)) // len(pieces)))))
    return text[:size]


def long_cell(chance, size):
    """One cell holds nearly everything."""
    return f"village,issue\nAsh,{quoted(filled(chance, size))}\nElm,road\n"


def raw_line(chance, size):
    """A line that nobody has quoted."""
    return f"village,issue\nAsh,{filled(chance, size)}\nElm,road\n"


def header(chance, size):
    """Headers of such pieces, and two records."""
    names = [filled(chance, chance.choice((3, 9, 40))) for _ in range(size // 60)]
    if chance.random() < 0.5:
        names = list(map(quoted, names))
    return ",".join(names) + "\n" + (",".join("ab"[n % 2] for n in range(len(names))) + "\n") * 2


def wide(chance, size):
    """Many columns, few records."""
    columns, rows = size // 12, chance.choice((1, 2, 5))
    names = ",".join(f"{chance.choice('qxc')}{n}" for n in range(columns))
    return f"village,issue,{names}\n" + (f"Ash,road,{','.join('01'[n % 2] for n in range(columns))}\n") * rows


def columns_of_cells(chance, size):
    """Every cell is of such pieces."""
    width, cells = chance.choice((2, 5, 20)), chance.choice((4, 20, 200))
    rows = max(2, size // (width * cells))
    lines = [",".join(quoted(filled(chance, cells)) for _ in range(width)) for _ in range(rows)]
    return "village,issue," + ",".join(f"q{n}" for n in range(width - 2)) + "\n" + "\n".join(lines) + "\n"


def different(chance, size):
    """Every place, issue and answer is another one."""
    rows = size // 40
    return "village,issue,status,household\n" + "".join(
        f"village {chance.random()},issue {chance.random()},status {n},h{n}\n" for n in range(rows)
    )


def lines(chance, size):
    """Lines of such pieces, and no header."""
    line = filled(chance, chance.choice((1, 5, 50)))
    return (line + "\n") * (size // (len(line) + 1))


def nested(_chance, size):
    """JSON in JSON."""
    deep = min(size // 8, 900)
    return '[{"village": "Ash", "a": ' + '{"a": ' * deep + "1" + "}" * deep + "}]"


SHAPES = (long_cell, raw_line, header, wide, columns_of_cells, different, lines, nested)


def made(seed, size):
    """The content of a file, its name, and what is run over it."""
    chance = random.Random(seed)
    shape = SHAPES[seed % len(SHAPES)]
    text = shape(chance, size)
    content = text.encode(chance.choice(("utf-8", "utf-8", "gb18030", "utf-16")), "replace")
    name = "visits.json" if shape is nested else "visits.csv"
    if chance.random() < 0.1:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return packed.getvalue(), "visits.zip", len(content), shape.__name__, chance.choice(COMMANDS)
    return content, name, len(content), shape.__name__, chance.choice(COMMANDS)


def cost(path, command):
    """Seconds of processor time and bytes of memory that a run over a file takes; whether it ended in a traceback."""
    with subprocess.Popen(
        [sys.executable, "-m", "visittally", *command, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as running:
        said = running.stderr.read()
        _child, _status, used = os.wait4(running.pid, 0)
        running.returncode = 0
    seconds = used.ru_utime + used.ru_stime
    return seconds, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024), b"Traceback" in said


def run(inputs=80, size=40_000):
    """Read inputs; the worst shares of both limits, each with what it was, and those beyond or in a traceback."""
    worst, beyond = {"time": (0, ""), "memory": (0, "")}, []
    with tempfile.TemporaryDirectory() as name:
        warm = Path(name) / "warm.csv"
        warm.write_text("village,issue\nAsh,road\nElm,water\n", encoding="utf-8")
        start = {command: min(cost(warm, command)[0] for _ in range(3)) for command in COMMANDS}
        for seed in range(inputs):
            content, file, unpacked, shape, command = made(seed, size)
            path = Path(name) / file
            path.write_bytes(content)
            seconds, memory, wrong = cost(path, command)
            seconds = max(0, seconds - start[command])  # to load the program is no cost of an input
            what = f"{shape} {seed}, {unpacked:,} bytes, {command[0]}: {seconds:.1f} s, {memory / 1e6:.0f} MB"
            shares = {
                "time": seconds / (FIXED + PER_BYTE * unpacked),
                "memory": memory / (ROOM + ROOM_PER_BYTE * unpacked),
            }
            for limit, share in shares.items():
                worst[limit] = max(worst[limit], (share, what))
            if wrong or max(shares.values()) > 1:
                beyond.append(what + (", a traceback" if wrong else ""))
            path.unlink()
    return worst, beyond


def main(inputs=80, size=40_000):
    """Print the worst inputs."""
    worst, beyond = run(inputs, size)
    for what in beyond:
        print(f"  beyond: {what}")
    for limit, (share, what) in worst.items():
        print(f"worst {limit}: {100 * share:.0f} % of its limit ({what})")
    print(f"inputs: {inputs:,} tried, {len(beyond):,} beyond a limit")
    return len(beyond)


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
