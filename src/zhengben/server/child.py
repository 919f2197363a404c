"""Start one module of the product so that it ends with its parent: `python -m zhengben.server.child MODULE ARGS...`.

A supervisor that is killed outright cannot end its children. On Linux the kernel does it: PR_SET_PDEATHSIG, prctl(2).
"""

import ctypes
import os
import runpy
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Ask the kernel for SIGTERM when the parent ends; do nothing where there is no such call.

    Args:
        parent: the process id of the parent; where it is gone already, this process ends at once.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(0)


def main() -> None:
    """Run the module named by the second argument as a program; the first is the parent's process id."""
    parent, module = int(sys.argv[1]), sys.argv[2]
    sys.argv = sys.argv[2:]
    end_with_parent(parent)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
