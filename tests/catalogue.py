"""The Chinese catalogues: what the source says, what is translated, and the compiled files.

`python tests/catalogue.py` brings both catalogues up to date with the sources and compiles them: new messages are
added empty, those that are gone are dropped. It names what is still to be translated.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCES = {"visittally": ROOT / "src" / "visittally", "messages": Path(click.__file__).parent}
"""Domain of gettext -> the package whose messages it holds; click's own are in the default domain."""
MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands in the catalogues for when they were made, so that they change only with their messages."""
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def path_of(domain):
    """The catalogue of a domain."""
    return ROOT / "src" / "visittally" / "locale" / "zh_CN" / "LC_MESSAGES" / f"{domain}.po"


def extracted(domain):
    """What the sources of a domain say, as an empty catalogue."""
    found = Catalog(domain=domain)
    messages = extract_from_dir(SOURCES[domain], METHODS, {"**": {"silent": "false"}}, KEYWORDS)
    for name, _line, message, _comments, context in sorted(messages, key=lambda entry: entry[:2]):
        found.add(message, locations=[(name, None)], context=context)
    return found


def translated(domain):
    """The catalogue of a domain."""
    with path_of(domain).open("rb") as source:
        return read_po(source, locale="zh_CN", domain=domain)


def compiled(catalogue):
    """The catalogue as gettext loads it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def untranslated(catalogue):
    """The messages that have no translation, or one that must be looked at again."""
    return [m for m in catalogue if m.id and (m.fuzzy or not all(strings(m)))]


def strings(message):
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return [string or "" for string in strings]


def update(domain):
    """Bring the catalogue of a domain up to date and compile it; what is left to be translated."""
    catalogue = translated(domain)
    catalogue.update(extracted(domain), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version = "visittally", ""
    catalogue.msgid_bugs_address, catalogue.last_translator = "", "the visittally authors"
    catalogue.language_team = "zh_CN"
    catalogue.creation_date = catalogue.revision_date = MADE
    with path_of(domain).open("wb") as target:
        write_po(target, catalogue, width=100, sort_output=True, include_lineno=False)
    path_of(domain).with_suffix(".mo").write_bytes(compiled(catalogue))
    return untranslated(catalogue)


if __name__ == "__main__":
    left = {domain: update(domain) for domain in SOURCES}
    for name, messages in left.items():
        for entry in messages:
            sys.stdout.write(f"{name}: {entry.id!r}\n")
    sys.exit(any(left.values()))
