"""Every sentence for people, in the user's language."""

from __future__ import annotations

import gettext as _gettext
import locale
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "zh")
CLICK_DOMAIN = "messages"
"""The domain of gettext in which click looks its own words up."""
_CATALOGUES = {"en": "en", "zh": "zh_CN"}
_NAMES = {
    **dict.fromkeys(("cn", "chs", "chinese", "中文", "汉语", "简体", "简体中文", "zh-hans"), "zh"),
    **dict.fromkeys(("english", "英文", "英语"), "en"),
}
"""What else people call a language."""
_PRIMARY, _CHINESE = 0x3FF, 0x04
"""How Windows numbers languages."""

_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def _(message: str) -> str:
    """The message in the current language."""
    return _translations.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The message for `n` things in the current language."""
    return _translations.ngettext(one, many, n)


def listing(words: Iterable[str]) -> str:
    """Words one after the other, as the current language writes them: `a, b` (`a, b; c` if one has a comma), `a、b`."""
    words = list(words)
    comma = "; " if any(", " in word for word in words) else ", "
    return ("、" if _language == "zh" else comma).join(words)


def quoted(names: Iterable[str]) -> str:
    """Names one after the other, each in the quotation marks of the current language."""
    begins, ends = "“”" if _language == "zh" else '""'
    return ("、" if _language == "zh" else ", ").join(f"{begins}{name}{ends}" for name in names)


def language() -> str:
    """The current language: en or zh."""
    return _language


def set_language(name: str) -> None:
    """Speak English (`en`) or Chinese (`zh`) from now on."""
    global _translations, _language  # noqa: PLW0603 - the language of a process is one, as in gettext itself
    _language = name if name in LANGUAGES else "en"
    _translations = _gettext.translation("visittally", LOCALE, [_CATALOGUES[_language]], fallback=True)
    if _gettext.bindtextdomain(CLICK_DOMAIN) == str(LOCALE):
        bind_click(_language)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak a language, "" for the current one, while a context lasts."""
    before = _language
    if name and name != before:
        set_language(name)
    try:
        yield
    finally:
        if _language != before:
            set_language(before)


def bind_click(name: str) -> None:
    """Let click speak `name` too, from now on and after every `set_language`. For the command line alone.

    click takes its words from the default domain of gettext, which finds its language in the environment; it
    must be bound before click is imported.
    """
    _gettext.bindtextdomain(CLICK_DOMAIN, str(LOCALE))
    _gettext.textdomain(CLICK_DOMAIN)
    os.environ["LANGUAGE"] = _CATALOGUES.get(name, name)


def spoken(name: str) -> str:
    """The language that a name means: `zh-CN`, `cn` and `中文` are `zh`, `en_GB.UTF-8` is `en`; "" for any other."""
    whole = name.strip().lower().replace("_", "-")
    if whole in _NAMES:
        return _NAMES[whole]
    first = whole.partition("-")[0].partition(".")[0]
    return first if first in LANGUAGES else ""


def preferred_language() -> str:
    """The language that the environment asks for: VISITTALLY_LANG, then the locale, then what the system speaks."""
    for variable in ("VISITTALLY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return spoken(value) or "en"
    return "zh" if _system_speaks_chinese() else "en"


def _system_speaks_chinese() -> bool:
    """Whether the system's own language is Chinese, where no variable says it: on Windows, and often on macOS."""
    if sys.platform == "win32":
        import ctypes

        # The lower ten bits of a language identifier are the language, the others its region.
        return bool(ctypes.windll.kernel32.GetUserDefaultUILanguage() & _PRIMARY == _CHINESE)
    name = locale.getlocale(locale.LC_CTYPE)[0] or ""
    return name.lower().startswith(("zh", "chinese"))
