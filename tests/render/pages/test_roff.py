"""Pages as a manual page."""

import re
import shutil
import subprocess

import pytest

from visittally.guidebook import TOPICS, page
from visittally.messages import LANGUAGES
from visittally.render.pages.roff import manual


def _body(text):
    return manual("p", "1", "s", "p", [text]).partition("SYNOPSIS\np\n")[2]


def test_text_begins_no_request():
    assert _body(".TH is text\n") == ".PP\n\\&.TH is text\n"
    assert _body("```\n.so file\na\\b 'c'\n```\n") == ".PP\n.RS 4\n.EX\n\\&.so file\na\\eb \\(aqc\\(aq\n.EE\n.RE\n"


def test_options_and_bold_text_stand_out():
    assert _body("- **Base**: `--base all`\n") == ".IP \\(bu 4\n\\fBBase\\fR: \\fB\\-\\-base all\\fR\n"


def test_chinese_lines_may_end_between_characters():
    assert _body("按村（件） x\n") == ".PP\n按\\:村\\:（件） x\n"


def test_terms_have_their_explanations_below():
    assert _body("| a | b | c |\n|---|---|---|\n| x | y | z |\n") == ".TP\nx\ny\n.br\nz\n"


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff here")
@pytest.mark.parametrize("language", LANGUAGES)
def test_groff_finds_nothing_to_warn_of(language):
    """The whole guide is well-formed roff, and none of its text is lost."""
    text = manual("visittally", "1", "s", "s", [page(topic, language) for topic in TOPICS])
    done = subprocess.run(
        ["groff", "-ww", "-man", "-Tutf8", "-Kutf8", "-P-c"], input=text.encode(), capture_output=True, check=True
    )

    assert done.stderr == b""
    assert "--fill-down" in re.sub(".\x08", "", done.stdout.decode())
