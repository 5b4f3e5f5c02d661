"""Letter templates on disk, rendered by a sandboxed Jinja2.

`<language>/<purpose>.txt`; the first line is the subject. A missing fact is an error, never an
empty place in a mail. Look-up order: the configured folder, then the packaged one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from inboxd.errors import ConfigError


class TemplateFolder:
    """Renders letters; safe to share between threads."""

    def __init__(self, folders: list[Path]) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            undefined=StrictUndefined,
            autoescape=False,  # plain text mail; headers are cleaned where they are written
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )

    def render(self, purpose: str, language: str, facts: Mapping[str, object]) -> tuple[str, str]:
        """(subject, text). Team letters exist in English only, as the team's commands do.

        Raises ConfigError when the template is missing or cannot be rendered with these facts.
        """
        try:
            template = self._environment.select_template(
                [f"{language}/{purpose}.txt", f"en/{purpose}.txt"]
            )
            whole = template.render(dict(facts))
        except TemplateError as error:
            raise ConfigError(
                f"template {language}/{purpose}.txt: {type(error).__name__} {error};"
                " correct it or remove your copy to use the packaged one"
            ) from error
        subject, _, text = whole.partition("\n")
        return subject.strip(), re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
