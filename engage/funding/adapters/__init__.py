"""The outside of funding: what people send in as files."""
