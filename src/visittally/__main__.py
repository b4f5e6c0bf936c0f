"""`python -m visittally`."""

from __future__ import annotations

from visittally.cli import main

if __name__ == "__main__":
    main()
