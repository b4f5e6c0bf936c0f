"""Visits checked a second time: which ones to draw, and whether the answers were the same."""
