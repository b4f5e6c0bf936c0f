"""What goes in and comes out of the page: the same as on the command line."""

from __future__ import annotations

import gzip
import html
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import tomllib

import pytest

from visittally.guidebook import TOPICS, page
from visittally.page.desk import WorkState
from visittally.render.pages.blocks import PageHeading, Verbatim, blocks

HOSTILE = "<img src=x onerror=alert(1)>"


def rows(answer, name):
    """The cells of a table as texts."""
    tables = [table for section in answer["sections"] for table in section["tables"]]
    return next([[cell["text"] for cell in row["cells"]] for row in t["rows"]] for t in tables if t["name"] == name)


@pytest.fixture
def typed(tmp_path):
    """Type a command line in a folder that holds the files of the page."""

    def run(page, answer, output):
        folder = tmp_path / "typed"
        folder.mkdir(exist_ok=True)
        for name in page.desk.workspace.given:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((page.desk.workspace.files / name).read_bytes())
        arguments = answer["command"].replace("visittally ", f"{sys.executable} -m visittally ", 1)
        subprocess.run(["sh", "-c", arguments], cwd=folder, check=True, capture_output=True)
        return (folder / output).read_bytes()

    return run


CHOSEN = [
    ("summarize", "xlsx", [["--base", "all"], ["--interval", True]]),
    ("summarize", "html", [["--column", "issue=办理情况"]]),
    ("followup", "docx", [["--digits", "2"]]),
    ("report", "docx", [["--title", "三月 'quoted' $HOME"]]),
    ("check", "xlsx", []),
]


@pytest.mark.skipif(sys.platform == "win32", reason="typed in a shell of Unix")
@pytest.mark.parametrize(("command", "form", "options"), CHOSEN)
def test_what_is_saved_is_what_the_command_line_writes(browser, serving, typed, command, form, options, ledger):
    browser.give("三月 台账's.csv", ledger.encode("gb18030"))
    saved, answer = browser.saved(command, form, *options)

    assert typed(serving, answer, answer["name"]) == saved
    assert browser.saved(command, form, *options)[0] == saved


@pytest.mark.skipif(sys.platform == "win32", reason="typed in a shell of Unix")
def test_a_single_table_is_saved_as_csv(browser, serving, typed, ledger):
    browser.give("-a.csv", ledger)
    saved, answer = browser.saved("summarize", "csv", table="issues")

    assert saved.startswith(b"\xef\xbb\xbf")
    assert answer["name"] == "issues.csv"
    assert typed(serving, answer, "issues.csv") == saved


def test_the_tables_are_there_with_what_was_understood(browser, ledger):
    browser.give("a.csv", ledger)
    answer = browser.show("summarize")
    columns = {column["name"]: column for column in answer["columns"]}

    assert rows(answer, "areas")[0][:2] == ["东湖村", "2"]
    assert columns["村"]["field"] == "village"
    assert columns["村"]["samples"] == ["东湖村", "西山村"]
    assert columns["问题"]["field"] == "issue"
    assert columns["电话"]["personal"]
    assert "13800138" not in str(answer)
    assert "李小明" not in str(answer)
    assert answer["command"] == "visittally summarize a.csv --lang en"
    assert answer["receipt"] == "Read 4 records, counted 4, set aside 0."


def test_a_corrected_column_makes_other_tables(browser, ledger):
    browser.give("a.csv", ledger)
    answer = browser.show("summarize", ["--column", "issue=办理情况"])

    assert {row[1] for row in rows(answer, "issues")} == {"已解决", "未办结", "办理中"}


def test_what_was_left_out_is_told_with_its_lines(browser):
    browser.give("a.csv", "village,issue,state\nOxbow,Road,\nElm,Water,\nOxbow,Road,\n")
    answer = browser.show("summarize", ["--where", "village=Elm"])

    assert [entry["line"] for entry in answer["left_out"]] == [2, 4]
    assert answer["kinds"] == [{"name": "left out by --where", "n": 2}]
    hidden = browser.show("summarize", ["--where", "village=Elm"], ["--min-cell", "5"])
    assert hidden["left_out"] == hidden["kinds"] == []


def test_what_is_partial_comes_by_itself(browser):
    browser.give("a.csv", "village,issue\nOxbow,Road\nElm,Water\n")
    browser.give("b.csv", "village,pets\nOxbow,3\nElm,4\n")
    answer = browser.show("summarize")

    assert any("b.csv" in sentence for sentence in answer["partial"])
    assert not set(answer["partial"]) & set(answer["notes"])


def test_hostile_cells_and_names_are_text(browser):
    given = browser.give(f"{HOSTILE}.csv", f'village,issue\n"{HOSTILE}",Road\nOxbow,"{HOSTILE}"\n')
    answer = browser.show("summarize")

    assert given["name"] == "_img src=x onerror=alert(1)_.csv"
    assert HOSTILE in [row[0] for row in rows(answer, "areas")]
    status, _headers, content = browser.ask("GET", "")
    assert (status, HOSTILE.encode() in content) == (200, False)
    saved, _answer = browser.saved("summarize", "html")
    assert HOSTILE.encode() not in saved


def test_what_is_saved_is_no_page_of_this_address(browser, ledger):
    browser.give("a.csv", ledger)
    answer = browser.post("write", choices={"command": "summarize"}, form="html")
    _status, headers, _content = browser.ask("GET", f"results/{answer['result']}/{answer['name']}")

    assert headers["content-disposition"].startswith("attachment")
    assert headers["content-type"] == "application/octet-stream"


def test_forms_and_plans_are_recognised(browser):
    browser.give("form.csv", "type,name,label\ntext,village,Village\nselect_one yn,road,Road?\n")
    browser.give("plan.csv", "village,target\nOxbow,4\nElm,2\n")
    browser.give("a.csv", "village,issue,visit_date\nOxbow,Road,2026-03-01\nElm,Water,2026-03-02\n")
    browser.give("picture.png", "no table")
    roles = {file["name"]: file["role"] for file in browser.post("state")["files"]}

    assert roles == {"form.csv": "form", "plan.csv": "roster", "a.csv": "records", "picture.png": "unused"}
    assert browser.show("coverage")["command"] == (
        "visittally coverage a.csv --form form.csv --roster plan.csv --lang en"
    )


def test_settings_in_the_folder_hold(browser, ledger):
    browser.give("a.csv", ledger)
    browser.give("visittally.toml", '[columns]\nissue = "办理情况"\n')
    answer = browser.show("summarize")

    assert {row[1] for row in rows(answer, "issues")} == {"已解决", "未办结", "办理中"}
    assert any("visittally.toml" in sentence for sentence in answer["before"])


def test_settings_to_keep_say_what_was_chosen(browser, ledger):
    browser.give("a.csv", ledger)
    browser.give("plan.csv", "place,number\n东湖村,4\n西山村,2\n")
    browser.post("role", name="plan.csv", role="roster")
    options = [
        *(["--column", "issue=办理情况"], ["--by", "village"], ["--base", "all"], ["--digits", "2"]),
        *(["--roster-column", "village=place"], ["--roster-column", "target=number"], ["--table", "places"]),
    ]
    known = browser.post("state")["commands"]["coverage"]["options"]
    chosen = [option for option in options if option[0] in known]
    answer = browser.post("keep", choices={"command": "coverage", "options": chosen})
    kept = tomllib.loads(browser.ask("GET", f"results/{answer['result']}/{answer['name']}")[2].decode())

    assert answer["name"] == "visittally.toml"
    assert kept["options"] == {"roster": "plan.csv", "by": "village", "digits": "2", "lang": "en"}
    assert kept["columns"]["issue"] == "办理情况"
    assert kept["roster"]["columns"] == {"village": "place", "target": "number"}


def test_settings_that_were_kept_make_the_same_tables(browser, ledger):
    browser.give("a.csv", ledger)
    options = [["--column", "issue=办理情况"], ["--by", "村"], ["--base", "all"]]
    before = browser.show("summarize", *options)
    answer = browser.post("keep", choices={"command": "summarize", "options": options})
    browser.give("visittally.toml", browser.ask("GET", f"results/{answer['result']}/x")[2])

    assert browser.show("summarize")["sections"] == before["sections"]


def test_what_is_wrong_is_said(browser, ledger):
    assert "Choose one" in browser.show("summarize")["error"]
    browser.give("a.csv", ledger)
    assert 'no field or column "nowhere"' in browser.show("summarize", ["--by", "nowhere"])["error"]
    assert "2026-13-01" in browser.show("followup", ["--as-of", "2026-13-01"])["error"]
    assert "columns" in browser.show("summarize", ["--by", "nowhere"])
    browser.give("b.csv", b"\x00\x01\x02" * 500)
    assert "b.csv" in browser.show("summarize")["error"]


def test_no_file_is_read_that_was_not_given(browser, ledger, tmp_path):
    (tmp_path / "secret.csv").write_text(ledger, encoding="utf-8")
    browser.give("a.csv", ledger)
    for command, option in (("coverage", "--roster"), ("summarize", "--form"), ("compare", "--before")):
        answer = browser.show(command, [option, str(tmp_path / "secret.csv")])
        assert "none of the files here" in answer["error"]


def test_a_page_that_was_closed_ends_the_program(ending, monkeypatch, wait_for):
    monkeypatch.setattr("visittally.page.server._GRACE", 1.0)
    serving = ending.page
    connection = http.client.HTTPConnection(ending.host, ending.port, timeout=10)
    connection.request("GET", ending.token + "events")
    assert connection.getresponse().readline().startswith(b"data: ")
    wait_for(lambda: serving.app.looking_on == 1)
    connection.close()

    wait_for(lambda: not serving.desk.workspace.folder.exists())


def test_every_command_is_offered_in_the_language_of_the_page(browser):
    browser.ask("GET", "?lang=zh")
    state = browser.post("state", lang="zh")

    assert state["shown"][0] == "summarize"
    assert {field["name"]: field["label"] for field in state["fields"]}["village"] == "村"
    assert state["commands"]["summarize"]["purpose"].isascii() is False
    assert browser.post("state")["commands"]["summarize"]["purpose"].isascii()


def test_files_are_forgotten_and_removed(browser, serving, ledger):
    browser.give("a.csv", ledger)
    left = browser.post("remove", name="a.csv")
    browser.post("remove", name="../../nothing")

    assert left["files"] == []
    assert list(serving.desk.workspace.files.iterdir()) == []


def test_nothing_is_left_when_it_is_finished(ending, ledger, wait_for):
    ending.give("a.csv", ledger)
    ending.saved("summarize", "docx")
    folder = ending.page.desk.workspace.folder
    process = ending.page.desk.worker._process
    assert folder.is_dir()
    assert ending.post("finish") == {"finished": True}

    wait_for(lambda: not folder.exists())
    wait_for(lambda: not process.is_alive())


def test_progress_is_told(browser, serving, monkeypatch):
    told = []
    monkeypatch.setattr(WorkState, "change", lambda _state, *seen: told.append(seen))
    browser.give("a.csv", "village,issue\n" + "Oxbow,Road\nElm,Water\n" * 50_000)
    browser.show("summarize")
    done = [progress.done for kind, progress in told if kind == "show" and progress.size]

    assert done == sorted(done)
    assert done[-1] >= 0.9 * next(p.size for kind, p in told if kind == "show" and p.size)


def test_a_later_choice_takes_the_place_of_an_earlier_one(browser, serving, wait_for):
    browser.give("a.csv", "village,issue,note\n" + "".join(f"Oxbow,Road,n{i}\n" for i in range(400_000)))
    browser.post("state")
    answers = []
    first = threading.Thread(target=lambda: answers.append(browser.show("summarize")))
    first.start()
    wait_for(lambda: serving.desk.state.kind == "show")
    second = browser.show("summarize", ["--base", "all"])
    first.join()

    assert answers[0]["stopped"]
    assert second["sections"]


def test_without_its_packages_the_page_says_what_to_install(command, monkeypatch):
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "starlette" else find(name, *a))
    ended = command("open", "--no-browser")

    assert ended.status == 2
    assert "pip install 'visittally[page]'" in ended.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_is_shown(browser, language):
    """Every page in both languages, with links to all, its blocks as they are in the terminal."""
    for topic in TOPICS:
        status, _headers, content = browser.ask("GET", f"guide?lang={language}&topic={topic}")
        shown = html.unescape(re.sub(r"</?[a-z][^>]*>", "", content.decode()))
        assert status == 200
        assert all(f"topic={other}" in content.decode() for other in TOPICS)
        for block in blocks(page(topic, language)):
            if isinstance(block, Verbatim):
                assert "\n".join(block.lines) in html.unescape(content.decode())
            elif isinstance(block, PageHeading):
                assert block.text.replace("`", "").replace("**", "") in shown
    assert browser.ask("GET", "guide?topic=../../page")[0] == 404


def test_a_port_that_is_taken_is_said(command, serving):
    ended = command("open", "--no-browser", "--port", str(serving.port))

    assert ended.status == 1
    assert f"Port {serving.port} cannot be used" in ended.err


def test_a_file_that_is_not_there_is_said_before_anything_is_served(command):
    ended = command("open", "--no-browser", "nowhere.csv")

    assert ended.status == 1
    assert "nowhere.csv" in ended.err


def test_an_interrupted_page_leaves_nothing(folder, ledger):
    own = folder / "tmp"
    own.mkdir()
    (folder / "a.csv").write_text(ledger, encoding="utf-8")
    command = [sys.executable, "-m", "visittally", "open", "--no-browser", "a.csv"]
    environment = {**os.environ, "TMPDIR": str(own)}
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background ignores it
    try:
        page = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    finally:
        signal.signal(signal.SIGINT, before)
    with page:
        try:
            assert page.stdout is not None
            assert "http://127.0.0.1:" in page.stdout.readline()
            assert [path.name[:16] for path in own.iterdir()] == ["visittally-page-"]
            page.send_signal(signal.SIGINT)
            assert page.wait(20) == 0
        finally:
            page.kill()

    assert list(own.iterdir()) == []
    assert (folder / "a.csv").read_text(encoding="utf-8") == ledger


def test_what_is_unpacked_lies_in_the_folder_of_the_page(browser, serving):
    browser.give("a.csv.gz", gzip.compress(b"village,issue\nOxbow,Road\nElm,Water\n"))
    assert browser.show("summarize")["sections"]

    further = {
        path.name[:3] for path in serving.desk.workspace.folder.iterdir() if path.name not in ("files", "results")
    }
    assert further == {"tmp"}
