"""Tallies become tables: one folder an analysis, what they share beside them."""
