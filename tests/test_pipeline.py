"""The path end to end: bytes in, recorded rows and letters out."""

import dataclasses

import pytest

from inboxd import assembly
from inboxd.core.model import SignatureStatus
from inboxd.core.opening import open_message
from inboxd.isolation import HereReader
from tests.desk import EVE, MONA, OMAR, REPORT, RITA, SECURITY, Desk, permanent, transient


def test_an_encrypted_report_is_opened_parsed_and_answered_encrypted(desk):
    desk.deliver(desk.sealed("rita", "IDOR in invoices", REPORT))
    (receipt,) = desk.mails("rita")
    assert receipt.crypto.decrypted
    assert receipt.crypto.whole_mail_signed_by == desk.keys.fingerprints["security"]
    assert receipt.subject == "[...]"
    assert receipt.protected_subject == "Re: IDOR in invoices"
    report = desk.report()
    assert (report.sealed, report.fingerprint) == (True, desk.keys.fingerprints["rita"])
    fields = dict(desk.rows("SELECT name, value FROM field"))
    assert fields["impact"] == "Invoices of all customers can be read."
    assert report.clock.acknowledged_at == desk.now


@pytest.mark.parametrize("encrypt", [True, False], ids=["encrypted", "signed only"])
def test_a_key_that_comes_inside_the_signature_is_used_for_the_answer(desk, encrypt):
    raw = desk.sealed("rita", "IDOR", REPORT, key=False, encrypt=encrypt, key_in_signature=True)
    assert b"Autocrypt:" not in raw
    desk.deliver(raw)
    assert desk.report().fingerprint == desk.keys.fingerprints["rita"]
    (receipt,) = desk.mails("rita")
    assert receipt.crypto.decrypted


def test_a_plain_report_gets_a_signed_receipt_in_its_language_and_thread(desk):
    text = (
        "Bonjour,\n\nj'ai trouvé une faille XSS sur https://app.mykonci.com/profil : le champ"
        " « nom » n'est pas filtré.\n\nPour reproduire, il suffit d'entrer <script> dans le champ"
        " puis d'ouvrir le profil.\n\nUn attaquant pourrait voler la session des autres.\n"
    )
    raw = desk.plain(RITA, "Faille XSS", text, Message_ID="<first@example.org>")
    desk.deliver(raw)
    (receipt,) = desk.mails("rita")
    assert receipt.subject == "Re: Faille XSS"
    assert receipt.in_reply_to == ("<first@example.org>",)
    assert not receipt.crypto.encrypted
    assert receipt.crypto.whole_mail_signed_by == desk.keys.fingerprints["security"]
    assert "Bonjour" in receipt.text
    assert receipt.header("auto-submitted") == "auto-replied"


def test_the_team_is_told_encrypted_to_each_member_only(desk):
    desk.deliver(desk.plain(RITA, "XSS", REPORT))
    (notice,) = desk.mails("mona")
    assert notice.crypto.decrypted
    assert "Invoices of all customers" in notice.text
    assert desk.wire.to(OMAR) == []  # Omar leads; he is told at 75 %, not of every report
    assert notice.subject == "[...]"


def test_an_unreadable_mail_opens_a_case_and_gets_our_key(desk):
    sealed = desk.sealed("rita", "secret", REPORT)
    cut = sealed[: sealed.index(b"-----END PGP MESSAGE")]
    damaged = cut[:-400] + b"\r\n=AAAA\r\n" + sealed[sealed.index(b"-----END PGP MESSAGE") :]
    desk.deliver(damaged)
    report = desk.report()
    assert report.clock.readable_at is None
    assert "disclose" not in desk.deadlines()
    (answer,) = desk.mails("rita")
    assert any(a.media_type == "application/pgp-keys" for a in answer.attachments)


def test_an_encrypted_mail_without_a_key_gets_a_content_free_receipt_and_a_task(desk):
    desk.deliver(desk.sealed("rita", "IDOR", REPORT, key=False))
    (receipt,) = desk.mails("rita")
    assert not receipt.crypto.encrypted
    assert "nvoice" not in receipt.text
    assert "IDOR" not in receipt.true_subject
    assert [row.dedup for row in desk.rows("SELECT dedup FROM task")] == ["no-key:1"]


def test_the_same_bytes_twice_make_one_report_and_one_receipt(desk):
    raw = desk.plain(RITA, "XSS", REPORT)
    desk.receive(raw, "one")
    desk.receive(raw, "two")
    desk.work()
    assert len(desk.rows("SELECT number FROM report")) == 1
    assert len(desk.wire.to(RITA)) == 1


def test_the_same_message_id_with_other_bytes_is_a_new_mail_with_a_warning(desk):
    desk.deliver(desk.plain(RITA, "XSS", REPORT, Message_ID="<same@example.org>"))
    desk.deliver(desk.plain(EVE, "XSS", REPORT + "more", Message_ID="<same@example.org>"))
    assert len(desk.rows("SELECT number FROM report")) == 2
    warnings = desk.rows("SELECT 1 FROM history WHERE kind = 'message.same-id-other-bytes'")
    assert len(warnings) == 1


def test_a_reply_to_the_receipt_is_filed_and_fills_what_was_missing(desk):
    told = "I found an XSS on https://app.mykonci.com/search\n\nRita\n"
    desk.deliver(desk.plain(RITA, "XSS", told, From=f"Rita Example <{RITA}>"))
    (receipt,) = desk.mails("rita")
    assert "impact" in desk.report().missing
    to = desk.answering(receipt)["to"]
    assert "+1." in to  # an unguessable address of the report
    raw = desk.plain(RITA, "Re: XSS", "Impact: any session can be stolen.\n", To=to)
    desk.deliver(raw)
    assert len(desk.rows("SELECT number FROM report")) == 1
    fields = dict(desk.rows("SELECT name, value FROM field"))
    assert fields["impact"] == "any session can be stolen."
    assert "impact" not in desk.report().missing


def test_a_number_in_the_subject_grants_nothing(desk):
    desk.deliver(desk.plain(RITA, "XSS", REPORT))
    desk.deliver(desk.plain(EVE, "Re: [MyKonci #1] XSS", "What did she write?"))
    kinds = desk.rows("SELECT outcome FROM spool ORDER BY id")
    assert [k.outcome for k in kinds] == ["report opened", "set aside for a human"]
    assert desk.wire.to(EVE) == []


def test_a_reply_that_overtakes_its_report_waits_for_it(desk):
    report = desk.plain(RITA, "XSS", REPORT, Message_ID="<r@example.org>")
    more = desk.plain(RITA, "Re: XSS", "One more thing.", In_Reply_To="<r@example.org>")
    desk.receive(report)
    desk.receive(more)
    with desk.store.write() as unit:
        first = unit.spool.claim(desk.now)  # another worker has the report
    assert desk.pipeline.process()
    states = desk.rows("SELECT state, attempts FROM spool ORDER BY id")
    assert [tuple(s) for s in states] == [("working", 1), ("waiting", 0)]
    with desk.store.write() as unit:
        unit.spool.postpone(first.id, desk.now, "", counts=False)
    desk.pass_time(seconds=5)
    assert [r.outcome for r in desk.rows("SELECT outcome FROM spool ORDER BY id")] == [
        "report opened",
        "set aside for a human",  # its own Message-ID is no secret of ours: a hint, not a right
    ]


def test_robots_are_recorded_and_never_answered(desk):
    desk.deliver(desk.plain(RITA, "Out of office", "I am away.", Auto_Submitted="auto-replied"))
    news = "What we found on the web this week, and other advisories."
    desk.deliver(desk.plain(RITA, "News", news, List_Id="<news.example.org>"))
    assert desk.wire.accepted == []
    assert {r.outcome for r in desk.rows("SELECT outcome FROM spool")} == {"machine mail recorded"}


def test_a_report_through_a_mailing_list_reaches_people_and_is_answered_by_hand(desk):
    desk.deliver(desk.plain(RITA, "Your invoices", REPORT, List_Id="<psirt.example.org>"))
    assert {r.outcome for r in desk.rows("SELECT outcome FROM spool")} == {"report opened"}
    assert desk.wire.to(RITA) == []
    assert len(desk.rows("SELECT 1 FROM task WHERE dedup LIKE 'withheld:%'")) == 1


def test_automatic_answers_stop_at_the_budget_and_become_a_task(desk):
    desk.pipeline.policy = dataclasses.replace(
        desk.pipeline.policy,
        budgets=dataclasses.replace(desk.pipeline.policy.budgets, per_address_day=2),
    )
    for n in range(4):
        desk.deliver(desk.plain(RITA, f"XSS {n}", REPORT + f"\n{n}"))
    assert len(desk.wire.to(RITA)) == 2
    withheld = desk.rows("SELECT 1 FROM task WHERE dedup LIKE 'withheld:%'")
    assert len(withheld) == 2
    assert desk.deadlines(3)["acknowledge"].state == "running"


class ExplodingReader(HereReader):
    def read(self, raw):
        if b"poison" in raw:
            raise RuntimeError("boom")
        return super().read(raw)


def test_a_poison_mail_is_quarantined_after_three_attempts_and_people_are_told(short_tmp, keys):
    desk = Desk(short_tmp, keys, reader=ExplodingReader)
    desk.receive(desk.plain(RITA, "poison", REPORT))
    for _ in range(5):
        while desk.pipeline.process():
            pass
        desk.now = desk.now.replace(minute=desk.now.minute + 1)
    assert [tuple(r) for r in desk.rows("SELECT state, attempts FROM spool")] == [
        ("quarantined", 3)
    ]
    desk.deliver(desk.plain(RITA, "XSS", REPORT))
    assert len(desk.rows("SELECT number FROM report")) == 1
    told = [m for m in desk.mails("mona") if "could not be processed" in m.true_subject]
    assert len(told) == 1


def test_a_signed_reply_of_a_member_is_relayed_without_their_address(desk):
    desk.deliver(desk.sealed("rita", "IDOR", REPORT))
    (notice,) = desk.mails("mona")
    to = desk.answering(notice)
    desk.deliver(desk.sealed("mona", "Re: IDOR", "Thank you, we can reproduce it.\n", **to))
    assert len(desk.wire.to(RITA)) == 1  # held back
    desk.pass_time(minutes=3)
    relayed = desk.mails("rita")[-1]
    assert "we can reproduce it" in relayed.text
    assert relayed.sender.spec == SECURITY
    assert MONA.encode() not in desk.wire.to(RITA)[-1]
    assert MONA not in relayed.text
    assert desk.report().clock.last_update_at == desk.now


def test_a_held_answer_can_be_cancelled_by_one_mail(desk):
    desk.deliver(desk.sealed("rita", "IDOR", REPORT))
    to = desk.answering(desk.mails("mona")[0])
    desk.deliver(desk.sealed("mona", "Re: IDOR", "Oops, internal words.\n", **to))
    desk.deliver(desk.sealed("mona", "Re: IDOR", "/cancel\n", **to))
    desk.pass_time(minutes=5)
    assert len(desk.wire.to(RITA)) == 1


def test_commands_of_a_member_are_executed_and_told_to_the_researcher(desk):
    desk.deliver(desk.sealed("rita", "IDOR", REPORT))
    to = desk.answering(desk.mails("mona")[0])
    desk.deliver(desk.sealed("mona", "Re: IDOR", "/take\n/confirm high\n", **to))
    report = desk.report()
    assert (report.severity, report.state, report.owner) == ("high", "triaged", MONA)
    assert desk.deadlines()["diagnose"].state == "met"
    assert "confirm" in desk.mails("rita")[-1].text.lower()


def test_a_replayed_command_does_nothing(desk):
    desk.deliver(desk.sealed("rita", "IDOR", REPORT))
    desk.deliver(desk.sealed("rita", "XSS", REPORT + "x"))
    to_first = desk.answering(desk.mails("mona")[0])
    to_second = desk.answering(desk.mails("mona")[1])
    command = desk.sealed("mona", "Re", "/reject not a flaw\n", **to_first)
    desk.deliver(command)
    moved = command.replace(to_first["in_reply_to"].encode(), to_second["in_reply_to"].encode())
    assert moved != command
    desk.deliver(moved)
    assert desk.report(1).state == "rejected"
    assert desk.report(2).state != "rejected"


def test_an_unsigned_mail_to_a_members_address_does_nothing_and_the_member_is_told(desk):
    desk.deliver(desk.sealed("rita", "IDOR", REPORT))
    to = desk.answering(desk.mails("mona")[0])
    unsigned = {"To": to["to"], "In-Reply-To": to["in_reply_to"]}
    desk.deliver(desk.plain(MONA, "Re: IDOR", "/reject nonsense\n", **unsigned))
    assert desk.report().state == "acknowledged"
    assert len(desk.wire.to(RITA)) == 1
    assert len(desk.wire.to(MONA)) == 2


def test_a_forged_signature_of_a_stranger_is_no_member(desk):
    desk.deliver(desk.sealed("rita", "IDOR", REPORT))
    to = desk.answering(desk.mails("mona")[0])
    desk.deliver(desk.sealed("mona", "Re: IDOR", "/fixed\n", to=to, signer="eve"))
    assert desk.report().clock.fixed_at is None


def test_a_refused_letter_is_dead_and_a_person_is_told(desk):
    desk.wire.refuse = permanent(RITA)
    desk.deliver(desk.plain(RITA, "XSS", REPORT))
    assert desk.rows("SELECT state FROM outbox WHERE recipient = '" + RITA + "'")[0].state == "dead"
    assert desk.deadlines()["acknowledge"].state == "running"
    assert any("could not" in m.true_subject.lower() or "not" in m.text for m in desk.mails("mona"))
    assert desk.rows("SELECT 1 FROM task WHERE dedup LIKE 'dead:%'")


def test_a_busy_server_is_tried_again_with_the_same_bytes(desk):
    desk.wire.refuse = transient(RITA)
    desk.deliver(desk.plain(RITA, "XSS", REPORT))
    first = desk.rows("SELECT sealed_sha256 FROM outbox WHERE purpose = 'receipt'")[0]
    desk.wire.refuse = lambda to, data: None
    desk.pass_time(minutes=1)
    assert len(desk.wire.to(RITA)) == 1
    again = desk.rows("SELECT sealed_sha256, attempts FROM outbox WHERE purpose = 'receipt'")[0]
    assert again.sealed_sha256 == first.sealed_sha256
    assert again.attempts == 2


def test_a_bounce_reopens_the_acknowledgement(desk):
    desk.deliver(desk.plain(RITA, "XSS", REPORT))
    envelope_from = next(m[0] for m in desk.wire.accepted if m[1] == RITA)
    assert desk.deadlines()["acknowledge"].state == "met"
    bounce = desk.plain(
        "MAILER-DAEMON@mx.example.org",
        "Undelivered Mail Returned to Sender",
        "--b\n\nUser unknown\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; x\nAction: failed\nStatus: 5.1.1\n\n--b--\n",
        Return_Path="<>",
        To=envelope_from,
        Content_Type='multipart/report; report-type=delivery-status; boundary="b"',
    )
    desk.deliver(bounce)
    assert desk.deadlines()["acknowledge"].state == "running"
    assert desk.rows("SELECT 1 FROM task WHERE dedup LIKE 'bounced:%'")


def test_a_key_request_is_answered_with_the_key_and_opens_no_case(desk):
    desk.deliver(desk.plain(RITA, "pgp", ""))
    (answer,) = desk.mails("rita")
    assert any(b"BEGIN PGP PUBLIC KEY" in a.data for a in answer.attachments)
    grouped = " ".join(desk.keys.fingerprints["security"][i : i + 4] for i in range(0, 40, 4))
    assert grouped.replace(" ", "") in answer.text.replace(" ", "").replace("\n", "")
    assert desk.rows("SELECT number FROM report") == []


def test_no_report_content_reaches_the_log(desk, capfd):
    from inboxd import eventlog

    eventlog.configure("debug")
    marked = REPORT.replace("IDOR", "ZEBRAMARK")
    desk.deliver(desk.sealed("rita", "ZEBRAMARK subject", marked))
    desk.wire.refuse = permanent(RITA)
    desk.deliver(desk.plain(RITA, "ZEBRAMARK two", marked))
    with capfd.disabled():  # or the log would keep a stream that ends with this test
        eventlog.configure("error")
    logged = capfd.readouterr().err
    assert "message.processed" in logged
    for secret in ("ZEBRAMARK", RITA, "nvoices", desk.mails("mona")[0].message_id):
        assert secret not in logged


def test_history_is_chained_and_shows_tampering(desk):
    desk.deliver(desk.plain(RITA, "XSS", REPORT))
    with desk.store.read() as unit:
        assert unit.history.verify() is None
    with desk.store.database.write() as connection:
        connection.exec_driver_sql("UPDATE history SET actor = 'nobody' WHERE id = 1")
    with desk.store.read() as unit:
        assert unit.history.verify() == 1


def test_recomputing_deadlines_equals_what_is_stored(desk):
    desk.deliver(desk.sealed("rita", "IDOR", REPORT))
    to = desk.answering(desk.mails("mona")[0])
    desk.deliver(desk.sealed("mona", "Re", "/severity critical\n", **to))
    before = desk.deadlines()
    with desk.store.write() as unit:
        unit.refresh_deadlines(desk.pipeline.policy.clocks, desk.now, {1})
    assert desk.deadlines() == before


def test_a_signature_that_covers_only_a_part_is_said_so(desk):
    raw = desk.sealed("mona", "x", "text\n", encrypt=False)
    boundary = raw.split(b'boundary="')[1].split(b'"')[0]
    tampered = raw.replace(
        b"--" + boundary + b"--", b"--" + boundary + b"\r\n\r\nextra\r\n--" + boundary + b"--"
    )
    opened = open_message(tampered, assembly.keyring(desk.config))
    assert [s.status for s in opened.crypto.signatures] == [SignatureStatus.GOOD]
    assert opened.crypto.whole_mail_signed_by is None
