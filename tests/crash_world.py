"""What the crash test and its child share: keys on disk and the mails that keep coming back."""

import json
from pathlib import Path

from inboxd.core.model import Fingerprint
from tests.desk import Keys


def save_keys(keys: Keys) -> None:
    (keys.root / "keys.json").write_text(
        json.dumps(
            {
                "fingerprints": keys.fingerprints,
                "public": {login: data.decode() for login, data in keys.public.items()},
            }
        )
    )


def load_keys(root: Path) -> Keys:
    stored = json.loads((root / "keys.json").read_text())
    return Keys(
        root,
        {login: Fingerprint(f) for login, f in stored["fingerprints"].items()},
        {login: text.encode() for login, text in stored["public"].items()},
    )


def report_mails(root: Path) -> list[tuple[str, bytes]]:
    """(key, raw) of what the mail server still holds: it offers everything again after a crash."""
    return [(path.stem, path.read_bytes()) for path in sorted((root / "incoming").glob("*.eml"))]
