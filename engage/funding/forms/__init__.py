"""The shape of what people type about funding, one room for each part of its life."""
