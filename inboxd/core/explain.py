"""The explanation of one mail as plain data: the contract of `inboxd explain --json`.

Every key is always present. Other programs build on these names; adding one is a change of the
changelog's "Operators" section, renaming one is not done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from inboxd.core import mime
from inboxd.core.case import Outcome
from inboxd.core.kind import Verdict
from inboxd.core.message import read_message
from inboxd.core.model import Crypto, Kind, Message, Understanding
from inboxd.core.opened import Opened
from inboxd.core.text import language_of


def explanation(
    message: Message,
    verdict: Verdict,
    understood: Understanding,
    outcome: str,
    would_send: list[dict[str, Any]],
) -> dict[str, Any]:
    """JSON-ready data of design section 10."""
    return {
        "kind": verdict.kind.value,
        "evidence": verdict.shown,
        "may_auto_reply": verdict.may_auto_reply,
        "no_reply_because": verdict.no_reply_because,
        "message": _message(message),
        "crypto": _crypto(message),
        "fields": _fields(understood),
        "missing": list(understood.missing),
        "urls": [
            {"url": u.url, "host": u.host, "scope": u.scope, "role": u.role, "why": u.why}
            for u in understood.urls
        ],
        "cvss": (
            None
            if understood.cvss is None
            else {
                "vector": understood.cvss.vector,
                "score": understood.cvss.score,
                "severity": understood.cvss.severity.value,
            }
        ),
        "cwe": list(understood.cwe),
        "severity_claim": understood.severity_claim,
        "findings": understood.findings,
        "flags": [{"code": f.code, "evidence": f.evidence} for f in understood.flags],
        "decision": {"outcome": outcome, "would_send": would_send},
    }


def unread(raw: bytes, why: str) -> dict[str, Any]:
    """The same keys for a mail that met a bound of the reader, of which nothing is known."""
    nothing = mime.parse(b"")
    message = replace(read_message(Opened(nothing, nothing, Crypto()), raw), defects=(why,))
    verdict = Verdict(Kind.OTHER, (why,), why)
    return explanation(message, verdict, Understanding(), Outcome.QUARANTINED.value, [])


def _message(message: Message) -> dict[str, Any]:
    return {
        "message_id": message.message_id,
        "from": message.sender.spec if message.sender else None,
        "to": [address.spec for address in message.to],
        "date": message.date.isoformat() if message.date else None,
        "subject": message.subject,
        "protected_subject": message.protected_subject,
        "language": language_of(f"{message.true_subject}\n{message.new_text or message.text}"),
        "text": message.text,
        "new_text": message.new_text,
        "attachments": [
            {"name": a.name, "type": a.media_type, "size": a.size, "sha256": a.sha256}
            for a in message.attachments
        ],
        "defects": list(message.defects),
    }


def _crypto(message: Message) -> dict[str, Any]:
    crypto = message.crypto
    return {
        "encrypted": crypto.encrypted,
        "scheme": crypto.scheme.value,
        "decrypted": crypto.decrypted,
        "reason": crypto.reason,
        "signatures": [
            {
                "status": s.status.value,
                "fingerprint": s.fingerprint,
                "covers": "whole" if s.covers_whole else "part",
            }
            for s in crypto.signatures
        ],
        "whole_mail_signed_by": crypto.whole_mail_signed_by,
    }


def _fields(understood: Understanding) -> dict[str, Any]:
    credit = understood.credit
    return {
        "description": understood.value("description"),
        "components": list(understood.components),
        "reproduction_steps": understood.value("reproduction_steps"),
        "impact": understood.value("impact"),
        "proof_of_concept": understood.value("proof_of_concept"),
        "contact": understood.value("contact"),
        "credit": {
            "wish": credit.wish.value,
            "name": credit.name,
            "handle": credit.handle,
            "link": credit.link,
        },
    }
