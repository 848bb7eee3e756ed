"""The folders that travel with the code are found; nothing else is given out."""

import pytest

from forum import files
from forum.errors import Misconfigured


def test_a_checkout_keeps_them_at_the_root() -> None:
    assert (files.folder("workflows") / "gfmd.toml").is_file()
    assert files.folder("workflows") == files.shipped()


def test_a_wheel_keeps_them_inside(tmp_path, monkeypatch) -> None:
    inside = tmp_path / "forum" / "_files" / "workflows"
    inside.mkdir(parents=True)
    (tmp_path / "workflows").mkdir()
    monkeypatch.setattr(files, "__file__", str(tmp_path / "forum" / "files.py"))
    assert files.folder("workflows") == inside


@pytest.mark.parametrize("name", ["", "..", "tests", "/etc", "graphql/operations"])
def test_no_other_folder_is_given_out(name: str) -> None:
    with pytest.raises(Misconfigured):
        files.folder(name)


def test_a_lost_folder_is_said(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "__file__", str(tmp_path / "forum" / "files.py"))
    with pytest.raises(Misconfigured, match="Install the package again"):
        files.folder("workflows")
