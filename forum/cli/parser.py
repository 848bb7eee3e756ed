"""The commands of `forum` with their options. Parsing imports no room: a command's code is loaded when it runs."""

import argparse
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any

from ..settings import Settings
from ..workflow.calendar.personas import PERSONAS

Run = Callable[[argparse.Namespace, Settings], Coroutine[Any, Any, int]]
Add = Callable[[str, str, str], argparse.ArgumentParser]  # a command's name, where its code is, its help


def parser() -> argparse.ArgumentParser:
    """The whole command line. Where the code of the chosen command is stands in `run`, as `code` takes it."""
    forum = argparse.ArgumentParser(prog="forum", description="Multi-stakeholder reviews of migration, over GraphQL.")
    forum.add_argument("--embedded", action="store_true", help="use the embedded PostgreSQL, on this machine only")
    commands = forum.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add = _adder(commands)
    add("serve", "service.serve", "serve the contract over HTTP")
    add("worker", "work.worker", "do what falls due: calls that close, silences that end")
    add("migrate", "database.migrate_database", "bring the database to the tables of this version")
    add("prepare", "database.prepare", "make the two roles and the database (FORUM_SUPERUSER_DATABASE_URL)")
    demo = add("demo", "demonstration.demo", "run a whole review on real data, write its papers, and serve")
    demo.add_argument("--no-serve", action="store_true", help="end when the story is told")
    demo.add_argument("--out", default="out", help="the folder for papers and the transcript (default: out)")
    token = add("token", "token_list.token", "issue a bearer token for a person")
    token.add_argument("subject", help="the person's subject")
    token.add_argument("--hours", type=int, default=12, help="how long it holds (default: 12; at most 744)")
    token.add_argument("--purpose", default="command line", help="what it is for, as its person reads it")
    _tokens(_group(commands, "tokens", "list and revoke the tokens that the service issued"))
    _accounts(_group(commands, "account", "link people to their accounts at identity providers"))
    add_workflow = _group(commands, "workflow", "check, publish, rehearse or draw a process definition")
    _definitions(add_workflow)
    _pictures(add_workflow)
    _versions(add_workflow)
    _people(_group(commands, "people", "list, grant, end and move the roles of people"))
    _agreements(_group(commands, "agreements", "list and end what bodies agreed to for each other"))
    _mail(_group(commands, "mail", "read the letters that came back"))
    _import(add("import", "remote.import_file", "enter what a file holds, or invite the people in it"))
    _render(add("render", "remote.render", "write a document of the service as PDF"))
    return forum


def _group(commands: Any, name: str, help_: str) -> Add:
    """A command that has commands of its own, such as `forum people list`: what adds one of these."""
    group = commands.add_parser(name, help=help_, description=help_)
    return _adder(group.add_subparsers(dest=f"{name}_command", required=True, metavar="COMMAND"))


def _mail(add: Add) -> None:
    bounces = add("bounces", "bounces.read_bounces", "mark letters that came back, from a mailbox or standard input")
    bounces.add_argument("file", nargs="?", help="a mailbox (mbox); one message on standard input where it is left out")


def code(run: str) -> Run:
    """The function of a command, from where its code is: `"service.serve"` is `serve` in `forum/cli/service.py`."""
    module, _, name = run.partition(".")
    function: Run = getattr(import_module(f"{__package__}.{module}"), name)
    return function


def _adder(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> Add:
    def add(name: str, run: str, help_: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_, description=help_)
        command.set_defaults(run=run)
        return command

    return add


def _definitions(add: Add) -> None:
    check = add("check", "definitions.check_files", "find what is wrong in definitions, before they are published")
    help_ = "the earlier definition: find also what stands in the way of editions that run under it"
    check.add_argument("--against", metavar="OLD", help=help_)
    help_ = "publish definitions that are sound, as templates of the service or for one forum"
    publish = add("publish", "publishing.publish_files", help_)
    for command in (check, publish):
        command.add_argument("files", nargs="+", help="TOML files")
        command.add_argument("--json", action="store_true", help="findings as JSON")
    publish.add_argument("--for", dest="forum", help="the forum whose own they become, by its short name")
    adopt = add("adopt", "publishing.adopt_process", "let a forum work by a template, or by another published text")
    adopt.add_argument("process", help="the name of a template, or the hash of any text published here")
    adopt.add_argument("--for", dest="forum", required=True, help="the forum, by its short name")
    schema = add("schema", "definitions.print_schema", "print the JSON Schema of definitions, for editors")
    help_ = "of a file that extends another, and says only what differs"
    schema.add_argument("--differences", dest="of_differences", action="store_true", help=help_)
    whole = add("whole", "definitions.print_whole", "print a definition with all that it extends, as it is published")
    whole.add_argument("file", help="a TOML file")


def _pictures(add: Add) -> None:
    help_ = "show on a calendar what would happen when, and what one person could do"
    rehearse = add("rehearse", "drawing.rehearse_file", help_)
    rehearse.add_argument("file", help="a TOML file")
    help_ = "the first day, as in 2027-01-04; what has no date is placed by it"
    rehearse.add_argument("--from", dest="starts", required=True, help=help_)
    help_ = f"with whose eyes: {', '.join(PERSONAS)}, or a role (default: secretariat)"
    rehearse.add_argument("--as", dest="who", default="secretariat", help=help_)
    help_ = "the date of an anchor, as in summit=2027-06-02T09:00; may be repeated"
    rehearse.add_argument("--anchor", action="append", default=[], help=help_)
    rehearse.add_argument("--on", help="what can be done on this day")
    rehearse.add_argument("--format", choices=("text", "ics", "svg"), default="text")
    help_ = "how wide the picture is (default: 1200; 480 for a telephone)"
    rehearse.add_argument("--width", type=int, default=1200, help=help_)
    rehearse.add_argument("--out", help="the file to write (default: the terminal)")
    draw = add("draw", "drawing.draw_file", "draw stages, acts and clocks, with where the texts go")
    draw.add_argument("file", help="a TOML file")
    draw.add_argument("--track", help="only this track")
    draw.add_argument("--format", choices=("svg", "mermaid"), default="svg")
    help_ = "how wide the picture is (default: 1400; 480 for a telephone)"
    draw.add_argument("--width", type=int, default=1400, help=help_)
    draw.add_argument("--out", help="the file to write (default: the terminal)")


def _versions(add: Add) -> None:
    compare = add("compare", "definitions.compare_files", "say in words what changed between two definitions")
    compare.add_argument("old", help="the earlier TOML file")
    compare.add_argument("new", help="the later TOML file")
    compare.add_argument("--json", action="store_true", help="the changes as JSON")
    help_ = "make a key to sign definitions with; prints the public half, to hand out"
    key = add("key", "publishing.make_key", help_)
    key.add_argument("--out", required=True, help="the file for the private key; it must not be there yet")
    export = add("export", "publishing.export_process", "write a published definition as a signed file")
    export.add_argument("process", help="its name (the newest version) or its hash")
    export.add_argument("--key", required=True, help="the file with your private key")
    export.add_argument("--out", required=True, help="the file to write")
    import_ = add("import", "publishing.import_process", "publish a definition from a signed file")
    import_.add_argument("file", help="the signed file")
    help_ = "a file with the sender's public key; may be repeated"
    import_.add_argument("--trust", action="append", required=True, help=help_)


def _people(add: Add) -> None:
    list_ = add("list", "people_roles.list_people", "list who holds which role")
    list_.add_argument("--waiting", action="store_true", help="those whom their organisation has not accepted yet")
    grant = add(
        "grant", "people_roles.grant_role", "give a person a role; an organisation's first administrator above all"
    )
    grant.add_argument("subject", help="the person's subject")
    grant.add_argument("role", help="the role, as in administrator")
    grant.add_argument("--name", help="the person's name, where nobody knows the subject yet")
    grant.add_argument("--organisation", help="the organisation, by name")
    grant.add_argument("--forum", help="the forum, by its short name")
    grant.add_argument("--mechanism", help="the mechanism a coordinator coordinates, by code")
    end = add("end", "people_roles.end_role", "end a mandate now")
    end.add_argument("mandate", help="its id")
    end.add_argument("--reason", required=True, help="why, for the person and the organisation")
    end.add_argument("--leave-alone", action="store_true", help="also where nobody else looks after the duty")
    glass = add(
        "break-glass", "break_glass.break_glass", "make somebody an organisation's administrator for some hours"
    )
    glass.add_argument("subject", help="the person's subject")
    glass.add_argument("--organisation", required=True, help="the organisation, by name")
    glass.add_argument("--hours", type=int, default=8, help="for how long (default: 8; at most 72)")
    glass.add_argument("--reason", required=True, help="why, for all whom it concerns")
    glass.add_argument("--name", help="the person's name, where nobody knows the subject yet")
    entrust = add("entrust", "people_roles.entrust_forum", "let a forum's office admit organisations to this service")
    entrust.add_argument("forum", help="the forum, by its short name")
    entrust.add_argument("--withdraw", action="store_true", help="from now on it admits none")
    template = add("template", "community.write_template", "write the empty form of a list of people to be invited")
    template.add_argument("--out", help="the file: a workbook where it ends in .xlsx, else CSV (default: CSV, shown)")
    move = add("move", "people_roles.move_duties", "end what one person holds and give the same to another")
    move.add_argument("from_", metavar="FROM", help="the subject of who holds it now")
    move.add_argument("to", metavar="TO", help="the subject of who is to hold it")
    move.add_argument("--reason", required=True, help="why, for the people and the organisations")


def _agreements(add: Add) -> None:
    list_ = add("list", "body_agreements.list_agreements", "list what bodies agreed to for each other, or are asked")
    help_ = "only these: entered from before agreements were kept, from the file of bodies, or proposed here"
    list_.add_argument("--basis", choices=("before", "operator", "proposal"), help=help_)
    end = add("end", "body_agreements.end_agreement", "end an agreement now; what was begun under it stands")
    end.add_argument("agreement", help="its id")
    end.add_argument("--reason", required=True, help="why, for both bodies")


def _tokens(add: Add) -> None:
    list_ = add("list", "token_list.list_tokens", "list the tokens that stand: whose, for what, until when")
    list_.add_argument("subject", nargs="?", help="only those of this person, by subject")
    list_.add_argument("--ended", action="store_true", help="also those that were revoked or have expired")
    revoke = add("revoke", "token_list.revoke_tokens", "end a token, or all of a person, at once")
    which = revoke.add_mutually_exclusive_group(required=True)
    which.add_argument("token", nargs="?", help="its id, as the list shows it")
    which.add_argument("--of", metavar="SUBJECT", help="all that this person has")


def _accounts(add: Add) -> None:
    link = add("link", "account_links.link_account", "let an account at an identity provider sign a person in")
    link.add_argument("person", help="the person, by subject")
    link.add_argument("issuer", help="the provider's own name for itself: its issuer, as FORUM_PROVIDERS has it")
    link.add_argument(
        "account", help="the provider's name for the person, as the page after a refused sign-in shows it"
    )
    help_ = "ACCOUNT is the client id of a portal, whose access tokens in its own name then speak for PERSON"
    link.add_argument("--client", action="store_true", help=help_)
    list_ = add("list", "account_links.list_accounts", "list the accounts that are linked")
    list_.add_argument("person", nargs="?", help="only those of this person, by subject")
    end = add("end", "account_links.end_account", "end a link, and every sign-in by it, at once")
    end.add_argument("link", help="its id, as the list shows it")


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument("what", choices=("bodies", "people", "practices", "meeting"), help="what the file holds")
    help_ = "TOML for bodies, XLSX or CSV for people to be invited, CSV for practices, JSON for a meeting"
    command.add_argument("file", help=help_)
    command.add_argument("--edition", help='the edition, as forum/name: "gfmd/GFMD 2020"')
    command.add_argument("--track", help="its track; asked for where several would do")
    help_ = "say what was understood, counted and doubted, and enter nothing; bodies and people need the service for it"
    command.add_argument("--plan", action="store_true", help=help_)
    help_ = "of a meeting: the one that was entered from this file before, by its id; it is revised"
    command.add_argument("--revises", metavar="MEETING", help=help_)
    command.add_argument("--reason", help="with --revises: why, on the record")
    command.add_argument("--forum", help="of people: the forum for whose office you invite, by its short name")
    help_ = "of people: the organisation for which all are to act where they name none, by name"
    command.add_argument("--organisation", help=help_)
    command.add_argument("--zone", default="Europe/Zurich", help="of people: the zone of the days (%(default)s)")
    help_ = "of people: pass over those who are invited or hold the role already, instead of refusing them"
    command.add_argument("--leave-out", action="store_true", help=help_)
    help_ = "of people: the file for their links; it must not be there yet (default: the file with .links.csv)"
    command.add_argument("--links", help=help_)
    command.add_argument("--received-from", help="the organisation the file came from, by name; else not recorded")
    _connection(command)


def _render(command: argparse.ArgumentParser) -> None:
    command.add_argument("symbol", help="the document's symbol")
    help_ = "xml: Akoma Ntoso; xlsx, csv: its text and tables as lists; all: each it has (default: as --out, or pdf)"
    command.add_argument("--format", choices=("pdf", "docx", "html", "md", "xml", "xlsx", "csv", "all"), help=help_)
    help_ = "the file to write (default: the symbol with the format's ending); with --format all a folder"
    command.add_argument("--out", help=help_)
    paper = command.add_mutually_exclusive_group()
    help_ = "what became of each input, instead of the text itself"
    paper.add_argument("--responses", action="store_true", help=help_)
    help_ = "the record of the no-objection procedure, instead of the text"
    paper.add_argument("--record", action="store_true", help=help_)
    _connection(command)


def _connection(command: argparse.ArgumentParser) -> None:
    command.add_argument("--url", default="http://127.0.0.1:8000", help="where the service is")
    command.add_argument("--token", help="a bearer token (default: FORUM_TOKEN)")
