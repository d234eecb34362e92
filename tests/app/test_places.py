"""Each system's own folders, one variable for tests, and the files that came with the program."""

from pathlib import Path

import pytest

import notemodeler
from notemodeler.app import places
from notemodeler.app.places import find_places, resource
from notemodeler.domain.issues import UserError

HOME = Path("/home/ann")


def test_linux_follows_xdg():
    found = find_places({}, "linux", HOME)
    assert found.settings == HOME / ".config/notemodeler/settings.json"
    assert found.recovery == HOME / ".local/state/notemodeler/recovery"
    assert found.cache == HOME / ".cache/notemodeler"
    environ = {"XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s", "XDG_CACHE_HOME": "relative"}
    found = find_places(environ, "linux", HOME)
    assert found.settings == Path("/c/notemodeler/settings.json")
    assert found.logs == Path("/s/notemodeler/logs")
    assert found.cache == HOME / ".cache/notemodeler"


def test_windows_keeps_settings_roaming_and_the_rest_local():
    found = find_places({"APPDATA": "/r", "LOCALAPPDATA": "/l"}, "win32", HOME)
    assert found.settings == Path("/r/Note Modeler/settings.json")
    assert found.recovery == Path("/l/Note Modeler/recovery")
    assert find_places({}, "win32", HOME).logs == HOME / "AppData/Local/Note Modeler/logs"


def test_macos_uses_the_library():
    found = find_places({}, "darwin", HOME)
    assert found.settings == HOME / "Library/Application Support/Note Modeler/settings.json"
    assert found.logs == HOME / "Library/Logs/Note Modeler"


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_one_variable_moves_everything(platform, tmp_path):
    found = find_places({"NOTEMODELER_HOME": str(tmp_path)}, platform, HOME)
    assert {found.settings.parent, found.recovery.parent, found.cache.parent} == {tmp_path}


def test_the_environment_is_read(monkeypatch, tmp_path):
    monkeypatch.setenv("NOTEMODELER_HOME", str(tmp_path))
    assert find_places().logs == tmp_path / "logs"


def test_no_home_is_told_in_a_sentence(monkeypatch):
    def homeless():
        raise RuntimeError

    monkeypatch.setattr(places.Path, "home", homeless)
    with pytest.raises(UserError, match="home folder"):
        find_places({}, "linux")


@pytest.mark.parametrize("folder", ["src/resources", "src/notemodeler/_resources"])
def test_a_resource_is_found_in_a_checkout_and_in_an_installed_package(
    folder, tmp_path, monkeypatch
):
    package = tmp_path / "src" / "notemodeler"
    package.mkdir(parents=True)
    monkeypatch.setattr(notemodeler, "__file__", str(package / "__init__.py"))
    held = tmp_path / folder / "samples" / "a.note"
    held.parent.mkdir(parents=True)
    held.touch()
    assert resource("samples/a.note") == held


@pytest.mark.parametrize("name", ["", "../pyproject.toml", "/etc/passwd", "samples/../../x"])
def test_a_resource_cannot_lie_outside(name):
    with pytest.raises(ValueError, match="inside the resources"):
        resource(name)


def test_a_missing_resource_is_a_bug():
    with pytest.raises(FileNotFoundError):
        resource("samples/none.note")
