"""What became of the issues."""
