"""Verbs of the command line, one file per group; they only call what does the work."""
