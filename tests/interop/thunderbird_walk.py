"""A walk through the main job with Thunderbird, for the eye: pictures of what people see.

python -m tests.interop.thunderbird_walk DIR [plain]; too slow for the test suite. With "plain",
inboxd works without sub-addresses.
"""

from __future__ import annotations

import sys
from pathlib import Path

from inboxd.sandbox.world import SAMPLE_REPORT, SAMPLE_SUBJECT, Person

from .desk import Desk
from .thunderbird import Thunderbird


def thunderbird(desk: Desk, person: Person) -> Thunderbird:
    """A person's client, with the team's key as one that they checked."""
    security = desk.world.security
    return Thunderbird(
        desk.world.server.imap_port,
        desk.smtp_port,
        person.login,
        person.password,
        person.address,
        gnupghome=person.home,
        key=person.fingerprint,
        contacts={security.address: security.fingerprint},
        real_name=person.name,
    )


def show(what: str, seen: dict[str, str]) -> None:
    print(f"--- {what}")
    for name, value in seen.items():
        print(f"{name}: {value}")


def main() -> None:
    pictures = Path(sys.argv[1])
    pictures.mkdir(parents=True, exist_ok=True)
    sub_addresses = "plain" not in sys.argv[2:]
    address = {"sub_addressing": sub_addresses}
    with Desk(address=address, daemon={"relay_hold_seconds": 1}) as desk:
        desk.start()
        desk.connected()
        world = desk.world
        to = world.security.address
        with thunderbird(desk, world.rita) as client:
            before = pictures / "1-report.png"
            client.send(to, SAMPLE_SUBJECT, SAMPLE_REPORT, encrypt=True, sign=True, before=before)
            desk.receipt()
            print("inbox:", client.subjects())
            show("the receipt", client.open("..."))
            client.screenshot(pictures / "2-receipt.png")
            client.reply(
                SAMPLE_SUBJECT, "The mobile app is affected too.\n", before=pictures / "3-reply.png"
            )
            desk.all_worked_off(2)
            print("outcomes:", [row["outcome"] for row in desk.rows("spool")])
        with thunderbird(desk, world.mona) as client:
            show("the notice", client.open("..."))
            client.screenshot(pictures / "4-notice.png")
            print("inbox:", client.subjects())
            client.reply(
                SAMPLE_SUBJECT, "Thank you, we look into it.\n", before=pictures / "5-answer.png"
            )
            desk.wait_for(world.rita, SAMPLE_SUBJECT, count=2)
            print("outcomes:", [row["outcome"] for row in desk.rows("spool")])
        with thunderbird(desk, world.rita) as client:
            client.open("...")
            print("inbox:", client.subjects())
            show("the answer", client.open("..."))
            client.screenshot(pictures / "6-answer.png")
        case = desk.case()
        print("report:", case.state, "sealed" if case.sealed else "in clear", case.missing)


if __name__ == "__main__":
    main()
