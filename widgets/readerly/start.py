"""The page's Python starts here: boot.mjs starts MicroPython, and the deployed main.py imports this module."""

from readerly.page.browser import window
from readerly.page.tags import Tags

Tags(
    {
        "read-time": ("readerly.read_time.tag", "ReadTime"),
        "reading-pace": ("readerly.read_time.pace_tag", "ReadingPace"),
        "hearts-button": ("readerly.hearts.tag", "HeartsButton"),
        "hearts-count": ("readerly.hearts.tag", "HeartsCount"),
        "view-count": ("readerly.view_count.tag", "ViewCount"),
        "code-sample": ("readerly.code_sample.tag", "CodeSample"),
    }
).start()
window.performance.mark("readerly-live")
