"""The page as a person meets it: in a real Chromium, where there is one."""

from __future__ import annotations

import base64
import gzip
import io
import shutil
import subprocess
import sys

import pytest
import xlsxwriter

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HEADER = ["行政村", "走访日期", "诉求", "进展", "户主姓名"]
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const [name, bytes] of files) {
    transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
  }
  document.getElementById("drop").dispatchEvent(
    new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }),
  );
}"""


def lines(village, records):
    return [[village, f"2026-03-{day:02}", issue, status, "李小明"] for day, (issue, status) in enumerate(records, 1)]


def as_text(rows, sign):
    return "".join(sign.join(row) + "\n" for row in [HEADER, *rows])


def as_workbook(rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("台账")
        for place, row in enumerate([HEADER, *rows]):
            sheet.write_row(place, 0, row)
    return out.getvalue()


@pytest.fixture
def files():
    """A ledger in an encoding of old, a workbook, a packed export."""
    return {
        "东湖 台账's.csv": as_text(lines("东湖村", [("道路", "已解决"), ("饮水", "办理中")]), ",").encode("gb18030"),
        "西山.xlsx": as_workbook(lines("西山村", [("道路", "未办结"), ("教育", "已解决"), ("饮水", "已解决")])),
        "南岭.tsv.gz": gzip.compress(as_text(lines("南岭村", [("饮水", "办理中")]), "\t").encode(), mtime=0),
    }


@pytest.fixture(scope="module")
def chromium():
    """A browser in which every test has windows of its own."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(serving, chromium):
    """Open the page in a browser of a language and a width; dialogs and errors of scripts fail the test."""
    wrong, pages = [], []

    def show(language="zh-CN", width=1280, address=serving.address):
        page = chromium.new_page(locale=language, viewport={"width": width, "height": 900})
        pages.append(page)
        page.set_default_timeout(60_000)
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(address[:22]) or wrong.append(asked.url))
        page.goto(address)
        return page

    yield show
    for page in pages:
        page.close()
    assert wrong == []


def drop(page, files):
    page.evaluate(DROP, [[name, base64.b64encode(content).decode()] for name, content in files.items()])
    page.wait_for_selector("article")


def saved(page, selector):
    """The bytes that a button saves, and their name."""
    with page.expect_download() as download:
        page.click(selector)
    with open(download.value.path(), "rb") as file:  # noqa: PTH123 - a path of the browser's
        return file.read(), download.value.suggested_filename


def texts(page, table):
    return page.locator(f'article[data-table="{table}"] tbody tr').all_inner_texts()


@pytest.mark.skipif(sys.platform == "win32", reason="the command is typed in a shell of Unix")
def test_dropped_corrected_and_saved_is_what_the_command_line_writes(opened, files, tmp_path):
    page = opened()
    drop(page, files)
    assert page.locator("#files li").count() == 3
    assert any(row.startswith("东湖村\t2") for row in texts(page, "areas"))
    before = texts(page, "issues")
    assert any("道路" in row for row in before)

    page.click("#columns-part summary")
    assert page.locator('#columns li:has-text("户主姓名") .answers').inner_text() == "个人信息，不显示"
    assert "李小明" not in page.content()
    page.select_option('#columns select[data-header="进展"]', "issue")
    page.wait_for_function("() => document.querySelector('#command').textContent.includes('issue=进展')")
    page.wait_for_selector('article[data-table="issues"] >> text=办理中')
    assert not any("道路" in row for row in texts(page, "issues"))

    content, name = saved(page, 'button[data-form="docx"]')
    command = page.locator("#command").inner_text()
    for file, written in files.items():
        (tmp_path / file).write_bytes(written)
    typed = command.replace("visittally ", f"{sys.executable} -m visittally ", 1)
    subprocess.run(["sh", "-c", typed], cwd=tmp_path, check=True, capture_output=True)
    assert name == "summarize.docx"
    assert (tmp_path / name).read_bytes() == content
    csv, name = saved(page, 'article[data-table="areas"] button')
    assert (name, csv[:3]) == ("areas.csv", b"\xef\xbb\xbf")


def test_hostile_cells_and_names_stay_text(opened):
    page = opened("en-GB")
    drop(page, {f"{HOSTILE}.csv": f'village,issue\n"{HOSTILE}",Road\nOxbow,"{HOSTILE}"\n'.encode()})

    assert any(HOSTILE in row for row in texts(page, "areas"))
    assert page.locator("main img, main script").count() == 0


def test_another_language_keeps_what_was_chosen(opened, files):
    page = opened("en-GB")
    drop(page, files)
    page.select_option("#base", "all")
    page.wait_for_function("() => document.querySelector('#command').textContent.includes('--base all')")
    page.click("text=中文")
    page.wait_for_selector("article")

    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.locator("#files li").count() == 3
    assert page.locator("#base").input_value() == "all"
    assert page.locator("#command").inner_text().endswith("--base all --lang zh")


def test_nothing_stands_out_of_the_page(opened, files):
    """From a phone on; 200 % of 1280 pixels is 640."""
    page = opened(width=320)
    drop(page, files)
    page.click("#columns-part summary")
    page.click("#more summary")

    for width in (320, 390, 640, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_can_be_reached_by_keyboard_and_has_a_name(opened, files):
    page = opened("en-GB")
    drop(page, files)
    page.evaluate("document.body.focus()")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
        if "copy" in reached:
            break
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input, a")].filter((one) =>
          one.checkVisibility() && !(one.labels?.length || one.ariaLabel || one.textContent.trim())).map((e) => e.id)"""
    )

    assert {"pick", "finish", "command-summarize", "by", "base", "keep", "copy"} <= reached
    assert unnamed == []
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_command_is_chosen_by_keyboard(opened, files):
    page = opened("en-GB")
    drop(page, files)
    page.focus("#command-summarize")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('#command').textContent.startsWith('visittally questions')")

    assert page.evaluate("document.activeElement.id") == "command-questions"


def test_any_further_option_can_be_added_and_taken_out(opened, files):
    page = opened("en-GB")
    drop(page, files)
    page.click("#more summary")
    page.select_option("#option", "--table")
    page.fill("#value", "issues")
    page.click("#add button")
    page.wait_for_function("() => document.querySelector('#command').textContent.includes('--table issues')")
    page.wait_for_function("() => document.querySelectorAll('article').length === 1")
    page.click("#extra button")
    page.wait_for_function("() => !document.querySelector('#command').textContent.includes('--table')")


def test_a_file_can_be_taken_away(opened, files):
    page = opened()
    drop(page, files)
    page.click("#files li:nth-child(2) button")
    page.wait_for_function("() => document.querySelectorAll('#files li').length === 2")
    page.wait_for_function("() => !document.querySelector('#tables').textContent.includes('西山村')")


def test_what_is_wrong_is_an_alert(opened):
    page = opened("en-GB")
    page.evaluate(DROP, [["a.csv", base64.b64encode(b"\x00\x01\x02" * 100).decode()]])
    page.wait_for_selector("#error:not([hidden])")

    assert "a.csv" in page.locator("[role=alert]").inner_text()


def test_it_ends_with_its_button(opened, files, ending, wait_for):
    page = opened("en-GB", address=ending.page.address)
    drop(page, files)
    page.click("#finish")
    page.wait_for_selector("text=you can close this window")

    wait_for(lambda: not ending.page.desk.workspace.folder.exists())


def test_a_page_that_is_loaded_anew_is_not_taken_for_closed(opened, files, serving, wait_for):
    page = opened("en-GB")
    drop(page, files)
    page.reload()
    page.wait_for_selector("article")
    assert serving.app.looking_on >= 1
    page.close()
    wait_for(lambda: serving.app.looking_on == 0)
