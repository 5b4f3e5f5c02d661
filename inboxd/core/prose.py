"""Fields out of running text: every sentence was asked what it tells (`units`); here they are chosen.

Values are slices of the text, in the writer's own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from inboxd.core.blocks import Span
from inboxd.core.likeness import Telling, Weights, phrases, weigh
from inboxd.core.model import Found
from inboxd.core.units import LINK_ALONE, MAX_UNIT, Unit, units_of
from inboxd.core.vocabulary import CLAIM, WEAKNESS
from inboxd.core.words.consequences import FOLLOWS, IMPACT, POSSIBLE, SO, SURE_IMPACT
from inboxd.core.words.proofs import PAYLOAD
from inboxd.core.words.steps import ON_SYSTEM, STEPS
from inboxd.core.words.telling import OBSERVED

MAX_DESCRIPTION = 8  # sentences of one place
MOST_DESCRIPTION = 12  # of all places
FIRST = 2  # sentences of a letter that say what it is about
ENOUGH = 12  # words that tell how something was done
LIKELY = 0.3  # from here on the likeliest sentence belongs to a field by its words alone
KNOWN = 2  # words of it that say so
SHORT = 100  # characters: a sentence that only says that there is something


def read_prose(
    text: str, owned: list[Span], code: list[Span], known: set[str], telling: Telling
) -> dict[str, Found]:
    """Fields that the text outside the owned spans tells and that are not known yet."""
    units = units_of(text, owned, code)
    found: dict[str, Found] = {}
    _add(found, known, "description", _described(text, units))
    steps = _with_likeliest(text, units, _steps(text, units), telling.steps)
    steps = _with_outcome(text, units, steps)
    _add(found, known, "reproduction_steps", _joined(text, steps, 8))
    impact = [u for u in units if u.is_about("impact")]
    impact = _with_likeliest(text, units, impact, telling.impacts)
    _add(found, known, "impact", _joined(text, impact, 5))
    _add(found, known, "contact", _joined(text, [u for u in units if u.tells == "contact"], 2))
    proofs = [u for u in units if u.tells in ("code", "proof_of_concept")]
    _add(found, known, "proof_of_concept", _joined(text, proofs, 4))
    return found


def _with_likeliest(
    text: str, units: list[Unit], chosen: list[Unit], weights: Weights
) -> list[Unit]:
    """What the cues chose, and the sentence whose words say most that it belongs there."""
    best, most = None, LIKELY
    for at, unit in enumerate(units):
        said = phrases(text[unit.start : unit.end][:MAX_UNIT])
        like = weigh(said, place(units, at), weights)
        if (
            unit.tells not in ("", "contact", "code")
            and like.value >= most
            and len(like.words) >= KNOWN
        ):
            best, most = unit, like.value
    return sorted({*chosen, best}, key=lambda u: u.start) if best else chosen


def _with_outcome(text: str, units: list[Unit], steps: list[Unit]) -> list[Unit]:
    """The steps and, where one ends, the next sentence of its paragraph: what happens then."""
    after = [
        then
        for step, then in pairwise(units)
        if step in steps
        and then not in steps
        and then.tells == "description"
        and "\n\n" not in text[step.end : then.start]
    ]
    return sorted({*steps, *after}, key=lambda unit: unit.start)


def place(units: Sequence[Unit], at: int) -> set[str]:
    """What the cues say of a sentence and its neighbours, and where it stands; for its weights."""
    unit = units[at]
    before = units[at - 1].tells if at else "first"
    after = units[at + 1].tells if at + 1 < len(units) else "last"
    told = {f"=tells {unit.tells}", f"=before {before}", f"=after {after}"}
    quarter = at * 4 // len(units)
    return told | {f"=besides {field}" for field in unit.besides} | {f"=quarter{quarter}"}


def proof_inside(text: str, code: list[Span]) -> Found | None:
    """Blocks of code anywhere in a report, also under another heading."""
    return _joined(text, [Unit(start, end, "code") for start, end in code], 4)


_CALL = re.compile(r"\bcurl\s+(?:-|['\"]?https?:)\S*")  # tells more than a path does
_INDENTED = re.compile(
    r"(?m)^[^\s>][^\n]*\n[ \t]*\n((?:(?: {4}|\t)[ \t]*(?![-*•\d(])\S[^\n]*(?:\n|\Z))+)"
)


def payload_inside(text: str) -> Found | None:
    """The lines that show a payload or a command, when nothing was offered as a proof."""
    shown = _INDENTED.search(text)
    if shown and not LINK_ALONE.match(shown[1]):
        return _slice(text, shown.start(1), min(shown.end(1), shown.start(1) + 1000))
    match = _CALL.search(text) or PAYLOAD.search(text)
    if match is None:
        return None
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n\n", match.end())
    return _slice(text, start, min(end if end >= 0 else len(text), start + 1000))


def impact_inside(text: str, code: list[Span]) -> Found | None:
    """Sentences of a consequence anywhere, when no heading and no free text told one."""
    told = [
        u
        for u in units_of(text, [], code)
        if u.tells in ("impact", "description", "reproduction_steps")
    ]
    for cue in (SURE_IMPACT, FOLLOWS, IMPACT, SO, POSSIBLE):
        units = [u for u in told if cue.search(text[u.start : u.end])]
        if units:
            return _joined(text, units, 2)
    return None


def steps_inside(text: str, owned: list[Span], code: list[Span]) -> Found | None:
    """What the writer did, told on the way, when neither heading nor sentence gave the steps."""
    did = [
        u
        for u in units_of(text, owned, code)
        if u.tells
        and STEPS.search(text[u.start : u.end])
        and "?" not in text[u.start : u.end]
        and not SURE_IMPACT.search(text[u.start : u.end])
    ]
    words = sum(len(text[u.start : u.end].split()) for u in did)
    return _joined(text, did, 3) if words >= ENOUGH else None


def _add(found: dict[str, Found], known: set[str], name: str, value: Found | None) -> None:
    if value is not None and name not in known:
        found[name] = value


def _groups(text: str, units: list[Unit], wanted: set[str], gap: int = 0) -> list[list[Unit]]:
    """Runs of neighbouring units that tell one thing; `gap` others may stand between."""
    groups: list[list[Unit]] = []
    missed = gap + 1
    for unit in units:
        if unit.tells in wanted or unit.besides & wanted:
            if missed > gap:
                groups.append([])
            groups[-1].append(unit)
            missed = 0
        else:
            missed += 1
    return groups


def _described(text: str, units: list[Unit]) -> Found | None:
    """The sentences that claim something and those that name a weakness; else the first ones."""
    groups = _groups(text, units, {"description"})
    chosen: list[Unit] = []
    for telling in (CLAIM, WEAKNESS):
        for group in groups:
            at = _first(text, group, telling)
            if at is not None:
                chosen += group[max(0, at - 2) :][:MAX_DESCRIPTION]
                break
    if not chosen:  # a story: nothing in it stands out
        chosen = [u for u in units if u.tells == "description"][:MAX_DESCRIPTION]
    if _first(text, chosen, WEAKNESS) is None:  # it hides in a consequence
        told = [u for u in units if u.tells == "impact"]
        at = _first(text, told, WEAKNESS)
        chosen += told[at : at + 1] if at is not None else []
    chosen += _opening(text, units)
    observed = [u for u in units if u.is_about("description") and _observes(text, u)]
    chosen = sorted(set(chosen) | set(observed), key=lambda unit: unit.start)[:MOST_DESCRIPTION]
    if len(chosen) == 1 and chosen[0].end - chosen[0].start < SHORT:  # "I found a bug." and then?
        rest = [u for u in units if u.start > chosen[0].start]
        following = [u for u in rest if u.tells not in ("", "contact", "code")]
        chosen += following[:1]
    return _joined(text, chosen, 6)


def _opening(text: str, units: list[Unit]) -> list[Unit]:
    """The sentences in which a letter says what it is about: the first, if it is a claim."""
    telling = [u for u in units if u.tells not in ("", "contact", "code")][:FIRST]
    if _first(text, telling[:1], CLAIM) is not None or _first(text, telling[:1], WEAKNESS) == 0:
        return telling[:1]
    return [u for u in telling if u.tells != "reproduction_steps" or "description" in u.besides]


def _observes(text: str, unit: Unit) -> bool:
    sentence = text[unit.start : unit.end]
    return any(cue.search(sentence) for cue in (OBSERVED, CLAIM, WEAKNESS))


def _first(text: str, units: list[Unit], telling: re.Pattern[str]) -> int | None:
    return next((n for n, u in enumerate(units) if telling.search(text[u.start : u.end])), None)


def _steps(text: str, units: list[Unit]) -> list[Unit]:
    groups = _groups(text, units, {"reproduction_steps", "code"}, gap=1)
    groups = [g for g in groups if any(u.is_about("reproduction_steps") for u in g)]
    if not groups:
        return []
    counts = [sum(u.is_about("reproduction_steps") for u in group) for group in groups]
    most = min(max(counts), 2)  # one step alone between other things is rather a remark
    chosen = [
        u
        for group, count in zip(groups, counts, strict=True)
        if count >= most or any(ON_SYSTEM.search(text, u.start, u.end) for u in group)
        for u in group
    ]
    start = next(u.start for u in chosen if u.is_about("reproduction_steps"))
    return [u for u in chosen if u.start >= start]


def _joined(text: str, units: list[Unit], most: int) -> Found | None:
    """The words of up to `most` places, neighbours as one."""
    if not units:
        return None
    spans: list[list[int]] = []
    for unit in units:
        if spans and not text[spans[-1][1] : unit.start].strip():
            spans[-1][1] = unit.end
        else:
            spans.append([unit.start, unit.end])
    value = "\n".join(text[start:end].strip() for start, end in spans[:most])
    return Found(value, spans[0][0], spans[0][1], "prose")


def _slice(text: str, start: int, end: int) -> Found:
    return Found(text[start:end].strip(), start, end, "prose")
