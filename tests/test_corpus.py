"""Every mail of the corpus is read as a careful human at the security desk would read it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from inboxd.adapters.gpg import Contacts, Gpg, TeamKeyring, list_keys, prepare_home, stop_agent
from inboxd.core.explain import explanation
from inboxd.core.extract import understand
from inboxd.core.kind import classify
from inboxd.core.message import read_message
from inboxd.core.opening import open_message
from inboxd.core.policy import Policy
from inboxd.core.scope import Scope, SubProcessor
from inboxd.core.trust import GpgOutput, KnownMember, hear
from inboxd.reading import learned_telling, learned_weights, read_mail
from tests.core.builders import policy
from tests.corpus_grammar import differences
from tests.interop.common import short_root

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(path.parent for path in CORPUS.glob("*/*/message.eml"))
KEYS = CORPUS / "keys"
SECURITY = "security@mykonci.com"
Explain = Callable[[bytes], dict[str, Any]]
SCOPE = Scope(
    inside=("mykonci.com", "*.mykonci.com"),
    sub_processors=tuple(
        SubProcessor(name, hosts, f"security@{hosts[0]}")
        for name, hosts in (
            ("Stripe", ("stripe.com", "*.stripe.com")),
            ("Hetzner", ("hetzner.com", "*.hetzner.com", "*.hetzner.de")),
            ("OpenAI", ("openai.com", "*.openai.com")),
            ("Twilio", ("twilio.com", "*.twilio.com")),
        )
    ),
)


class NoKeys:
    """Outside of area `pgp` there is no ciphertext for us; gpg has nothing to say."""

    def decrypt(self, data: bytes) -> GpgOutput:
        return GpgOutput((), 2)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        return GpgOutput((), 2)


def explain(raw: bytes) -> dict[str, Any]:
    message = read_message(open_message(raw, NoKeys()), raw)
    understood = understand(message, SCOPE, learned_telling())
    verdict = classify(message, understood, hear(message, (), None), SECURITY, learned_weights())
    return explanation(message, verdict, understood, "", [])


# --- area `pgp`: with real keys ---------------------------------------------------------------------


@contextlib.contextmanager
def keyring() -> Iterator[tuple[TeamKeyring, Policy]]:
    """corpus/keys in two homes of gpg, and a policy with Mona as a member whose key is enrolled."""
    with short_root() as root:
        team, contacts = root / "team", root / "contacts"
        try:
            prepare_home(team)
            Gpg(team).run(["--import"], (KEYS / "team-secret.asc").read_bytes(), secret=True)
            [us] = list_keys(Gpg(team), secret=True)
            known = Contacts(contacts)
            [mona] = known.add_trusted((KEYS / "mona.asc").read_bytes())
            for path in set(KEYS.glob("*.asc")) - {KEYS / "team-secret.asc"}:
                known.gpg.run(["--import"], path.read_bytes())
            member = KnownMember("mona@mykonci.com", "Mona Member", mona.fingerprint)
            rules = policy(address=SECURITY, scope=SCOPE, members=(member,), authserv_id=None)
            yield TeamKeyring(Gpg(team, contacts=contacts), known, us.fingerprint), rules
        finally:
            stop_agent(team)
            stop_agent(contacts)


@pytest.fixture(scope="session")
def explain_sealed() -> Iterator[Explain]:
    with keyring() as (keys, rules):

        def explained(raw: bytes) -> dict[str, Any]:
            reading = read_mail(raw, keys, rules)
            return explanation(reading.message, reading.verdict, reading.understood, "", [])

        yield explained


@pytest.mark.parametrize(
    "case",
    [c for c in CASES if c.parent.name != "pgp"],
    ids=lambda c: f"{c.parent.name}/{c.name}",
)
def test_a_mail_of_the_corpus_is_read_as_labelled(case: Path):
    check(case, explain)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.parent.name == "pgp"], ids=lambda c: f"pgp/{c.name}"
)
def test_a_mail_with_openpgp_is_read_as_labelled(case: Path, explain_sealed: Explain):
    check(case, explain_sealed)


def check(case: Path, explain: Explain) -> None:
    wanted = json.loads((case / "expected.json").read_text("utf-8"))
    found = explain((case / "message.eml").read_bytes())
    assert list(differences(wanted, found)) == []
    json.dumps(found)


def test_the_corpus_is_there_and_every_case_has_its_label():
    assert len(CASES) >= 92
    assert not [case for case in CASES if not (case / "expected.json").is_file()]
    assert not [label for label in CORPUS.glob("*/*/expected.json") if label.parent not in CASES]


def test_a_mail_of_no_bytes_is_explained():
    found = explain(b"")
    assert (found["kind"], found["may_auto_reply"]) == ("other", False)
    assert "empty mail" in found["message"]["defects"]
    assert found["message"]["from"] is None
