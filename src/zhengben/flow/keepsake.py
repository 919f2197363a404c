"""What was seen, kept for sealing: bytes go to the vault, everything else becomes JSON that names them.

`keep` and `recall` are inverse: what is sealed later is exactly what was judged, even after a crash in between. A
target that shows something else the second time (cloaking) cannot change its own evidence.
"""

import json
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from zhengben.core.fetched import Seen
from zhengben.flow.ports import Vault
from zhengben.store.plain import text

_BYTES = "sha256:"


def keep(seen: Seen, vault: Vault) -> str:
    """Put every byte string of a look into the vault, then the index of it all; give the index's sha256."""
    return vault.put(json.dumps(_down(seen, vault), ensure_ascii=False, sort_keys=True).encode())


def recall(sha256: str, vault: Vault) -> Seen:
    """Give back what `keep` put away."""
    seen = restored(Seen, json.loads(vault.get(sha256)), vault)
    if not isinstance(seen, Seen):
        raise TypeError(f"{sha256}: not the index of a look")
    return seen


def _down(value: Any, vault: Vault) -> Any:
    if isinstance(value, bytes):
        return _BYTES + (vault.put(value) if value else "")
    if isinstance(value, str):
        return text(value)
    if is_dataclass(value):
        return {f.name: _down(getattr(value, f.name), vault) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_down(item, vault) for item in value]
    return value


def restored(shape: Any, value: Any, vault: Vault) -> Any:
    """Give a value of plain JSON its shape again, bytes from the vault; raise OSError where they are gone."""
    if value is None:
        return None
    shape = _arm(shape)
    if shape is bytes:
        name = str(value).removeprefix(_BYTES)
        return vault.get(name) if name else b""
    if get_origin(shape) is tuple:
        return _up_tuple(get_args(shape), value, vault)
    if isinstance(shape, type) and is_dataclass(shape) and isinstance(value, Mapping):
        return _up_record(shape, value, vault)
    return value


def _arm(shape: Any) -> Any:
    """Give the shape a value that is there has; only `X | None` occurs in what is kept, so the other arm is it."""
    if isinstance(shape, UnionType):
        return next(arm for arm in get_args(shape) if arm is not NoneType)
    return shape


def _up_record(shape: Any, value: Mapping[str, Any], vault: Vault) -> Any:
    """Give a record its class again; a field that a later version took away is left out, a new one has its default."""
    hints = typing.get_type_hints(shape)
    known = [f.name for f in fields(shape) if f.name in value]
    return shape(**{name: restored(hints[name], value[name], vault) for name in known})


def _up_tuple(arms: tuple[Any, ...], value: Any, vault: Vault) -> tuple[Any, ...]:
    if len(arms) == 2 and arms[1] is Ellipsis:
        return tuple(restored(arms[0], item, vault) for item in value)
    return tuple(restored(arm, item, vault) for arm, item in zip(arms, value, strict=True))
