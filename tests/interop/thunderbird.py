"""Thunderbird on an invisible screen: a look at how the mails appear to most people.

A manual check, too slow and too dependent on the version for the test suite.
"""

from __future__ import annotations

import contextlib
import email.utils
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from . import gpghome
from .common import (
    LOOPBACK,
    RigError,
    end_process,
    find_program,
    free_port,
    missing,
    program,
    run,
    short_root,
    wait_until,
)
from .marionette import Marionette

_BINARIES = ("/usr/lib/thunderbird/thunderbird-bin", "/opt/thunderbird/thunderbird-bin")

_LOG_IN = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const server = MailServices.accounts.defaultAccount.incomingServer;
server.password = args[0];
server.performExpand(window.msgWindow);
window.moveTo(0, 0);
window.resizeTo(window.screen.width, window.screen.height);
"""

_TAKE_SECRET_KEY = """
const path = "chrome://openpgp/content/modules/";
const { RNP } = ChromeUtils.importESModule(path + "RNP.sys.mjs");
const { EnigmailKeyRing } = ChromeUtils.importESModule(path + "keyRing.sys.mjs");
const { PgpSqliteDb2 } = ChromeUtils.importESModule(path + "sqliteDb.sys.mjs");
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const said = await RNP.importSecKeyBlockImpl(null, null, false, args[0]);
if (said.exitCode || !said.importedKeys.length) throw new Error("key refused " + said.errorMsg);
EnigmailKeyRing.clearCache();
await PgpSqliteDb2.acceptAsPersonalKey(args[1]);
const identity = MailServices.accounts.defaultAccount.defaultIdentity;
identity.setUnicharAttribute("openpgp_key_id", args[1].slice(-16));
"""

_TAKE_PUBLIC_KEY = """
const path = "chrome://openpgp/content/modules/";
const { RNP } = ChromeUtils.importESModule(path + "RNP.sys.mjs");
const { EnigmailKeyRing } = ChromeUtils.importESModule(path + "keyRing.sys.mjs");
const { PgpSqliteDb2 } = ChromeUtils.importESModule(path + "sqliteDb.sys.mjs");
const said = await RNP.importPubkeyBlockAutoAcceptImpl(null, args[0], "verified");
if (said.exitCode || !said.importedKeys.length) throw new Error("key refused " + said.errorMsg);
EnigmailKeyRing.clearCache();
await PgpSqliteDb2.updateAcceptance(args[1], [args[2]], "verified");
"""

_LIST = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const root = MailServices.accounts.defaultAccount.incomingServer.rootFolder;
const folder = root.descendants.find(f => f.name.toLowerCase() == args[0].toLowerCase());
if (!folder) return null;
await new Promise(resolve => folder.QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(null, {
  OnStartRunningUrl() {}, OnStopRunningUrl() { resolve(); },
}));
return [...folder.messages].map(m => m.mime2DecodedSubject);
"""

_OPEN = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const root = MailServices.accounts.defaultAccount.incomingServer.rootFolder;
const folder = root.descendants.find(f => f.name.toLowerCase() == args[0].toLowerCase());
const header = [...folder.messages].find(m => m.mime2DecodedSubject.includes(args[1]));
if (!header) return false;
const about = window.document.getElementById("tabmail").currentAbout3Pane;
about.displayFolder(folder.URI);
about.selectMessage(header);
return true;
"""

_SHOWN = """
const about = window.document.getElementById("tabmail").currentAbout3Pane;
const message = about.messageBrowser?.contentWindow;
const body = message?.getMessagePaneBrowser()?.contentDocument;
if (!body || body.readyState != "complete" || !message.msgLoaded) return null;
const doc = message.document;
const text = id => doc.getElementById(id)?.textContent?.trim() ?? "";
return {
  subject: text("expandedsubjectBox").replace(/^Subject:?\\s*/, ""),
  text: [...body.querySelectorAll(".moz-text-plain,.moz-text-flowed,.moz-text-html")]
    .map(part => part.textContent.trim()).join("\\n"),
  sealed: doc.getElementById("encryptedHdrIcon")?.hidden === false
    ? doc.getElementById("encryptedHdrIcon").src : "",
  signed: doc.getElementById("signedHdrIcon")?.hidden === false
    ? doc.getElementById("signedHdrIcon").src : "",
};
"""

_COMPOSE = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const make = name => Cc["@mozilla.org/messengercompose/" + name].createInstance();
const fields = make("composefields;1").QueryInterface(Ci.nsIMsgCompFields);
[fields.to, fields.subject, fields.body] = args;
const params = make("composeparams;1").QueryInterface(Ci.nsIMsgComposeParams);
params.composeFields = fields;
params.format = Ci.nsIMsgCompFormat.PlainText;
params.identity = MailServices.accounts.defaultAccount.defaultIdentity;
MailServices.compose.OpenComposeWindowWithParams(null, params);
"""

_REPLY = """
window.document.getElementById("tabmail").currentAbout3Pane.goDoCommand("cmd_reply");
"""

_COMPOSE_READY = """
const composing = Services.wm.getMostRecentWindow("msgcompose");
if (!composing?.gLoadingComplete || !composing.GetCurrentEditor()) return false;
if (composing.document.getElementById("button-send").disabled) return false;
return !args[0] || Boolean(composing.GetCurrentEditor().document.querySelector(".moz-cite-prefix"));
"""

_PROTECT = """
const composing = Services.wm.getMostRecentWindow("msgcompose");
if (args[0] !== null && composing.gSendEncrypted !== args[0]) composing.toggleEncryptMessage();
if (args[1] !== null && composing.gSendSigned !== args[1]) composing.toggleGlobalSignMessage();
if (args[2]) composing.GetCurrentEditor().insertText(args[2]);
await composing.checkEncryptionState();
await new Promise(painted => composing.setTimeout(painted, 500));
"""

_SEND = """
Services.wm.getMostRecentWindow("msgcompose").goDoCommand("cmd_sendNow");
"""

_COMPOSE_GONE = """
return !Services.wm.getMostRecentWindow("msgcompose");
"""


def _binary() -> str | None:
    found = [path for path in _BINARIES if os.access(path, os.X_OK)]
    return found[0] if found else find_program("thunderbird-bin")


class Thunderbird:
    """Thunderbird with one account, on its own screen, for as long as the with block lasts.

    key is the fingerprint of the account's secret key in gnupghome; contacts maps addresses to
    fingerprints of public keys there, which Thunderbird takes as verified.
    """

    def __init__(
        self,
        imap_port: int,
        smtp_port: int,
        login: str,
        password: str,
        address: str,
        *,
        gnupghome: Path | None = None,
        key: str | None = None,
        contacts: Mapping[str, str] | None = None,
        real_name: str = "Robin Reporter",
    ) -> None:
        self._prefs = _preferences(imap_port, smtp_port, login, address, real_name)
        self._password = password
        self._gnupghome = gnupghome
        self._key = key
        self._contacts = dict(contacts or {})
        self._stack = contextlib.ExitStack()

    @staticmethod
    def available() -> str | None:
        """Return why Thunderbird cannot be used here, or None when it can."""
        if _binary() is None:
            return "not installed: thunderbird"
        return missing("Xvfb", "import")

    def __enter__(self) -> Thunderbird:
        try:
            self.root = self._stack.enter_context(short_root())
            self._display = self._start_screen()
            self._remote = self._start_program()
            self._remote.script(_LOG_IN, self._password)
            self._take_keys()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def script(self, body: str, *arguments: Any) -> Any:
        """Run a script inside Thunderbird (see Marionette.script)."""
        return self._remote.script(body, *arguments)

    def screenshot(self, path: Path) -> None:
        """Save what the screen shows as an image."""
        environment = {**os.environ, "DISPLAY": self._display}
        run([program("import"), "-window", "root", path], env=environment)

    def subjects(self, folder: str = "Inbox") -> list[str]:
        """Return the subjects in a folder, after asking the server for news."""
        found = self._remote.script(_LIST, folder)
        if found is None:
            raise RigError(f"no folder {folder}")
        return [str(subject) for subject in found]

    def open(self, subject: str, folder: str = "Inbox", timeout: float = 20.0) -> dict[str, str]:
        """Open the message whose subject contains the words, and tell what the pane shows.

        The keys: subject, text, sealed and signed (the name of the icon shown, or "").
        """
        wait_until(lambda: self._listed(subject, folder), f"{subject!r} in {folder}", timeout)
        self._remote.script(_OPEN, folder, subject)
        seen: list[Any] = []

        def settled() -> bool:
            # The signature's icon comes some time after the text.
            seen.append(self._remote.script(_SHOWN))
            return len(seen) > 10 and bool(seen[-1]) and seen[-1] == seen[-8]

        wait_until(settled, f"{subject!r} on screen", timeout)
        return {name: str(value) for name, value in seen[-1].items()}

    def send(
        self,
        to: str,
        subject: str,
        body: str,
        *,
        encrypt: bool | None = None,
        sign: bool | None = None,
        before: Path | None = None,
    ) -> None:
        """Write a mail and send it; before: take a screenshot of the compose window first."""
        self._remote.script(_COMPOSE, to, subject, body)
        self._finish("", False, encrypt, sign, before)

    def reply(
        self,
        subject: str,
        body: str,
        *,
        encrypt: bool | None = None,
        sign: bool | None = None,
        before: Path | None = None,
    ) -> None:
        """Open a message and answer it; with None, encryption stays as Thunderbird chose it."""
        self.open(subject)
        self._remote.script(_REPLY)
        self._finish(body, True, encrypt, sign, before)

    def _finish(
        self,
        body: str,
        quoting: bool,
        encrypt: bool | None,
        sign: bool | None,
        before: Path | None,
    ) -> None:
        def ready() -> bool:
            return bool(self._remote.script(_COMPOSE_READY, quoting))

        wait_until(ready, "the compose window", 20)
        self._remote.script(_PROTECT, encrypt, sign, body)
        if before is not None:
            self.screenshot(before)
        self._remote.script(_SEND)
        wait_until(lambda: self._remote.script(_COMPOSE_GONE), "Thunderbird to send", 30)

    def _listed(self, subject: str, folder: str) -> bool:
        found = self._remote.script(_LIST, folder) or []
        return any(subject in one for one in found)

    def _take_keys(self) -> None:
        if self._gnupghome is None:
            return
        home = self._gnupghome
        if self._key is not None:
            secret = gpghome.gpg(home, "--armor", "--export-secret-keys", "--", self._key)
            self._remote.script(_TAKE_SECRET_KEY, secret.decode("ascii"), self._key)
        for address, fingerprint in self._contacts.items():
            public = gpghome.export_public(home, fingerprint).decode("ascii")
            self._remote.script(_TAKE_PUBLIC_KEY, public, fingerprint, address)

    def _start_screen(self) -> str:
        reader, writer = os.pipe()
        command = [program("Xvfb"), "-displayfd", str(writer), "-screen", "0", "1280x900x24"]
        command += ["-nolisten", "tcp"]
        screen = subprocess.Popen(
            command, pass_fds=(writer,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._stack.callback(end_process, screen)
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        if not number:
            raise RigError("Xvfb did not start")
        return f":{number}"

    def _start_program(self) -> Marionette:
        binary = _binary()
        assert binary is not None
        profile = self.root / "profile"
        profile.mkdir()
        port = free_port()
        prefs = {**self._prefs, "marionette.port": port}
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in prefs.items()]
        (profile / "user.js").write_text("".join(lines), "utf-8")
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.root),
            "DISPLAY": self._display,
            "LC_ALL": "C.UTF-8",
            "MOZ_CRASHREPORTER_DISABLE": "1",
        }
        command = [binary, "--no-remote", "--profile", str(profile), "--marionette"]
        process = subprocess.Popen(
            [*command, "--remote-allow-system-access"],
            env=environment,
            stdout=(self.root / "log").open("wb"),
            stderr=subprocess.STDOUT,
        )
        self._stack.callback(end_process, process)
        wait_until(lambda: _answers(port), "Thunderbird's remote port", 60)
        remote = Marionette(port)
        self._stack.callback(remote.close)
        return remote

    def log(self) -> str:
        """Return what Thunderbird printed."""
        return (self.root / "log").read_text("utf-8", "replace")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False


def _preferences(
    imap_port: int, smtp_port: int, login: str, address: str, real_name: str
) -> dict[str, str | int | bool]:
    account = f"imap://{login}@{LOOPBACK}"
    return {
        "mail.accountmanager.accounts": "account1",
        "mail.accountmanager.defaultaccount": "account1",
        "mail.account.account1.server": "server1",
        "mail.account.account1.identities": "id1",
        "mail.server.server1.type": "imap",
        "mail.server.server1.name": address,
        "mail.server.server1.hostname": LOOPBACK,
        "mail.server.server1.port": imap_port,
        "mail.server.server1.userName": login,
        "mail.server.server1.socketType": 0,
        "mail.server.server1.authMethod": 3,
        "mail.server.server1.login_at_startup": False,
        "mail.server.server1.check_new_mail": False,
        "mail.smtpservers": "smtp1",
        "mail.smtp.defaultserver": "smtp1",
        "mail.smtpserver.smtp1.hostname": LOOPBACK,
        "mail.smtpserver.smtp1.port": smtp_port,
        "mail.smtpserver.smtp1.try_ssl": 0,
        "mail.smtpserver.smtp1.authMethod": 1,
        "mail.identity.id1.fullName": real_name,
        "mail.identity.id1.useremail": address,
        "mail.identity.id1.smtpServer": "smtp1",
        "mail.identity.id1.valid": True,
        "mail.identity.id1.compose_html": False,
        "mail.identity.id1.fcc": True,
        "mail.identity.id1.fcc_folder": f"{account}/Sent",
        "mail.identity.id1.draft_folder": f"{account}/Drafts",
        # No first-start pages, no questions, no calls home.
        "app.donation.eoy.version.viewed": 999,
        "app.normandy.enabled": False,
        "app.update.auto": False,
        "app.update.enabled": False,
        "browser.dom.window.dump.enabled": True,
        "calendar.timezone.useSystemTimezone": True,
        "datareporting.healthreport.uploadEnabled": False,
        "datareporting.policy.dataSubmissionPolicyBypassNotification": True,
        "extensions.update.enabled": False,
        "mail.inappnotifications.enabled": False,
        "mail.rights.version": 1,
        "mail.shell.checkDefaultClient": False,
        "mail.spam.version": 1,
        "mail.startup.enabledMailCheckOnce": True,
        "mail.winsearch.firstRunDone": True,
        "mailnews.start_page.enabled": False,
        "mailnews.start_page_override.mstone": "ignore",
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "network.proxy.type": 1,
        "network.proxy.http": LOOPBACK,
        "network.proxy.http_port": 9,
        "network.proxy.ssl": LOOPBACK,
        "network.proxy.ssl_port": 9,
        "services.settings.server": f"http://{LOOPBACK}:9/",
        "toolkit.telemetry.enabled": False,
    }


def main() -> None:
    """Show a sealed receipt and send a sealed report: python -m tests.interop.thunderbird DIR."""
    from .dovecot import Dovecot
    from .sinks import Sink

    pictures = Path(sys.argv[1])
    pictures.mkdir(parents=True, exist_ok=True)
    team, reporter = "security@vendor.test", "robin@reporter.test"
    with contextlib.ExitStack() as stack:
        dovecot = stack.enter_context(Dovecot({"robin": "robin", "security": "security"}))
        sink = stack.enter_context(Sink(pass_on=dovecot.deliver))
        ours = stack.enter_context(gpghome.temporary_home())
        theirs = stack.enter_context(gpghome.temporary_home())
        ours_key = gpghome.make_key(ours, "Vendor Security", team)
        theirs_key = gpghome.make_key(theirs, "Robin Reporter", reporter)
        gpghome.import_key(ours, gpghome.export_public(theirs, theirs_key))
        gpghome.import_key(theirs, gpghome.export_public(ours, ours_key))
        outer = {"From": team, "To": reporter, "Subject": "...", "Message-ID": "<1@vendor.test>"}
        outer["Date"] = email.utils.formatdate()
        inner = gpghome.text_entity("We have your report.\n", subject="Receipt 17")
        receipt = gpghome.pgp_mime_encrypted(inner, ours, ours_key, [theirs_key], outer)
        dovecot.deliver("robin", receipt)
        account = (dovecot.imap_port, sink.port, "robin", "robin", reporter)
        contacts = {team: ours_key}
        thunderbird = stack.enter_context(
            Thunderbird(*account, gnupghome=theirs, key=theirs_key, contacts=contacts)
        )
        print(thunderbird.open("..."))
        thunderbird.screenshot(pictures / "receipt.png")
        thunderbird.reply("Receipt 17", "One more thing.\n", before=pictures / "reply.png")
        plaintext, status = gpghome.decrypt(ours, gpghome.sealed_part(sink.mails[-1].content))
        print(plaintext.decode(), "signed by", gpghome.good_signer(status))


if __name__ == "__main__":
    main()
