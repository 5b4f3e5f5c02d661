"""The grammar of member commands: lines that begin with `/` at the top of the new text.

Quoted text never gets here. One line that is not understood means that nothing of the mail is
executed (invariant 6), so parsing returns either every command or the refusals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inboxd.core.model import Severity
from inboxd.core.ratings import find_cvss


@dataclass(frozen=True, slots=True)
class Command:
    """One instruction. `argument` is the rest of its line."""

    verb: str
    argument: str
    severity: Severity | None = None
    line: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    line: str
    why: str


@dataclass(frozen=True, slots=True)
class Instructions:
    """What a member's mail asks for; `text` is what follows the commands."""

    commands: tuple[Command, ...]
    text: str
    refusals: tuple[Refusal, ...]

    @property
    def is_note(self) -> bool:
        return any(c.verb == "note" for c in self.commands)


VERBS: dict[str, str] = {
    "ack": "tell the researcher that a person has read the report (meets the acknowledgement)",
    "confirm": "confirm the vulnerability, `/confirm high` rates it too (meets the diagnosis)",
    "severity": "rate the report: critical, high, medium, low or a CVSS vector (moves the fix date)",
    "take": "become the owner of the report",
    "note": "keep this mail internal: `/note text`, or /note and the text below it",
    "wait": "wait for the researcher, `/wait reason` (holds the diagnosis and fix clocks)",
    "reject": "close the report, `/reject reason`; the reason is sent to the researcher",
    "fixed": "say that the fix is live (meets the fix; the researcher is asked to retest)",
    "cancel": "withdraw an answer to the researcher that is still held back",
    "help": "list these commands",
}

_COMMAND = re.compile(r"^/([A-Za-z]+)(?:[ \t]+(.*))?$")  # "/reject.php" is a path, no command


def parse_commands(new_text: str) -> Instructions:
    """Commands are the first lines; text may follow. Total."""
    lines = new_text.strip().split("\n")
    commands: list[Command] = []
    refusals: list[Refusal] = []
    rest_from = len(lines)
    for index, raw in enumerate(lines):
        line = raw.strip()
        if not line:
            continue
        if not line.startswith("/"):
            rest_from = index
            break
        parsed = _parse(line)
        if isinstance(parsed, Command) and parsed.verb in {c.verb for c in commands}:
            refusals.append(Refusal(line, f"/{parsed.verb} stands there twice"))
        elif isinstance(parsed, Command):
            commands.append(parsed)
        else:
            refusals.append(parsed)
    rest = lines[rest_from:]
    for raw in rest:
        match = _COMMAND.match(raw.strip())
        if match and match.group(1).lower() in VERBS:
            refusals.append(
                Refusal(raw.strip(), "commands stand above the text, not in or below it")
            )
    return Instructions(tuple(commands), "\n".join(rest).strip(), tuple(refusals))


def _parse(line: str) -> Command | Refusal:
    match = _COMMAND.match(line)
    if not match or match.group(1).lower() not in VERBS:
        known = ", ".join(f"/{verb}" for verb in VERBS)
        return Refusal(line, f"no such command; known are {known}")
    verb, argument = match.group(1).lower(), (match.group(2) or "").strip()
    if verb == "severity":
        severity = _severity(argument)
        if severity is None:
            return Refusal(line, "say critical, high, medium, low or a CVSS 3.1 or 4.0 vector")
        return Command(verb, argument, severity, line)
    if verb == "confirm" and argument:
        severity = _severity(argument)
        if severity is None:
            return Refusal(line, "after /confirm say critical, high, medium, low, or nothing")
        return Command(verb, argument, severity, line)
    if verb in ("reject", "wait") and not argument:
        return Refusal(line, f"give the reason on the same line: /{verb} reason")
    if verb in ("ack", "take", "fixed", "cancel", "help") and argument:
        return Refusal(line, f"/{verb} takes nothing after it")
    return Command(verb, argument, None, line)


def _severity(argument: str) -> Severity | None:
    try:
        return Severity(argument.lower())
    except ValueError:
        cvss = find_cvss(argument)
        return cvss.severity if cvss else None
