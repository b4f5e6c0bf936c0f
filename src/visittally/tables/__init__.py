"""The values that travel: typed tables, results, documents."""
