"""The training ground (靶场): a small internet on loopback with impostors, decoys, platforms and clocks."""
