"""Nothing leaves the machine: no command and no window ever opens a connection."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import notemodeler

ROOT = Path(notemodeler.__file__).parent.parent
WATCHED = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"):
        sys.stderr.write(f"network: {event} {arguments!r}\\n")
        sys.stderr.flush()
        import os
        os._exit(99)

sys.addaudithook(refuse)
from notemodeler.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run(*arguments):
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        capture_output=True, text=True, timeout=120, env=environ, check=False,
    )  # fmt: skip


def test_the_watch_itself_catches_a_connection():
    script = WATCHED.split("from notemodeler")[0] + (
        "import socket\nsocket.socket().connect_ex(('127.0.0.1', 9))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 99


@pytest.mark.parametrize(
    "arguments",
    [["terms", "--json"], ["sample", "ascent", "-o", "{folder}/a.note"], ["--smoke"]],
    ids=lambda arguments: arguments[0],
)
def test_no_connection_is_opened(arguments, tmp_path):
    done = run(*(word.format(folder=tmp_path) for word in arguments))
    assert done.returncode == 0, done.stderr


def test_no_connection_is_opened_by_an_export(tmp_path):
    document = str(tmp_path / "a.note")
    assert run("sample", "ascent", "-o", document).returncode == 0
    for command in (
        ["quote", document, "--on", "2019-02-01"],
        ["export", document, "-o", str(tmp_path / "a.xlsx")],
    ):
        assert run(*command).returncode == 0
