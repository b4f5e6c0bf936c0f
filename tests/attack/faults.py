"""Faults at every step of writing a file: what is there afterwards, and after the next run.

A run is forked off and ended, or its disk taken away, before and after each call to the system that writing makes. The
old file must be whole or the new one; after the next run there must be nothing but that file.

    python tests/attack/faults.py
"""

import contextlib
import errno
import io
import itertools
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from visittally import temporary
from visittally.cli.group import visittally
from visittally.render.writing import write_atomically

CALLS = (
    (os, "open"), (os, "fdopen"), (os, "fsync"), (os, "chmod"), (os, "rename"), (os, "replace"),
    (os, "stat"), (os, "fstat"), (os, "unlink"), (os, "scandir"), (temporary, "_lock"), (Path, "chmod"),
    (Path, "replace"), (Path, "resolve"),
)  # fmt: skip
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
ERRORS = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.ENOENT)
WITH_COMMANDS = (signal.SIGKILL, signal.SIGTERM, errno.ENOSPC)
LEFT, RAISED = 0, 9


class Faults:
    """Calls to the system are counted; one of them, or what follows it, fails.

    Attributes:
        folder: Only calls about it are meant.
        at: The number of the call.
        after: Whether it is done before the fault comes.
        fault: A signal or an error number.
        count: Calls so far.
    """

    def __init__(self, folder, at=-1, *, after=False, fault=None, removed=None):
        self.folder, self.at, self.after, self.fault, self.removed, self.count = folder, at, after, fault, removed, 0

    def __enter__(self):
        """Watch the calls."""
        self.before = [(owner, name, getattr(owner, name)) for owner, name in CALLS]
        for owner, name, call in self.before:
            setattr(owner, name, self._watched(call))
        return self

    def __exit__(self, *_error):
        """Leave them alone again."""
        for owner, name, call in self.before:
            setattr(owner, name, call)

    def _watched(self, call):
        def watched(*arguments, **options):
            if not self._concerns(arguments):
                return call(*arguments, **options)
            mine, self.count = self.count == self.at, self.count + 1
            if mine and not self.after:
                self._strike()
            found = call(*arguments, **options)
            if mine and self.after:
                self._strike()
            return found

        return watched

    def _concerns(self, arguments):
        """Whether a call is about a file in the folder, or about one that is open."""
        about = arguments[0] if arguments else ""
        return isinstance(about, int | io.IOBase) or str(about).startswith(str(self.folder))

    def _strike(self):
        if self.removed is not None:
            self.removed.unlink(missing_ok=True)
        elif isinstance(self.fault, signal.Signals):
            os.kill(os.getpid(), self.fault)
        else:
            raise OSError(self.fault, os.strerror(self.fault))


def forked(work, faults):
    """Do some work with faults in a process of its own; how it ended."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    code = RAISED
    try:
        temporary.clean_when_told_to_end()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with faults, contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            work()
        code = LEFT
    finally:
        os._exit(code)


def steps(work, folder):
    """How many calls the work makes."""
    faults = Faults(folder)
    with faults:
        work()
    return faults.count


def damages(work, folder, name, old, new, faults=(*SIGNALS, *ERRORS)):
    """All these faults at every step of some work; those after which something is damaged or left behind."""
    target = folder / name
    number = steps(work, folder)
    every = [(at, after, fault) for at in range(number) for after in (False, True) for fault in faults]
    every += [(at, False, "removed") for at in range(number)]
    found = []
    for at, after, fault in every:
        shutil.rmtree(folder)
        folder.mkdir()
        target.write_bytes(old)
        striking = (
            Faults(folder, at, removed=target) if fault == "removed" else Faults(folder, at, after=after, fault=fault)
        )
        ended = forked(work, striking)
        held = target.read_bytes() if target.exists() else None
        gone = fault == "removed" and held is None
        if not gone and held not in {old, new}:
            found.append((at, after, fault, f"the file is neither the old one nor the new one; ended {ended}"))
        if fault not in (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP) and len(list(folder.iterdir())) > 1:
            found.append((at, after, fault, f"left at once: {sorted(p.name for p in folder.iterdir())}"))
        work()
        if [path.name for path in folder.iterdir()] != [name] or target.read_bytes() != new:
            found.append((at, after, fault, f"left in the end: {sorted(p.name for p in folder.iterdir())}"))
    return len(every), found


def races(folder, rounds=40):
    """Two runs that write to one file: how often neither was whole, or something else was left."""
    target, contents = folder / "out.csv", (b"a" * 3_000_000, b"b" * 3_000_000)
    bad = 0
    for _round in range(rounds):
        children = []
        for content in contents:
            child = os.fork()
            if not child:
                code = RAISED
                try:
                    write_atomically(target, content)
                    code = LEFT
                finally:
                    os._exit(code)
            children.append(child)
        ended = [os.waitpid(child, 0)[1] for child in children]
        whole = target.read_bytes() in contents and [p.name for p in folder.iterdir()] == [target.name]
        bad += not whole or any(ended)
    return rounds, bad


def whole_commands(folder):
    """Commands that write a file, each with its arguments and the name of the file."""
    source = folder.parent / "visits.csv"
    source.write_text("village,problem,status\n" + "Ash,road,resolved\nElm,water,open\n" * 9, encoding="utf-8")
    for name, arguments in (
        ("out.csv", ("summarize", str(source))),
        ("out.xlsx", ("summarize", str(source))),
        ("out.html", ("report", str(source))),
        ("clean.csv", ("read", str(source))),
    ):
        yield name, [*arguments, "-q", "-o", str(folder / name)]


def spooled_left(folder):
    """Signals to runs that hold what was piped in, and runs of which something lay in the temporary folder after."""
    injected, left = 0, []
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"], tempfile.tempdir = str(folder), None
    try:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL):
            injected += 1
            child = os.fork()
            if not child:
                _hold_piped(number)
            os.waitpid(child, 0)
            if number != signal.SIGKILL and any(folder.iterdir()):
                left.append(number)
        made = temporary.folder()  # the next run
        if list(folder.iterdir()) != [made]:
            left.append("the next run")
        temporary.remove(made)
    finally:
        tempfile.tempdir = None
        os.environ.pop("TMPDIR")
        if before is not None:
            os.environ["TMPDIR"] = before
    return injected, left


def _hold_piped(number):
    from visittally.reading.inputs.source import ByteSource
    from visittally.reading.inputs.unpacking import spooled

    try:
        temporary.clean_when_told_to_end()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        spooled(ByteSource("-", "-"), io.BytesIO(b"name\nWanjiru Kamau\n"))
        os.kill(os.getpid(), number)
    except KeyboardInterrupt:
        temporary.remove_all()  # what leaving the interpreter does
    finally:
        os._exit(LEFT)


def run(*, whole=True):
    """All faults; how many were injected, and what they damaged."""
    injected, damaged = 0, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "out"
        folder.mkdir()

        def add(number, found):
            nonlocal injected
            injected += number
            damaged.extend(found)

        add(*damages(lambda: write_atomically(folder / "a.csv", b"new"), folder, "a.csv", b"old", b"new"))
        for file, arguments in itertools.islice(whole_commands(folder), None if whole else 0):

            def work(arguments=arguments):
                visittally.main(arguments, standalone_mode=False)

            work()
            new = (folder / file).read_bytes()
            add(*damages(work, folder, file, b"old", new, WITH_COMMANDS))
        shutil.rmtree(folder)
        folder.mkdir()
        rounds, bad = races(folder)
        add(rounds, ["two runs to one file"] * bad)
        shutil.rmtree(folder)
        folder.mkdir()
        add(*spooled_left(folder))
    return injected, damaged


def main():
    """Print how many faults were injected and how many files damaged."""
    injected, damaged = run()
    for what in damaged[:20]:
        print(f"  {what}")
    print(f"faults: {injected:,} injected, {len(damaged):,} files damaged")
    return len(damaged)


if __name__ == "__main__":
    sys.exit(bool(main()))
