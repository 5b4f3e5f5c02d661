"""Where the files beside the code are: templates, migrations, the example configuration.

They are top-level in a checkout and packaged in the wheel; an editable install sees only the
checkout, so the packaged copy is looked for first and the checkout second.
"""

from __future__ import annotations

from pathlib import Path

from inboxd.errors import ConfigError

_HERE = Path(__file__).resolve().parent


def find(name: str) -> Path:
    """Path of a packaged file or folder. Raises ConfigError when the installation lacks it."""
    for place in (_HERE / "_data" / name, _HERE.parent / name):
        if place.exists():
            return place
    raise ConfigError(f"the installation lacks {name}; install inboxd again")
