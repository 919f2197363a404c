"""The firehose as one pure function from a batch of names to a batch of hits, for whatever speaks Arrow."""

import json

import pyarrow as pa
import pyarrow.compute as pc

from zhengben.names.firehose import screen_lines
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

    The names are the column `name`, or else the first one. Nulls are no names.
    """
    at = max(0, batch.schema.get_field_index("name"))
    names = batch.column(at).cast(pa.string()).drop_null()
    if len(names) and pc.any(pc.match_substring(names, "\n")).as_py():
        names = pc.replace_substring(names, "\n", " ")
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(names)], pa.int32()), names), "\n")
    hits = [hit.row() for _, hit in screen_lines(joined[0].as_buffer().to_pybytes(), pack, mode)] if len(names) else []
    for row in hits:
        row["reasons"] = json.dumps(row["reasons"], ensure_ascii=False)
    return pa.RecordBatch.from_pylist(hits, schema=SCHEMA)
