"""The command `readerly`."""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from readerly_site.errors import ReaderlyError, shown
from readerly_site.hosting import SERVICE, Host

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Source = Annotated[Path, typer.Argument(metavar="SRC", help="Folder with readerly.toml and articles/*.md.")]
Drafts = Annotated[bool, typer.Option("--drafts", help="Include articles whose front matter says `draft: true`.")]


def main() -> None:
    """Run the command; what a person can put right is told in one sentence on standard error, with exit status 2."""
    try:
        app()
    except ReaderlyError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"readerly {version('readerly')}")
        raise typer.Exit


@app.callback(
    epilog="A new site in three lines: `readerly new notes`, `readerly serve notes`, `readerly build notes -o out`."
)
def readerly(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Put Python to work on the page a reader is on: articles with read time, hearts and code samples that run."""


@app.command(epilog="Example: `readerly build site -o dist` and copy dist/ to any static host.")
def build(
    source: Source,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIST", help="Folder the site is written to.")],
    drafts: Drafts = False,
) -> None:
    """Build the site in SRC into DIST, which stays as it was if anything is wrong."""
    from readerly_site.build import build
    from readerly_site.terminal import progress_bar

    with progress_bar() as progress:
        built = build(source, output, drafts=drafts, progress=progress)
    articles = f"{len(built.articles)} article{'' if len(built.articles) == 1 else 's'}"
    typer.echo(f"Built {articles} into {shown(output)}")


@app.command(epilog="Example: `readerly check site` in CI, and `readerly check site --update` after a change you mean.")
def check(
    source: Source,
    update: Annotated[
        bool, typer.Option("--update", help="Record what the samples say, for `readerly build` to put into the pages.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", min=1, help="Articles checked at a time. [default: one for each core]")
    ] = None,
    drafts: Drafts = False,
) -> None:
    """Run every sample of SRC as readers would; fail where one raises or says something else than is recorded."""
    import os

    from readerly_site import article, config
    from readerly_site import lock as locks
    from readerly_site.check import check, summary
    from readerly_site.runtime import fetch
    from readerly_site.terminal import progress_bar

    with progress_bar() as progress:
        articles = article.read_all(config.load(source), drafts=drafts)
        locks.check(articles, locked := locks.load(source))
        jobs = jobs or os.cpu_count() or 1
        report = check(articles, fetch(progress), locked, update=update, jobs=jobs, progress=progress)
    for failure in report.failures:
        typer.echo(failure, err=True)
    for file in report.updated:
        typer.echo(f"Recorded {shown(file)}")
    typer.echo(summary(report))
    if report.failures:
        raise typer.Exit(1)


@app.command(epilog="Example: `readerly lock site`, and again to take newer versions.")
def lock(
    source: Source,
    drafts: Drafts = False,
) -> None:
    """Find the packages that the samples of SRC use, pin them by hash in readerly.lock.json, and keep their wheels."""
    from readerly_site import article, config
    from readerly_site import lock as locks
    from readerly_site.terminal import progress_bar

    with progress_bar() as progress:
        articles = article.read_all(config.load(source), drafts=drafts)
        progress("Finding packages", 0, 1)
        made = locks.renew(articles, locks.load(source))
        progress("Locked", 1, 1)
    said = ", ".join(f"{package.name} {package.version}" for package in made.packages.values())
    typer.echo(
        f"Locked {said} in {shown(made.file)}" if said else "No sample names a package: there is nothing to lock"
    )


@app.command(epilog="Example: `readerly serve site --port 8001`")
def serve(
    source: Source,
    host: Annotated[
        str, typer.Option(help="Address to listen at; 0.0.0.0 is every one of this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at; 0 takes any that is free.")] = 8000,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Database for hearts and views: sqlite:////srv/notes.sqlite3 [default: readerly.sqlite3 in SRC]",
        ),
    ] = None,
    reload: Annotated[
        bool, typer.Option("--reload/--no-reload", help="Build anew when a file changes, and reload open pages.")
    ] = True,
    drafts: Drafts = False,
) -> None:
    """Build SRC and serve it with its service of hearts and views, until Ctrl-C."""
    from readerly_site.serve import Wanted, serve

    wanted = Wanted(source, host, port, database, reload, drafts)
    try:
        serve(wanted, typer.echo, lambda line: typer.echo(line, err=True))
    except KeyboardInterrupt:
        typer.echo("")


@app.command(epilog="Example: `readerly new notes`, then `readerly serve notes`")
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")]) -> None:
    """Make a small site in DIR to start from."""
    from readerly_site.new import new

    new(folder)
    typer.echo(f"Made a site in {shown(folder)}; `readerly serve {shown(folder)}` shows it")


@app.command(epilog="Example: `readerly export public`, for a site that another program builds into public/.")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder in which the folder readerly/ is put.")],
    packages: Annotated[
        str,
        typer.Option(metavar="NAMES", help='Packages for the samples, such as "pydantic rich"; locked in DIR.'),
    ] = "",
) -> None:
    """Write DIR/readerly, the widgets for a site of your own, and show the one line that a page needs."""
    from readerly_site.export import EXAMPLE, LINE, export
    from readerly_site.terminal import progress_bar

    with progress_bar() as progress:
        export(folder, progress, packages.split())
    typer.echo(f"Wrote {shown(folder / 'readerly')}. A page beside it needs one line in its <head>:\n\n    {LINE}\n")
    typer.echo(f"A whole page, to try it with `python3 -m http.server --directory {shown(folder)}`:\n\n{EXAMPLE}")


@app.command(epilog="Example: `readerly hosting nginx site --root /srv/notes`")
def hosting(
    host: Annotated[
        Host,
        typer.Argument(metavar="HOST", help="nginx, caddy, or headers: the _headers of Netlify and Cloudflare Pages."),
    ],
    source: Annotated[
        Path | None,
        typer.Argument(metavar="SRC", help="Folder with readerly.toml; without it, an exported readerly/ is meant."),
    ] = None,
    root: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="The built site on the server. [default: /srv/ and the host's name]"),
    ] = None,
    service: Annotated[
        str, typer.Option(metavar="HOST:PORT", help="Where the service of hearts and views listens.")
    ] = SERVICE,
) -> None:
    """Print a configuration for the server that shall serve the site in SRC, or a folder that was exported."""
    from readerly_site.article import connected, read_all
    from readerly_site.config import load
    from readerly_site.hosting import configuration

    site = load(source) if source else None
    connect = connected(read_all(site, drafts=True)) if site and site.articles.is_dir() else ()
    typer.echo(configuration(host, site, root, service, connect), nl=False)


service = typer.Typer(no_args_is_help=True, help="Look after the database of hearts and views.")
app.add_typer(service, name="service")

StoredIn = Annotated[
    str,
    typer.Option("--database", envvar="READERLY_DATABASE", metavar="URL", help="Its URL: sqlite:////srv/notes.sqlite3"),
]


@service.command(epilog="Example: `readerly service verify --database sqlite:///site/readerly.sqlite3 --repair`")
def verify(
    database: StoredIn,
    repair: Annotated[bool, typer.Option("--repair", help="Set each wrong count to what its rows add up to.")] = False,
) -> None:
    """Count all hearts and views anew, name each count that is wrong, and end with status 1 if one stays so."""
    from readerly_site.service.commands import verify

    wrong = verify(database, repair)
    for found in wrong:
        typer.echo(str(found))
    typer.echo(f"{len(wrong)} of the counts were wrong{' and are right now' if wrong and repair else ''}")
    if wrong and not repair:
        raise typer.Exit(1)


@service.command(
    "export", epilog="Example: `readerly service export hearts.zip --database sqlite:////srv/notes.sqlite3`"
)
def export_service(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The archive to write.")], database: StoredIn
) -> None:
    """Write all that the service keeps into one checked archive, while it runs: a backup."""
    from readerly_site.service.commands import export

    typer.echo(f"{export(database, file)} rows are in {file}")


@service.command("import", epilog="Example: `readerly service import hearts.zip --database sqlite:////srv/new.sqlite3`")
def import_service(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An archive that export has written.")],
    database: StoredIn,
) -> None:
    """Fill a new database from an archive, which is checked as a whole before anything stays."""
    from readerly_site.service.commands import take_over

    typer.echo(f"{take_over(database, file)} rows are in the database now")


@service.command(epilog="Example: `readerly service move /drafts/tea/ /articles/tea/`")
def move(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The path the page had.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The path it has now.")],
    database: StoredIn,
) -> None:
    """Carry the hearts and views of a page to its new address; the old one stays good for who still has it."""
    from readerly_site.service.commands import move

    hearts, views = move(database, old, new)
    typer.echo(f"{new} has {hearts} hearts and {views} views")


@service.command(epilog="Example: `readerly service held --count 2026-11-24-1f0c77aa`")
def held(
    database: StoredIn,
    count: Annotated[str | None, typer.Option(metavar="NAME", help="Let this burst's hearts count.")] = None,
    drop: Annotated[str | None, typer.Option(metavar="NAME", help="Delete this burst's hearts.")] = None,
) -> None:
    """Show hearts that came in a suspicious burst; let them count, or delete them."""
    from readerly_site.service.commands import held

    for burst in held(database, count, drop):
        typer.echo(str(burst))


@service.command(epilog="Example: `READERLY_PAGES=dist/pages.json readerly service run --port 8002`")
def run(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="The port; 0 takes any free.")] = 8002,
    proxies: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESSES",
            help="Proxies that are believed where a request comes from, with commas between them.",
        ),
    ] = None,
) -> None:
    """Run the service by itself, configured by the environment, until it is asked to end."""
    from readerly_site.service.run import run

    run(host, port, proxies)
