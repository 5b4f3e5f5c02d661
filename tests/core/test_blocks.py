"""What of a text is code, requests or output, and no prose."""

from __future__ import annotations

import pytest

from inboxd.core.blocks import code_blocks


def blocks(text: str) -> list[str]:
    return [text[start:end] for start, end in code_blocks(text)]


@pytest.mark.parametrize(
    "block",
    [
        "```\nImpact: x\n```\n",
        "````\n```\nImpact: x\n```\n````\n",
        "{code:java}\nImpact: x\n{code}\n",
        "{noformat}\nImpact: x\n{noformat}\n",
        '#+BEGIN_SRC json\nImpact: x\n{"kid": 1}\n#+END_SRC\n',
        "#+begin_src sh\nImpact: x\n#+end_src\n",
        "$ cat > tpl.yml <<E\nname: demo\nE\n",
        "cat > tpl.yml <<'EOF'\nImpact: x\nEOF\n",
    ],
)
def test_all_that_stands_between_the_marks_of_a_block_is_code(block):
    assert blocks(f"before\n{block}after\n") == [block]


def test_a_program_goes_on_below_its_blank_lines():
    program = "#!/usr/bin/env python3\nimport io, sys\n\ntarget = sys.argv[1]\n\nprint(target)\n"
    assert blocks(f"{program}\nImpact = anyone can run this on us\n") == [program]


def test_a_program_of_many_paragraphs_is_read_to_its_end():
    program = "#!/bin/sh\n" + "a = 1\n\n" * 20_000
    assert "".join(blocks(program)).count("a = 1") == 20_000


def test_a_heredoc_that_is_never_closed_hides_nothing():
    assert "Impact" not in "".join(blocks("cat <<EOF\n\nImpact: anybody reads invoices\n"))
