"""gpg homes for reporters and teams, and the PGP mails such people send."""

from __future__ import annotations

import contextlib
import email
import email.policy
import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

from .common import RigError, missing, program, run, short_root

Headers = Mapping[str, str] | Iterable[tuple[str, str]]

# gpg-agent's socket lives in the home, and a socket's path has little room.
MAX_HOME_BYTES = 85
_GPG_CONF = "no-auto-key-retrieve\nauto-key-locate local\ndisable-dirmngr\n"
_ENCRYPTION_SUBKEY = {"ed25519": "cv25519"}
_FINGERPRINT = re.compile(r"[0-9A-F]{40}\Z")


def available() -> str | None:
    """Return why gpg cannot be used here, or None when it can."""
    return missing("gpg", "gpgconf", "gpg-agent")


def prepare_home(home: Path) -> Path:
    """Make a gpg home that asks no key server."""
    if len(os.fsencode(home)) > MAX_HOME_BYTES:
        raise RigError(f"gpg's agent cannot work under a path this long: {home}")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    conf = home / "gpg.conf"
    if not conf.exists():
        conf.write_text(_GPG_CONF, "ascii")
    return home


def kill_agents(home: Path) -> None:
    """End the agent and the other daemons gpg started for this home."""
    run([program("gpgconf"), "--homedir", home, "--kill", "all"], check=False)


@contextlib.contextmanager
def temporary_home() -> Iterator[Path]:
    """Give an empty gpg home; at the end its agent is ended and the home removed."""
    with short_root() as root:
        home = prepare_home(root / "gpg")
        try:
            yield home
        finally:
            kill_agents(home)


def gpg(home: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """Run gpg in the home and return its output; a failure raises with what it printed."""
    return run(_command(home, *arguments), stdin=stdin, env=_environment()).stdout


def make_key(
    home: Path, name: str, address: str, algo: str = "ed25519", *, expires: str = "never"
) -> str:
    """Make a key without passphrase that signs, and a subkey that decrypts; return its id.

    The id is the primary key's fingerprint, 40 capital hex digits.
    """
    prepare_home(home)
    uid = f"{name} <{address}>"
    secret = ("--pinentry-mode", "loopback", "--passphrase", "")
    known = set(fingerprints(home))
    gpg(home, *secret, "--quick-generate-key", uid, algo, "sign", expires)
    [fingerprint] = set(fingerprints(home)) - known
    subkey = _ENCRYPTION_SUBKEY.get(algo, algo)
    gpg(home, *secret, "--quick-add-key", fingerprint, subkey, "encrypt", expires)
    return fingerprint


def fingerprints(home: Path) -> list[str]:
    """Return the primary fingerprints of every key in the home."""
    found: list[str] = []
    after_primary = False
    for line in gpg(home, "--with-colons", "--list-keys").decode("utf-8", "replace").splitlines():
        fields = line.split(":")
        if fields[0] == "fpr" and after_primary:
            found.append(fields[9])
        after_primary = fields[0] == "pub"
    return found


def export_public(home: Path, fingerprint: str) -> bytes:
    """Return the armoured public key."""
    return gpg(home, "--armor", "--export", "--", _checked(fingerprint))


def import_key(home: Path, key: bytes, *, trusted: bool = False) -> None:
    """Take a public key, armoured or not, into the home; trusted: as if checked in person.

    The functions here use every key anyway, but clients that show a key's validity warn about
    keys nobody vouched for.
    """
    prepare_home(home)
    known = set(fingerprints(home))
    gpg(home, "--import", stdin=key)
    if trusted:
        new = set(fingerprints(home)) - known
        gpg(home, "--import-ownertrust", stdin="".join(f"{one}:6:\n" for one in new).encode())


def decrypt(home: Path, message: bytes) -> tuple[bytes, str]:
    """Return what gpg -d gave and its status lines; judging them is the caller's part."""
    with _status_file() as status:
        done = run(
            _command(home, "--status-file", str(status), "--decrypt"),
            stdin=message,
            env=_environment(),
            check=False,
        )
        return done.stdout, status.read_text("utf-8", "replace")


def verify(home: Path, data: bytes, signature: bytes) -> str:
    """Return the status lines of checking a detached signature over the data."""
    with _status_file() as status:
        detached = status.with_name("signature.asc")
        detached.write_bytes(signature)
        command = _command(home, "--status-file", str(status), "--verify", "--", str(detached), "-")
        run(command, stdin=data, env=_environment(), check=False)
        return status.read_text("utf-8", "replace")


def good_signer(status: str) -> str | None:
    """Return the primary fingerprint of the one good signature the status lines tell of."""
    lines = [line.split() for line in status.splitlines()]
    kinds = [words[1] for words in lines if len(words) > 1]
    valid = [words for words in lines if len(words) > 2 and words[1] == "VALIDSIG"]
    if kinds.count("NEWSIG") != 1 or kinds.count("GOODSIG") != 1 or len(valid) != 1:
        return None
    return valid[0][-1]


def encrypt(home: Path, plaintext: bytes, recipients: Sequence[str], signer: str | None) -> bytes:
    """Return the armoured message for the recipients (fingerprints), signed if a signer is given."""
    options = [word for one in recipients for word in ("--recipient", _checked(one))]
    if signer is not None:
        options += ["--sign", "--local-user", _checked(signer)]
    return gpg(home, "--armor", *options, "--encrypt", stdin=plaintext)


def sign_detached(home: Path, data: bytes, signer: str, digest: str = "SHA512") -> bytes:
    """Return an armoured detached signature over exactly these bytes."""
    options = ("--digest-algo", digest, "--local-user", _checked(signer))
    return gpg(home, "--armor", *options, "--detach-sign", stdin=data)


def text_entity(text: str, *, subject: str | None = None) -> bytes:
    """Return a text/plain MIME entity; a subject goes in as a protected header."""
    policy = email.policy.SMTP.clone(cte_type="7bit", max_line_length=76)
    part = EmailMessage(policy=policy)
    part.set_content(text, cte="quoted-printable")
    del part["MIME-Version"]
    if subject is not None:
        part["Subject"] = subject
        part.set_param("protected-headers", "v1", header="Content-Type")
    return part.as_bytes()


def pgp_mime_encrypted(
    inner: bytes,
    home: Path,
    signer: str | None,
    recipients: Sequence[str],
    headers: Headers,
) -> bytes:
    """Return a multipart/encrypted mail around the inner MIME entity (RFC 3156)."""
    sealed = _crlf(encrypt(home, inner, recipients, signer))
    boundary = _boundary(sealed)
    return _mail(
        headers,
        f'multipart/encrypted; protocol="application/pgp-encrypted";\r\n boundary={boundary}',
        _multipart(
            boundary,
            b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n",
            b"Content-Type: application/octet-stream; name=encrypted.asc\r\n"
            b"Content-Disposition: inline; filename=encrypted.asc\r\n\r\n" + sealed,
        ),
    )


def pgp_mime_signed(
    inner: bytes, home: Path, signer: str, headers: Headers, *, digest: str = "SHA512"
) -> bytes:
    """Return a multipart/signed mail whose first part is exactly the inner MIME entity."""
    signature = _crlf(sign_detached(home, inner, signer, digest))
    boundary = _boundary(inner, signature)
    return _mail(
        headers,
        f"multipart/signed; micalg=pgp-{digest.lower()};\r\n"
        f' protocol="application/pgp-signature"; boundary={boundary}',
        _multipart(
            boundary,
            inner,
            b"Content-Type: application/pgp-signature; name=signature.asc\r\n\r\n" + signature,
        ),
    )


def inline_encrypted(
    text: str, home: Path, signer: str | None, recipients: Sequence[str], headers: Headers
) -> bytes:
    """Return a text/plain mail whose body is an armoured message, as old clients send."""
    sealed = _crlf(encrypt(home, text.encode(), recipients, signer))
    return _mail(headers, "text/plain; charset=utf-8", sealed)


def inline_signed(text: str, home: Path, signer: str, headers: Headers) -> bytes:
    """Return a text/plain mail with a cleartext signature in its body."""
    signed = gpg(home, "--local-user", _checked(signer), "--clear-sign", stdin=text.encode())
    kind = "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
    return _mail(headers, kind, _crlf(signed))


def body_parts(raw: bytes) -> list[bytes]:
    """Cut a multipart mail into its parts as they stand, byte for byte, headers included."""
    boundary = email.message_from_bytes(raw, policy=email.policy.default).get_boundary()
    if boundary is None:
        raise RigError("not a multipart mail")
    line = re.compile(
        rb"(?:\A|\r\n)--" + re.escape(boundary.encode()) + rb"(?:--)?[ \t]*(?=\r\n|\Z)"
    )
    marks = list(line.finditer(raw))
    return [
        raw[here.end() + 2 : after.start()] for here, after in zip(marks, marks[1:], strict=False)
    ]


def sealed_part(raw: bytes) -> bytes:
    """Return the armoured message of a multipart/encrypted mail."""
    return body_parts(raw)[1].partition(b"\r\n\r\n")[2]


def signed_parts(raw: bytes) -> tuple[bytes, bytes]:
    """Return a multipart/signed mail's signed bytes and its armoured signature."""
    signed, signature = body_parts(raw)
    return signed, signature.partition(b"\r\n\r\n")[2]


def _command(home: Path, *arguments: str) -> list[str]:
    trust = ("--trust-model", "always")  # here only: with it, clients show every key as unknown
    return [program("gpg"), "--homedir", str(home), "--batch", "--no-tty", *trust, *arguments]


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


@contextlib.contextmanager
def _status_file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ix.") as place:
        path = Path(place) / "status"
        path.touch()
        yield path


def _checked(fingerprint: str) -> str:
    if not _FINGERPRINT.match(fingerprint):
        raise RigError(f"not a full fingerprint: {fingerprint!r}")
    return fingerprint


def _crlf(text: bytes) -> bytes:
    return re.sub(rb"\r?\n", b"\r\n", text)


def _boundary(*bodies: bytes) -> str:
    while True:
        boundary = secrets.token_hex(12)
        if not any(boundary.encode() in body for body in bodies):
            return boundary


def _multipart(boundary: str, *parts: bytes) -> bytes:
    mark = b"--" + boundary.encode()
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def _mail(headers: Headers, content_type: str, body: bytes) -> bytes:
    rows = list(headers.items() if isinstance(headers, Mapping) else headers)
    rows += [("MIME-Version", "1.0"), ("Content-Type", content_type)]
    return "".join(f"{name}: {value}\r\n" for name, value in rows).encode() + b"\r\n" + body
