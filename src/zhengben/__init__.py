"""正本: guard a brand against impostors, from the first lead to the published number."""
