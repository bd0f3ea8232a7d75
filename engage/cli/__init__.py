"""The engage command."""
