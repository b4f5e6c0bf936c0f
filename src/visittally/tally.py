"""Tally: distinct combinations of values and how often each occurs. Tallies add."""
