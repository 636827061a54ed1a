"""What a reader waits for, measured: `make bench`, or `python -m tests.bench --runs 7` at the root of the repository.

One run opens four pages in one Chromium, each visit in a context of its own (empty caches, a new reader):

    readerly   the demo site's essay, from `readerly serve site`
    bare       the smallest PyScript page: core and one `<script type="mpy">`, no preloads, nothing left out
    plain      the essay's page again, with that script in place of Readerly's
    editor     PyScript's own `<script type="py-editor">`, with the source of the essay's first sample

All of them load the same files of PyScript, MicroPython and Pyodide, from servers of one kind (uvicorn and
readerly_site's SiteFiles), compressed alike and cached alike. The visits take turns, so that a machine that becomes
slower while it measures does so for all, and wait a while for other programs to rest. A first round, with everything
cold, is not counted.

It prints a table of medians, and writes every single value, every failure and the machine's facts to results/ beside
this file. A visit that fails is a failure in the table and makes the exit status 1; a time that is too long is only
reported. Modules: `rounds`, `journeys` (what each visit does: `ours`, `theirs`), `visit` (a page that is watched;
`observe.js` watches in it), `peer_pages` and `peer_server` (the other pages), `book` (values and failures), `table`,
`machine`.

`make bench` then compares what counters of read times say of the same texts, which no time or machine enters:
`read_times` is that command, `counters` the columns of its table, `fragment` the texts in texts/, and `packages`
fetches what others made.
"""
