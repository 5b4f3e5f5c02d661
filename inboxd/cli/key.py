"""key generate|show|export: our own OpenPGP key."""

from __future__ import annotations

import click

from inboxd import assembly
from inboxd.adapters.gpg import Gpg, export_public, generate_team_key, list_keys
from inboxd.cli.root import Context, pass_context
from inboxd.core.model import Fingerprint
from inboxd.core.wording import fingerprint_words
from inboxd.errors import ConfigError


@click.group()
def key() -> None:
    """The team's OpenPGP key."""


@key.command()
@click.option("--expires", default="2y", show_default=True, help="Lifetime: 2y, 18m, 0 for never.")
@pass_context
def generate(context: Context, expires: str) -> None:
    """Make an ed25519 key with a cv25519 encryption subkey in the configured home."""
    config = context.config()
    home = config.pgp.home
    if (home / "pubring.kbx").exists() and list_keys(Gpg(home), secret=True):
        raise ConfigError(f"{home} already holds a secret key; `inboxd key show` prints it")
    passphrase = None
    if config.pgp.passphrase is not None:
        passphrase = config.pgp.passphrase.read("pgp.passphrase")
    name = f"{config.organisation.name} Security"
    made = generate_team_key(home, name, config.address.security, passphrase, expires)
    click.echo(f"made {fingerprint_words(made)}")
    if config.team_fingerprint() != made:
        click.echo(f'now set in {context.path}:\n[pgp]\nfingerprint = "{made}"')
    click.echo(f"keep a copy off this machine: gpg --homedir {home} --export-secret-keys --armor")


@key.command()
@pass_context
def show(context: Context) -> None:
    """Fingerprint, addresses and expiry."""
    config = context.config()
    ring = assembly.keyring(config)
    for found in list_keys(ring.team, secret=True):
        used = "in use" if found.fingerprint == config.team_fingerprint() else "decrypts old mail"
        expires = f"{found.expires:%Y-%m-%d}" if found.expires else "never"
        click.echo(f"{fingerprint_words(found.fingerprint)}  {used}")
        click.echo(f"  {', '.join(found.addresses)}; expires: {expires}")


@key.command()
@pass_context
def export(context: Context) -> None:
    """Our public key, armored, for a web page, security.txt or a researcher."""
    config = context.config()
    click.echo(
        export_public(assembly.keyring(config).team, _own(config.team_fingerprint()), armor=True),
        nl=False,
    )


def _own(fingerprint: Fingerprint | None) -> Fingerprint:
    if fingerprint is None:
        raise ConfigError("pgp.fingerprint is not set; run `inboxd key generate`")
    return fingerprint
