import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from medskapa.ground.ledger.keyfile import KeyFileBroken, make_key_file, read_key_file, read_or_make_key_file


def test_what_was_made_is_read_and_only_its_owner_can(tmp_path):
    path = tmp_path / "apart" / "keys.toml"

    made = make_key_file(path)

    assert read_key_file(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["keys.toml"]


def test_keys_that_are_there_are_never_replaced(tmp_path):
    path = tmp_path / "keys.toml"
    first = make_key_file(path)

    with pytest.raises(FileExistsError):
        make_key_file(path)

    assert read_key_file(path) == read_or_make_key_file(path) == first


def test_many_that_start_at_once_get_the_same_keys(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _each: read_or_make_key_file(tmp_path / "keys.toml"), range(32)))

    assert len(set(keys)) == 1


def test_a_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "keys.toml"
    make_key_file(path)
    path.chmod(0o644)

    with pytest.raises(KeyFileBroken, match="others can read"):
        read_key_file(path)


@pytest.mark.parametrize("content", ["", "master = 1", 'master = "zz"', 'master = "00"\npepper = "00"\nsalt = "00"', "é"])
def test_a_file_without_the_three_keys_is_refused_with_one_line(tmp_path, content):
    path = tmp_path / "keys.toml"
    path.write_text(content)
    path.chmod(0o600)

    with pytest.raises(KeyFileBroken) as broken:
        read_key_file(path)

    assert "\n" not in str(broken.value)
    assert str(path) in str(broken.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(KeyFileBroken, match="cannot be read: No such file"):
        read_key_file(tmp_path / "keys.toml")


def test_keys_are_not_shown_and_derived_ones_differ(tmp_path):
    keys = make_key_file(tmp_path / "keys.toml")

    assert repr(keys) == "Keys()"
    assert keys.derived("one") != keys.derived("two")
    assert keys.derived("one") == keys.derived("one")
