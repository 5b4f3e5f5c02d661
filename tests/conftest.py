"""Options and fixtures that all tests share."""

import shutil
import tempfile
from pathlib import Path

import pytest

from inboxd import eventlog
from tests.desk import Desk, make_keys

eventlog.configure("error")  # tests that look at the log turn it up themselves


def pytest_addoption(parser):
    parser.addoption(
        "--no-skips", action="store_true", help="fail when a test skips: nothing may be absent"
    )


_skipped: list[str] = []


def pytest_runtest_logreport(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session, exitstatus):
    if session.config.getoption("--no-skips") and _skipped and exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter, config):
    if config.getoption("--no-skips") and _skipped:
        terminalreporter.write_line(f"{len(_skipped)} tests skipped, and none may (--no-skips)")


@pytest.fixture
def short_tmp():
    """A folder with a path short enough for a GnuPG home."""
    path = Path(tempfile.mkdtemp(prefix="ix."))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def keys():
    """Throw-away keys of everybody, made once."""
    path = Path(tempfile.mkdtemp(prefix="ixk."))
    yield make_keys(path)
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def desk(short_tmp, keys):
    """A whole security desk: real gpg, real SQLite, real templates; only clock and wire are ours."""
    made = Desk(short_tmp, keys)
    yield made
    made.close()
