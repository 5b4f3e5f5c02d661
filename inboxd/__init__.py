"""inboxd: the daemon behind a company's security@ address."""

__version__ = "0.1.0"
