"""The timeline of a case in words: what moved it, who did it; the machine's pauses are left out."""

from zhengben.store.queries_cases import CaseFile, Line

# What the machine does every hour would bury the ten lines that a person wants to read.
SILENT = frozenset({"rest", "looked", "watched", "answer_kept", "put_back"})
MACHINES = ("worker", "machine", "intake", "inbox", "public")
BAD = frozenset({"relapse", "fail", "refuse", "bounce", "counter", "withdraw", "still_up"})


def story(file: CaseFile) -> list[dict[str, object]]:
    """Give the lines of the timeline, oldest first; repeated lines of the same kind at one moment become one."""
    addressees = {notice.pk: str(notice.envelope.get("name") or notice.addressee) for notice in file.notices}
    lines: list[dict[str, object]] = []
    for line in file.timeline:
        if line.verb in SILENT:
            continue
        entry = _entry(line, addressees.get(line.subject_id, "") if line.subject == "notice" else "")
        # One act may be written by two steps at one moment; a reader would take it for two.
        if lines and (lines[-1]["code"], lines[-1]["at"], lines[-1]["facts"]) == (
            entry["code"],
            entry["at"],
            entry["facts"],
        ):
            continue
        lines.append(entry)
    return lines


def _entry(line: Line, addressee: str) -> dict[str, object]:
    facts = {**line.facts, "to": addressee}
    return {
        "at": line.at,
        "code": f"{line.subject}_{line.verb}",
        "facts": facts,
        "tone": "bad" if line.verb in BAD else "done",
        "actor": "" if _machine(line.actor) else line.actor,
    }


def _machine(actor: str) -> bool:
    """Tell whether a machine did it: a worker is named by its host and process, the rest by what they are."""
    # A worker is `host:process`, so what ends in a number behind a colon is no person.
    return actor.startswith(MACHINES) or actor.endswith("-worker") or actor.rpartition(":")[2].isdecimal()
