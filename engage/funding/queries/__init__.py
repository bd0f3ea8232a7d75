"""Named selects of funding, one room for each part of its life."""
