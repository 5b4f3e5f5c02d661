"""What the kernel says of processes: processor time, resident memory, load of the machine."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds: of the process itself, and of its children that ended."""

    own: float
    children: float

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.own - other.own, self.children - other.children)

    @property
    def total(self) -> float:
        return self.own + self.children


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def spent(pid: int) -> Spent:
    words = _stat(pid)
    user, system, children_user, children_system = map(int, words[11:15])
    return Spent((user + system) / _TICK, (children_user + children_system) / _TICK)


def spent_by_tree(pid: int) -> float:
    """Processor seconds of a process, its living descendants and all that ended below them."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int(_stat(int(entry.name))[1]), []).append(int(entry.name))
            except (OSError, IndexError):
                continue
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        todo += parents.get(one, [])
        try:
            total += spent(one).total
        except OSError:
            continue
    return total


def machine_busy() -> float:
    """Processor seconds that all processes of the machine took since it started."""
    words = Path("/proc/stat").read_text().split("\n")[0].split()[1:9]
    user, nice, system, _idle, _wait, irq, softirq, steal = map(int, words)
    return (user + nice + system + irq + softirq + steal) / _TICK


def agent_pid(home: Path) -> int:
    """The gpg-agent of a home, started when it does not run."""
    done = subprocess.run(
        ["gpg-connect-agent", "--homedir", str(home), "GETINFO pid", "/bye"],
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    return int(done.stdout.split()[1])


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident bytes: now, and the peak since the start or the last `forget_peak`."""

    now: int
    peak: int


def memory(pid: int) -> Memory:
    found = {}
    for line in Path(f"/proc/{pid}/status").read_text().split("\n"):
        name, _, value = line.partition(":")
        if name in ("VmRSS", "VmHWM"):
            found[name] = int(value.split()[0]) * 1024
    return Memory(found["VmRSS"], found["VmHWM"])


def forget_peak(pid: int) -> None:
    """Let VmHWM start anew from what is resident now (proc(5), clear_refs)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def busy_loop() -> str:
    """How fast Python is here and now: wall and processor ms of counting to three million."""
    wall, cpu, n = time.perf_counter(), time.process_time(), 0
    while n < 3_000_000:
        n += 1
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return f"{1000 * wall:.0f} ms ({1000 * cpu:.0f} of processor)"


def describe() -> dict[str, str]:
    """The machine and the programs, without names of places or people."""

    def first_line(*command: str) -> str:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
        except OSError:
            return "not installed"
        return done.stdout.split("\n")[0].strip()

    cpu = "unknown"
    for line in Path("/proc/cpuinfo").read_text().split("\n"):
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": f"{CORES} x {cpu}",
        "memory": f"{pages / 2**30:.0f} GiB",
        "kernel": platform.system() + " " + platform.release().split("-")[0],
        "python": platform.python_version(),
        "gpg": first_line("gpg", "--version"),
        "dovecot": first_line("/usr/sbin/dovecot", "--version").split(" ")[0],
    }
