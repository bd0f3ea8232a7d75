"""The locked requirements are whole on every Python and system Engage runs on, not only on this one."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11.0", "3.12.0", "3.13.0", "3.14.0")
SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
)
MACHINES = ("x86_64", "aarch64", "arm64")
ENVIRONMENTS = [
    {**default_environment(), "python_full_version": python, "python_version": python.rpartition(".")[0], **system,
     "platform_machine": machine, "extra": ""}
    for python in PYTHONS for system in SYSTEMS for machine in MACHINES
]


def _locked(file):
    lines = (ROOT / file).read_text().splitlines()
    return {canonicalize_name(found[1]) for line in lines if (found := re.match(r"([\w.-]+)==", line))}


def _needed(name):
    """Return what a locked package needs anywhere Engage runs."""
    for line in metadata.requires(name) or ():
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate(environment) for environment in ENVIRONMENTS):
            yield canonicalize_name(wanted.name)


def _is_installed(name):
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_is_whole_on_every_python_and_system(file):
    locked = _locked(file) | _locked("requirements.txt")
    installed = [name for name in sorted(locked) if _is_installed(name)]
    missing = {(name, needed) for name in installed for needed in _needed(name) if needed not in locked}
    assert missing == set()
