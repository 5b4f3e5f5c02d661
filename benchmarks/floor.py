"""The raw gpg floor: the gpg calls that one sealed report costs, and nothing else.

Decrypt and verify the report, sign and encrypt its receipt, sign and encrypt a notice to each
member, through the same runner (`inboxd.adapters.gpg.Gpg`) on the same homes, with one thread a
core. The sealed words are those of letters that inboxd wrote for the first mails of the senders.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.mails import Mail
from benchmarks.processes import CORES, agent_pid, machine_busy, spent
from benchmarks.site import Site
from inboxd.adapters.gpg import Gpg
from inboxd.core.model import Fingerprint
from tests.interop import gpghome


class Floor:
    """`run` gives reports per second; `cpu_ms` is what the last run cost a report."""

    def __init__(self, site: Site, mails: list[Mail], members: int) -> None:
        self._site = site
        self._members = site.members[:members]
        self._gpg = Gpg(site.team_home, contacts=site.contacts)
        self._work = [(mail, gpghome.sealed_part(mail.raw)) for mail in mails]
        self.cpu_ms = {"python": 0.0, "gpg": 0.0, "agent": 0.0}

    def run(self) -> float:
        pid = agent_pid(self._site.team_home)  # another one than before: daemons end theirs
        before, agent = spent(os.getpid()), spent(pid)
        started, busy = time.monotonic(), machine_busy()
        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(self._one, self._work))
        rate = len(self._work) / (time.monotonic() - started)
        cost, a_report = spent(os.getpid()) - before, 1000 / len(self._work)
        self.cpu_ms = {
            "python": cost.own * a_report,
            "gpg": cost.children * a_report,
            "agent": (spent(pid) - agent).total * a_report,
        }
        ours = sum(self.cpu_ms.values())
        self.cpu_ms["foreign"] = max(0.0, (machine_busy() - busy) * a_report - ours)
        return rate

    def _one(self, work: tuple[Mail, bytes]) -> None:
        mail, armored = work
        opened = self._gpg.decrypt(armored)
        if not opened.has("GOODSIG") or not opened.has("DECRYPTION_OKAY"):
            raise RuntimeError("gpg did not open and verify a generated report")
        samples = self._site.samples
        self._seal(samples.receipts[mail.sender.address], mail.sender.fingerprint)
        for member in self._members:
            self._seal(samples.notices[member.address], member.fingerprint)

    def _seal(self, inner: bytes, recipient: str) -> None:
        team = self._site.team
        self._gpg.encrypt(inner, (Fingerprint(recipient), team), team)
