"""Every mail of the corpus is read as a careful human at the security desk would read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inboxd.core.explain import explanation
from inboxd.core.extract import understand
from inboxd.core.kind import classify
from inboxd.core.message import read_message
from inboxd.core.opening import open_message
from inboxd.core.scope import Scope, SubProcessor
from inboxd.core.trust import GpgOutput, hear
from tests.corpus_grammar import differences

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(path.parent for path in CORPUS.glob("*/*/message.eml"))
SECURITY = "security@mykonci.com"
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
    """The corpus holds no ciphertext for us; gpg has nothing to say."""

    def decrypt(self, data: bytes) -> GpgOutput:
        return GpgOutput((), 2)

    def verify(self, signed: bytes, signature: bytes) -> GpgOutput:
        return GpgOutput((), 2)


def explain(raw: bytes) -> dict[str, Any]:
    message = read_message(open_message(raw, NoKeys()), raw)
    understood = understand(message, SCOPE)
    verdict = classify(message, understood, hear(message, (), None), SECURITY)
    return explanation(message, verdict, understood, "", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_mail_of_the_corpus_is_read_as_labelled(case: Path):
    wanted = json.loads((case / "expected.json").read_text())
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
