"""What Thunderbird sends, caught by a sink. It is started once, on a screen that nobody sees."""

from __future__ import annotations

from pathlib import Path

from inboxd.sandbox.server import Account, MailServer
from tests.interop.common import wait_until
from tests.interop.sinks import Sink
from tests.interop.thunderbird import _PROTECT, Thunderbird

from .case import Cases, label
from .people import ADDRESSES
from .rig import TEAM, Rig
from .texts import CSRF, IDOR, POC, REDIRECT, RESET, SSRF, XSS, Story

CASES = Cases("thunderbird")

_GOOD = ["good whole rita"]

_COMPOSE = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const make = name => Cc["@mozilla.org/messengercompose/" + name].createInstance();
const fields = make("composefields;1").QueryInterface(Ci.nsIMsgCompFields);
const [to, subject, body, html, path] = args;
[fields.to, fields.subject, fields.body] = [to, subject, body];
if (path) {
  const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  file.initWithPath(path);
  const attachment = make("attachment;1").QueryInterface(Ci.nsIMsgAttachment);
  attachment.url = Services.io.newFileURI(file).spec;
  attachment.name = file.leafName;
  fields.addAttachment(attachment);
}
const params = make("composeparams;1").QueryInterface(Ci.nsIMsgComposeParams);
params.composeFields = fields;
params.format = html ? Ci.nsIMsgCompFormat.HTML : Ci.nsIMsgCompFormat.PlainText;
params.identity = MailServices.accounts.defaultAccount.defaultIdentity;
MailServices.compose.OpenComposeWindowWithParams(null, params);
"""

_IDENTITY = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const identity = MailServices.accounts.defaultAccount.defaultIdentity;
identity.protectSubject = args[0];
identity.attachPgpKey = args[1];
identity.composeHtml = args[2];
identity.doFcc = false;
identity.sendAutocryptHeaders = args[3];
"""

_READY = """
return Boolean(Services.wm.getMostRecentWindow("msgcompose")?.gLoadingComplete);
"""

_SEND_HTML = """
Services.prefs.setIntPref("mail.default_send_format", args[0] ? 2 : 0);
"""


class _Desk:
    """One Thunderbird of Rita's and the sink behind it."""

    def __init__(self, rig: Rig) -> None:
        name, address = ADDRESSES["rita"]
        account = Account("rita", "rita", (address,))
        server = MailServer(rig.root / "mail", [account])
        server.start()
        rig.stack.callback(server.stop)
        self.sink = rig.stack.enter_context(Sink())
        client = Thunderbird(
            server.imap_port,
            self.sink.port,
            "rita",
            "rita",
            address,
            gnupghome=rig.home,
            key=rig.keys["rita"],
            contacts={TEAM: rig.keys["team"]},
            real_name=name,
        )
        self.client = rig.stack.enter_context(client)

    def send(
        self,
        story: Story,
        *,
        encrypt: bool = True,
        sign: bool = True,
        html: bool = False,
        file: Path | None = None,
        subject_too: bool = True,
        key: bool = False,
        autocrypt: bool = False,
    ) -> bytes:
        before = len(self.sink.mails)
        self.client.script(_IDENTITY, subject_too, key, html, autocrypt)
        self.client.script(_SEND_HTML, html)
        body = story.body
        if html:
            body = "<p>" + body.replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>"
        self.client.script(_COMPOSE, TEAM, story.subject, body, html, str(file or ""))
        wait_until(lambda: self.client.script(_READY), "the compose window", 20)
        self.client.script(_PROTECT, encrypt, None, "")  # encrypting turns signing on, later
        self.client._finish("", False, encrypt, sign, None)
        wait_until(lambda: len(self.sink.mails) > before, "the mail", 30)
        return self.sink.mails[-1].content


def _desk(rig: Rig) -> _Desk:
    if "thunderbird" not in rig.clients:
        rig.clients["thunderbird"] = _Desk(rig)
    desk = rig.clients["thunderbird"]
    assert isinstance(desk, _Desk)
    return desk


def _poc(rig: Rig) -> Path:
    path = rig.root / "poc.py"
    path.write_bytes(POC)
    return path


CASES.add(
    "thunderbird-encrypted-signed",
    lambda rig: _desk(rig).send(XSS),
    label(
        "pgp-mime opened",
        _GOOD,
        "rita",
        says=[XSS.phrase, XSS.more],
        subject="...",
        protected=XSS.subject,
    ),
)
CASES.add(
    "thunderbird-encrypted",
    lambda rig: _desk(rig).send(IDOR, sign=False),
    label("pgp-mime opened", [], None, says=[IDOR.phrase], subject="...", protected=IDOR.subject),
)
CASES.add(
    "thunderbird-signed",
    lambda rig: _desk(rig).send(REDIRECT, encrypt=False),
    label(
        "pgp-mime clear",
        _GOOD,
        "rita",
        says=[REDIRECT.phrase, REDIRECT.more],
        subject=REDIRECT.subject,
    ),
)
CASES.add(
    "thunderbird-signed-french",
    lambda rig: _desk(rig).send(CSRF, encrypt=False),
    label("pgp-mime clear", _GOOD, "rita", says=[CSRF.phrase, CSRF.more], subject=CSRF.subject),
)
CASES.add(
    "thunderbird-encrypted-signed-with-file",
    lambda rig: _desk(rig).send(IDOR, file=_poc(rig)),
    label(
        "pgp-mime opened",
        _GOOD,
        "rita",
        says=[IDOR.phrase],
        attachments=["poc.py"],
        protected=IDOR.subject,
    ),
)
CASES.add(
    "thunderbird-signed-with-file",
    lambda rig: _desk(rig).send(SSRF, encrypt=False, file=_poc(rig)),
    label("pgp-mime clear", _GOOD, "rita", says=[SSRF.phrase], attachments=["poc.py"]),
)
CASES.add(
    "thunderbird-encrypted-signed-html",
    lambda rig: _desk(rig).send(RESET, html=True),
    label(
        "pgp-mime opened",
        _GOOD,
        "rita",
        says=["stay valid after their use", RESET.more],
        protected=RESET.subject,
    ),
)
CASES.add(
    "thunderbird-signed-html",
    lambda rig: _desk(rig).send(XSS, encrypt=False, html=True),
    label("pgp-mime clear", _GOOD, "rita", says=["I found a stored XSS", XSS.more]),
)
CASES.add(
    "thunderbird-encrypted-signed-subject-not-protected",
    lambda rig: _desk(rig).send(REDIRECT, subject_too=False),
    label("pgp-mime opened", _GOOD, "rita", says=[REDIRECT.phrase], subject=REDIRECT.subject),
)
CASES.add(
    "thunderbird-encrypted-signed-with-own-key",
    lambda rig: _desk(rig).send(SSRF, key=True),
    label("pgp-mime opened", _GOOD, "rita", says=[SSRF.phrase], protected=SSRF.subject),
)
CASES.add(
    "thunderbird-encrypted-signed-with-autocrypt",
    lambda rig: _desk(rig).send(RESET, autocrypt=True),
    label("pgp-mime opened", _GOOD, "rita", says=[RESET.phrase], protected=RESET.subject),
)
