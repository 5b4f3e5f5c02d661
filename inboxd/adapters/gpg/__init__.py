"""GnuPG: the hardened runner, key management with its quarantine, and the team's keyring."""

from inboxd.adapters.gpg.keyring import TeamKeyring
from inboxd.adapters.gpg.keys import (
    Contacts,
    PublicKey,
    export_public,
    generate_team_key,
    list_keys,
    quarantine,
)
from inboxd.adapters.gpg.runner import (
    MAX_HOME_PATH,
    MAX_OUTPUT,
    Gpg,
    gpg_version,
    prepare_home,
    stop_agent,
)

__all__ = [
    "MAX_HOME_PATH",
    "MAX_OUTPUT",
    "Contacts",
    "Gpg",
    "PublicKey",
    "TeamKeyring",
    "export_public",
    "generate_team_key",
    "gpg_version",
    "list_keys",
    "prepare_home",
    "quarantine",
    "stop_agent",
]
