"""Every question with its answers and base."""
