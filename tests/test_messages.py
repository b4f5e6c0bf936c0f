"""Languages, and the Chinese catalogues."""

import ast
import ctypes
import locale
import os
import re
import subprocess
import sys
from gettext import GNUTranslations
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

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


def test_every_message_is_translated():
    """`python tests/catalogue.py` adds what is new and names what is left.

    Our own messages: what the click that is installed says besides, only an update of the catalogue takes up.
    """
    known = {message.id: message for message in catalogue.translated("visittally")}

    missing = [m.id for m in catalogue.extracted("visittally") if m.id and m.id not in known]

    assert not missing


def test_no_message_stands_in_an_f_string():
    """Python before 3.12 hides it there from the extraction, so that the catalogue would depend on who made it."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in catalogue.SOURCES["visittally"].rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext")
    ]
    assert hidden == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_message_of_a_catalogue_has_its_translation(domain):
    assert not catalogue.untranslated(catalogue.translated(domain))


@pytest.mark.parametrize("says", ["Usage:", "Options", "Error: {message}", "Missing argument"])
def test_the_words_of_click_that_everybody_meets_are_translated(says):
    """Whichever click is installed."""
    assert any(says in str(message.id) for message in catalogue.translated("messages"))


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
def test_the_compiled_catalogue_says_what_the_translations_say(domain):
    """Message by message: who compiled it, and with what, does not matter."""
    with catalogue.path_of(domain).with_suffix(".mo").open("rb") as stream:
        compiled = dict(GNUTranslations(stream)._catalog)
    expected = dict(GNUTranslations(BytesIO(catalogue.compiled(catalogue.translated(domain))))._catalog)

    compiled.pop("")
    expected.pop("")
    assert expected
    assert compiled == expected


def test_another_release_of_babel_compiles_the_same_messages(monkeypatch):
    """Its name and version stand in the head of the file, and nowhere else."""
    read = catalogue.translated

    def made_by_another(domain):
        found = read(domain)
        found.mime_headers = [*found.mime_headers, ("Generated-By", "Babel 99")]
        return found

    monkeypatch.setattr(catalogue, "translated", made_by_another)
    test_the_compiled_catalogue_says_what_the_translations_say("visittally")


@pytest.mark.parametrize(
    ("name", "means"),
    [
        *(
            (name, "zh")
            for name in ("zh", "cn", "CN", "zh-CN", "zh_CN", "zh_TW.UTF-8", "zh-Hans-SG", "中文", "Chinese")
        ),
        *((name, "en") for name in ("en", "EN", "en-GB", "en_US.UTF-8", "english")),
        *((name, "") for name in ("", "fr", "C", "zhuang", "enx", "中")),
    ],
)
def test_names_that_people_give_a_language(name, means):
    assert messages.spoken(name) == means


@pytest.mark.parametrize(
    ("identifier", "name"), [(0x0804, "zh"), (0x0C04, "zh"), (0x1004, "zh"), (0x0409, "en"), (0x0407, "en")]
)
def test_windows_says_its_language_by_number(monkeypatch, identifier, name):
    """No variable says it there."""
    for variable in ("VISITTALLY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: identifier)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)

    assert messages.preferred_language() == name


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (("zh_CN", "UTF-8"), "zh"),
        (("Chinese (Simplified)_China", "936"), "zh"),
        (("de_DE", "UTF-8"), "en"),
        ((None, None), "en"),
    ],
)
def test_the_locale_of_the_system_counts_too(monkeypatch, found, name):
    for variable in ("VISITTALLY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda _category: found)

    assert messages.preferred_language() == name
