"""Tally: distinct combinations of values and how often each occurs. Tallies add.

Sketch of the interface; the implementation follows.
"""
