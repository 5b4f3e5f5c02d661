"""`python -m benchmarks.words`: how many headings, wishes and lines of contact are understood.

All lines that strangers wrote, also those that the tests leave out since they are misread.
"""

from __future__ import annotations

from pathlib import Path

from tests.words import contact_found, lines, means, titles, wishes

MISREAD = Path(__file__).parent / "labelled" / "words"


def main() -> None:
    told = [*titles(), *titles(MISREAD)]
    right = sum(field in means(heading) for field, heading in told)
    print(f"headings: {right} of {len(told)} ({right / len(told):.3f})")
    wished = [(line["wish"], wish) for line in _both("wishes.jsonl") for wish in wishes(line)]
    for want in ("yes", "no", "unknown"):
        got = [wish for wanted, wish in wished if wanted == want]
        print(f"wish {want}:", ", ".join(f"{got.count(w)} {w}" for w in ("yes", "no", "unknown")))
    contacts = _both("contacts.jsonl")
    print(f"contacts: {sum(map(contact_found, contacts))} of {len(contacts)}")


def _both(name: str) -> list[dict[str, object]]:
    return [*lines(name), *lines(name, MISREAD)]


if __name__ == "__main__":
    main()
