"""`python -m benchmarks.understanding DIR...`: how well labelled mails are understood.

Each DIR holds <area>/<case>/ or <case>/ with message.eml and expected.json (tests/corpus/README.md
has the grammar). Without --home-keys a mail is read as tests/test_corpus.py reads it; with it, as
the daemon does, and gpg has the keys of the given folder. The exit code is 0 whatever is found.
"""

from __future__ import annotations

import argparse
import dataclasses
import email
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.processes import memory
from benchmarks.understanding_count import Answer, Figures, count
from benchmarks.understanding_show import as_json, show
from inboxd import assembly, data
from inboxd.adapters.gpg import Contacts, Gpg, TeamKeyring, prepare_home, stop_agent
from inboxd.config import load
from inboxd.core.explain import explanation
from inboxd.core.policy import Policy
from inboxd.reading import read_mail
from tests.test_corpus import SCOPE, SECURITY
from tests.test_corpus import explain as explain_without_keys

Explain = Callable[[bytes], dict[str, Any]]
WIDTH = 160  # of the tables where there is no terminal


@dataclass(slots=True)
class Reading:
    """One directory: what was explained, and the cases that could not be."""

    answers: list[Answer] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)  # the program raised
    unusable: list[str] = field(default_factory=list)  # no label, or one that cannot be compared


def cases(directory: Path) -> list[Path]:
    """Folders with a mail, one or two levels down."""
    found = [*directory.glob("*/message.eml"), *directory.glob("*/*/message.eml")]
    return sorted(path.parent for path in found)


def read(directory: Path, explain: Explain) -> Reading:
    reading = Reading()
    for case in cases(directory):
        name = str(case.relative_to(directory))
        try:
            want = json.loads((case / "expected.json").read_bytes())
            raw = (case / "message.eml").read_bytes()
        except (OSError, ValueError) as error:
            reading.unusable.append(f"{name}: {error}")
            continue
        began = time.perf_counter()
        try:
            got = explain(raw)
        except Exception as error:  # noqa: BLE001 - a crash is a finding; the other mails count on
            reading.crashed.append(f"{name}: {type(error).__name__}: {error}")
            continue
        answer = Answer(name, want, got, time.perf_counter() - began, charsets(raw))
        try:
            count([answer])
        except (AttributeError, KeyError, TypeError) as error:  # not the grammar
            reading.unusable.append(f"{name}: {type(error).__name__}: {error}")
        else:
            reading.answers.append(answer)
    return reading


def charsets(raw: bytes) -> tuple[str, ...]:
    """The charset of each text part, as Python's own parser sees it."""
    found = []
    for part in email.message_from_bytes(raw).walk():
        try:
            if part.get_content_maintype() == "text":
                found.append(part.get_content_charset() or "none")
        except (AttributeError, LookupError, TypeError, ValueError):
            found.append("broken")
    return tuple(found)


@contextmanager
def explainer_with(keys: Path) -> Iterator[Explain]:
    """Reads mails as the daemon does; secret keys of the folder are ours, the others' are known."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ibx-")))
        team, contacts = root / "team", Contacts(root / "contacts")
        prepare_home(team)
        stack.callback(stop_agent, team)
        stack.callback(stop_agent, contacts.gpg.home)
        gpg = Gpg(team, contacts=(contacts.gpg.home,))
        for file in sorted(keys.glob("*.asc")):
            _import(gpg, contacts, file)
        keyring = TeamKeyring(gpg, contacts, None)
        policy = dataclasses.replace(_policy(), scope=SCOPE, members=(), address=SECURITY)

        def explain(raw: bytes) -> dict[str, Any]:
            found = read_mail(raw, keyring, policy)
            return explanation(found.message, found.verdict, found.understood, "", [])

        yield explain


def _import(gpg: Gpg, contacts: Contacts, file: Path) -> None:
    block = file.read_bytes()
    if b"PRIVATE KEY BLOCK" in block:
        taken = gpg.run(["--import"], block, secret=True).has("IMPORT_OK")
    else:
        contacts.learn(block)  # an expired or revoked key is no key to write to, but it verifies
        taken = contacts.gpg.run(["--import"], block).has("IMPORT_OK")
    if not taken:
        raise SystemExit(f"{file} holds no key that gpg can use")


def _policy() -> Policy:
    return assembly.policy(load(data.find("config.example.toml")), b"benchmark")


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument("directories", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write every count there too")
    parser.add_argument("--failures", action="store_true", help="one line for each difference")
    parser.add_argument("--write", type=Path, metavar="MISSES", help="write those lines to a file")
    parser.add_argument("--home-keys", type=Path, metavar="DIR", help=".asc files for gpg")
    return parser.parse_args(given)


def misses(readings: dict[str, Reading]) -> list[str]:
    lines = []
    for directory, reading in readings.items():
        for answer in reading.answers:
            lines += [f"{directory}/{answer.name} {one}" for one in answer.wrong()]
        lines += [f"{directory}/{one}" for one in reading.crashed]
    return lines


def _show(console: Console, readings: dict[str, Reading]) -> dict[str, Figures]:
    found = {}
    for name, reading in readings.items():
        found[name] = count(reading.answers)
        show(console, name, found[name])
        for what, some in (("program crashed", reading.crashed), ("left out", reading.unusable)):
            for one in some:
                console.print(f"{what}: {one}", style="bold red")
    if len(readings) > 1:
        found["all"] = count(
            dataclasses.replace(answer, name=f"{directory}/{answer.name}")
            for directory, reading in readings.items()
            for answer in reading.answers
        )
        show(console, "all together", found["all"])
    return found


def _console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH
    return console


def main(given: Sequence[str] | None = None) -> int:
    arguments = _arguments(given)
    with ExitStack() as stack:
        explain: Explain = explain_without_keys
        if arguments.home_keys:
            explain = stack.enter_context(explainer_with(arguments.home_keys))
        before = memory(os.getpid()).now
        readings = {str(one): read(one, explain) for one in arguments.directories}
    peak = memory(os.getpid()).peak
    console = _console()
    found = _show(console, readings)
    console.print(
        f"peak RSS of the process {peak / 2**20:.0f} MiB"
        f" ({before / 2**20:.0f} MiB before the first mail)"
    )
    lines = misses(readings)
    if arguments.failures:
        print("\n".join(lines))
    if arguments.write:
        arguments.write.write_text("".join(f"{line}\n" for line in lines))
    if arguments.json:
        report = {
            "peak_rss": peak,
            "sets": {name: as_json(figures) for name, figures in found.items()},
            "crashed": [one for r in readings.values() for one in r.crashed],
            "left_out": [one for r in readings.values() for one in r.unusable],
        }
        arguments.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
