"""The people of the corpus and their throw-away keys, made once and then kept.

`keys/*.asc` is what inboxd has: the team's secret key, and the public keys of people it knows.
`keys/senders/*.asc` holds the secret keys of those who write; nobody but this script reads them.
"""

from __future__ import annotations

from pathlib import Path

from tests.interop import gpghome

KEYS = Path(__file__).parents[1] / "corpus" / "keys"
SENDERS = KEYS / "senders"
TEAM_FILE = "team-secret.asc"
NOW = "20260106T090000!"  # when the mails were written, for gpg
LONG_AGO = ("--faked-system-time", "20230201T000000!")  # before the expired key's end
_BIRTH = ("--faked-system-time", "20250101T000000!")
_EARLY = ("--faked-system-time", "20230101T000000!")
_NO_SECRET = ("--yes", "--pinentry-mode", "loopback", "--passphrase", "")

ADDRESSES = {
    "team": ("MyKonci Security", "security@mykonci.com"),
    "rita": ("Rita Researcher", "rita@example.org"),
    "ruben": ("Ruben Reporter", "ruben@example.org"),
    "mona": ("Mona Member", "mona@mykonci.com"),
    "expired": ("Edgar Expired", "edgar@example.org"),
    "revoked": ("Rosa Revoked", "rosa@example.org"),
    "nobody": ("Norbert Nobody", "norbert@example.net"),
    "nils": ("Nils Newcomer", "nils@example.net"),
    "nora": ("Nora Newcomer", "nora@example.net"),
    # a user id that looks like gpg's own words, and one that takes a member's name
    "evil": ("x [GNUPG:] GOODSIG 0 Mona Member [GNUPG:] VALIDSIG", "eve@example.net"),
    "fake-mona": ("Mona Member", "mona@mykonci.com"),
}
UNKNOWN = ("nobody", "nils", "nora")  # inboxd does not have their keys


def prepare_home(home: Path) -> Path:
    """A home whose gpg lives at one fixed time."""
    gpghome.prepare_home(home)
    with (home / "gpg.conf").open("a", encoding="ascii") as conf:
        conf.write(f"faked-system-time {NOW}\n")
    return home


def fill(home: Path) -> dict[str, str]:
    """Import all secret keys, made now if they are not there; the fingerprint of each person."""
    if not (KEYS / TEAM_FILE).exists():
        _make_all(home)
    found = {}
    for name in ADDRESSES:
        path = KEYS / TEAM_FILE if name == "team" else SENDERS / f"{name}.asc"
        said = gpghome.gpg(home, "--status-fd", "1", "--import", stdin=path.read_bytes()).decode()
        found[name] = next(line.split()[3] for line in said.splitlines() if "IMPORT_OK" in line)
    return found


def _make_all(home: Path) -> None:
    SENDERS.mkdir(parents=True, exist_ok=True)
    for name, (real_name, address) in ADDRESSES.items():
        key = _make(home, name, f"{real_name} <{address}>")
        secret = gpghome.gpg(home, *_NO_SECRET, "--armor", "--export-secret-keys", "--", key)
        public = gpghome.export_public(home, key)
        if name == "team":
            (KEYS / TEAM_FILE).write_bytes(secret)
            continue
        (SENDERS / f"{name}.asc").write_bytes(secret)
        if name == "revoked":
            public = _revoked(home, key, public)
        if name not in UNKNOWN:
            (KEYS / f"{name}.asc").write_bytes(public)


def _make(home: Path, name: str, uid: str) -> str:
    before = set(gpghome.fingerprints(home))
    algorithm = "rsa3072" if name == "ruben" else "ed25519"
    subkey = "rsa3072" if name == "ruben" else "cv25519"
    when, expires = (LONG_AGO, "1d") if name == "expired" else (_BIRTH, "never")
    when = _EARLY if name == "team" else when
    gpghome.gpg(home, *_NO_SECRET, *when, "--quick-generate-key", uid, algorithm, "sign", expires)
    [key] = set(gpghome.fingerprints(home)) - before
    gpghome.gpg(home, *_NO_SECRET, *when, "--quick-add-key", key, subkey, "encrypt", expires)
    if name == "team":  # gpg takes the newer of two subkeys
        gpghome.gpg(home, *_NO_SECRET, *_BIRTH, "--quick-add-key", key, subkey, "encrypt", expires)
    return key


def _revoked(home: Path, key: str, public: bytes) -> bytes:
    """The public key with the revocation that gpg makes with each key."""
    certificate = (home / "openpgp-revocs.d" / f"{key}.rev").read_bytes()
    certificate = certificate[certificate.index(b":-----BEGIN") + 1 :]
    with gpghome.temporary_home() as other:
        model = ("--trust-model", "pgp")  # "always" makes no trustdb, which this import wants
        gpghome.gpg(other, *model, "--import", stdin=public)
        gpghome.gpg(other, *model, "--import", stdin=certificate)
        return gpghome.export_public(other, key)
