"""Two set-ups at once, and a set-up that dies, with real processes."""

import subprocess
import sys
import threading
from pathlib import Path

import one_at_a_time
import pytest

INSTALLER = Path(one_at_a_time.__file__).parent
HOLDER = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from one_at_a_time import turn
with turn(Path(sys.argv[2])):
    print("mine", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def turn_file(tmp_path):
    return tmp_path / ".venv.lock"


@pytest.fixture
def holder(turn_file):
    """Another process that has the turn."""
    words = [sys.executable, "-c", HOLDER, str(INSTALLER), str(turn_file)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "mine\n"
        yield process
        process.kill()


def test_the_turn_is_free_at_first(turn_file, said):
    with one_at_a_time.turn(turn_file):
        pass
    assert said == []


def test_a_second_set_up_waits_until_the_first_is_gone(turn_file, holder, said):
    end_is_near = threading.Event()

    def kill():
        end_is_near.set()
        holder.kill()

    threading.Timer(0.3, kill).start()
    with one_at_a_time.turn(turn_file, pause=0.02):
        assert end_is_near.is_set()
    assert said == ["Another set-up of this folder is running. Waiting for it to end."]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not share the lock")
def test_a_child_of_a_dead_set_up_still_has_the_turn(turn_file):
    with turn_file.open("a") as handle:
        assert one_at_a_time.take(handle)
        shared = one_at_a_time.shared_with_children(handle)
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1, pass_fds=shared)
    with child, turn_file.open("a") as handle:
        assert not one_at_a_time.take(handle)
        child.communicate(b"\n")
        assert one_at_a_time.take(handle)
