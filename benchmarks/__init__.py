"""Benchmarks: `python -m benchmarks` measures inboxd on generated mail and prints one table."""
