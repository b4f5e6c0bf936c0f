"""Blocks become a `Tally`: what is counted together, by whom, and how tallies add."""
