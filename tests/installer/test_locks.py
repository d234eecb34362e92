"""The committed locks: hashed, free of addresses, and true to pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from environment import DEVELOPMENT_LOCK, RUN_TIME_LOCK
from lock import compile_command
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUN_TIME_NEEDS = PROJECT["dependencies"]
DEVELOPMENT_NEEDS = [*RUN_TIME_NEEDS, *PROJECT["optional-dependencies"]["dev"]]


def text_of(lock: str) -> str:
    return (ROOT / "installer" / lock).read_text(encoding="utf-8")


def locked(lock: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Name to version and hashes; a lock that names a package twice fails here."""
    lines = [line for line in text_of(lock).splitlines() if not line.lstrip().startswith("#")]
    packages = {}
    for entry in re.split(r"\n(?=\S)", "\n".join(lines).strip()):
        requirement = Requirement(re.split(r"\s*\\?\n|\s*\\$", entry)[0])
        name = canonicalize_name(requirement.name)
        assert name not in packages
        version = str(requirement.specifier).removeprefix("==")
        packages[name] = (version, frozenset(re.findall(r"sha256:([0-9a-f]{64})", entry)))
    return packages


@pytest.mark.parametrize("lock", [RUN_TIME_LOCK, DEVELOPMENT_LOCK])
def test_every_package_is_hashed(lock):
    packages = locked(lock)
    assert packages
    assert all(hashes for _, hashes in packages.values())


@pytest.mark.parametrize("lock", [RUN_TIME_LOCK, DEVELOPMENT_LOCK])
def test_no_address_is_in_the_lock(lock):
    assert "://" not in text_of(lock)
    assert "index" not in text_of(lock)


@pytest.mark.parametrize(
    ("lock", "needs"), [(RUN_TIME_LOCK, RUN_TIME_NEEDS), (DEVELOPMENT_LOCK, DEVELOPMENT_NEEDS)]
)
def test_the_lock_meets_the_project(lock, needs):
    packages = locked(lock)
    for need in map(Requirement, needs):
        version, _ = packages[canonicalize_name(need.name)]
        assert need.specifier.contains(version), f"{need} but locked at {version}"


def test_the_development_lock_holds_the_run_time_lock():
    """So the tests test the very packages that the program runs with."""
    assert locked(RUN_TIME_LOCK).items() <= locked(DEVELOPMENT_LOCK).items()


def test_the_tools_of_the_tests_stay_out_of_the_run_time_lock():
    assert not {"pytest", "ruff", "mypy", "quantlib"} & set(locked(RUN_TIME_LOCK))


def test_relocking_asks_for_hashes_and_every_platform():
    command = compile_command(RUN_TIME_LOCK, ["--upgrade"])
    assert {"--universal", "--generate-hashes", "--no-emit-index-url"} <= set(command)
    assert command[-1] == "--upgrade"
    assert PROJECT["requires-python"] == ">=" + command[command.index("--python-version") + 1]
