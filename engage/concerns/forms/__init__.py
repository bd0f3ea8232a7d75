"""Forms of concerns. They turn into the plain inputs of the actions."""
