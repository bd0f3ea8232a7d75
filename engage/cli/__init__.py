"""The `engage` command."""

import os
import sys
from pathlib import Path
from zoneinfo import available_timezones

import click
from flask import Flask

from engage import __version__, accounts, config, places, programmes
from engage.app import create_app
from engage.cli import database, demo, serving
from engage.core import city, clock, db, i18n, pages
from engage.core.access import CLOCK, Role
from engage.core.refusal import Refused, say


@click.group()
@click.version_option(__version__)
def cli() -> None:
    """Engage: a city and its residents sit down together."""


def main() -> None:
    """Run the command; what is wrong with the environment is one line, not a traceback."""
    try:
        cli()
    except config.ConfigError as error:
        sys.exit(f"engage: {error}")
    except Refused as refused:
        sys.exit(f"engage: {say(refused)}")


def _app() -> Flask:
    settings = config.load(os.environ)
    database.make_folder(settings.database_url)
    return create_app(settings)


def _zone(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value not in available_timezones():
        raise click.BadParameter(f"{value!r} is no IANA time zone, such as Europe/London")
    return value


def _locales(_context: click.Context, _parameter: click.Parameter, value: str) -> list[str]:
    codes = [code.strip() for code in value.split(",") if code.strip()]
    if unknown := [code for code in codes if code not in i18n.catalogues()]:
        raise click.BadParameter(f"no catalogue for {', '.join(unknown)}; there are {', '.join(i18n.catalogues())}")
    return codes


@cli.command()
@click.option("--city", "name", required=True, help="The city's name, as residents say it.")
@click.option("--timezone", "zone", required=True, callback=_zone, help="An IANA zone, such as Europe/London.")
@click.option("--locales", required=True, callback=_locales, help="Languages offered, comma between; the first is the default.")
def init(name: str, zone: str, locales: list[str]) -> None:
    """Make or upgrade the database, set the city up, install the formats. Safe to repeat."""
    with _app().app_context():
        database.migrate()
        with db.transaction():
            city.change(name=name, zone=zone, locales=locales)
            accounts.actions.install_documents(by=CLOCK, now=clock.now())
            for kit in programmes.adapters.kits():
                programmes.actions.install_kit(kit=kit, by=CLOCK, now=clock.now())
    click.echo(f"{name} is ready. Next: engage accounts create --email you@example.org --role administrator --password-stdin")


@cli.group("accounts")
def accounts_group() -> None:
    """People who work here."""


@accounts_group.command("create")
@click.option("--email", required=True)
@click.option("--called", default="", help="How to greet them; the mail's name if not given.")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]))
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input; else they sign in by letter.")
def create_account(email: str, called: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Make an account with a proven address and, if given, roles for the whole city."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    with _app().app_context(), db.transaction():
        accounts.actions.create_account(
            email=email, called=called or email.partition("@")[0], password=password, roles=[Role(role) for role in roles],
            locale=city.city().default_locale, by=CLOCK, now=clock.now(),
        )
    click.echo(f"{email} can sign in.")


@cli.group("places")
def places_group() -> None:
    """Neighbourhoods."""


@places_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_places(file: Path) -> None:
    """Take in a city's neighbourhoods from GeoJSON (code, name, optional parent; WGS 84)."""
    with _app().app_context(), db.transaction():
        summary = places.actions.import_neighbourhoods(content=file.read_bytes(), by=CLOCK, now=clock.now())
    click.echo(
        f"{summary.created} added, {summary.renamed} renamed, {summary.redrawn} redrawn, {summary.unchanged} as they were, "
        f"{summary.left} not in the file and kept."
    )


@cli.command("demo")
def make_demo() -> None:
    """Fill an empty site with a lively made-up city. A second run changes nothing."""
    with _app().app_context():
        database.migrate()
        demo.run(clock.now())
        url = pages.settings().base_url
    click.echo(f"\nRivermouth is at {url}/ and its letters in var/mail/. Sign in at {url}/en/sign-in with:")
    for who, email in demo.SIGN_INS.items():
        click.echo(f"  {who:<14} {email:<22} {demo.PASSWORD}")
    click.echo("")


cli.add_command(serving.serve)
cli.add_command(serving.worker)
