"""Daily zone files: only what is new, in any form, at any order, and damage told without loss of the rest."""

import gzip
from pathlib import Path

import pytest

from zhengben.sources.base import Batch
from zhengben.sources.zones import Zones


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
    assert [a.reason for b in batches for a in b.aside][:1] == ["damaged"]
    assert batches[-1].cursor["file"] == "3.txt"


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="is no folder"):
        list(Zones("z", {"path": str(tmp_path / "none")}).read({}))
