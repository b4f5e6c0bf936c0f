"""How the house is built: what may import what, what stays unloaded, how long files and functions may be."""

from __future__ import annotations

import ast
import functools
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

from visittally.settings import PrintSettings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "visittally"
HEAVY = (
    "pandas",
    "numpy",
    "pyarrow",
    "tabulate",
    "jinja2",
    "docx",
    "xlsxwriter",
    "python_calamine",
    "dask",
    "distributed",
    "starlette",
    "uvicorn",
)

ROOMS = (
    "words",
    "reading",
    "survey",
    "counting",
    "answers",
    "tables",
    "analyses",
    "disclosure",
    "render",
    "page",
    "cli",
)
"""The folders in the order of the way that the data takes: each imports from itself and from those before it."""
BESIDE = {
    "dataclass": -1,
    "errors": -1,
    "guidebook": -1,
    "messages": -1,
    "named_files": -1,
    "temporary": -1,
    "version": -1,
    "settings": 0.5,
    "config": 0.6,
    "__main__": len(ROOMS),
}
"""The floors of files beside the folders; the other files there are faces, which may import all rooms but `cli`."""

FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(path):
    """A module's name within the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in FILES}


@functools.cache
def trees():
    """The syntax tree of every module."""
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def room_of(module):
    """The floor that a module is on."""
    first = module.split(".")[0]
    return ROOMS.index(first) if first in ROOMS else BESIDE.get(first, len(ROOMS) - 1.5)


@functools.cache
def nodes_of(tree):
    """All nodes of a tree, which is walked once for all tests."""
    return tuple(ast.walk(tree))


def imports(tree):
    """Each imported name with the line of its statement."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def own_imports(module):
    """Modules of this package that a module imports."""
    for name, line in imports(trees()[module]):
        if name.startswith("visittally."):
            inner = name.removeprefix("visittally.")
            yield (inner if inner in MODULES else inner.rpartition(".")[0]), line


def functions():
    """Every function with its module."""
    for module, tree in trees().items():
        for node in nodes_of(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield module, node


# ---------------------------------------------------------------- what imports what
def test_every_folder_is_a_room():
    """A new folder gets its place on the way of the data."""
    folders = {path.name for path in PACKAGE.iterdir() if any(path.rglob("*.py"))}

    assert folders == set(ROOMS)


def test_imports_go_downwards():
    """No module imports from a room above its own, not even for its types."""
    found = [
        f"{module}:{line} imports {other}"
        for module in MODULES
        for other, line in own_imports(module)
        if other and room_of(other) > room_of(module)
    ]
    assert found == []


def test_no_imports_go_in_a_circle():
    """Not within a room either, nor where a function or a type checker alone would notice."""
    graph = {module: {other for other, _line in own_imports(module) if other} for module in MODULES}

    assert circle_in(graph) == []


def circle_in(graph):
    """Modules that import each other, one after the other; none of them where no imports go in a circle."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return error.args[1]
    return []


def test_a_circle_would_be_found(monkeypatch):
    """The law above can fail: imports in functions and under TYPE_CHECKING are imports."""
    hidden = "if TYPE_CHECKING:\n    from visittally.b import C\n"
    inner = "def f():\n    from visittally import a\n"
    monkeypatch.setattr(sys.modules[__name__], "MODULES", {"a": None, "b": None})
    monkeypatch.setattr(sys.modules[__name__], "trees", lambda: {"a": ast.parse(hidden), "b": ast.parse(inner)})

    assert set(circle_in({module: {other for other, _line in own_imports(module)} for module in "ab"})) == {"a", "b"}


def test_nobody_below_asks_how_the_result_is_printed():
    """Whoever reads, counts or makes tables knows no output file, format or language option."""
    printing = set(vars(PrintSettings)["__annotations__"])
    found = [
        f"{module}:{node.lineno} reads settings.{node.attr}"
        for module, tree in trees().items()
        if module.split(".")[0] in ROOMS[:-1]
        for node in nodes_of(tree)
        if isinstance(node, ast.Attribute) and node.attr in printing and _name(node.value) == "settings"
    ]
    assert {"output", "format", "quiet"} <= printing
    assert found == []


def _name(node):
    """The last part of what an expression names."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_only_the_command_line_knows_click():
    """The library can be used without it."""
    knows = {
        module
        for module, tree in trees().items()
        if any(name == "click" or name.startswith("click.") for name, _line in imports(tree))
    }
    assert sorted(module for module in knows if module.split(".")[0] != "cli") == []


@pytest.mark.parametrize(
    "arguments", [["--help"], ["summarize", "--help"], ["report", "--help"], ["open", "--help"], ["--version"]]
)
def test_help_loads_no_heavy_library(arguments):
    """Help is there at once: neither tables nor readers are imported for it."""
    code = (
        "import sys\nfrom visittally.cli import main\n"
        f"try:\n    main({arguments!r})\nfinally:\n"
        f"    print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ended.stderr.strip().splitlines()[-1] == "[]"


def test_importing_the_package_loads_no_heavy_library():
    """`import visittally` is light as well."""
    code = f"import visittally, sys; print(sorted(set({HEAVY!r}) & set(sys.modules)))"

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


# ---------------------------------------------------------------- sizes and words
def test_no_file_is_too_long():
    """400 lines at most."""
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}

    assert {name: n for name, n in lengths.items() if n > 400} == {}


def test_the_package_holds_what_the_program_reads_and_nothing_else():
    """All that lies in it is installed: nothing that an editor or a merge left behind."""
    kept = {".py", ".pyi", ".c", ".h", ".toml", ".txt", ".md", ".html", ".css", ".js", ".xml", ".po", ".mo", ".typed"}
    built = {".so", ".pyd", ".pyc"}
    found = {path for path in PACKAGE.rglob("*") if path.is_file()}

    assert [p.name for p in found if p.suffix not in kept | built] == []


def test_no_function_is_too_long():
    """Below 60 lines, lists of options apart."""
    long = {f"{m}.{f.name}": f.end_lineno - f.lineno + 1 for m, f in functions() if f.end_lineno - f.lineno >= 60}

    assert {name: n for name, n in long.items() if not name.startswith("cli.options.")} == {}


DECISIONS = (ast.If, ast.IfExp, ast.For, ast.While, ast.comprehension, ast.BoolOp, ast.ExceptHandler, ast.Match)


def test_modules_with_decisions_have_tests_of_their_own():
    """Who changes one finds its tests at the same place in the tree: reading/grid.py has reading/test_grid.py."""
    alone = []
    for module, tree in trees().items():
        path = MODULES[module].relative_to(PACKAGE)
        own = path.parent.name if path.stem == "__init__" else path.stem
        decisions = sum(isinstance(node, DECISIONS) for node in nodes_of(tree))
        if decisions >= 10 and not (ROOT / "tests" / path.parent / f"test_{own}.py").exists():
            alone.append(f"{path} ({decisions})")

    assert alone == []


def test_no_function_has_too_many_parameters():
    """Eight at most, keywords counted."""
    wide = {f"{m}.{f.name}": len(f.args.args) + len(f.args.kwonlyargs) for m, f in functions()}

    assert {name: n for name, n in wide.items() if n > 8} == {}


def test_every_public_name_is_documented():
    """Modules, classes and functions without a leading underscore begin with a sentence that says what they are."""
    silent = [module for module, tree in trees().items() if not ast.get_docstring(tree)]
    for module, tree in trees().items():
        for node in tree.body:
            silent += [f"{module}.{node.name}" for node in _public(node) if not ast.get_docstring(node)]
    assert silent == []


def _public(node):
    """A definition and the public definitions in it."""
    if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name.startswith("_"):
        return
    yield node
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from _public(inner)


BANNED = {"data", "item", "items", "obj", "utils", "helpers", "manager"}


def test_no_two_classes_have_one_name():
    """Who reads a name finds one thing; also among the private ones, which people search for just as well."""
    where = {}
    for module, tree in trees().items():
        for node in nodes_of(tree):
            if isinstance(node, ast.ClassDef):
                where.setdefault(node.name, []).append(module)
    assert {name: files for name, files in where.items() if len(files) > 1} == {}


def test_names_say_what_they_are():
    """No name that fits anything: parameters, functions, classes, modules."""
    named = [f"{m}.{f.name}({a.arg})" for m, f in functions() for a in f.args.args if a.arg in BANNED]
    named += [f"{m}.{f.name}" for m, f in functions() if f.name in BANNED]
    named += [module for module in MODULES if module.rpartition(".")[2] in BANNED]

    assert named == []


def test_the_top_level_holds_what_a_visitor_expects():
    """Sources, tests, samples, a README, a licence, dotfiles: nothing else under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no version control here")
    top = {line.split("/")[0] for line in listed.stdout.split("\0") if line}

    assert {name for name in top if not name.startswith(".")} == {
        "LICENSE", "README.md", "pyproject.toml", "sample_data", "src", "tests",
    }  # fmt: skip
