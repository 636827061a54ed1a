"""The pages with a sample to run: ours, and those of others that ours is measured against."""

from dataclasses import dataclass

from . import peer_pages
from .visit import Sample, Visit

ESSAY = "/articles/what-python-can-do-from-here/"
LOOP = "print('looping')\nwhile True:\n    pass\n"

MARK = "() => { document.querySelector('code-sample').dataset.bench = ''; }"
INSERT = """(label, source) => {
    const tag = document.createElement("code-sample"), pre = document.createElement("pre");
    tag.setAttribute("label", label);
    pre.textContent = source;
    tag.append(pre);
    document.querySelector("code-sample[data-bench]").after(tag);
}"""
REPLACE = "(source) => { document.querySelector('script[type^=py-editor]').code = source; }"


@dataclass(frozen=True)
class Subject:
    """A page that is opened and whose sample is run."""

    name: str
    """What its series begin with."""
    path: str
    sample: Sample

    def open(self, visit: Visit) -> None:
        """Open the page and wait until it is live."""
        visit.open(self.path)

    def endless(self, visit: Visit) -> Sample:
        """Give the open page a sample that never ends, and return it."""
        raise NotImplementedError(f"{self.name} has no Stop")


class Essay(Subject):
    """A page of ours; its first sample is run."""

    def open(self, visit: Visit) -> None:
        super().open(visit)
        visit.call(MARK)

    def endless(self, visit: Visit) -> Sample:
        return insert(visit, "bench loop", LOOP)


class Editor(Subject):
    """PyScript's py-editor; its Stop puts a fresh editor with the same source in its place."""

    def endless(self, visit: Visit) -> Sample:
        visit.call(REPLACE, LOOP)
        return self.sample


def code_sample(tag: str) -> Sample:
    """Return where the parts of one of our samples are."""
    run, stop = f"{tag} [data-part=run]:not([aria-disabled=true])", f"{tag} [data-part=stop]"
    return Sample(tag, run, f"{stop}:enabled", f"{tag} [data-part=output]", f"{stop}:disabled")


def insert(visit: Visit, label: str, source: str) -> Sample:
    """Put one more sample of ours into the page and wait until it is taken over."""
    visit.call(INSERT, label, source)
    sample = code_sample(f"code-sample[label='{label}']")
    visit.wait_for(f"{sample.whole}[live]")
    return sample


RUN_EDITOR = ".py-editor-run-button:not(.running)"
STOP_EDITOR = ".py-editor-run-button.running"

READERLY = Essay("readerly", ESSAY, code_sample("code-sample[data-bench]"))
EDITOR = Editor(
    "editor", peer_pages.EDITOR, Sample("py-editor", RUN_EDITOR, STOP_EDITOR, ".py-editor-output", RUN_EDITOR)
)
PACKAGED = Essay("readerly_pydantic", peer_pages.PYDANTIC, READERLY.sample)
"""A page of ours whose sample needs pydantic, which has a native core."""
EDITOR_PACKAGED = Editor("editor_pydantic", peer_pages.EDITOR_PYDANTIC, EDITOR.sample)
FLOOR = Subject("floor", peer_pages.FLOOR, Sample("main", "button:enabled", "", "#output", "button:enabled"))
