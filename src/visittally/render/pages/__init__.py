"""Pages of the guide: from Markdown to a terminal, and to a manual page."""
