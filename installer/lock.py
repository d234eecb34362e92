"""Make the two dependency locks again from pyproject.toml.

Type `python3 installer/lock.py` after a change of the dependencies, or
`python3 installer/lock.py --upgrade` to move to newer versions as well.
It needs uv, which `python3 -m pip install uv` provides.

One lock serves every system and every Python from 3.11 on, by markers.
"""

import shutil
import subprocess
import sys
from pathlib import Path

INSTALLER = Path(__file__).resolve().parent
OLDEST_PYTHON = "3.11"
RUN_TIME_LOCK = "requirements.txt"
DEVELOPMENT_LOCK = "requirements-dev.txt"


def compile_command(lock: str, choices: list[str]) -> list[str]:
    """The uv command that writes one lock, without any setting of this machine."""
    return [
        *("uv", "pip", "compile", "../pyproject.toml", "--output-file", lock),
        *("--universal", "--python-version", OLDEST_PYTHON, "--fork-strategy", "fewest"),
        *("--generate-hashes", "--only-binary", ":all:"),
        *("--no-config", "--no-emit-index-url", "--quiet"),
        *("--custom-compile-command", "python3 installer/lock.py"),
        *choices,
    ]


def main(uv_options: list[str]) -> int:
    """Write the development lock, then a run-time lock of the very same versions."""
    if shutil.which("uv") is None:
        print("uv is missing; `python3 -m pip install uv` provides it.", file=sys.stderr)
        return 1
    development = compile_command(DEVELOPMENT_LOCK, ["--extra", "dev", *uv_options])
    run_time = compile_command(RUN_TIME_LOCK, ["--constraint", DEVELOPMENT_LOCK, *uv_options])
    for command in (development, run_time):
        subprocess.run(command, cwd=INSTALLER, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
