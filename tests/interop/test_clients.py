"""Real mail clients at both ends: what Rita and Mona see and do in neomutt (gpgme)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from inboxd.sandbox.world import SAMPLE_REPORT, SAMPLE_SUBJECT, Person

from . import gpghome
from .desk import Desk, message_ids, sealed_text
from .dovecot import Dovecot
from .neomutt import Neomutt

_REASON = Neomutt.available()
pytestmark = [
    pytest.mark.interop,
    pytest.mark.timeout(120),
    pytest.mark.skipif(_REASON is not None, reason=_REASON or ""),
]

RECEIVED = "PGP message successfully decrypted"
GOOD = "Good signature from: MyKonci Security <security@mykonci.com>"


@pytest.fixture(params=["sandbox", "everybody"], ids=["sandbox server", "dovecot"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Everybody's mailboxes on one server, the sandbox's or Dovecot, and inboxd at work."""
    if request.param == "everybody" and (reason := Dovecot.available()):
        pytest.skip(reason)
    with Desk(request.param, daemon={"relay_hold_seconds": 1}) as desk:
        desk.start()
        desk.connected()
        yield desk


def neomutt(desk: Desk, person: Person) -> Neomutt:
    """A person's client, with the team's key as one that they checked."""
    team = desk.world.security.fingerprint
    gpghome.gpg(person.home, "--import-ownertrust", stdin=f"{team}:6:\n".encode())
    imap = desk.dovecot.imap_port if desk.dovecot else desk.world.server.imap_port
    return Neomutt(
        desk.root / f"mutt-{person.login}",
        imap,
        desk.smtp_port,
        person.login,
        person.password,
        person.address,
        person.home,
        signer=person.fingerprint,
        real_name=person.name,
        smtp_auth=desk.dovecot is None,
    )


def parse(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def sealed_to_team(desk: Desk, address: str = "") -> tuple[str, str]:
    return address or desk.world.security.address, desk.world.security.fingerprint


def written(screen: str) -> str:
    """The words of a screen, without its line breaks."""
    return " ".join(screen.split())


def test_rita_writes_a_sealed_report_and_reads_the_receipt(desk: Desk):
    world = desk.world
    public = desk.root / "rita.asc"
    public.write_bytes(world.public_key(world.rita))
    with neomutt(desk, world.rita) as client:
        to, key = sealed_to_team(desk)
        subject, text = SAMPLE_SUBJECT, SAMPLE_REPORT
        client.send(to, subject, text, encrypt_to=key, sign=True, attachments=(public,))
        desk.receipt()
        screen = client.read(1)
    assert RECEIVED in screen
    assert GOOD in screen
    assert "WARNING" not in screen
    assert "BAD" not in screen
    assert f"Subject: Re: {SAMPLE_SUBJECT}" in screen
    assert 'From: "MyKonci Security"' in screen or "From: MyKonci Security" in screen
    assert "and its number is 1" in written(screen)
    assert "any logged-in customer can read the invoices of all others" in written(screen)
    case = desk.case()
    assert case.sealed
    assert case.fingerprint == world.rita.fingerprint
    assert case.title == SAMPLE_SUBJECT
    assert case.missing == ()


def test_a_sealed_report_without_her_key_is_receipted_without_content_until_she_sends_it(
    desk: Desk,
):
    world = desk.world
    with neomutt(desk, world.rita) as client:
        to, key = sealed_to_team(desk)
        client.send(to, SAMPLE_SUBJECT, SAMPLE_REPORT, encrypt_to=key, sign=True)
        first = desk.wait_for(world.rita, "#1]")
        assert SAMPLE_SUBJECT.encode() not in first
        assert b"nvoice" not in first
        screen = client.read(1)
        assert GOOD in screen
        assert "key" in screen
        address = desk.reply_address(world.rita, first)
        public = desk.root / "rita.asc"
        public.write_bytes(world.public_key(world.rita))
        client.send(
            address, "My key", "Here it is.\n", encrypt_to=key, sign=True, attachments=(public,)
        )
    spool = desk.all_worked_off(2)
    assert spool[1]["outcome"] == "filed to a report"
    assert desk.case().fingerprint == world.rita.fingerprint


def test_a_plain_report_gets_a_receipt_whose_signature_shows(desk: Desk):
    with neomutt(desk, desk.world.rita) as client:
        client.send(desk.world.security.address, SAMPLE_SUBJECT, SAMPLE_REPORT)
        desk.receipt()
        screen = client.read(1)
    assert GOOD in screen
    assert "WARNING" not in screen
    assert "and its number is 1" in written(screen)
    assert not desk.case().sealed


def test_her_reply_to_the_receipt_is_filed_and_the_team_reads_it(desk: Desk):
    world = desk.world
    desk.report()
    receipt = desk.receipt()
    address = desk.reply_address(world.rita, receipt)
    with neomutt(desk, world.rita) as client:
        text = "One more thing: the mobile app is affected too.\n"
        client.reply(1, text, encrypt_to=sealed_to_team(desk, address), sign=True)
    spool = desk.all_worked_off(2)
    assert [row["outcome"] for row in spool] == ["report opened", "filed to a report"]
    assert len(desk.rows("report")) == 1
    for member in (world.mona, world.omar):
        notice = desk.inbox(member)[-1]
        told, signer = sealed_text(member, notice)
        assert signer == world.security.fingerprint
        assert b"the mobile app is affected too" in told
        assert b"Next, a person in our security team" not in told  # what she quoted
    assert len(desk.inbox(world.rita)) == 1  # a reply is not receipted again


def test_monas_reply_to_the_sealed_notice_reaches_rita_as_security(desk: Desk):
    world = desk.world
    desk.report()
    desk.receipt()
    notice = desk.wait_for(world.mona, SAMPLE_SUBJECT)
    address = desk.reply_address(world.mona, notice)
    with neomutt(desk, world.mona) as client:
        screen = client.read(1)
        assert RECEIVED in screen
        assert GOOD in screen
        assert f"Subject: [MyKonci #1] {SAMPLE_SUBJECT}" in screen
        assert "any logged-in customer can read the invoices of all others" in written(screen)
        text = "Thank you, Rita. We can reproduce it and work on a fix.\n"
        client.reply(1, text, encrypt_to=sealed_to_team(desk, address), sign=True)
    answer = desk.wait_for(world.rita, f"Re: {SAMPLE_SUBJECT}", count=2)
    inner, signer = sealed_text(world.rita, answer)
    assert signer == world.security.fingerprint
    assert parse(inner).get_content().startswith(text)
    for trace in (b"mona", b"team.example.org", b"how to act"):
        assert trace not in answer.lower()
        assert trace not in inner.lower()

    with neomutt(desk, world.rita) as client:
        screen = client.read(2)
        lines = client.listing()
    assert RECEIVED in screen
    assert GOOD in screen
    assert text.strip() in written(screen)
    assert "Auto-Submitted" not in screen
    assert [("─>" in line) for line in lines] == [True, True], lines  # one thread, hers at its root
    assert message_ids(parse(answer)["References"])[0] in desk.case().references


def test_mona_rates_the_report_from_her_client(desk: Desk):
    world = desk.world
    desk.report()
    desk.receipt()
    notice = desk.wait_for(world.mona, SAMPLE_SUBJECT)
    address = desk.reply_address(world.mona, notice)
    with neomutt(desk, world.mona) as client:
        client.reply(1, "/confirm critical\n", encrypt_to=sealed_to_team(desk, address), sign=True)
    desk.wait_for(world.mona, "Done")
    case = desk.case()
    assert (case.state.value, case.severity.value) == ("triaged", "critical")
    told, _ = sealed_text(world.rita, desk.wait_for(world.rita, f"Re: {SAMPLE_SUBJECT}", 2))
    assert re.search(rb"severity as critical", told)
