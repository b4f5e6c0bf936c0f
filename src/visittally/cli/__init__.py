"""The command line: options -> settings -> one library call -> output."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
