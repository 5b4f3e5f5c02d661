"""Every reader of what strangers write, with what must hold of its answers besides not raising."""

from __future__ import annotations

import json
from typing import Any

from inboxd.core import headers, mime
from inboxd.core.cards import calendar_method, readable_card
from inboxd.core.commands import VERBS, parse_commands
from inboxd.core.credit import find_credit
from inboxd.core.explain import explanation
from inboxd.core.extract import merge, read_text, understand
from inboxd.core.kind import classify
from inboxd.core.message import read_message
from inboxd.core.model import Address, Crypto, Fingerprint, Message, SignatureStatus
from inboxd.core.opening import open_message
from inboxd.core.quoted_form import answers_under_quotes
from inboxd.core.quoting import new_text
from inboxd.core.ratings import find_cvss
from inboxd.core.routing import clues
from inboxd.core.scope import MAX_URLS, Scope, SubProcessor, find_urls
from inboxd.core.sections import sections
from inboxd.core.sla import Clocks
from inboxd.core.text import html_to_text, language_of, unflow
from inboxd.core.tnef import read_tnef
from inboxd.core.trust import (
    GpgOutput,
    KnownMember,
    Voice,
    from_is_authenticated,
    hear,
    judge_decryption,
    judge_signatures,
    sole_signer,
)
from inboxd.core.uuencode import uuencoded
from inboxd.reading import learned_telling, learned_weights
from tests.core.builders import policy
from tests.fuzz import seeds
from tests.fuzz.keyring import MEMBER, FakeKeyring
from tests.fuzz.watch import Target

SECURITY = "security@mykonci.com"
AUTHSERV = "mx.mykonci.com"
SCOPE = Scope(
    inside=("mykonci.com", "*.mykonci.com"),
    outside=("blog.mykonci.com",),
    sub_processors=(SubProcessor("Stripe", ("stripe.com", "*.stripe.com"), "security@stripe.com"),),
)
MEMBERS = (
    KnownMember("mona@mykonci.com", "Mona", Fingerprint(MEMBER)),
    KnownMember("omar@mykonci.com", "Omar", None),
)
POLICY = policy(address=SECURITY, scope=SCOPE, members=MEMBERS, authserv_id=AUTHSERV)
assert isinstance(POLICY.clocks, Clocks)
LEARNED = learned_weights()
TELLING = learned_telling()


def text_of(data: bytes) -> str:
    """As a mail's text reaches the readers."""
    return headers.decode_bytes(data).replace("\r\n", "\n")


def clean(*values: str | None) -> None:
    """No lone surrogates: they can be neither stored nor sent."""
    for value in values:
        (value or "").encode()


# --- mail -----------------------------------------------------------------------------------------


def read_mime(data: bytes) -> None:
    root = mime.parse(data)
    parts = root.walk()
    assert len(parts) <= mime.MAX_PARTS + mime.MAX_DEPTH
    for part in parts:
        assert 0 <= part.start <= part.body_start <= part.end <= len(data)
        assert all(part.body_start <= c.start <= c.end <= part.end for c in part.children)
        clean(part.file_name, part.media_type, *part.all_defects(), *(v for _, v in part.params))
        assert isinstance(part.content, bytes)
        assert isinstance(part.is_attachment, bool)


def read_headers(data: bytes) -> None:
    first, _, rest = data.partition(b"\n")
    clean(headers.decode_bytes(rest, first.decode("latin-1")))
    fields, _ = headers.read_fields(data, first=True)
    for value in [headers.decode_bytes(data), *(f.value for f in fields[:20])]:
        clean(value, headers.clean(value), headers.decode_words(value))
        media_type, params = headers.parse_params(value)
        clean(media_type, *params, *params.values())
        for address in headers.parse_addresses([value, value[:100]]):
            clean(address.spec, address.name)
            assert not set("\r\n<> ,") & set(address.spec)
        for found in headers.parse_ids(value):
            assert found.startswith("<") and found.endswith(">")
        date = headers.parse_date(value)
        assert date is None or date.isoformat()


def open_mail(data: bytes) -> None:
    opened = open_message(data, FakeKeyring(data))
    crypto = opened.crypto
    if crypto.whole_mail_signed_by is not None:
        assert crypto.reason is None
        whole = [s for s in crypto.signatures if s.covers_whole]  # others are of attached files
        assert {s.fingerprint for s in whole} == {crypto.whole_mail_signed_by}
        assert all(s.status is SignatureStatus.GOOD for s in whole)
    for text in opened.texts.values():
        clean(text.text, text.outside)


def explain(data: bytes) -> None:
    message = read_message(open_message(data, FakeKeyring(data)), data)
    understood = understand(message, SCOPE, TELLING)
    verdict = classify(message, understood, hear(message, MEMBERS, AUTHSERV), SECURITY, LEARNED)
    told = explanation(message, verdict, understood, "", [])
    json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    clues(message, POLICY)
    parse_commands(message.new_text)


def read_files_within(data: bytes) -> None:
    packed = read_tnef(data)
    clean(packed.text, packed.html, *(file.name for file in packed.files))
    text = text_of(data)
    kept, files = uuencoded(text)
    assert files or kept == text
    clean(readable_card(text), calendar_method(text), *(name for name, _ in files))


# --- text -----------------------------------------------------------------------------------------


def read_html(data: bytes) -> None:
    clean(html_to_text(text_of(data)))


def read_new_text(data: bytes) -> None:
    text = text_of(data)
    for joined in (text, unflow(text, delsp=True), unflow(text, delsp=False)):
        clean(new_text(joined))
    assert language_of(text) in ("en", "fr")


def read_report(data: bytes) -> None:
    text = text_of(data)
    for section in sections(text):
        assert text[section.start : section.end] == section.body
    understood = read_text(text, SCOPE, "example.org", TELLING)
    for _, found in understood.fields:
        assert 0 <= found.start <= found.end <= len(text)
    again = answers_under_quotes(text)
    if again is not None:
        merge(understood, read_text(again, SCOPE))


def read_urls(data: bytes) -> None:
    urls = find_urls(text_of(data), SCOPE, "example.org")
    assert len(urls) <= MAX_URLS
    assert all(u.scope in ("in", "out", "unknown") for u in urls)


def read_credit(data: bytes) -> None:
    text = text_of(data)
    find_credit(text, sections(text))


def read_cvss(data: bytes) -> None:
    found = find_cvss(text_of(data))
    assert found is None or 0 <= found.score <= 10


def _message(text: str, **more: Any) -> Message:
    values: dict[str, Any] = {
        "sha256": "", "size": len(text), "message_id": "", "return_path": None,
        "sender": Address("rita@example.org"), "reply_to": (), "to": (), "recipients": (),
        "date": None, "subject": "", "protected_subject": None, "in_reply_to": (),
        "references": (), "text": text, "new_text": text, "html_only": False, "attachments": (),
        "headers": (), "report_parts": (), "crypto": Crypto(), "keys": (), "defects": (),
    }  # fmt: skip
    return Message(**values | more)


def read_kind(data: bytes) -> None:
    subject, _, text = text_of(data).partition("\n")
    subject = headers.clean(subject)
    message = _message(text, subject=subject, return_path=None if len(data) % 4 else "")
    verdict = classify(message, understand(message, SCOPE, TELLING), Voice(), SECURITY, LEARNED)
    assert verdict.evidence
    assert verdict.no_reply_because or not verdict.kind.is_machine


def read_commands(data: bytes) -> None:
    found = parse_commands(text_of(data))
    verbs = [c.verb for c in found.commands]
    assert set(verbs) <= set(VERBS)
    assert len(verbs) == len(set(verbs))


# --- trust ----------------------------------------------------------------------------------------


def judge_status(data: bytes) -> None:
    lines = tuple(data.decode("utf-8", "replace").split("\n"))
    for code in (0, 2):
        output = GpgOutput(lines, code)
        reason = judge_decryption(output)
        assert reason is None or reason.startswith("it ")
        if reason is None:
            assert output.has("DECRYPTION_OKAY") and output.has("GOODMDC")
        for whole in (True, False):
            found = judge_signatures(output, covers_whole=whole, detached=not whole)
            signer = sole_signer(found) if found else None
            assert whole or signer is None
            assert signer is None or f" {signer}" in " ".join(lines).upper()
            assert signer is None or not output.has("BADSIG", "ERRSIG", "FAILURE", "UNEXPECTED")


def judge_sender(data: bytes) -> None:
    value = headers.clean(headers.decode_bytes(data), 2000)
    message = _message("", headers=(("authentication-results", value), ("from", "rita")))
    if from_is_authenticated(message, AUTHSERV):
        assert value.lower().startswith(AUTHSERV)
        assert "pass" in value.lower() and "example.org" in value.lower()
    assert not from_is_authenticated(message, None)


ALL = (
    Target("mime", read_mime, seeds.mails, seeds.MAIL),
    Target("headers", read_headers, seeds.heads, seeds.MAIL),
    Target("opening", open_mail, seeds.mails, seeds.MAIL),
    Target("explain", explain, seeds.mails, (*seeds.MAIL, *seeds.HTML, *seeds.TEXT)),
    Target("files", read_files_within, seeds.files, seeds.TEXT),
    Target("html", read_html, seeds.pages, seeds.HTML),
    Target("text", read_new_text, seeds.texts, seeds.TEXT),
    Target("report", read_report, seeds.texts, seeds.TEXT),
    Target("urls", read_urls, seeds.texts, seeds.TEXT),
    Target("credit", read_credit, seeds.texts, seeds.TEXT),
    Target("cvss", read_cvss, seeds.vectors, seeds.TEXT),
    Target("kind", read_kind, seeds.texts, seeds.TEXT),
    Target("commands", read_commands, seeds.orders, seeds.ORDERS),
    Target("status", judge_status, seeds.statuses, seeds.STATUS),
    Target("sender", judge_sender, seeds.results, seeds.RESULTS),
)
