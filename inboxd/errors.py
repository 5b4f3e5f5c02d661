"""Every error that inboxd raises on purpose, and the exit code each one becomes.

Only adapters, the store and the configuration raise these; the core returns values, because bad
mail is normal. Anything else that is raised is a bug and is caught at a worker's boundary.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line (sysexits.h), so that an MTA can act on them."""

    OK = 0
    FAILED = 1
    USAGE = 64
    DATA = 65
    BUG = 70
    IO = 74
    TRY_AGAIN = 75
    CONFIG = 78


class InboxdError(Exception):
    """Something the operator can act on: the message says what happened and what to do."""

    exit_code: Exit = Exit.BUG


class ConfigError(InboxdError):
    """The configuration cannot be used as it is written."""

    exit_code = Exit.CONFIG


class TransientError(InboxdError):
    """It may work later: the network, a busy server, a full disk."""

    exit_code = Exit.TRY_AGAIN


class PermanentError(InboxdError):
    """Trying again with the same input cannot help."""

    exit_code = Exit.DATA


class StorageError(InboxdError):
    """The database cannot be used: missing, of another version, damaged or unreadable."""

    exit_code = Exit.IO
