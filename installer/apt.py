"""Debian's and Ubuntu's package installer, used only where no password is asked for."""

import os
import shlex
import shutil
import subprocess
import sys

from speech import say

INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]
PATIENCE = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
SHOWN_ON_FAILURE = 15

Ended = subprocess.CompletedProcess[str]


def is_here(platform: str = sys.platform) -> bool:
    return platform == "linux" and shutil.which("apt-get") is not None


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def privilege() -> list[str] | None:
    """What to put before a command to run it as root, or None where that is not allowed."""
    if is_root():
        return []
    if shutil.which("sudo") and _quietly(["sudo", "-n", "true"]) == 0:
        return ["sudo", "-n"]
    return None


def command_to_type(packages: list[str]) -> str:
    """The exact line for a person who can become root."""
    install = shlex.join([*INSTALL, *packages])
    if is_root():
        return f"apt-get update && {install}"
    if shutil.which("sudo"):
        return f"sudo apt-get update && sudo {install}"
    return f"su -c '/usr/bin/apt-get update && /usr/bin/{install}'"


def install(packages: list[str]) -> bool:
    """Install packages as root, and say how it went; False when that is not allowed or fails."""
    before = privilege()
    if before is None:
        return False
    say(f"Installing with apt: {' '.join(packages)}. This can take some minutes.")
    _run(before, ["apt-get", "update", "-q", *PATIENCE])
    last = _install_or_repair(before, packages)
    if last.returncode:
        say("\n".join(["apt ended with:", *last.stdout.splitlines()[-SHOWN_ON_FAILURE:]]))
    return last.returncode == 0


def _install_or_repair(before: list[str], packages: list[str]) -> Ended:
    """Install; where an interrupted dpkg is in the way, finish its work and try again."""
    words = [*INSTALL, "-q", *PATIENCE, *packages]
    attempt = _run(before, words)
    if "dpkg --configure -a" not in attempt.stdout:
        return attempt
    _run(before, ["dpkg", "--configure", "-a"])
    return _run(before, words)


def _run(before: list[str], words: list[str]) -> Ended:
    return subprocess.run(
        [*before, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def _quietly(words: list[str]) -> int:
    return subprocess.run(
        words, stdin=subprocess.DEVNULL, capture_output=True, check=False
    ).returncode
