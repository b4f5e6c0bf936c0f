"""Fingerprints of files: what makes a figure traceable to the bytes that it was counted from."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(file: str) -> str:
    """SHA-256 of a file, "" for what is no file of its own (a member of an archive, standard input, a URL)."""
    path = Path(file)
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
