"""Writes the widgets alone, for a site that something else builds: one folder, and one script line."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from readerly_site import lock
from readerly_site.assets import FOLDER, Assets, lay
from readerly_site.errors import ReaderlyError
from readerly_site.runtime import Progress, fetch

LINE = '<script type="module" src="readerly/boot.mjs"></script>'
"""The only line a page needs; the address is where the folder stands, seen from the page."""

EXAMPLE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>My page</title>
<script type="module" src="readerly/boot.mjs"></script>
</head>
<body>
<article>
<p><read-time for="article"></read-time></p>
<p>Some text.</p>
<code-sample>
<pre><code class="language-python">print("hello")</code></pre>
</code-sample>
</article>
</body>
</html>
"""
"""A whole page with two tags, to be laid beside the folder."""


def export(folder: Path, progress: Progress | None = None, packages: Sequence[str] = ()) -> Assets:
    """Write `folder`/readerly, in the place of one that an earlier export left there; raise ReaderlyError otherwise.

    With `packages` come their wheels, as the lock file in `folder` pins them; it is made anew where it lacks one.
    """
    target = folder / FOLDER
    if target.exists() and not (target / "boot.mjs").is_file():
        raise ReaderlyError("is there and was not made by an export; move it away, or export to another folder", target)
    runtime = fetch(progress)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".readerly-", dir=folder) as scratch:
            assets = lay(Path(scratch), runtime, _locked(folder, packages))
            if target.exists():
                target.rename(Path(scratch) / "old")
            (Path(scratch) / FOLDER).rename(target)
    except OSError as error:
        said = f"cannot be written there: {error.strerror or error}; give another folder"
        raise ReaderlyError(said, target) from error
    return assets


def _locked(folder: Path, packages: Sequence[str]) -> lock.Lock:
    """Return the lock of `folder`, with `packages` in it."""
    for said in packages:
        lock.requirement(said)
    found = lock.load(folder)
    if all(lock.fits(found, said) for said in packages):
        return found
    return lock.renew([], found, packages)
