"""Throw spoilt bytes at the compiled heart, built with the sanitizers of the compiler, and compare with numpy.

    python tests/reading/text/fuzz.py --inputs 1000000 [--seeds FOLDER] [--compiler gcc] [--laws]

Builds `_native.c` with `-fsanitize=address,undefined` in a temporary folder and starts itself again with that module;
`--laws` runs the tests of the readers with it instead. Inputs are made of pieces that readers stumble over and of
pieces of seed files (those of the Pollock benchmark, say), cut and joined at random. Each one is looked at in one of
two ways: any bytes by the parts of the heart, with one of the sets of instructions, against numpy; or as a table by
the fast reader, in small blocks, against the careful one. The same arguments give the same inputs.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[2] / "src" / "visittally" / "reading" / "text" / "_native.c"
INSIDE = "VISITTALLY_SANITIZED"
PIECES = (
    *(b",", b";", b"\t", b"|", b'"', b'""', b"'", b"\n", b"\r\n", b"\r", b"\0", b" ", b"\xef\xbb\xbf", b"\\", b'\\"'),
    *(b"a", b"12", b"village", b"issue", "大坪村".encode(), "合计".encode(), b"Total", b"#x", b"\xff\xfe", b"\xe6\x9d"),
    *(b'"p, q"', b'"say ""no"""', b'"x\ny"', b'"unclosed', b"x" * 70, b'"' + b"y" * 130 + b'"', b",,,,\n", b"a,b,c\n"),
)
WIDTH = 3


def sanitized(compiler: str, folder: Path) -> dict[str, str]:
    """Build the module and say with which environment Python finds it."""
    package = folder / "visittally_native"
    package.mkdir()
    flags = ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]
    include = sysconfig.get_paths()["include"]
    command = [
        compiler,
        *flags,
        "-shared",
        "-fPIC",
        f"-I{include}",
        str(SOURCE),
        "-o",
        str(package / "_native.abi3.so"),
    ]
    subprocess.run(command, check=True)
    library = subprocess.check_output([compiler, "-print-file-name=libasan.so"], text=True).strip()
    return {INSIDE: str(package), "LD_PRELOAD": library, "ASAN_OPTIONS": "detect_leaks=0"}


def use_sanitized() -> None:
    """Put the module that was built here in the place of the installed one."""
    from importlib.machinery import ExtensionFileLoader
    from importlib.util import module_from_spec, spec_from_file_location

    name = "visittally.reading.text._native"
    path = str(Path(os.environ[INSIDE]) / "_native.abi3.so")
    spec = spec_from_file_location(name, path, loader=ExtensionFileLoader(name, path))
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    from visittally.reading.text import heart

    assert heart.native is not None
    assert heart.native.__file__ == path


def bytes_of(rng: random.Random, seeds: list[bytes]) -> bytes:
    """One input."""
    parts = []
    for _piece in range(rng.choice((3, 8, 30))):
        if seeds and rng.random() < 0.3:
            seed = rng.choice(seeds)
            start = rng.randrange(len(seed))
            parts.append(seed[start : start + rng.randrange(90)])
        else:
            parts.append(rng.choice(PIECES))
    return b"".join(parts)


def parts_agree(content: bytes, rng: random.Random) -> None:
    """The parts of the heart see the same as numpy does."""
    from test_heart import seen

    from visittally.reading.text import heart
    from visittally.reading.text.dialect_search import Dialect

    dialect = Dialect(rng.choice([",", ";", ""]), quote=rng.choice(['"', "'", ""]))
    width, final = rng.randint(1, WIDTH), rng.random() < 0.5
    native = heart.native
    heart.native = None
    expected = seen(content, dialect, width, final=final)
    heart.native = native
    heart.level = rng.choice(native.levels())
    assert seen(content, dialect, width, final=final) == expected, (heart.level, dialect, width, final)


def readers_agree(content: bytes, rng: random.Random) -> None:
    """The fast reader gives the records of the careful one."""
    from test_fast import accounted, read_carefully, table_of

    from visittally.reading.text import streaming

    text = content.decode(errors="ignore").replace("\0", "")
    table, block = table_of(WIDTH), rng.randint(8, 500)
    task = streaming.TextTask(table, tuple(range(WIDTH)), hashed=True, block=block, piece=max(block // 4, 8))
    found = accounted(streaming.read_blocks(io.BytesIO(text.encode()), None, 2, task))
    assert found == read_carefully(text, table), block


def fuzz(inputs: int, seeds: list[bytes], first: int) -> None:
    """Try so many inputs, each in one of the two ways."""
    sys.path.insert(0, str(HERE))
    began = time.monotonic()
    for number in range(first, first + inputs):
        rng = random.Random(number)
        content = bytes_of(rng, seeds)
        try:
            (readers_agree if number % 4 == 0 else parts_agree)(content, rng)
        except AssertionError:
            print(f"input {number}: {content!r}", file=sys.stderr)
            raise
        if number % 100_000 == 0:
            print(f"{number:,} inputs, {time.monotonic() - began:.0f} s", flush=True)
    print(f"{inputs:,} inputs, {len(seeds)} seeds, {time.monotonic() - began:.0f} s: no difference, no complaint")


def main() -> int:
    """Build, and start again with what was built; or do what was asked for with it."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("--inputs", type=int, default=10_000, help="how many to try (default 10000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--seeds", type=Path, help="folder of files to take pieces from")
    parser.add_argument("--compiler", default="gcc", help="a compiler with sanitizers (default gcc)")
    parser.add_argument("--laws", action="store_true", help="run the tests of the readers instead")
    asked = parser.parse_args()
    if INSIDE not in os.environ:
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | sanitized(asked.compiler, Path(folder))
            return subprocess.run([sys.executable, *sys.argv], env=environment, check=False).returncode
    use_sanitized()
    if asked.laws:
        import pytest

        return pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", str(HERE)])
    files = sorted(path for path in asked.seeds.rglob("*") if path.is_file()) if asked.seeds else []
    seeds = [content for path in files if (content := path.read_bytes()[: 1 << 16])]
    fuzz(asked.inputs, seeds, asked.first)
    return 0


if __name__ == "__main__":
    sys.exit(main())
