"""`python -m xproj_core` is the `xproj` command."""

from xproj_core.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
