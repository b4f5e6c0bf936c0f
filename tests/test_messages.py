"""Languages, and the Chinese catalogues."""

import os
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from visittally import messages

_SPEC = spec_from_file_location("catalogue", Path(__file__).with_name("catalogue.py"))
catalogue = module_from_spec(_SPEC)
_SPEC.loader.exec_module(catalogue)

DOMAINS = sorted(catalogue.SOURCES)
PLACE = re.compile(r"\{[^{}]*\}|%\(\w+\)s")


@pytest.fixture(autouse=True)
def _english_again():
    yield
    messages.set_language("en")


def test_messages_are_chinese_when_asked():
    messages.set_language("zh")

    assert messages.language() == "zh"
    assert messages._("Total") == "合计"


@pytest.mark.parametrize("name", ["en", "fr", ""])
def test_any_other_language_is_english(name):
    messages.set_language(name)

    assert (messages.language(), messages._("Total")) == ("en", "Total")


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"VISITTALLY_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ({"VISITTALLY_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_environment_says_the_language(monkeypatch, environment, name):
    for variable in ("VISITTALLY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)

    assert messages.preferred_language() == name


@pytest.mark.parametrize(("name", "says"), [("zh", "用法: x"), ("en", "Usage: x")])
def test_click_speaks_the_same_language_whatever_the_locale(name, says):
    code = (
        "from visittally import messages\n"
        f"messages.bind_click('en'); messages.set_language('{name}')\n"
        "import click; print(click.Command('x').get_usage(click.Context(click.Command('x'), info_name='x')))"
    )
    locale = {"zh": "C.UTF-8", "en": "zh_CN.UTF-8"}[name]
    environment = os.environ | {"LC_ALL": locale, "LANGUAGE": "", "PYTHONIOENCODING": "utf-8"}

    out = subprocess.check_output([sys.executable, "-c", code], env=environment, encoding="utf-8")

    assert out.startswith(says)


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_message_is_translated(domain):
    """`python tests/catalogue.py` adds what is new and names what is left."""
    known = {message.id: message for message in catalogue.translated(domain)}

    missing = [m.id for m in catalogue.extracted(domain) if m.id and m.id not in known]

    assert not missing
    assert not catalogue.untranslated(catalogue.translated(domain))


@pytest.mark.parametrize("domain", DOMAINS)
def test_translations_name_no_other_places_than_their_messages(domain):
    for message in catalogue.translated(domain):
        sources = " ".join(message.id) if isinstance(message.id, tuple) else message.id
        for string in catalogue.strings(message):
            assert set(PLACE.findall(string)) <= set(PLACE.findall(sources)), message.id


@pytest.mark.parametrize("domain", ["visittally"])
def test_translations_say_all_that_their_messages_say(domain):
    for message in catalogue.translated(domain):
        if message.id and not isinstance(message.id, tuple) and message.string:
            assert sorted(set(PLACE.findall(message.string))) == sorted(set(PLACE.findall(message.id)))


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_that_of_the_translations(domain):
    compiled = catalogue.path_of(domain).with_suffix(".mo").read_bytes()

    assert compiled == catalogue.compiled(catalogue.translated(domain))
