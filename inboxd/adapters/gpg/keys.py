"""Key management: our own key, and strangers' keys through a quarantine home.

python-gnupg does what faces no hostile bytes (generate, list, export of our own key). Key material
out of mails goes through the hardened runner into an empty throw-away home first; secret keys,
floods of user ids and unusable keys stop there.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import gnupg

from inboxd.adapters.gpg.runner import Gpg, prepare_home, stop_agent
from inboxd.core.model import Fingerprint
from inboxd.core.trust import as_fingerprint
from inboxd.errors import ConfigError, PermanentError, TransientError

MAX_KEY_SIZE = 256 * 1024
MAX_SUBKEYS = 20
MAX_USER_IDS = 50


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What matters of a key. `expires` is None for a key without end."""

    fingerprint: Fingerprint
    addresses: tuple[str, ...]
    can_encrypt: bool
    expires: datetime | None = None
    algorithm: int = 0
    has_secret: bool = False


def list_keys(gpg: Gpg, *, secret: bool = False) -> list[PublicKey]:
    """Keys of a home, read from the machine-readable listing (doc/DETAILS of GnuPG)."""
    command = "--list-secret-keys" if secret else "--list-keys"
    output = gpg.run(["--with-colons", "--fixed-list-mode", command])
    return _parse_listing(output.data)


def _parse_listing(listing: bytes) -> list[PublicKey]:
    keys: list[PublicKey] = []
    wants_fingerprint = False
    for line in listing.decode("utf-8", "replace").split("\n"):
        row = line.split(":")
        if row[0] in ("pub", "sec"):
            keys.append(_key(row))
            wants_fingerprint = True
        elif row[0] == "fpr" and wants_fingerprint:  # the primary one; subkeys have theirs below
            found = as_fingerprint(row[9])
            keys[-1] = replace(keys[-1], fingerprint=found or Fingerprint(""))
            wants_fingerprint = False
        elif row[0] == "uid" and keys and row[1] not in ("r", "e"):
            address = row[9].rpartition("<")[2].rstrip(">").strip().lower()
            if "@" in address:
                keys[-1] = replace(keys[-1], addresses=(*keys[-1].addresses, address))
    return [key for key in keys if key.fingerprint]


def _key(row: list[str]) -> PublicKey:
    usable = row[1] not in ("r", "e", "i", "d")
    return PublicKey(
        Fingerprint(""),
        (),
        can_encrypt=usable and "E" in row[11],
        expires=datetime.fromtimestamp(int(row[6]), UTC) if row[6].isdigit() else None,
        algorithm=int(row[3] or 0),
        has_secret=row[0] == "sec",
    )


class Gate:
    """Many may read the keybox at once, or one may change it, in whatever process they are.

    gpg replaces the file by two renames; whoever opens it between them finds no keys at all, and a
    known member would look like a stranger.
    """

    def __init__(self, home: Path) -> None:
        self._queue = home / "inboxd-queue.lock"  # a waiting writer holds it: readers queue up
        self._keybox = home / "inboxd-keybox.lock"

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        with contextlib.ExitStack() as held:
            with _locked(self._queue, fcntl.LOCK_EX):
                held.enter_context(_locked(self._keybox, fcntl.LOCK_SH))
            yield

    @contextlib.contextmanager
    def closed(self) -> Iterator[None]:
        with _locked(self._queue, fcntl.LOCK_EX), _locked(self._keybox, fcntl.LOCK_EX):
            yield


@contextlib.contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, how)
        yield
    finally:
        os.close(fd)


class Contacts:
    """The home with public keys of people outside; keys enter only through quarantine."""

    def __init__(self, home: Path) -> None:
        prepare_home(home)
        self.gpg = Gpg(home)
        self._seen: OrderedDict[bytes, tuple[PublicKey, ...]] = OrderedDict()
        self._lock = Lock()
        self.gate = Gate(home)
        with self.gate.closed():
            if not (home / "pubring.kbx").exists():
                self.gpg.run(["--list-keys"])  # makes the empty keybox that others read

    def learn(self, block: bytes) -> tuple[PublicKey, ...]:
        """Quarantine key material from a mail and keep what is usable; () when nothing is.

        Raises TransientError when gpg could not run or could not keep the keys.
        """
        digest = hashlib.sha256(block).digest()
        with self._lock:
            if digest in self._seen:
                self._seen.move_to_end(digest)
                return self._seen[digest]
        clean, keys = quarantine(block)
        if clean:
            with self.gate.closed():
                came = self.gpg.run(["--import-options", "import-minimal", "--import"], clean)
            if not came.has("IMPORT_OK"):
                raise TransientError(f"gpg could not keep a key (exit {came.exit_code})")
        with self._lock:
            self._seen[digest] = keys
            while len(self._seen) > 1000:
                self._seen.popitem(last=False)
        return keys

    def add_trusted(self, data: bytes) -> tuple[PublicKey, ...]:
        """Import a key that a human chose (a member's key file)."""
        keys = self.learn(data)
        if not keys:
            raise ConfigError("the file holds no usable OpenPGP public key")
        return keys

    def find(self, fingerprint: Fingerprint) -> PublicKey | None:
        command = ["--with-colons", "--fixed-list-mode", "--list-keys", fingerprint]
        with self.gate.open():
            output = self.gpg.run(command)
        return next(iter(_parse_listing(output.data)), None)


def quarantine(block: bytes) -> tuple[bytes, tuple[PublicKey, ...]]:
    """(clean key material, its usable keys) of a block from a mail; (b"", ()) when it is refused.

    The material has the revoked and expired keys too, so that contacts learn of their end.
    Raises TransientError when gpg could not judge it.
    """
    if not block or len(block) > MAX_KEY_SIZE:
        return b"", ()
    with tempfile.TemporaryDirectory(prefix="ibx-", dir=_short_tmp()) as folder:
        home = Path(folder)
        gpg = Gpg(home, wall_seconds=15.0)
        show = gpg.run(
            ["--no-autostart", "--with-colons", "--fixed-list-mode"]
            + ["--import-options", "show-only", "--import"],
            block,
        )
        rows = [line.split(b":", 1)[0] for line in show.data.split(b"\n")]
        if b"sec" in rows or b"ssb" in rows or show.failure:
            return b"", ()
        if rows.count(b"sub") > MAX_SUBKEYS or rows.count(b"uid") > MAX_USER_IDS:
            return b"", ()
        came = gpg.run(
            ["--no-autostart", "--import-options", "import-clean,import-minimal", "--import"], block
        )
        if b"pub" in rows and not came.has("IMPORT_RES") and came.failure is None:
            raise TransientError(f"gpg could not look at a key (exit {came.exit_code})")
        keys = list_keys(gpg)
        if not keys:
            return b"", ()
        arguments = ["--export-options", "export-minimal", "--export"]
        clean = gpg.run(arguments + [key.fingerprint for key in keys]).data
        return clean, tuple(key for key in keys if key.can_encrypt)


def key_in_signature(signed: bytes | None, signature: bytes) -> bytes:
    """The key block that a signature carries, taken out in a throw-away home; b"" if none."""
    with tempfile.TemporaryDirectory(prefix="ibx-", dir=_short_tmp()) as folder:
        home = Path(folder)
        gpg = Gpg(home, wall_seconds=15.0)
        verify = ["--no-autostart", "--auto-key-import", "--verify"]
        if signed is None:
            gpg.run(verify, signature)
        else:
            (home / "signature").write_bytes(signature)
            gpg.run([*verify, str(home / "signature"), "-"], signed)
        return gpg.run(["--export-options", "export-minimal", "--export"]).data


def _short_tmp() -> str:
    """A temporary folder whose path leaves room for gpg's sockets."""
    base = tempfile.gettempdir()
    return base if len(os.fsencode(base)) < 50 else "/tmp"  # noqa: S108  mkdtemp is private


# --- our own key -----------------------------------------------------------------------------------


def generate_team_key(
    home: Path, name: str, address: str, passphrase: str | None = None, expires: str = "2y"
) -> Fingerprint:
    """Make an ed25519/cv25519 key in a throw-away home and import it into a fresh keybox.

    A key generated in place makes every later gpg call cost about twice as much.
    """
    prepare_home(home)
    with tempfile.TemporaryDirectory(prefix="ibx-", dir=_short_tmp()) as folder:
        throw_away = Path(folder)
        prepare_home(throw_away)
        tool = gnupg.GPG(gnupghome=str(throw_away), options=["--no-options"])
        tool.encoding = "utf-8"
        protection = {"passphrase": passphrase} if passphrase else {"no_protection": True}
        made = tool.gen_key(
            tool.gen_key_input(
                key_type="EDDSA",
                key_curve="ed25519",
                key_usage="sign,cert",
                subkey_type="ECDH",
                subkey_curve="cv25519",
                subkey_usage="encrypt",
                name_real=name,
                name_email=address,
                name_comment="",
                expire_date=expires,
                **protection,
            )
        )
        fingerprint = as_fingerprint(str(made.fingerprint or ""))
        if fingerprint is None:
            raise ConfigError(f"gpg could not generate a key: {made.status or made.stderr}")
        secret = tool.export_keys(
            fingerprint, True, passphrase=passphrase, expect_passphrase=passphrase is not None
        )
        stop_agent(throw_away)
    target = gnupg.GPG(gnupghome=str(home), options=["--no-options"])
    target.encoding = "utf-8"
    imported = target.import_keys(secret, passphrase=passphrase)
    if fingerprint not in imported.fingerprints:
        raise ConfigError(f"gpg could not import the new key into {home}")
    return fingerprint


def export_public(gpg: Gpg, fingerprint: Fingerprint, *, armor: bool) -> bytes:
    """Our public key, minimal. Raises PermanentError when the home does not hold it."""
    arguments = ["--armor"] if armor else []
    arguments += ["--export-options", "export-minimal", "--export", fingerprint]
    data = gpg.run(arguments).data
    if not data:
        raise PermanentError(f"the key {fingerprint} is not in {gpg.home}")
    return data
