"""The source of a sample that lies in a file of its own: fetched as the page starts, since nobody has built it."""

from typing import Any

from readerly.code_sample import marks, view
from readerly.page import dom
from readerly.page.browser import guard
from readerly.page.widget import Misused

LONGEST = 200_000
"""Characters that such a source may have."""


async def bring(tag: Any, address: str) -> Any:
    """Fetch the source at `address` into the `<pre>` of `tag`, which is made where there is none, and return that.

    Misused is a sentence about why it cannot be had; what stands in the tag stays then.
    """
    file, _, name = address.partition("#")
    answer = await guard.source(file)
    if not answer.ok:
        raise Misused("<code-sample>: its source, " + file + ", could not be fetched: " + str(answer.error) + ".")
    text = str(answer.value).replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise Misused("<code-sample>: its source, " + file + ", is longer than {} characters.".format(LONGEST))
    if name:
        try:
            text = marks.marked(text, name)
        except ValueError as error:
            raise Misused("<code-sample>: its source, " + file + ", " + str(error) + ".")
    pre = tag.querySelector("pre")
    if pre is None:
        pre = dom.build(view.source(""))
        tag.prepend(pre)
    (pre.querySelector("code") or pre).textContent = text
    return pre
