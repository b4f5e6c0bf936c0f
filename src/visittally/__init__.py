"""Tally what door-to-door visits found: issues by village, coverage, follow-up, reports."""

from __future__ import annotations

__version__ = "0.1.0"
