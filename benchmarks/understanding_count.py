"""What `python -m benchmarks.understanding` counts: answers of the program against their labels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from inboxd.core.model import Kind
from tests.corpus_grammar import differences

TEXT_FIELDS = (
    "description",
    "components",
    "reproduction_steps",
    "impact",
    "proof_of_concept",
    "contact",
)
HOWS = ("heading", "prose", "unsaid", "null", "all")  # "null": the label says the mail tells none
CREDIT_PARTS = ("name", "handle", "link")
URL_PARTS = ("present", "scope", "role", "as labelled")
OTHERS = (  # (name, key in the explanation, key below it)
    *((name, name, "") for name in ("cvss", "cwe", "severity_claim", "findings")),
    *((name, name, "") for name in ("flags", "missing", "crypto")),
    *((name, "message", name) for name in ("language", "new_text", "text", "subject", "from")),
    ("attachments", "message", "attachments"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One mail: its label and what the program says of it."""

    name: str
    want: dict[str, Any]
    got: dict[str, Any]
    seconds: float = 0.0
    charsets: tuple[str, ...] = ()  # of its text parts

    def wrong(self) -> list[str]:
        return list(differences(self.want, self.got))


@dataclass(slots=True)
class Ratio:
    hits: int = 0
    total: int = 0

    def add(self, hit: bool) -> None:
        self.hits += hit
        self.total += 1

    def __str__(self) -> str:
        share = f"{self.hits / self.total:.3f}" if self.total else "-"
        return f"{share} ({self.hits}/{self.total})"


@dataclass(slots=True)
class KindCount:
    recall: Ratio = field(default_factory=Ratio)
    precision: Ratio = field(default_factory=Ratio)
    confused: Counter[str] = field(default_factory=Counter)  # what the program said instead


@dataclass(slots=True)
class FieldCount:
    """`swallowed` is the part of the false positives which is an unwanted phrase."""

    tp: int = 0
    fn: int = 0
    fp: int = 0
    swallowed: int = 0
    tn: int = 0

    @property
    def recall(self) -> Ratio:
        return Ratio(self.tp, self.tp + self.fn)

    @property
    def precision(self) -> Ratio:
        return Ratio(self.tp, self.tp + self.fp)


@dataclass(slots=True)
class Other:
    right: Ratio = field(default_factory=Ratio)
    wrong: Counter[str] = field(default_factory=Counter)


LETTERED = {"report", "follow-up", "key-request", "pgp-test"}  # other kinds wait for a person
MACHINES = {kind.value for kind in Kind if kind.is_machine}
PEOPLE = {kind.value for kind in Kind} - MACHINES - {Kind.SPAM.value}


@dataclass(slots=True)
class Figures:
    """Everything that is counted over one set of mails."""

    mails: int = 0
    as_labelled: Ratio = field(default_factory=Ratio)
    kinds: dict[str, KindCount] = field(default_factory=lambda: defaultdict(KindCount))
    anything_but: Ratio = field(default_factory=Ratio)  # labels that only exclude kinds
    robots: Ratio = field(default_factory=Ratio)  # answered, of those who must not be
    people: Ratio = field(default_factory=Ratio)  # not answered, of those who may be
    lost: Ratio = field(default_factory=Ratio)  # people taken for programs: nobody reads them
    lost_people: list[str] = field(default_factory=list)
    answered_robots: list[str] = field(default_factory=list)
    lettered_robots: Ratio = field(default_factory=Ratio)  # those of a kind that a letter answers
    unanswered_people: list[str] = field(default_factory=list)
    fields: dict[str, dict[str, FieldCount]] = field(
        default_factory=lambda: {n: {how: FieldCount() for how in HOWS} for n in TEXT_FIELDS}
    )
    wishes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    false_yes: list[str] = field(default_factory=list)
    credit: dict[str, Ratio] = field(default_factory=lambda: {n: Ratio() for n in CREDIT_PARTS})
    urls: dict[str, Ratio] = field(default_factory=lambda: {n: Ratio() for n in URL_PARTS})
    others: dict[str, Other] = field(default_factory=lambda: {n: Other() for n, _, _ in OTHERS})
    sets: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: float = 0.0
    slowest: tuple[str, float] = ("", 0.0)


def count(answers: Iterable[Answer]) -> Figures:
    figures = Figures()
    for answer in answers:
        figures.mails += 1
        figures.as_labelled.add(not answer.wrong())
        _kind(figures, answer)
        _replies(figures, answer)
        _fields(figures, answer)
        _credit(figures, answer)
        _urls(figures, answer)
        _others(figures, answer)
        _set(figures, answer)
        figures.seconds += answer.seconds
        figures.slowest = max(figures.slowest, (answer.name, answer.seconds), key=lambda s: s[1])
    return figures


def _kind(figures: Figures, answer: Answer) -> None:
    want, got = answer.want.get("kind"), answer.got["kind"]
    if isinstance(want, str):
        found = figures.kinds[want]
        found.recall.add(got == want)
        figures.kinds[got].precision.add(got == want)
        if got != want:
            found.confused[got] += 1
    elif want is not None:
        right = not list(differences(want, got))
        figures.anything_but.add(right)
        if not right:
            figures.kinds[got].precision.add(False)
            figures.kinds["anything but"].confused[got] += 1


def _replies(figures: Figures, answer: Answer) -> None:
    if str(answer.want.get("kind")) in PEOPLE and answer.want.get("may_auto_reply") is not False:
        lost = answer.got["kind"] in MACHINES
        figures.lost.add(lost)
        if lost:
            figures.lost_people.append(answer.name)
    want, got = answer.want.get("may_auto_reply"), answer.got["may_auto_reply"]
    if want is False:
        figures.robots.add(got)
        figures.lettered_robots.add(got and answer.got["kind"] in LETTERED)
        if got:
            figures.answered_robots.append(answer.name)
    elif want is True:
        figures.people.add(not got)
        if not got:
            figures.unanswered_people.append(answer.name)


def _fields(figures: Figures, answer: Answer) -> None:
    wanted = answer.want.get("fields") or {}
    hows = answer.want.get("_how") or {}
    for name in TEXT_FIELDS:
        if name not in wanted:
            continue
        want, got = wanted[name], answer.got["fields"][name]
        how = hows.get(name, "unsaid") if want else "null"
        for row in (how if how in HOWS else "unsaid", "all"):
            _field(figures.fields[name][row], want, got)


def _field(found: FieldCount, want: Any, got: Any) -> None:
    if not want:
        found.fp += bool(got)
        found.tn += not got
        return
    absent = want.get("absent", []) if isinstance(want, dict) else []
    swallowed = bool(absent) and any(differences({"absent": absent}, got))
    if isinstance(want, dict) and not want.get("contains"):  # it says nothing of what must be there
        found.fp += swallowed
        found.swallowed += swallowed
        return
    complete = {"contains": want["contains"]} if isinstance(want, dict) else want
    lacking = not got or any(differences(complete, got))
    found.tp += not lacking and not swallowed
    found.fn += lacking
    found.fp += swallowed
    found.swallowed += swallowed


def _credit(figures: Figures, answer: Answer) -> None:
    want = (answer.want.get("fields") or {}).get("credit") or {}
    got = answer.got["fields"]["credit"]
    wish = want.get("wish")
    if isinstance(wish, str):
        figures.wishes[wish][got["wish"]] += 1
    if got["wish"] == "yes" and wish is not None and any(differences(wish, "yes")):
        figures.false_yes.append(answer.name)
    for part in CREDIT_PARTS:
        if part in want:
            figures.credit[part].add(not any(differences(want[part], got[part])))


def _urls(figures: Figures, answer: Answer) -> None:
    wanted = (answer.want.get("urls") or {}).get("hosts", {})
    for host, values in wanted.items():
        entries = [url for url in answer.got["urls"] if url["host"] == host]
        figures.urls["present"].add(bool(entries))
        fits = any(all(url[key] == value for key, value in values.items()) for url in entries)
        figures.urls["as labelled"].add(fits)
        for part in ("scope", "role"):
            if entries and part in values:
                figures.urls[part].add(any(url[part] == values[part] for url in entries))


def _others(figures: Figures, answer: Answer) -> None:
    for name, key, below in OTHERS:
        want, got = answer.want, answer.got[key]
        if below:
            want, got = want.get(key) or {}, got[below]
        if (below or key) not in want:
            continue
        label = want[below or key]
        path = f"/{key}/{below}" if below else f"/{key}"
        right = not any(differences(label, got, path))
        figures.others[name].right.add(right)
        if not right:
            figures.others[name].wrong.update(_mistakes(name, label, got))


def _mistakes(name: str, want: Any, got: Any) -> Iterator[str]:
    """Short words for what is wrong, so that equal mistakes add up."""
    if name == "flags" and isinstance(got, list):
        got = [flag["code"] for flag in got]
    if name == "cvss":
        want, got = want and want.get("vector"), got and got["vector"]
    if isinstance(want, dict) and isinstance(got, list):  # {"contains", "absent"}
        yield from (f"-{one}" for one in want.get("contains", []) if one not in got)
        yield from (f"+{one}" for one in want.get("absent", []) if one in got)
    elif name in ("missing", "cwe", "flags"):
        yield from (f"-{one}" for one in want or () if one not in got)
        yield from (f"+{one}" for one in got if one not in (want or ()))
    elif not isinstance(want, dict | list) and name not in ("subject", "from"):
        yield f"{want} -> {got}"


def _set(figures: Figures, answer: Answer) -> None:
    """What the set is made of: the label's word where there is one."""
    kind = answer.want.get("kind")
    figures.sets["kind (label)"][kind if isinstance(kind, str) else "not said"] += 1
    figures.sets["kind (program)"][answer.got["kind"]] += 1
    figures.sets["scheme (program)"][answer.got["crypto"]["scheme"]] += 1
    language = (answer.want.get("message") or {}).get("language")
    figures.sets["language (label)"][language if isinstance(language, str) else "not said"] += 1
    figures.sets["language (program)"][answer.got["message"]["language"]] += 1
    figures.sets["charset (text parts)"].update(answer.charsets)
