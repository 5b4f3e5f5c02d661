"""Fuzzing of everything that reads hostile mail: `make fuzz`, or `python -m tests.fuzz --help`.

Each target runs in a child of its own (`child`), which Atheris drives when it is importable and
our own mutations and the strategies of `tests.hostile_mail` drive otherwise (`engines`). What a
target may not do is told by `watch`: raise, take ten seconds, take a lot of memory.
"""
