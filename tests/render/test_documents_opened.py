"""Finished reports in the programs that people open them with; skipped where these are not installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import visittally

ROOT = Path(__file__).parents[2]
LEDGER = ROOT / "sample_data" / "village" / "ledger.csv"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--enable-logging=stderr"),
)
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
in_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The report of the village in Chinese, in every format."""
    folder = tmp_path_factory.mktemp("reports")
    report = visittally.report(str(LEDGER), lang="zh", by="group")
    for suffix in ("html", "docx", "xlsx"):
        report.save(folder / f"report.{suffix}")
    return folder


def browse(page, folder, *options):
    """Open a page in a browser of its own; what it prints, and what the page's console says."""
    done = subprocess.run(
        [CHROMIUM, *QUIET, f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()],
        capture_output=True,
        timeout=90,
        check=True,
    )
    console = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if "CONSOLE" in line]
    return done.stdout.decode("utf-8", "replace"), console


@in_browser
def test_the_page_opens_without_errors_and_in_chinese(reports, tmp_path):
    """The browser shows headings and figures in Chinese, runs the script and complains of nothing."""
    shown, console = browse(reports / "report.html", tmp_path, "--dump-dom")

    assert console == []
    assert 'lang="zh' in shown
    assert "道路交通" in shown
    assert "<button" in shown


@in_browser
def test_a_click_on_a_heading_sorts_the_table(reports, tmp_path):
    """The first click on a column of figures brings the largest to the top."""
    page = (reports / "report.html").read_text(encoding="utf-8")
    click = """<script>
    const table = [...document.querySelectorAll("main table")].find((one) => one.tBodies[0].rows.length > 5);
    const i = [...table.tHead.rows[0].cells].findIndex((head) => head.classList.contains("figure"));
    table.tHead.rows[0].cells[i].querySelector("button").click();
    const values = [...table.tBodies[0].rows].map((row) => row.cells[i].dataset.value);
    document.documentElement.dataset.sorted = values.join(" ");
    </script>"""
    # The page allows no script but its own: the copy that is clicked on does.
    page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", page).replace("</body>", click + "</body>")
    copy = tmp_path / "clicked.html"
    copy.write_text(page, encoding="utf-8")

    shown, console = browse(copy, tmp_path, "--dump-dom")

    assert console == []
    values = [float(value) for value in re.search(r'data-sorted="([^"]*)"', shown)[1].split()]
    assert len(values) > 5
    assert sorted(values, reverse=True) == values
    assert len(set(values)) > 1


@in_browser
def test_the_page_prints(reports, tmp_path):
    """Printing gives a PDF of several pages."""
    browse(reports / "report.html", tmp_path, f"--print-to-pdf={tmp_path / 'report.pdf'}")

    printed = (tmp_path / "report.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 2


@in_office
@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_office_opens_the_document(reports, tmp_path, suffix):
    """LibreOffice opens the document and prints it."""
    command = [OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(reports / f"report.{suffix}")],
        capture_output=True,
        timeout=120,
        check=True,
    )

    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_the_document_is_a_sound_archive(reports, suffix):
    """The packed parts are whole and dated alike, so that the same input gives the same bytes."""
    with zipfile.ZipFile(reports / f"report.{suffix}") as archive:
        assert archive.testzip() is None
        assert len({entry.date_time for entry in archive.infolist()}) == 1
