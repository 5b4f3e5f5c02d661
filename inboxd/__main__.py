"""`inboxd` and `python -m inboxd`."""

from inboxd.cli.root import main

if __name__ == "__main__":
    main()
