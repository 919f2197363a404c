"""Template tags shared by every page of the product."""
