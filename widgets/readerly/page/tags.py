"""Takes tags over when they appear, at load or later, and releases them when they are removed."""

from typing import Any

from readerly.page.browser import document, to_js, window
from readerly.page.widget import Widget


class Tags:
    """The tags of one page that Python has taken over."""

    def __init__(self, registry: dict[str, tuple[str, str]]) -> None:
        """Look after the tags named in `registry`: by the tag's name, the module and the class of its widget.

        A widget's module is imported when its tag first appears, so that a page pays only for what it uses.
        """
        self._registry = registry
        self._selector = ",".join(sorted(registry))
        self._widgets: dict[str, Widget] = {}
        self._count = 0

    def start(self) -> None:
        """Take over what stands in the page, then whatever is inserted."""
        self._look_below(document.documentElement)
        observer = window.MutationObserver.new(self._changed)
        observer.observe(document.documentElement, to_js({"childList": True, "subtree": True}))

    def _look_below(self, root: Any) -> None:
        for tag in root.querySelectorAll(self._selector):
            self.take_over(tag)

    def take_over(self, tag: Any) -> None:
        """Start the widget of `tag`, unless it runs already. A failure stays inside the tag."""
        known = self._widgets.get(str(tag.getAttribute("live")))
        if known is not None and known.tag.isSameNode(tag):
            return
        self._count += 1
        widget = Widget(tag)
        try:
            module, name = self._registry[str(tag.localName)]
            widget = getattr(__import__(module, None, None, [name]), name)(tag)
            tag.setAttribute("live", str(self._count))
            self._widgets[str(self._count)] = widget
            widget.start()
        except Exception as error:
            widget.fail(error)

    def release(self, tag: Any) -> None:
        """Release the widget of `tag`; inserted again, the tag starts anew."""
        number = str(tag.getAttribute("live"))
        widget = self._widgets.get(number)
        if widget is not None and widget.tag.isSameNode(tag):
            del self._widgets[number]
            tag.removeAttribute("live")
            widget.release()

    def _changed(self, records: Any, _observer: Any) -> None:
        for record in records:
            for node in record.removedNodes:
                if node.nodeType == 1 and not node.isConnected:
                    for tag in self._tags_in(node):
                        self.release(tag)
            for node in record.addedNodes:
                if node.nodeType == 1 and node.isConnected:
                    for tag in self._tags_in(node):
                        self.take_over(tag)

    def _tags_in(self, node: Any) -> list[Any]:
        found = [node] if node.matches(self._selector) else []
        return found + list(node.querySelectorAll(self._selector))
