"""When apt may be used, how, and what a person is told to type otherwise."""

import subprocess

import apt
import pytest


class Shell:
    """Stands in for the system: answers each command, and remembers them."""

    def __init__(self, monkeypatch, answers=()):
        self.answers = list(answers)
        self.commands: list[str] = []
        monkeypatch.setattr("subprocess.run", self.run)

    def run(self, words, **_):
        self.commands.append(" ".join(words))
        for part, status, output in self.answers:
            if part in self.commands[-1]:
                return subprocess.CompletedProcess(words, status, output)
        return subprocess.CompletedProcess(words, 0, "")


def programs(monkeypatch, *present):
    monkeypatch.setattr("shutil.which", lambda name: name if name in present else None)


def be(monkeypatch, root):
    monkeypatch.setattr(apt, "is_root", lambda: root)


@pytest.mark.parametrize(
    ("platform", "present", "here"),
    [
        ("linux", ["apt-get"], True),
        ("linux", ["dnf"], False),
        ("darwin", ["apt-get"], False),
        ("win32", ["apt-get"], False),
    ],
)
def test_where_apt_is(monkeypatch, platform, present, here):
    programs(monkeypatch, *present)
    assert apt.is_here(platform) is here


def test_root_needs_nothing_more(monkeypatch):
    be(monkeypatch, root=True)
    assert apt.privilege() == []


@pytest.mark.parametrize(("status", "before"), [(0, ["sudo", "-n"]), (1, None)])
def test_sudo_only_without_a_password(monkeypatch, status, before):
    be(monkeypatch, root=False)
    programs(monkeypatch, "sudo")
    Shell(monkeypatch, [("sudo -n true", status, "")])
    assert apt.privilege() == before


def test_nobody_without_sudo_may_install(monkeypatch):
    be(monkeypatch, root=False)
    programs(monkeypatch)
    shell = Shell(monkeypatch)
    assert apt.install(["libegl1"]) is False
    assert shell.commands == []


@pytest.mark.parametrize(
    ("root", "present", "line"),
    [
        (True, [], "apt-get update && apt-get install -y --no-install-recommends a b"),
        (
            False,
            ["sudo"],
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends a b",
        ),
        (
            False,
            [],
            "su -c '/usr/bin/apt-get update && "
            "/usr/bin/apt-get install -y --no-install-recommends a b'",
        ),
    ],
)
def test_the_line_to_type(monkeypatch, root, present, line):
    be(monkeypatch, root)
    programs(monkeypatch, *present)
    assert apt.command_to_type(["a", "b"]) == line


def test_apt_updates_and_then_installs_without_questions(monkeypatch, said):
    be(monkeypatch, root=True)
    shell = Shell(monkeypatch)
    assert apt.install(["libegl1", "libgl1"]) is True
    update, install = shell.commands
    assert "DEBIAN_FRONTEND=noninteractive" in install
    assert "apt-get update" in update
    assert "apt-get install -y --no-install-recommends" in install
    assert install.endswith("libegl1 libgl1")
    assert "libegl1 libgl1" in said[0]


def test_a_failing_apt_shows_its_last_words(monkeypatch, said):
    be(monkeypatch, root=True)
    Shell(monkeypatch, [("install", 100, "E: Unable to locate package libegl1\n")])
    assert apt.install(["libegl1"]) is False
    assert "Unable to locate package" in said[-1]


def test_an_interrupted_dpkg_is_finished_first(monkeypatch, said):
    be(monkeypatch, root=True)
    words = "E: dpkg was interrupted, you must manually run 'dpkg --configure -a'"
    shell = Shell(monkeypatch, [("apt-get install", 100, words)])
    apt.install(["libegl1"])
    done = [command.partition("C.UTF-8 ")[2][:13] for command in shell.commands]
    assert done == ["apt-get updat", "apt-get insta", "dpkg --config", "apt-get insta"]
