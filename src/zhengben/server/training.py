"""The range's process: plays a scenario beside the console, slowly, in virtual time, on its own database and home."""

import importlib
import os
import signal
import sys
from pathlib import Path
from threading import Event

import django

from zhengben.locale.words import say

BEAT_SECONDS = 20


def main() -> int:
    """Play until the scenario ends or the supervisor asks to stop; then rest, so that nothing starts it again."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengben.server.settings")
    django.setup()
    stage = importlib.import_module("zhengben.server.stage")  # its models need Django to be set up first
    home = Path(os.environ["ZHENGBEN_HOME"])
    try:
        stage.play(sys.argv[1] if len(sys.argv) > 1 else "small", home, stop)
    except (OSError, ValueError) as error:
        sys.stderr.write(say("up.range_missing", os.environ.get("ZHENGBEN_LANGUAGE", "zh"), {"why": error}) + "\n")
    while not stop.wait(BEAT_SECONDS):
        stage.alive()
    return 0


if __name__ == "__main__":
    sys.exit(main())
