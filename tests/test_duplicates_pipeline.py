"""Suggestions of duplicates end to end: the team reads them, the researcher never does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from inboxd.core.duplicates import Traits
from inboxd.store.duplicates import CANDIDATES
from tests.desk import EVE, REPORT, RITA

HEADING = "Maybe the same as"
AGAIN = """\
Hello,

broken access control on https://api.mykonci.com/v1/invoices/1042?view=full : any customer can
open the bills of the others. I changed the last digits and got somebody else's bill.

An attacker could download everything.

Eve
"""
NAMED = f"Eve Example <{EVE}>"
OTHER = """\
Hello,

https://api.mykonci.com/v1/search?q=x is vulnerable to SQL injection, sqlmap dumps the tables.

An attacker could download everything.
"""


def test_the_same_flaw_in_other_words_is_named_to_the_team_only(desk):
    desk.deliver(desk.sealed("rita", "IDOR in invoices", REPORT))
    desk.deliver(desk.plain(EVE, "Access to bills", AGAIN, From=NAMED))
    first, second = desk.mails("mona")
    assert HEADING not in first.text
    assert HEADING in second.text
    section = second.text.split(HEADING)[1].split("\n\n")[0]
    assert "#1, acknowledged" in section
    assert "same host and path: api.mykonci.com/v1/invoices/{n}" in section
    assert "both name broken access control (IDOR)" in section
    for login in ("rita", "eve"):
        (receipt,) = desk.mails(login)
        assert HEADING not in receipt.text and "same host" not in receipt.text
    assert "#1" not in desk.mails("eve")[0].text
    assert desk.report(2).state == "acknowledged"  # a suggestion, never an action
    assert desk.rows("SELECT 1 FROM task") == []


def test_reports_show_has_the_suggestions(desk):
    desk.deliver(desk.plain(RITA, "IDOR in invoices", REPORT))
    desk.deliver(desk.plain(EVE, "Access to bills", AGAIN))
    with desk.store.read() as unit:
        assert unit.cases.details(1)["facts"]["duplicates"] == []
        (found,) = unit.cases.details(2)["facts"]["duplicates"]
    assert found["number"] == 1 and len(found["evidence"]) >= 2


def test_another_flaw_on_the_same_host_names_nothing(desk):
    desk.deliver(desk.plain(RITA, "IDOR in invoices", REPORT))
    desk.deliver(desk.plain(EVE, "SQL injection", OTHER))
    assert len(desk.rows("SELECT number FROM report")) == 2
    assert HEADING not in desk.mails("mona")[1].text


def test_a_follow_up_suggests_nothing_and_its_facts_are_kept(desk):
    desk.deliver(desk.plain(RITA, "IDOR in invoices", REPORT))
    told = "I found an IDOR vulnerability in your billing.\n\nEve\n"
    desk.deliver(desk.plain(EVE, "IDOR", told, From=NAMED))
    to = desk.answering(desk.mails("eve")[0])["to"]
    desk.deliver(desk.plain(EVE, "Re: IDOR", AGAIN, To=to))
    assert len(desk.rows("SELECT number FROM report")) == 2
    notices = desk.mails("mona")
    assert len(notices) == 3
    assert not any(HEADING in notice.text for notice in notices)
    kept = [row.key for row in desk.rows("SELECT key FROM trait WHERE report = 2")]
    assert "place:api.mykonci.com/v1/invoices/{n}" in kept


def test_a_member_without_a_key_reads_nothing_of_it(desk):
    policy = desk.pipeline.policy
    keyless = tuple(replace(member, fingerprint=None) for member in policy.members)
    desk.deliver(desk.plain(RITA, "IDOR in invoices", REPORT))
    desk.pipeline.policy = replace(policy, members=keyless)
    desk.deliver(desk.plain(EVE, "Access to bills", AGAIN))
    bare = desk.mails("mona")[1]
    assert not bare.crypto.encrypted
    assert HEADING not in bare.text and "invoices" not in bare.text
    payloads = desk.rows("SELECT payload FROM outbox WHERE purpose = 'team-bare'")
    assert payloads and "invoices" not in json.dumps([row.payload for row in payloads])


@pytest.mark.parametrize(("days", "named"), [(170, True), (190, False)])
def test_a_report_that_was_closed_long_ago_is_not_named(desk, days, named):
    desk.deliver(desk.sealed("rita", "IDOR in invoices", REPORT))
    to = desk.answering(desk.mails("mona")[0])
    desk.deliver(desk.sealed("mona", "Re: IDOR", "/reject it is meant so\n", **to))
    assert desk.report().clock.closed_at is not None
    desk.now += timedelta(days=days)
    desk.deliver(desk.plain(EVE, "Access to bills", AGAIN))
    (notice,) = [m for m in desk.mails("mona") if "New report" in m.text or "Access" in m.text]
    assert (HEADING in notice.text) is named
    assert ("#1, rejected" in notice.text) is named


def test_one_look_is_one_statement_and_is_bounded(desk):
    desk.deliver(desk.plain(RITA, "IDOR in invoices", REPORT))
    columns = ", ".join(f'"{row.name}"' for row in desk.rows("PRAGMA table_info(report)")[1:])
    shared = Traits(("api.mykonci.com/v1/invoices/{n}",), ("broken access control (IDOR)",))
    with desk.store.database.write() as connection:
        for number in range(2, 60):
            connection.exec_driver_sql(
                f"INSERT INTO report (number, {columns}) SELECT {number}, {columns} FROM report"
                " WHERE number = 1"
            )
    with desk.store.write() as unit:
        for number in range(2, 60):
            unit.duplicates.keep(number, shared)
            unit.duplicates.keep(number, shared)  # twice is once
    with desk.store.read() as unit:
        found = unit.duplicates.like(shared, desk.now)
        assert unit.duplicates.like(Traits(), desk.now) == ()
    assert len(found) == CANDIDATES
    assert all(set(one.traits.places) == set(shared.places) for one in found)
