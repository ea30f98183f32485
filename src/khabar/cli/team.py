"""Commands about who may work on a base: accounts and tokens. Invariant: a password is asked for without an echo, or
made and shown once; it is in no argument, which other programs of the machine could read.
"""

from __future__ import annotations

import getpass
import sys
from typing import Annotated, Any

import typer

from khabar.cli.asked import word
from khabar.cli.guard import guarded
from khabar.cli.options import ByOption, FormatOption, OutputOption, StoreOption, existing_store, settings_with
from khabar.cli.output import Format, note, write_rows
from khabar.errors import SettingsError
from khabar.store.account_questions import ROLES, SCOPES, Account, Change, Token, checked_groups, checked_name

__all__ = ["account_app", "token_app"]

account_app = typer.Typer(
    help="Say who may work on a base that is served with --team.", no_args_is_help=True, rich_markup_mode=None
)
token_app = typer.Typer(
    help="Keys for programs that ask a base that is served with --team.", no_args_is_help=True, rich_markup_mode=None
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The account.")]
RoleOption = Annotated[str, typer.Option("--role", help="reader, coder, reviewer or admin.")]
GroupOption = Annotated[list[str] | None, typer.Option("--group", help="A group of the account; repeatable.")]
GenerateOption = Annotated[bool, typer.Option("--generate", help="Make the password and print it once; ask for none.")]

_ACCOUNTS = ("name", "role", "groups", "disabled", "signs_in_with", "created_at")
_TOKENS = ("number", "account", "label", "scope", "state", "created_at", "until", "used_at")


@account_app.command("add")
@guarded
def add(
    name: NameArgument,
    role: RoleOption = "coder",
    group: GroupOption = None,
    generate: GenerateOption = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="They sign in at the provider of the house alone; see `link`.")
    ] = False,
    by: ByOption = None,
    store: StoreOption = None,
) -> None:
    """Make an account, with a password that is asked for, or made and printed once."""
    account = Account(checked_name(name), word("--role", role, ROLES) or "", checked_groups(group or ()))
    with existing_store(store) as base:
        hashed = "" if no_password else _hash_of_new(account.name, generate=generate)
        base.add_account(account, hashed, _by(by))
    note(f"{account.name} is {_a(account.role)}.")


@account_app.command("list")
@guarded
def list_(format_: FormatOption = Format.table, output: OutputOption = None, store: StoreOption = None) -> None:
    """List accounts with role, groups and how they sign in."""
    with existing_store(store) as base:
        write_rows(map(_account_row, base.accounts()), _ACCOUNTS, format_, output)


@account_app.command("role")
@guarded
def role(
    name: NameArgument,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="reader, coder, reviewer or admin.")],
    by: ByOption = None,
    store: StoreOption = None,
) -> None:
    """Give an account another role."""
    _change(name, Change(role=word("ROLE", role, ROLES)), by, store)


@account_app.command("groups")
@guarded
def groups(
    name: NameArgument,
    groups: Annotated[list[str] | None, typer.Argument(metavar="[GROUP]...", help="All its groups.")] = None,
    by: ByOption = None,
    store: StoreOption = None,
) -> None:
    """Say to which groups an account belongs, in place of what held before; without any to none."""
    _change(name, Change(groups=checked_groups(groups or ())), by, store)


@account_app.command("password")
@guarded
def password(
    name: NameArgument, generate: GenerateOption = False, by: ByOption = None, store: StoreOption = None
) -> None:
    """Give an account a new password; it is signed out everywhere."""
    with existing_store(store) as base:
        account = base.account(name)
        base.change_account(name, Change(password=_hash_of_new(account.name, generate=generate)), _by(by))
    note(f"{name} has a new password.")


@account_app.command("link")
@guarded
def link(
    name: NameArgument,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="The provider's name for them (sub); - for none.")],
    by: ByOption = None,
    store: StoreOption = None,
) -> None:
    """Let somebody sign in to an account at the provider of the house (KHABAR_OIDC_ISSUER)."""
    issuer = settings_with().oidc_issuer
    if issuer is None and subject != "-":
        raise SettingsError("No provider is set.", "Set KHABAR_OIDC_ISSUER; see docs/team.md.")
    _change(name, Change(subject="" if subject == "-" else f"{issuer} {subject}"), by, store)


@account_app.command("disable")
@guarded
def disable(name: NameArgument, by: ByOption = None, store: StoreOption = None) -> None:
    """Let nobody sign in to an account any more; what was decided under its name stays."""
    _change(name, Change(disabled=True), by, store)


@account_app.command("enable")
@guarded
def enable(name: NameArgument, by: ByOption = None, store: StoreOption = None) -> None:
    """Let a disabled account be used again."""
    _change(name, Change(disabled=False), by, store)


def _change(name: str, change: Change, by: str | None, store: str | None) -> None:
    with existing_store(store) as base:
        after = base.change_account(name, change, _by(by))
    groups = f", groups: {', '.join(after.groups)}" if after.groups else ""
    note(f"{name} is {_a(after.role)}{groups}{'; disabled' if after.disabled else ''}.")


def _a(role: str) -> str:
    return f"an {role}" if role == "admin" else f"a {role}"


def _account_row(account: Account) -> dict[str, Any]:
    ways = [way for way, there in (("password", account.password_at), ("house", account.subject)) if there]
    return {
        "name": account.name,
        "role": account.role,
        "groups": ", ".join(account.groups),
        "disabled": "yes" if account.disabled else "",
        "signs_in_with": ", ".join(ways),
        "created_at": account.created_at,
    }


# ------------------------------------------------------------------ tokens


@token_app.command("add")
@guarded
def add_token(
    account: NameArgument,
    label: Annotated[str, typer.Option("--label", help="What it is for.")],
    scope: Annotated[str, typer.Option("--scope", help="read, or write: also decide.")] = "read",
    days: Annotated[int, typer.Option("--days", min=1, help="For how many days it is good; at most 366.")] = 90,
    by: ByOption = None,
    store: StoreOption = None,
) -> None:
    """Make a token that works in the name of an account, and print it once."""
    from khabar.serve.team.entry import Entry

    with existing_store(store) as base:
        name = base.account(account).name
        secret, token = Entry(base).make_token(name, label, word("--scope", scope, SCOPES) or "", days, _by(by))
    typer.echo(secret)
    note(f"Token {token.number} of {name} may {scope} until {token.until[:10]}. It is shown this once.")


@token_app.command("list")
@guarded
def list_tokens(
    account: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Of this account alone.")] = None,
    format_: FormatOption = Format.table,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """List tokens, never the secrets."""
    from khabar.serve.team.entry import Entry

    with existing_store(store) as base:
        entry = Entry(base)

        def row(token: Token) -> dict[str, Any]:
            return {name: entry.stands(token) if name == "state" else getattr(token, name) for name in _TOKENS}

        write_rows(map(row, base.tokens(account)), _TOKENS, format_, output)


@token_app.command("revoke")
@guarded
def revoke(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The token's number.")],
    by: ByOption = None,
    store: StoreOption = None,
) -> None:
    """Let a token work no more."""
    from khabar.serve.team.entry import Entry

    with existing_store(store) as base:
        token = Entry(base).revoke_token(number, _by(by))
    note(f"Token {number} of {token.account} is revoked.")


def _by(by: str | None) -> str:
    return by or settings_with().user


def _hash_of_new(name: str, *, generate: bool) -> str:
    """The hash of a password that is asked for; an empty answer, or `generate`, makes one and prints it."""
    from khabar.serve.team.passwords import Passwords, checked_password, generated

    typed = "" if generate else _asked(name)
    if typed:
        return Passwords().hashed(checked_password(typed, name))
    made = generated()
    typer.echo(made)
    note(f"This is the password of {name}. It is shown this once.")
    return Passwords().hashed(made)


def _asked(name: str) -> str:
    if not sys.stdin.isatty():  # a script gives it on a line of its own
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"Password for {name} (nothing: one is made): ")
    if first and getpass.getpass("Again: ") != first:
        raise SettingsError("The password was typed in two ways.", "Run the command again.")
    return first
