"""The page for people without a command line: one server on this machine that shows what the command line finds."""
