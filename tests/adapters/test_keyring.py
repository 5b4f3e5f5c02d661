"""Keys are learned while others encrypt and verify: nobody finds the keybox in between."""

import threading

from inboxd.adapters.gpg import (
    Contacts,
    Gpg,
    TeamKeyring,
    export_public,
    generate_team_key,
    stop_agent,
)
from inboxd.errors import InboxdError


def test_learning_keys_never_makes_a_known_key_unknown(short_tmp):
    own = generate_team_key(short_tmp / "team", "Team", "team@example.org")
    contacts = Contacts(short_tmp / "contacts")
    ring = TeamKeyring(Gpg(short_tmp / "team", contacts=short_tmp / "contacts"), contacts, own)
    strangers = []
    for n in range(6):
        home = short_tmp / f"s{n}"
        made = generate_team_key(home, f"S {n}", f"s{n}@example.org")
        strangers.append(export_public(Gpg(home), made, armor=True))
        stop_agent(home)
    (known,) = contacts.learn(strangers[0])
    failures: list[str] = []
    stop = threading.Event()

    def encrypt() -> None:
        while not stop.is_set():
            try:
                ring.encrypt(b"text", known.fingerprint)
            except InboxdError as error:
                failures.append(str(error))

    threads = [threading.Thread(target=encrypt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for block in strangers[1:]:
        contacts.learn(block)
    stop.set()
    for thread in threads:
        thread.join()
    stop_agent(short_tmp / "team")
    assert failures == []
    assert all(contacts.find(key.fingerprint) for b in strangers for key in contacts.learn(b))
