"""What a reader waits for, measured: `make bench`, or `python -m tests.bench --runs 7` at the root of the repository.

One run is in one browser, Chromium unless `--browser` names another. Each visit is a new reader, with nothing cached:

    readerly   the demo site's essay, from `readerly serve site`
    editor     PyScript's own `<script type="py-editor">`, with the source of the essay's first sample
    floor      the least there can be around Pyodide in a worker, with that source
    bare       the smallest PyScript page: core and one `<script type="mpy">`, no preloads, nothing left out
    plain      the essay's page again, with that script in place of Readerly's
    phone      the essay in a small window, much read
    marimo     one marimo island with that source
    thebe      one Thebe cell with that source

All but the last two load the same MicroPython, PyScript and Pyodide, from servers of one kind (uvicorn and
readerly_site's SiteFiles), compressed alike and cached alike. The visits take turns, so that a machine that becomes
slower while it measures does so for all, and wait a while for other programs to rest. A first round, with everything
cold, is not counted.

It prints tables of medians, one for each condition, and writes every single value, every failure and the machine's
facts to results/ beside this file. A visit that fails is a failure in the table and makes the exit status 1; a time
that is too long is only reported.

What is measured: `journeys` lists what is done under which of the `conditions`, `subjects` the pages with a sample,
`runs` what a reader does with one, `ours` and `theirs` the rest; `lighthouse` asks Lighthouse. With what: `visit` is
one visit (`cdp_visit` drives Chromium where it is timed, `playwright_visit` where its network is watched, and Firefox,
`webkit_visit` WebKitGTK; `observe.js` watches in the page), `browsers` finds the browser, `slow_network` is the network
of 10 Mbit/s, `peer_pages` and `peer_server` are the others' pages, `pinned` and `cdn` what they load from elsewhere.
What comes of it: `rounds`, `book` (values and failures), `rows` and `table`, `results`, `machine`.

`make bench` then compares what counters of read times say of the same texts, which no time or machine enters:
`read_times` is that command, `counters` the columns of its table, `fragment` the texts in texts/, and `packages`
fetches what others made.
"""
