"""Looking inside: bytes to facts. Pure and CPU-heavy; run in a limited worker because every input is hostile."""
