"""What attendance does when something happens below it."""
