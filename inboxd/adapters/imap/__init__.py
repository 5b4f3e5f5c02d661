"""IMAP: reading one mailbox, and filing copies of what was sent."""

from inboxd.adapters.imap.connection import connect
from inboxd.adapters.imap.reader import ImapReader, Intake, Position

__all__ = ["ImapReader", "Intake", "Position", "connect"]
