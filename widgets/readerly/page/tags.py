"""Takes tags over when they appear, at load or later, and releases them when they are removed."""

from typing import Any, Iterator

from readerly.page import work
from readerly.page.browser import document, to_js, window
from readerly.page.modules import Modules
from readerly.page.widget import Widget


class Tags:
    """The tags of one page that Python has taken over."""

    def __init__(self, registry: dict[str, tuple[str, str]], modules: Modules) -> None:
        """Look after the tags named in `registry`: by the tag's name, the module and the class of its widget.

        A widget's module is imported when its tag first appears, so that a page pays only for what it uses.
        """
        self._registry = registry
        self._modules = modules
        self._selector = ",".join(sorted(registry))
        self._widgets: dict[str, Widget] = {}
        self._count = 0

    def start(self) -> Iterator[None]:
        """Take over what stands in the page, in steps, and from now on whatever is inserted."""
        observer = window.MutationObserver.new(self._changed)
        observer.observe(document.documentElement, to_js({"childList": True, "subtree": True}))
        return self._take_over(list(document.querySelectorAll(self._selector)))

    def _take_over(self, tags: list[Any]) -> Iterator[None]:
        """Start the widgets of `tags` that do not run already. A failure stays inside its tag."""
        for tag in tags:
            try:
                module, name = self._registry[str(tag.localName)]
                yield from self._modules.importing(module)
                if tag.isConnected and self._running(tag) is None:
                    self._start(getattr(__import__(module, None, None, [name]), name)(tag))
            except Exception as error:
                Widget(tag).fail(error)
            yield

    def _running(self, tag: Any) -> Widget | None:
        widget = self._widgets.get(str(tag.getAttribute("live")))
        return widget if widget is not None and widget.tag.isSameNode(tag) else None

    def _start(self, widget: Widget) -> None:
        self._count += 1
        widget.tag.setAttribute("live", str(self._count))
        self._widgets[str(self._count)] = widget
        try:
            widget.start()
        except Exception as error:
            widget.fail(error)

    def _release(self, tag: Any) -> None:
        """Release the widget of `tag`; inserted again, the tag starts anew."""
        widget = self._running(tag)
        if widget is not None:
            del self._widgets[str(tag.getAttribute("live"))]
            tag.removeAttribute("live")
            widget.release()

    def _changed(self, records: Any, _observer: Any) -> None:
        added: list[Any] = []
        for record in records:
            for node in record.removedNodes:
                if node.nodeType == 1 and not node.isConnected:
                    for tag in self._tags_in(node):
                        self._release(tag)
            for node in record.addedNodes:
                if node.nodeType == 1 and node.isConnected:
                    added += self._tags_in(node)
        if added:
            work.run(self._take_over(added))

    def _tags_in(self, node: Any) -> list[Any]:
        found = [node] if node.matches(self._selector) else []
        return found + list(node.querySelectorAll(self._selector))
