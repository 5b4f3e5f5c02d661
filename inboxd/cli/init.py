"""init: a configuration and a team key, step by step."""

from __future__ import annotations

import re
from pathlib import Path

import click

from inboxd import assembly, data
from inboxd.adapters.gpg import generate_team_key
from inboxd.cli.root import Context, pass_context
from inboxd.config import load, parse
from inboxd.errors import ConfigError
from inboxd.store import migrate

_TEMPLATE = """\
# Written by `inboxd init`. Every key with its default and its reason: config.example.toml
[organisation]
name = "{organisation}"
policy_url = "{policy_url}"

[address]
security = "{address}"

[storage]
database = "{state}/inboxd.db"

[pgp]
home = "{state}/team"
contacts = "{state}/contacts"
fingerprint = ""

[[mailbox]]
name = "security"
host = "{imap_host}"
username = "{username}"
password = {{ file = "{secrets}/imap-password" }}

[smtp]
host = "{smtp_host}"
username = "{username}"
password = {{ file = "{secrets}/smtp-password" }}

[[member]]
address = "{member}"
name = "{member_name}"
roles = ["handler", "lead", "management"]

[scope]
inside = [{scope}]

[clocks]
zone = "{zone}"
country = "{country}"
"""


@click.command()
@click.option(
    "--state", type=click.Path(path_type=Path), default=Path("/var/lib/inboxd"), show_default=True
)
@click.option("--force", is_flag=True, help="Overwrite an existing configuration.")
@pass_context
def init(context: Context, state: Path, force: bool) -> None:
    """Ask what is needed, write the configuration, make the database and the team key."""
    path = context.path
    if path.exists() and not force:
        raise ConfigError(f"{path} is there already; --force overwrites it")
    click.echo(f"This writes {path} and keeps state in {state}. Ctrl-C stops; nothing is sent.\n")
    answers = {
        "organisation": click.prompt("Name of the organisation"),
        "address": click.prompt("Address for reports", value_proc=_address),
        "policy_url": click.prompt("Web page of the policy (may be empty)", default=""),
        "imap_host": click.prompt("IMAP server (TLS on port 993)"),
        "smtp_host": click.prompt("SMTP server for sending (TLS on port 465)"),
    }
    answers["username"] = click.prompt("User name of the mailbox", default=answers["address"])
    answers["member"] = click.prompt("Address of the first team member", value_proc=_address)
    answers["member_name"] = click.prompt("Their name", default="")
    domain = answers["address"].rpartition("@")[2]
    hosts = click.prompt("Hosts in scope", default=f"{domain} *.{domain}")
    answers["scope"] = ", ".join(f'"{host}"' for host in re.split(r"[,\s]+", hosts) if host)
    answers["zone"] = click.prompt("Time zone", default="Europe/Paris")
    answers["country"] = click.prompt("Country for public holidays (ISO code)", default="FR")
    quoted = {
        k: v if k == "scope" else v.replace("\\", "").replace('"', "") for k, v in answers.items()
    }
    text = _TEMPLATE.format(state=state.absolute(), secrets=path.parent.absolute(), **quoted)
    parse(text, str(path))  # refuse answers that make no valid configuration before writing
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    config = load(path)
    made = generate_team_key(
        config.pgp.home, f"{config.organisation.name} Security", config.address.security
    )
    path.write_text(text.replace('fingerprint = ""', f'fingerprint = "{made}"'), encoding="utf-8")
    opened = assembly.store(config, check=False)
    migrate.upgrade(opened.database, data.find("migrations"))
    opened.close()
    click.echo(
        f"\nWritten. Team key: {made}\nNext:\n"
        f"  1. put the passwords into {path.parent}/imap-password and smtp-password (mode 0600)\n"
        f"  2. give members their keys: key_file and fingerprint in {path}\n"
        f"  3. inboxd --config {path} check\n"
        f"  4. inboxd --config {path} run"
    )


def _address(text: str) -> str:
    if not re.fullmatch(r"[^@\s\"]+@[^@\s\"]+\.[^@\s\"]+", text.strip()):
        raise click.BadParameter("an address like security@example.com")
    return text.strip().lower()
