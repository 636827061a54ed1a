import sys
import types
from pathlib import Path

from readerly.code_sample.sandbox import workplace


def test_a_session_has_one_folder_and_each_other_run_its_own():
    assert workplace.folder("s") == workplace.folder("s") != workplace.folder("t")
    assert workplace.folder(None) != workplace.folder(None)
    assert workplace.folder("../../etc").parent == workplace.ROOT


def test_fresh_is_empty():
    (workplace.folder("s") / "a.txt").write_text("a")
    assert (workplace.folder("s") / "a.txt").exists()
    assert not list(workplace.folder("s", fresh=True).iterdir())


def test_a_sample_finds_itself_run_as_a_script():
    place, module = workplace.folder("s"), types.ModuleType("__main__")
    workplace.enter(place, "sample-1.py", module)
    assert Path.cwd() == place
    assert sys.argv == ["sample-1.py"]
    assert vars(module)["__file__"] == str(place / "sample-1.py")


def test_modules_beside_a_sample_are_its_own(monkeypatch):
    for value in (1, 2):
        place = workplace.folder(None)
        (place / "beside_sample.py").write_text(f"value = {value}")
        workplace.enter(place, "sample-1.py", types.ModuleType("__main__"))
        assert __import__("beside_sample").value == value
    assert [each for each in sys.path if each.startswith(str(workplace.ROOT))] == [str(place)]
    del sys.modules["beside_sample"]


def test_a_sample_may_have_a_module_of_a_name_that_is_known(monkeypatch):
    monkeypatch.setitem(sys.modules, "known_elsewhere", types.ModuleType("known_elsewhere"))
    for value in (1, 2):
        place = workplace.folder(None)
        (place / "known_elsewhere.py").write_text(f"value = {value}")
        workplace.enter(place, "sample-1.py", types.ModuleType("__main__"))
        if value == 1:
            del sys.modules["known_elsewhere"]  # as a sample does that wants its own
        assert __import__("known_elsewhere").value == value
