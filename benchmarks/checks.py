"""Checks of a measured run: what was counted must be right, or the figure is worth nothing."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.mails import Mail, Person
from benchmarks.processes import CORES
from benchmarks.sink import Accepted
from benchmarks.site import KEYED_SENDERS, MEMBERS, Site
from inboxd.store.unit import Store
from tests.interop import gpghome


class WrongResult(RuntimeError):
    """inboxd did something else than the benchmark measures."""


def check_letters(site: Site, mails: list[Mail], letters: list[Accepted], members: int) -> None:
    """Every mail has exactly one receipt and one notice to each member, all signed by the team;
    receipts of sealed reports and all notices are encrypted to whom they went."""
    people = {p.address: p for p in [*site.senders, *site.strangers, *site.members]}
    people |= {mail.sender.address: mail.sender for mail in mails}
    team = {p.address for p in site.members[:members]}
    receipts = [letter for letter in letters if letter.recipient not in team]
    _expect(Counter(_answered(r) for r in receipts), Counter(m.message_id for m in mails))
    by_id = {mail.message_id: mail for mail in mails}
    for letter in receipts:
        wanted = by_id[_answered(letter)].sender.address
        if letter.recipient != wanted:
            raise WrongResult(f"a receipt for {wanted} went to {letter.recipient}")
    notices = Counter(letter.recipient for letter in letters if letter.recipient in team)
    _expect(notices, Counter(dict.fromkeys(team, len(mails))))

    def check(letter: Accepted) -> None:
        _check_signed(site, letter, people[letter.recipient])

    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(check, letters))


def _expect(got: Counter[str], wanted: Counter[str]) -> None:
    if got != wanted:
        missing, extra = wanted - got, got - wanted
        raise WrongResult(f"{missing.total()} letters are missing, {extra.total()} too many")


def _answered(letter: Accepted) -> str:
    head = letter.content.partition(b"\r\n\r\n")[0]
    found = re.search(rb"(?mi)^In-Reply-To:\s*(<[^>]+>)", head)
    return found.group(1).decode() if found else ""


def _check_signed(site: Site, letter: Accepted, person: Person) -> None:
    if person.fingerprint:
        _, status = gpghome.decrypt(person.home, gpghome.sealed_part(letter.content))
        if "DECRYPTION_OKAY" not in status:
            raise WrongResult("a letter is not encrypted to whom it went")
    else:
        signed, signature = gpghome.signed_parts(letter.content)
        status = gpghome.verify(site.people_home, signed, signature)
    if gpghome.good_signer(status) != site.team:
        raise WrongResult("a letter does not carry the team's good signature")


def check_rows(database: Path, mails: int, letters: int, *, known: bool = True) -> None:
    """The database holds one spool entry and one report a mail and every letter as sent.

    `known`: the database started with the first mails of the senders with keys in it.
    """
    before = KEYED_SENDERS if known else 0
    opened = Store(database)
    try:
        with opened.read() as unit:
            spool, outbox = unit.spool.counts(), unit.outbox.counts()
            reports = unit.cases.next_number() - 1
    finally:
        opened.close()
    if spool != {"done": mails + before} or reports != mails + before:
        raise WrongResult(f"spool {spool} and {reports} reports for {mails} mails")
    if set(outbox) != {"sent"} or outbox["sent"] != letters + before * (1 + MEMBERS):
        raise WrongResult(f"outbox {outbox} for {letters} letters")


class Watched:
    """Counts of rows in a database that a daemon works on; a context manager."""

    def __init__(self, database: Path) -> None:
        self._store = Store(database)

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def spooled(self) -> int:
        with self._store.read() as unit:
            return sum(unit.spool.counts().values())

    def done(self) -> int:
        with self._store.read() as unit:
            return unit.spool.counts().get("done", 0)

    def sent(self) -> int:
        with self._store.read() as unit:
            return unit.outbox.counts().get("sent", 0)
