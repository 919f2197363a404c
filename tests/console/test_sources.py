"""Connecting a source at the desk: what is connected is in the ledger, under the name of who did it."""

from pathlib import Path

import pytest

from desk import Desk, seen
from zhengben.store.models import Event, Source

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


def test_a_source_is_connected_once_and_the_ledger_says_by_whom(desk: Desk, tmp_path: Path) -> None:
    hosts = tmp_path / "hosts.txt"
    hosts.write_text("weilidai-app.cn\n")
    form = {"kind": "hostname_file", "name": "名单", "path": str(hosts)}
    assert desk.person("陈思").post("/sources/", form).status_code == 302
    event = Event.objects.get(subject="source")
    assert (event.verb, event.actor, event.subject_id) == ("added", "陈思", Source.objects.get().pk)
    again = desk.person("周弈").post("/sources/", form)
    assert (again.status_code, Source.objects.count()) == (422, 1)
    assert seen(again, "这个名字已用过")
    assert Event.objects.filter(subject="source").count() == 1
