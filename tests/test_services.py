"""A test database is kept as long as it is what the migrations make, whichever process has it."""

from tests.services import STAMP, fingerprint, is_stale, stamp_of


def test_each_process_has_a_database_with_a_stamp_of_its_own():
    assert len({stamp_of(None), stamp_of("gw0"), stamp_of("gw1")}) == 3


def test_a_database_in_use_bears_the_stamp_of_the_migrations(db):
    assert STAMP.read_text() == fingerprint()


def test_a_database_of_other_migrations_or_of_none_is_made_anew(tmp_path):
    stamp = tmp_path / "stamp"
    assert is_stale(stamp)
    stamp.write_text("other migrations")
    assert is_stale(stamp)
    stamp.write_text(fingerprint())
    assert not is_stale(stamp)
