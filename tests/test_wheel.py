"""The wheel runs the main job from an empty environment: templates and migrations are in it."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_templates_migrations_and_the_example(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "inboxd/_data/templates/mail/fr/receipt.txt",
        "inboxd/_data/learned/programs.tsv",
        "inboxd/_data/migrations/env.py",
        "inboxd/_data/migrations/versions/0001_first_schema.py",
        "inboxd/_data/config.example.toml",
        "inboxd/_data/deploy/inboxd.service",
        "inboxd/py.typed",
    ):
        assert needed in names


def test_the_installed_wheel_runs_the_main_job_outside_the_checkout(wheel, tmp_path):
    """Only the dependencies are borrowed from this environment; inboxd comes from the wheel."""
    environment = tmp_path / "env"
    venv.create(environment, with_pip=False)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = environment / "lib" / version / "site-packages"
    zipfile.ZipFile(wheel).extractall(packages)
    # a folder named in a .pth file is searched, but its own .pth files (our checkout) are not
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    python = environment / "bin" / "python"
    where = subprocess.run(
        [python, "-c", "import inboxd; print(inboxd.__file__)"],
        cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert where.stdout.strip() == str(packages / "inboxd" / "__init__.py")
    done = subprocess.run(
        [python, "-m", "inboxd", "sandbox", "--once"],
        cwd=tmp_path, check=False, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Rita's own gpg opened it: good signature" in done.stdout
