"""Who speaks, and how far to believe it: gpg status lines, known keys, our own MX's verdict.

Every acceptance rule here was derived from observed gpg output. Exit codes alone prove nothing,
user ids are ignored, and the identity of a signer is the primary fingerprint that ends VALIDSIG.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from inboxd.core.model import Fingerprint, Message, Signature, SignatureStatus

WEAK_HASHES = {"1", "2", "3"}  # MD5, SHA-1, RIPEMD-160 (RFC 4880 9.4)

_FINGERPRINT = re.compile(r"[0-9A-F]{40}")


@dataclass(frozen=True, slots=True)
class GpgOutput:
    """What one run of gpg printed. `failure`: "timeout", "too-big" or "too-much" (status lines) when we stopped it."""

    status: tuple[str, ...]  # status lines without the "[GNUPG:] " prefix
    exit_code: int
    data: bytes = field(default=b"", repr=False)
    failure: str | None = None

    def words(self, keyword: str) -> list[list[str]]:
        return [w for w in (line.split(" ") for line in self.status) if w[0] == keyword]

    def has(self, *keywords: str) -> bool:
        return any(line.split(" ", 1)[0] in keywords for line in self.status)


def as_fingerprint(text: str) -> Fingerprint | None:
    compact = text.replace(" ", "").upper()
    return Fingerprint(compact) if _FINGERPRINT.fullmatch(compact) else None


# --- decryption --------------------------------------------------------------------------------

_EXPLAINED_BY_SIGNATURE = ("ERRSIG", "NO_PUBKEY", "BADSIG", "EXPKEYSIG", "EXPSIG", "REVKEYSIG")


def judge_decryption(output: GpgOutput) -> str | None:
    """None when the plaintext may be used, else the reason a person can act on.

    Exit status 2 is accepted only when a signature status explains it: a first report that is
    encrypted and signed by a key we lack is the commonest real case. Hitting gpg's own
    --max-output would look the same with cut text, so that option is never passed.
    """
    if output.failure == "too-big":
        return "the decrypted content is larger than we accept"
    if output.failure == "timeout":
        return "opening it took longer than we allow"
    if output.failure == "too-much":
        return "it is addressed to more keys, or signed by more, than we try"
    if output.has("NO_SECKEY") and not output.has("DECRYPTION_OKAY"):
        return "it is encrypted to a key that is not ours"
    if not output.has("DECRYPTION_INFO", "DECRYPTION_OKAY", "DECRYPTION_FAILED", "ENC_TO"):
        if output.has("NODATA", "UNEXPECTED"):
            return "it holds no OpenPGP data that we can read"
        return "it is not encrypted with OpenPGP in a form that we can read"
    if output.has("BADMDC"):
        return "it was damaged or altered on the way"
    symmetric_only = output.has("NEED_PASSPHRASE_SYM") and not output.has("ENC_TO")
    if symmetric_only and not output.has("DECRYPTION_OKAY"):
        return "it is encrypted with a passphrase only, not to our key"
    if output.has("DECRYPTION_FAILED") or not output.has("DECRYPTION_OKAY"):
        if output.has("DECRYPTION_INFO") and any(w[1:2] == ["0"] for w in _infos(output)):
            return "it has no integrity protection"
        return "it could not be decrypted with our key"
    if not output.has("GOODMDC"):
        return "it has no integrity protection"
    if not output.has("END_DECRYPTION") or len(output.words("PLAINTEXT")) != 1:
        return "it is damaged or has an unusual structure"
    if output.has("FAILURE", "UNEXPECTED") and not output.has(*_EXPLAINED_BY_SIGNATURE):
        return "it is damaged or has an unusual structure"
    # Without a named recipient gpg tries our keys in turn, and remembers those that did not fit.
    tried = any(words[1:2] == ["0" * 16] for words in output.words("ENC_TO"))
    explained = tried or output.has(*_EXPLAINED_BY_SIGNATURE)
    if output.exit_code != 0 and not (output.exit_code in (1, 2) and explained):
        return "it could not be decrypted with our key"
    return None


def _infos(output: GpgOutput) -> list[list[str]]:
    return output.words("DECRYPTION_INFO")


# --- signatures --------------------------------------------------------------------------------

_VERDICTS = {
    "GOODSIG": SignatureStatus.GOOD,
    "BADSIG": SignatureStatus.BAD,
    "EXPSIG": SignatureStatus.EXPIRED,
    "EXPKEYSIG": SignatureStatus.EXPIRED,
    "REVKEYSIG": SignatureStatus.REVOKED,
    "ERRSIG": SignatureStatus.ERROR,
}


def judge_signatures(output: GpgOutput, *, covers_whole: bool, detached: bool) -> list[Signature]:
    """One verdict per NEWSIG block. Coverage holds only if every block is good.

    gpg exits 0 and prints VALIDSIG for expired and revoked keys too, so VALIDSIG only names the
    signer; the verdict comes from its sibling line.
    """
    found: list[Signature] = []
    status: SignatureStatus | None = None
    fingerprint: Fingerprint | None = None
    signature_id = ""

    def close() -> None:
        nonlocal status, fingerprint, signature_id
        if status is not None:
            if status is SignatureStatus.GOOD and fingerprint is None:
                status = SignatureStatus.ERROR  # GOODSIG without VALIDSIG proves nothing
            found.append(Signature(status, fingerprint, False, signature_id))
        status, fingerprint, signature_id = None, None, ""

    for line in output.status:
        words = line.split(" ")
        if words[0] == "NEWSIG":
            close()
        elif words[0] == "SIG_ID":
            signature_id = " ".join(words[1:])
        elif words[0] in _VERDICTS:
            if status is not None:
                close()
            status = _VERDICTS[words[0]]
            if words[0] == "ERRSIG":
                status = _errsig(words)
                fingerprint = as_fingerprint(words[7]) if len(words) > 7 else None
        elif words[0] == "VALIDSIG" and status is not None:
            fingerprint = as_fingerprint(words[-1])
            if len(words) > 8 and words[8] in WEAK_HASHES and status is SignatureStatus.GOOD:
                status = SignatureStatus.WEAK
    close()
    whole = (
        covers_whole
        and bool(found)
        and all(s.status is SignatureStatus.GOOD for s in found)
        and not output.has("FAILURE", "BADSIG", "ERRSIG", "NODATA", "UNEXPECTED")
        and output.failure is None
        and (output.exit_code == 0 or not detached)
    )
    if not whole:
        return found
    return [replace(s, covers_whole=True) for s in found]


def all_good(signatures: list[Signature]) -> bool:
    return bool(signatures) and all(s.status is SignatureStatus.GOOD for s in signatures)


def _errsig(words: list[str]) -> SignatureStatus:
    # ERRSIG keyid pkalgo hashalgo sig_class time rc fpr; rc 9: missing public key
    return SignatureStatus.UNKNOWN_KEY if words[6:7] == ["9"] else SignatureStatus.ERROR


def sole_signer(signatures: list[Signature]) -> Fingerprint | None:
    """The one key whose good signatures cover everything, if there is exactly one."""
    signers = {s.fingerprint for s in signatures}
    if len(signers) == 1 and all(s.covers_whole for s in signatures):
        return signers.pop()
    return None


# --- the sender ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member as the deciding code knows them; read from the configuration."""

    address: str
    name: str
    fingerprint: Fingerprint | None
    roles: frozenset[str] = frozenset({"handler"})
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose voice a mail is. `strong`: a good signature by an enrolled key covers all of it."""

    member: KnownMember | None = None
    strong: bool = False
    claims_member: KnownMember | None = None  # From says so; nothing proves it
    authenticated: bool = False  # our own MX vouches for the From domain


def hear(message: Message, members: tuple[KnownMember, ...], authserv_id: str | None) -> Voice:
    """Decide whose voice a mail is (design section 6); From alone is only a claim."""
    signer = message.crypto.whole_mail_signed_by
    sender = message.sender.spec if message.sender else ""
    authenticated = from_is_authenticated(message, authserv_id)
    for member in members:
        if signer is not None and member.fingerprint == signer:
            return Voice(member, strong=True, claims_member=member, authenticated=authenticated)
    claimed = next((m for m in members if m.address == sender), None)
    if claimed is not None and authenticated:
        return Voice(claimed, strong=False, claims_member=claimed, authenticated=True)
    return Voice(None, claims_member=claimed, authenticated=authenticated)


def from_is_authenticated(message: Message, authserv_id: str | None) -> bool:
    """Whether our MX found the From domain authentic (RFC 8601).

    Only the topmost Authentication-Results counts, and only with our own authserv-id: anything
    lower was written by somebody else.
    """
    top = message.header("authentication-results")
    if not authserv_id or not top or message.sender is None:
        return False
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '"', top)  # a sender chooses what is quoted there
    while (without := re.sub(r"\([^()]*\)", " ", text)) != text:
        text = without
    if re.search(r"[()]", text) or len(message.header_all("from")) > 1:
        return False
    serv, _, results = text.partition(";")
    if serv.split(" ")[0].strip().lower() != authserv_id.lower():
        return False
    domain = message.sender.domain
    for result in results.split(";"):
        words = result.strip().lower().split()
        if not words:
            continue
        props = dict(w.split("=", 1) for w in words[1:] if "=" in w)
        if '"' in result:  # words of the sender's choosing stood in it
            continue
        if words[0] == "dmarc=pass" and props.get("header.from", "").rstrip(".") == domain:
            return True
        if words[0] == "dkim=pass":
            signed = (props.get("header.d") or props.get("header.i", "")).rpartition("@")[2]
            if domain == signed or ("." in signed and domain.endswith("." + signed)):
                return True
    return False
