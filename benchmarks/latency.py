"""Delivery to receipt on an idle daemon: one sealed report at a time, one member told."""

from __future__ import annotations

import random
import smtplib
import time
from collections.abc import Callable

from benchmarks.checks import check_letters
from benchmarks.figures import Figure, Result, percentile
from benchmarks.mails import Mail
from benchmarks.progress import say
from benchmarks.sink import Accepted
from benchmarks.site import ADDRESS, Plan, Site
from tests.interop.common import LOOPBACK, free_port


def measure(site: Site, *, samples: int) -> Result:
    """Seconds from the start of the hand-over until the next server had the receipt."""
    say(f"latency by LMTP, {samples} samples")
    port = free_port()
    by_lmtp = _series(
        site,
        Plan(site.database(), lmtp=f"{LOOPBACK}:{port}"),
        samples,
        lambda mail: _lmtp(port, mail),
    )
    say(f"latency by IMAP IDLE on Dovecot, {samples} samples")
    login = site.mailbox()
    plan = Plan(site.database(), login=login)
    by_imap = _series(site, plan, samples, lambda mail: site.deliver(login, [mail]))
    note = f"{samples} samples"
    figures = []
    for name, values, reach in (
        ("LMTP", by_lmtp, ("< 150", "")),
        ("IMAP IDLE", by_imap, ("< 800", "< 1500")),
    ):
        middle = 1000 * percentile(values, 0.5)
        worst = 1000 * percentile(values, 0.99)
        said = f"{note}; min {1000 * min(values):.0f}"
        figures.append(
            Figure("latency", f"to receipt, {name}, p50", "ms", (middle,), reach[0], said)
        )
        figures.append(
            Figure("latency", f"to receipt, {name}, p99", "ms", (worst,), reach[1], note)
        )
    return Result(tuple(figures))


def _lmtp(port: int, mail: Mail) -> None:
    with smtplib.LMTP(LOOPBACK, port, "mx.example") as lmtp:
        lmtp.sendmail(mail.sender.address, [ADDRESS], mail.raw)


def _series(site: Site, plan: Plan, samples: int, deliver: Callable[[Mail], None]) -> list[float]:
    warm = 3 if samples >= 10 else 1
    mails = site.writer.sealed(site.senders, samples + warm)
    site.take_letters()
    found, letters = [], list[Accepted]()
    with site.daemon(plan) as daemon:
        time.sleep(1.0)
        for n, mail in enumerate(mails):
            began = time.monotonic()
            deliver(mail)
            daemon.wait(lambda: site.sink.count, 2, "letters", pause=0.005)
            both = site.take_letters()
            letters += both
            if n >= warm:
                receipt = next(one for one in both if one.recipient == mail.sender.address)
                found.append(receipt.at - began)
            time.sleep(random.uniform(0.1, 0.3))  # not in step with anybody's timer
    check_letters(site, mails, letters, 1)
    return found
