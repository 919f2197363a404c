"""The firehose as one pure function from a batch of names to a batch of hits, for whatever speaks Arrow."""

import json
from json.encoder import encode_basestring as quoted

import pyarrow as pa
import pyarrow.compute as pc

from zhengben.names.firehose import screen_lines
from zhengben.names.hits import HostHit
from zhengben.names.pack import Pack

SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("brand", pa.string()),
        ("technique", pa.string()),
        ("score", pa.int32()),
        ("reasons", pa.string()),
    ]
)


def screen_batch(batch: pa.RecordBatch, pack: Pack, mode: str = "balanced") -> pa.RecordBatch:
    """Give the hits of one batch: a pure function from names to `SCHEMA`; reasons are one JSON array a hit.

    The names are the column `name`, or else the first one, as text or as bytes. Nulls are no names.
    """
    data = _joined(batch.column(max(0, batch.schema.get_field_index("name"))))
    hits = [hit for _, hit in screen_lines(data, pack, mode)]
    columns: tuple[list[object], ...] = (
        [hit.name for hit in hits],
        [hit.find.brand for hit in hits],
        [hit.find.technique for hit in hits],
        [hit.find.score for hit in hits],
        [reasons_json(hit) for hit in hits],
    )
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )


def _joined(column: pa.Array) -> bytes:
    """Give the names of a column as lines; a newline in a name is a space."""
    raw = pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)  # its UTF-8 may be broken
    names = (column if raw else column.cast(pa.string())).cast(pa.binary())
    names = names.drop_null() if names.null_count else names
    if not len(names):
        return b""
    held = names.buffers()[2]  # all its bytes in one row, and perhaps some more: looked through once, not name by name
    if held is not None and b"\n" in held.to_pybytes():
        names = pc.replace_substring(names, "\n", " ")
    whole = pa.ListArray.from_arrays(pa.array([0, len(names)], pa.int32()), names)
    joined: bytes = pc.binary_join(whole, pa.scalar(b"\n", pa.binary()))[0].as_buffer().to_pybytes()
    return joined


def reasons_json(hit: HostHit) -> str:
    """Give the reasons of a hit as a JSON array: what `json.dumps` makes of them, for a third of its cost."""
    find, offset = hit.find, hit.offset
    positions = [at + offset for at in find.positions] if find.positions else "[]"
    more = f', "edit": "{find.edit}"' if find.edit else ""
    if find.lures:
        more += f', "lures": [{", ".join(map(quoted, find.lures))}]'
    if find.characters:
        more += f', "characters": {json.dumps(find.characters, ensure_ascii=False)}'
    if find.unicode:
        more += f', "unicode": {quoted(find.unicode)}'
    return (
        f'[{{"code": "{hit.code}", "weight": {hit.weight}, "facts": {{"host": {quoted(hit.name)}, '
        f'"technique": "{find.technique}", "matched": {quoted(find.matched)}, "expected": {quoted(find.expected)}, '
        f'"start": {find.start + offset}, "end": {find.end + offset}, "positions": {positions}, '
        f'"pack": "{hit.pack}"{more}}}}}]'
    )
