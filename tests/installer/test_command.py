"""The `notemodeler` command beside the environment's interpreter."""

import os
import subprocess
import sys

import preparation

from .conftest import build_checkout


def construction(tmp_path, platform):
    environment = build_checkout(tmp_path, platform)
    environment.interpreter.parent.mkdir(parents=True, exist_ok=True)
    return preparation.Construction(environment)


def test_the_command_runs_the_program_wherever_the_checkout_stands(tmp_path):
    made = construction(tmp_path, "linux")
    made._write_command()
    folder = made.environment.interpreter.parent
    interpreter = folder / "python"
    interpreter.unlink(missing_ok=True)
    os.symlink(sys.executable, interpreter)
    done = subprocess.run(
        [folder / "notemodeler", "--version"],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": os.getcwd()},
    )  # fmt: skip
    assert done.stdout.startswith("Note Modeler "), done.stderr


def test_windows_gets_a_command_of_its_own(tmp_path):
    made = construction(tmp_path, "win32")
    made._write_command()
    command = made.environment.interpreter.parent / "notemodeler.cmd"
    assert "python.exe" in command.read_text(encoding="ascii")
