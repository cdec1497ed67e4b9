"""Loopback ports: a free one, kept from run to run."""

import socket
from contextlib import suppress
from pathlib import Path


def remembered_port(file: Path) -> int:
    """The port in the file; the first time a free one."""
    with suppress(OSError, ValueError):
        return int(file.read_text())
    return new_port(file)


def new_port(file: Path) -> int:
    """A free port, from now on the one in the file."""
    port = free_port()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(str(port))
    return port


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return attempt.getsockname()[1]


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Could a server listen there?"""
    with socket.socket() as attempt, suppress(OSError):
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt.bind((host, port))
        return True
    return False
