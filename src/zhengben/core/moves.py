"""State machines as data: which move leads from which state to which, and under which guard.

A machine is a tuple of `Move`; nothing else in the product decides what may follow what. A guard is the name of a
condition that the caller must have established; it is written into the event, so that a court can ask for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass


class ForbiddenMoveError(ValueError):
    """A move that the machine does not allow from this state."""


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: `verb` leads from `source` to `target`; `needs` names the guards that must hold."""

    verb: str
    source: str
    target: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine:
    """A named state machine with its first state."""

    name: str
    initial: str
    moves: tuple[Move, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """Give every state once, in the order of first appearance."""
        return tuple(dict.fromkeys([self.initial, *(state for m in self.moves for state in (m.source, m.target))]))

    def find(self, state: str, verb: str) -> Move:
        """Give the move `verb` from `state`; raise ForbiddenMoveError naming what is allowed instead."""
        for move in self.moves:
            if move.source == state and move.verb == verb:
                return move
        allowed = ", ".join(self.verbs(state)) or "nothing"
        raise ForbiddenMoveError(f"{self.name}: {verb!r} is not allowed in state {state!r}; allowed: {allowed}")

    def verbs(self, state: str) -> tuple[str, ...]:
        """Give the verbs allowed in a state."""
        return tuple(m.verb for m in self.moves if m.source == state)

    def apply(self, state: str, verb: str, holds: Iterable[str] = ()) -> str:
        """Give the state after `verb`; raise ForbiddenMoveError where a needed guard does not hold.

        >>> door = Machine("door", "shut", (Move("open", "shut", "ajar", ("unlocked",)), Move("close", "ajar", "shut")))
        >>> door.apply("shut", "open", ["unlocked"])
        'ajar'
        """
        move = self.find(state, verb)
        lacking = [guard for guard in move.needs if guard not in set(holds)]
        if lacking:
            raise ForbiddenMoveError(f"{self.name}: {verb!r} needs {', '.join(lacking)}")
        return move.target
