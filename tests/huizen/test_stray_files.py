"""Files without a row are swept up after a day; no other is touched."""

import datetime as dt
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.utils import timezone

from huizen.actions.stray_files import file_fields, sweep_files
from partners.actions.agreement import add_agreement
from partners.models import Agreement
from tests.factories import PartnershipFactory, UserFactory

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    """Where all files of this test lie, each kind in its own folder."""
    for field in file_fields():
        monkeypatch.setattr(field, "storage", FileSystemStorage(tmp_path))
    return tmp_path


class ChangedMindError(Exception):
    """What ends a transaction."""


@transaction.atomic
def add_and_change_ones_mind(name: str) -> None:
    add(name)
    raise ChangedMindError


def add(name: str) -> Agreement:
    return add_agreement(
        partnership=PartnershipFactory(),
        title="Overeenkomst",
        document=ContentFile(b"%PDF-1.7", name),
        by=UserFactory(),
        now=timezone.now(),
    )


@pytest.mark.django_db
def test_the_file_of_a_change_that_was_rolled_back_goes_the_next_night(folder):
    kept = folder / add("blijft.pdf").file.name
    with pytest.raises(ChangedMindError):
        add_and_change_ones_mind("verdwijnt.pdf")
    (stray,) = set(kept.parent.iterdir()) - {kept}
    assert (sweep_files(now=timezone.now()), stray.exists()) == (0, True)
    assert (sweep_files(now=timezone.now() + DAY), stray.exists()) == (1, False)
    assert kept.exists()
    assert sweep_files(now=timezone.now() + DAY) == 0


@pytest.mark.django_db
def test_a_file_of_a_row_that_went_with_another_goes_too(folder):
    agreement = add("oud.pdf")
    agreement.partnership.delete()
    assert sweep_files(now=timezone.now() + DAY) == 1
    assert not (folder / agreement.file.name).exists()


@pytest.mark.django_db
def test_a_fresh_file_waits_for_its_row(folder):
    (folder / "logos").mkdir()
    (folder / "logos" / "vers.png").write_bytes(b"x")
    (folder / "logos" / "oud.png").write_bytes(b"x")
    old = (timezone.now() - 2 * DAY).timestamp()
    os.utime(folder / "logos" / "oud.png", (old, old))
    assert sweep_files(now=timezone.now()) == 1
    assert [path.name for path in (folder / "logos").iterdir()] == ["vers.png"]


def test_every_kind_of_file_lies_in_a_plain_folder_of_its_own():
    """What the sweep counts on: a folder in a folder, or one made of the day, it would not look into."""
    folders = [field.upload_to for field in file_fields()]
    assert len(set(folders)) == len(folders) > 0
    assert all(isinstance(name, str) and name.count("/") == 1 and name.endswith("/") for name in folders)
