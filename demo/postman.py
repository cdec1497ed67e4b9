"""The mail server of the embedded set-up: takes every mail and puts it in the letter box.

python -m demo.postman <port> <folder>
"""

import asyncio
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

from demo.letterbox import keep

LARGEST = 10 * 1024 * 1024  # bytes


class Postman:
    """Takes mail for everybody."""

    def __init__(self, folder: Path):
        self.folder = folder

    async def handle_DATA(self, server, session, envelope):
        keep(self.folder, envelope.original_content, recipients=envelope.rcpt_tos)
        return "250 2.0.0 In de bus"


async def serve(port: int, folder: Path) -> None:
    """Take mail on a loopback port until the process ends."""
    loop = asyncio.get_running_loop()
    postman = Postman(folder)
    server = await loop.create_server(
        lambda: SMTP(postman, data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname="postvak", loop=loop),
        host="127.0.0.1",
        port=port,
    )
    print("De postbode staat klaar.", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
