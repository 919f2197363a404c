"""Daily zone files: only what is new, in any form, at any order, and damage told without loss of the rest."""

import gzip
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.sources import zones
from zhengben.sources.base import Batch
from zhengben.sources.zones import Zones

HOSTS = st.sets(st.from_regex(r"[a-z]{1,6}\.(com|cn|top)", fullmatch=True))


def names(batches: list[Batch]) -> list[str]:
    return [lead.locator for batch in batches for lead in batch.leads]


def zone(name: str) -> str:
    return f"{name}. 172800 in ns ns1.{name}.\n{name}. 172800 in ns ns2.{name}.\n"


def test_the_first_file_is_the_base_and_each_next_one_gives_its_difference(tmp_path: Path) -> None:
    (tmp_path / "2026-11-20.txt").write_text("; a comment\n" + zone("alpha.com") + zone("gamma.com"))
    (tmp_path / "2026-11-21.txt.gz").write_bytes(
        gzip.compress((zone("alpha.com") + zone("beta.com") + zone("gamma.com")).encode())
    )
    (tmp_path / "2026-11-22.txt").write_text("alpha.com\nbeta.com\ndelta.com\ngamma.com\n")
    batches = list(Zones("z", {"path": str(tmp_path)}).read({}))
    assert names(batches) == ["beta.com", "delta.com"]
    assert batches[-1].cursor["file"] == "2026-11-22.txt"
    assert names(list(Zones("z", {"path": str(tmp_path)}).read(batches[-1].cursor))) == []


def test_files_that_are_not_sorted_are_sorted_first(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("c.com\na.com\n")
    (tmp_path / "2.txt").write_text("z.com\na.com\nb.com\nc.com\na.com\n")
    assert names(list(Zones("z", {"path": str(tmp_path)}).read({}))) == ["b.com", "z.com"]


def test_a_crash_in_the_middle_goes_on_behind_the_last_batch(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("a.com\n")
    (tmp_path / "2.txt").write_text("".join(f"n{i:06d}.com\n" for i in range(2500)))
    reader = Zones("z", {"path": str(tmp_path)})
    begun: list[Batch] = []
    for batch in reader.read({}):
        begun.append(batch)
        if batch.leads:
            break
    rest = list(Zones("z", {"path": str(tmp_path)}).read(begun[-1].cursor))
    assert names(begun) + names(rest) == [f"n{i:06d}.com" for i in range(2500)]


def test_a_truncated_file_is_set_aside_with_what_came_before(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("a.com\n")
    whole = gzip.compress("".join(f"n{i}.com\n" for i in range(100_000, 110_000)).encode())
    (tmp_path / "2.txt.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "3.txt").write_text("a.com\nnew.com\n")
    batches = list(Zones("z", {"path": str(tmp_path)}).read({}))
    assert [(a.reason, a.text.split(":")[0]) for b in batches for a in b.aside] == [("damaged", "2.txt.gz")]
    assert batches[-1].cursor["file"] == "3.txt"
    found = names(batches)
    assert found[0] == "n100000.com"
    assert 1000 < len(found) < 10_000
    assert found[-1] == "new.com"  # the next day is held against the last sound file, and loses nothing


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="is no folder"):
        list(Zones("z", {"path": str(tmp_path / "none")}).read({}))


def write(folder: Path, **days: str | bytes) -> Zones:
    """Write daily files and open the source over them."""
    for day, body in days.items():
        data = body.encode() if isinstance(body, str) else body
        suffix = ".txt.gz" if data[:2] == b"\x1f\x8b" else ".txt"
        (folder / f"{day}{suffix}").write_bytes(data)
    return Zones("z", {"path": str(folder)})


def lines(*found: str) -> str:
    return "".join(f"{name}\n" for name in found)


def test_after_a_damaged_day_the_next_gives_what_the_damaged_one_did_not(tmp_path: Path) -> None:
    broken = gzip.compress(lines("a.com", "b.com").encode())[:-12]
    batches = list(write(tmp_path, d1=lines("a.com"), d2=broken, d3=lines("a.com", "b.com", "c.com")).read({}))
    assert set(names(batches)) == {"b.com", "c.com"}
    assert batches[-1].cursor == {"file": "d3.txt", "base": "d3.txt", "given": 0}


def test_a_damaged_base_makes_no_flood_of_what_it_would_have_had(tmp_path: Path) -> None:
    everything = [f"n{i}.com" for i in range(100_000, 130_000)]
    broken = gzip.compress(lines(*everything).encode())
    source = write(tmp_path, d1=broken[: len(broken) // 2], d2=lines(*everything), d3=lines(*everything, "z.com"))
    batches = list(source.read({}))
    assert names(batches) == ["z.com"]
    assert [a.text.split(":")[0] for b in batches for a in b.aside] == ["d1.txt.gz"]


@pytest.mark.parametrize("body", [b"\x1f\x8b", b"\x1f\x8b\x08\x00garbage", b"\x1f\x8b" + bytes(40)])
def test_a_file_that_is_no_gzip_is_set_aside_in_one_line(body: bytes, tmp_path: Path) -> None:
    batches = list(write(tmp_path, d1=lines("a.com"), d2=body, d3=lines("a.com", "b.com")).read({}))
    assert names(batches) == ["b.com"]
    (aside,) = [a for b in batches for a in b.aside]
    assert "\n" not in aside.text


def test_the_cursor_of_a_damaged_day_remembers_the_sound_one_across_readings(tmp_path: Path) -> None:
    first = list(write(tmp_path, d1=lines("a.com"), d2=b"\x1f\x8b\x08").read({}))
    assert first[-1].cursor == {"file": "d2.txt.gz", "base": "d1.txt", "given": 0}
    second = list(write(tmp_path, d3=lines("a.com", "b.com")).read(first[-1].cursor))
    assert names(second) == ["b.com"]
    assert list(write(tmp_path).read(second[-1].cursor)) == []


def test_a_cursor_of_before_knows_no_base_and_goes_on_all_the_same(tmp_path: Path) -> None:
    source = write(tmp_path, d1=lines("a.com"), d2=lines("a.com", "b.com"), d3=lines("a.com", "c.com"))
    assert names(list(source.read({"file": "d2.txt", "given": 0}))) == ["c.com"]


def test_when_old_files_are_cleared_away_the_first_left_is_the_base(tmp_path: Path) -> None:
    source = write(tmp_path, d5=lines("a.com"), d6=lines("a.com", "b.com"))
    batches = list(source.read({"file": "d3.txt", "base": "d3.txt", "given": 0}))
    assert names(batches) == ["b.com"]
    assert [b.cursor["file"] for b in batches] == ["d5.txt", "d6.txt"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("New.COM.\t3600\tin\tns\tns1.host.net.", ["new.com"]),
        ("new.com", ["new.com"]),
        ("  new.com", ["new.com"]),
        ('"new.com","2026-11-22"', ["new.com"]),
        ("\ufeffnew.com", ["new.com"]),
        ("new.com,registrar", ["new.com"]),
        ("new.com\r", ["new.com"]),
        ("; new.com", []),
        ("$ORIGIN com.", []),
        ("@ in soa ns.host.net. admin.host.net. (", []),
        ("   admin.host.net. 2026112201 (", []),
        ("\tin ns ns1.host.net.", []),
        ("relative in ns ns1.host.net.", []),
        ("com.", []),
        ("...", []),
        ("", []),
        ("xn--kput3i.cn. in ns a.b.", ["xn--kput3i.cn"]),
        ("new.com. in txt " + "x" * 900 + " include:spf.other.net " + "y" * 3000 + " tail.other.net", ["new.com"]),
    ],
)
def test_only_the_name_a_line_is_about_is_taken(line: str, found: list[str], tmp_path: Path) -> None:
    source = write(tmp_path, d1=lines("a.com"), d2=line + "\n")
    assert names(list(source.read({}))) == found


def test_bytes_that_are_no_text_hide_no_neighbour(tmp_path: Path) -> None:
    source = write(tmp_path, d1=lines("a.com"), d2=b"\xff\xfe\x00.com\nnew.com\n\x00\x00\n\xe5\xbe\n")
    assert "new.com" in names(list(source.read({})))


def test_a_line_without_end_takes_no_memory_and_the_next_is_read(tmp_path: Path) -> None:
    source = write(tmp_path, d1=lines("a.com"), d2="x" * 3_000_000 + ".com tail.com\nnew.com\n")
    assert "new.com" in names(list(source.read({})))
    assert "tail.com" not in names(list(source.read({})))


@given(HOSTS, HOSTS, st.randoms())
def test_the_difference_is_that_of_the_sets_in_any_order_and_however_often_told(
    old: set[str], new: set[str], dice: random.Random
) -> None:
    def shuffled(found: set[str]) -> str:
        row = [name for name in found for _ in range(dice.randint(1, 3))]
        dice.shuffle(row)
        return lines(*row)

    with TemporaryDirectory() as room:
        source = write(Path(room), d1=shuffled(old), d2=shuffled(new))
        assert names(list(source.read({}))) == sorted(new - old)


def test_more_names_than_fit_are_sorted_in_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "RUN", 7)
    new = [f"n{i:03d}.com" for i in range(100)]
    source = write(tmp_path, d1=lines("n050.com", "a.com"), d2=lines(*reversed(new), *new))
    assert names(list(source.read({}))) == [name for name in new if name != "n050.com"]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_reading_that_stops_anywhere_goes_on_without_loss_or_repetition(
    cut: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zones, "BATCH", 10)
    days = {f"d{day}": lines(*(f"n{i:03d}.com" for i in range(day * 15))) for day in range(1, 5)}
    source = write(tmp_path, **days)
    given: list[str] = []
    cursor: dict[str, object] = {}
    for _ in range(40):
        for count, batch in enumerate(source.read(cursor), 1):
            given += [lead.locator for lead in batch.leads]
            cursor = dict(batch.cursor)
            if count == cut:
                break
        else:
            break
    assert given == [f"n{i:03d}.com" for i in range(15, 60)]


def test_a_day_that_is_read_again_gives_nothing_twice(tmp_path: Path) -> None:
    source = write(tmp_path, d1=lines("a.com"), d2=lines("b.com"))
    last = list(source.read({}))[-1].cursor
    assert list(source.read(last)) == []
    write(tmp_path, d2=lines("b.com", "late.com"))
    assert list(source.read(last)) == []


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("evil.com\n")
    (tmp_path / "d3.txt").mkdir()
    assert names(list(write(tmp_path, d1=lines("a.com"), d2=lines("b.com")).read({}))) == ["b.com"]


def test_an_empty_folder_and_an_empty_file_are_no_error(tmp_path: Path) -> None:
    assert list(write(tmp_path).read({})) == []
    assert names(list(write(tmp_path, d1="", d2=lines("a.com"), d3="").read({}))) == ["a.com"]


@pytest.mark.parametrize("settings", [{}, {"path": ""}, {"path": 5}])
def test_a_folder_must_be_told(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="'path' is missing"):
        zones.open_source("z", settings)
