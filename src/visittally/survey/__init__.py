"""Headers, and a sample of the answers, become a `Survey`: which column is which field, which are one question."""
