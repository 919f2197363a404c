"""Replies by mail: kept before anybody hears yes, and taken once."""

import threading

import pytest

from worlds import NOW, Town
from zhengben.flow.mail_door import take_mail, take_mail_in_thread
from zhengben.store.models import Answer, Notice
from zhengben.takedown.answers import Answer as Read

RAW = b"Subject: x\r\n\r\nhello"


@pytest.mark.parametrize("message_id", ["<1@host.example>", ""])
def test_a_reply_is_kept_as_it_came_and_taken_once(town: Town, message_id: str) -> None:
    town.report()
    town.work()
    town.approve_all()
    town.work()
    read = Read(kind="acknowledged", notice_key=Notice.objects.get().key, message_id=message_id, text="hello")
    threads = [threading.Thread(target=take_mail_in_thread, args=(RAW, read, town.vault, NOW)) for _ in range(2)]
    for thread in threads:
        thread.start()
        thread.join()
    answer = Answer.objects.get()
    assert town.vault.get(answer.artefact) == RAW
    assert Notice.objects.get().state == "acknowledged"


def test_a_reply_that_cannot_be_kept_is_not_taken(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_body: bytes) -> str:
        raise OSError(28, "no room in the vault")

    monkeypatch.setattr(town.vault, "put", full)
    with pytest.raises(OSError, match="no room"):
        take_mail(RAW, Read(kind="unknown", notice_key="", message_id="<1@x>", text=""), town.vault, NOW)
    assert Answer.objects.count() == 0
