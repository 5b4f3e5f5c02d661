"""Every letter that inboxd writes, with its facts. Wording is in the templates.

Protection is chosen here and nowhere else (invariant 4): a letter that carries report content is
encrypted or it becomes its content-free sibling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from inboxd.core.case import Report
from inboxd.core.decide.facts import MessageFacts, Reading
from inboxd.core.files import attachment
from inboxd.core.letter import Auto, Letter, Protection
from inboxd.core.model import (
    Attachment,
    CreditWish,
    Fingerprint,
    Found,
    Message,
    Understanding,
)
from inboxd.core.policy import Policy
from inboxd.core.routing import REPORTER, internal_party, relay_party, reply_address
from inboxd.core.sla import DeadlineState, deadlines
from inboxd.core.trust import KnownMember
from inboxd.core.wording import excerpt, fingerprint_words, instant

MAX_ENCLOSED = 10 * 1024 * 1024  # bytes of attachments that go into one notice


def base_facts(policy: Policy, report: Report | None, language: str) -> dict[str, Any]:
    """Facts that every template may use."""
    facts: dict[str, Any] = {
        "organisation": policy.organisation,
        "address": policy.address,
        "policy_url": policy.policy_url,
        "policy_version": policy.policy_version,
        "policy_updated": policy.policy_updated,
        "fingerprint": fingerprint_words(policy.fingerprint or ""),
    }
    if report is not None:
        facts |= {
            "number": int(report.number),
            "received": instant(report.clock.received_at, policy.clocks.calendar.zone, language),
            "promises": promise_facts(report, policy, language),
            "severity": report.severity.value if report.severity else "",
            "state": report.state.value,
        }
    return facts


def promise_facts(report: Report, policy: Policy, language: str) -> list[dict[str, Any]]:
    """Every running promise with its absolute instant, and the numbers that gave it."""
    clocks = policy.clocks
    severity = report.severity.value if report.severity else "medium"
    fix_days = {k.value: v for k, v in clocks.fix_days.items()}
    update_days = {k.value: v for k, v in clocks.update_days.items()}
    numbers = {
        "acknowledge": int(clocks.acknowledge.total_seconds() // 3600),
        "diagnose": clocks.diagnose_business_days,
        "fix": fix_days[severity],
        "update": update_days[severity],
        "disclose": clocks.disclose_days,
    }
    return [
        {
            "promise": deadline.promise.value,
            "when": instant(deadline.due_at, clocks.calendar.zone, language),
            "amount": numbers[deadline.promise.value],
            "severity": severity,
            "rated": report.severity is not None,
            "held": deadline.state is DeadlineState.HELD,
            "met": deadline.state is DeadlineState.MET,
        }
        for deadline in deadlines(report.clock, clocks)
        if deadline.state is not DeadlineState.CANCELLED
    ]


def _reply_to(policy: Policy, report: Report, party: str, fingerprint: Fingerprint | None) -> str:
    """The address that a reply to a letter goes to. An encrypted letter is answered encrypted,
    and mail clients look for a key that names the address: only the plain one has it."""
    if fingerprint is not None:
        return policy.address
    return reply_address(policy, report.number, party)


def _to_reporter(
    purpose: str, report: Report, policy: Policy, dedup: str, facts: dict[str, Any], **more: Any
) -> Letter:
    """A letter to the reporter of a case; a sealed case needs a key, or it stays content-free."""
    language = policy.language(report.language)
    sealed = report.sealed or report.fingerprint is not None
    return Letter(
        purpose=purpose,
        to=report.reporter,
        dedup=dedup,
        language=language,
        facts=base_facts(policy, report, language)
        | {"reply_address": _reply_to(policy, report, REPORTER, report.fingerprint)}
        | facts,
        number=report.number,
        protection=Protection.ENCRYPTED if sealed else Protection.SIGNED,
        fingerprint=report.fingerprint,
        reply_party=REPORTER,
        in_reply_to=report.last_message_id or None,
        references=report.references,
        **more,
    )


def receipt(
    report: Report, reading: Reading, policy: Policy, fields: Mapping[str, Found] | None = None
) -> Letter:
    """The acknowledgement: what was understood, what is missing, every promise as an instant.

    `fields`: what the report holds by now, where that is more than this mail.
    """
    message, understood = reading.message, reading.understood
    told_before = fields is not None
    fields = dict(understood.fields) if fields is None else fields
    dedup = f"receipt:{message.sha256}"
    extra: dict[str, Any] = {"sub_processors": _sub_processors(understood, policy)}
    if message.crypto.unreadable:
        letter = _to_reporter("receipt-unreadable", report, policy, dedup, {})
        letter = _without_content(letter, report)
        facts = dict(letter.facts) | {"reason": _reason_code(message)}
        return replace(letter, facts=facts, attachments=our_key(policy))
    if message.crypto.encrypted and report.fingerprint is None:
        return _without_content(_to_reporter("receipt-withheld", report, policy, dedup, {}), report)
    credit = report.credit
    clear = not (message.crypto.encrypted or report.sealed)
    quotes = clear or signed_all(message, report.fingerprint)
    quotes = quotes and not (told_before and report.sealed)
    extra |= {
        "understood": [
            {"field": name, "value": excerpt(found.value) if quotes else ""}
            for name, found in fields.items()
        ],
        "missing": list(report.missing),
        "credit": credit.wish.value,
        "credit_as": (credit.name or credit.handle or "") if quotes else "",
        "credit_link": (credit.link or "") if quotes else "",
        "quotes": quotes,
        "no_money": understood.flag("bounty-ask") is not None
        or understood.flag("beg-bounty") is not None,
        "encrypted": message.crypto.encrypted,
        "findings": understood.findings,
    }
    return _to_reporter(
        "receipt", report, policy, dedup, extra, auto=Auto.REPLIED, subject=_re(report.title)
    )


def signed_all(message: Message, key: Fingerprint | None) -> bool:
    """Whether a key signed all of a mail. Only then may an answer to that key repeat decrypted
    words: who passes on somebody else's ciphertext could not read it (EFAIL)."""
    signer = message.crypto.whole_mail_signed_by
    return signer is not None and signer == key


def our_key(policy: Policy) -> tuple[Attachment, ...]:
    """Our public key as a file, for whoever has to encrypt to it."""
    if not policy.public_key:
        return ()
    name = f"{policy.address}.asc"
    return (attachment(name, "application/pgp-keys", policy.public_key),)


def _without_content(letter: Letter, report: Report) -> Letter:
    """Nothing in it comes from the report, so it may travel signed when no key is known."""
    protection = Protection.ENCRYPTED if report.fingerprint else Protection.SIGNED
    return replace(letter, protection=protection, auto=Auto.REPLIED)


def _re(title: str) -> str:
    return title if title.lower().startswith("re:") else f"Re: {title}"


def _reason_code(message: Message) -> str:
    reason = message.crypto.reason or ""
    for code, words in (
        ("other-key", "not ours"),
        ("passphrase", "passphrase"),
        ("damaged", "damaged"),
        ("no-integrity", "integrity"),
        ("smime", "S/MIME"),
        ("too-large", "larger"),
    ):
        if words in reason:
            return code
    return "unknown"


def _sub_processors(understood: Understanding, policy: Policy) -> list[dict[str, str]]:
    found = {}
    for url in understood.urls:
        processor = policy.scope.sub_processor_of(url.host)
        if processor and url.role == "target":
            found[processor.name] = {"name": processor.name, "report_to": processor.report_to}
    return list(found.values())


def to_reporter(
    purpose: str, report: Report, policy: Policy, dedup: str, text: str, **more: Any
) -> Letter:
    """A human's words, or a template that a human's command sent, to the reporter."""
    return _to_reporter(
        purpose,
        report,
        policy,
        dedup,
        {"text": text},
        auto=Auto.NO,
        human=True,
        subject=_re(report.title),
        **more,
    )


def need_key(report: Report, policy: Policy, dedup: str) -> Letter:
    """Content-free: there is an answer, and only their key is missing to send it."""
    letter = _to_reporter("need-key", report, policy, dedup, {})
    return replace(letter, protection=Protection.SIGNED)


def answer(
    purpose: str, reading: Reading, facts: MessageFacts, policy: Policy, **more: Any
) -> Letter:
    """An automatic answer that belongs to no report."""
    message = reading.message
    key = facts.answer_key(reading)
    sealed = key is not None and message.crypto.encrypted
    if facts.report is not None:  # what is said of a case goes to the case's key
        key = facts.report.fingerprint or key
        sealed = facts.report.sealed
    language = policy.language(reading.language)
    return Letter(
        purpose=purpose,
        to=message.sender.spec if message.sender else "",  # then it is withheld: a task
        dedup=f"{purpose}:{message.sha256}",
        language=language,
        facts=base_facts(policy, facts.report, language) | more,
        number=facts.report.number if facts.report else None,
        protection=Protection.ENCRYPTED if sealed else Protection.SIGNED,
        fingerprint=key,
        reply_party=REPORTER if facts.report else None,
        auto=Auto.REPLIED,
        in_reply_to=message.message_id or None,
        references=(*message.references, message.message_id) if message.message_id else (),
        attachments=our_key(policy) if purpose in ("key", "pgp-test") else (),
    )


# --- to the team -----------------------------------------------------------------------------------


def to_team(
    purpose: str,
    members: Iterable[KnownMember],
    policy: Policy,
    dedup: str,
    facts: dict[str, Any],
    *,
    report: Report | None = None,
    enclosed: tuple[Attachment, ...] = (),
    subject: str | None = None,
    relay: bool = False,
    content_free: bool = False,
) -> list[Letter]:
    """One letter per member: encrypted to each; without a key, a content-free notice.

    `content_free`: these facts hold nothing of the report, so everybody may get them.
    """
    letters = []
    for member in members:
        party = relay_party(member.address) if relay else internal_party(member.address)
        common = base_facts(policy, report, "en")  # team letters are written in English
        if report is not None:
            common["reply_address"] = _reply_to(policy, report, party, member.fingerprint)
            common["owner"] = report.owner or ""
        has_key = member.fingerprint is not None
        whole = has_key or content_free
        letters.append(
            Letter(
                purpose=purpose if whole else "team-bare",
                to=member.address,
                dedup=f"{dedup}:{member.address}",
                language=policy.language(member.language),
                facts=common | (facts if whole else {"what": purpose}),
                number=report.number if report else None,
                protection=Protection.ENCRYPTED if has_key else Protection.SIGNED,
                fingerprint=member.fingerprint,
                reply_party=party if report is not None else None,
                subject=subject if has_key else None,
                attachments=enclosed if has_key else (),
                references=(_thread_root(report, policy),) if report else (),
            )
        )
    return letters


def _thread_root(report: Report, policy: Policy) -> str:
    return f"<case.{report.number}@{policy.domain}>"


def member_facts(reading: Reading, policy: Policy, received_at: datetime) -> dict[str, Any]:
    """What a member reads of a mail: its text whole, and what the daemon made of it."""
    message, understood = reading.message, reading.understood
    return {
        "from_address": message.sender.spec if message.sender else "unknown",
        "from_name": message.sender.name if message.sender else "",
        "subject": message.true_subject,
        "arrived": instant(received_at, policy.clocks.calendar.zone, "en"),
        "text": message.new_text or message.text,
        "missing": list(understood.missing),
        "understood": [{"field": n, "value": excerpt(f.value)} for n, f in understood.fields],
        "urls": [{"url": u.url, "scope": u.scope, "why": u.why} for u in understood.urls[:20]],
        "flags": [{"code": f.code, "evidence": f.evidence} for f in understood.flags],
        "cvss": f"{understood.cvss.vector} = {understood.cvss.score}" if understood.cvss else "",
        "cwe": ", ".join(understood.cwe),
        "severity_claim": understood.severity_claim or "",
        "credit": understood.credit.wish.value,
        "credit_as": understood.credit.name or understood.credit.handle or "",
        "wants_credit": understood.credit.wish is CreditWish.YES,
        "defects": list(message.defects),
        "crypto": _crypto_words(message),
        "authenticated": reading.voice.authenticated,
        "kind": reading.verdict.kind.value,
        "evidence": reading.verdict.shown,
        "unanswered": "",  # why a letter that would answer it was withheld
        "files": [{"name": a.name, "size": a.size} for a in message.attachments],
        "enclosed": sum(a.size for a in message.attachments) <= MAX_ENCLOSED,
    }


def enclosed(message: Message) -> tuple[Attachment, ...]:
    """The attachments of a mail, if all of them fit into a notice."""
    fits = sum(a.size for a in message.attachments) <= MAX_ENCLOSED
    return message.attachments if fits else ()


def _crypto_words(message: Message) -> str:
    crypto = message.crypto
    if crypto.unreadable:
        return f"encrypted, could not be opened: {crypto.reason}"
    words = "encrypted" if crypto.encrypted else "not encrypted"
    if not crypto.signatures:
        return f"{words}, not signed"
    return f"{words}, " + "; ".join(
        f"signature {s.status.value}"
        + (f" by {_short(s.fingerprint)}" if s.fingerprint else "")
        + ("" if s.covers_whole else ", covering only a part")
        for s in crypto.signatures
    )


def _short(fingerprint: Fingerprint | None) -> str:
    return fingerprint_words(fingerprint or "")
