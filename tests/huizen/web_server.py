"""A real web server on this machine, for what visits other people's websites."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Website(BaseHTTPRequestHandler):
    """What every website of ours does; how it answers is for who makes one of it."""

    def drip(self):
        """One byte at a time, for ever."""
        try:
            while True:
                self.wfile.write(b"x")
                time.sleep(0.02)  # slow enough that it never ends by itself
        except OSError:
            return

    def log_message(self, *args):
        pass


@contextmanager
def served(website: type[Website], **facts) -> Iterator[ThreadingHTTPServer]:
    """The server while it runs, with its `url` and these facts for the website to read."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), website)
    vars(server).update(facts, url=f"http://localhost:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def anywhere(address: str, port: int) -> bool:
    """The guard of these tests: the server stands on this machine."""
    return True
