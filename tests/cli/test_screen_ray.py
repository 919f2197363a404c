"""A real Ray cluster of two nodes on this machine, one of them killed in the middle: not one hit is lost or doubled."""

import importlib.util
import json
import os
import subprocess
import sys

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sockets,
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None,
        reason="ray is not installed (the extra `ray`): that a cluster survives the death of a node is not tested",
    ),
]
SCRIPT = """
import json
from ray.cluster_utils import Cluster
from zhengben.cli import screen_hosts, screen_runners
from zhengben.cli.screen_input import Block
from zhengben.flow.dossiers import load_brands

def blocks():
    for number in range(60):
        names = [f"n{number}x{i}.example" for i in range(20_000)]
        names[number * 7] = f"weilidai-app{number}.cn"
        yield Block("list", 1 + number * 20_000, "\\n".join(names).encode())

told = (load_brands(ids=("weilidai",)), "balanced")
alone = screen_runners.run(blocks(), screen_hosts.screen_block, told, 1, "")
alone = [hit.row() for done in alone for hit in done.hits]
node = {"num_cpus": 1, "include_dashboard": False, "object_store_memory": 80 << 20}
cluster = Cluster(initialize_head=True, head_node_args=node)
second = cluster.add_node(num_cpus=1, object_store_memory=80 << 20)
hits, lines = [], 0
for at, done in enumerate(screen_runners.run(blocks(), screen_hosts.screen_block, told, 1, cluster.address)):
    hits += [hit.row() for hit in done.hits]
    lines += done.lines
    if at == 3:
        cluster.remove_node(second, allow_graceful=False)
cluster.shutdown()
print(json.dumps({"same": hits == alone, "hits": len(hits), "lines": lines}))
"""


def test_the_death_of_a_node_loses_nothing_and_doubles_nothing() -> None:
    quiet = {
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_DEDUP_LOGS": "0",
        "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
        "ZHENGBEN_CACHE": "",
    }
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, timeout=240, env=os.environ | quiet
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert json.loads(run.stdout.splitlines()[-1]) == {"same": True, "hits": 60, "lines": 1_200_000}
