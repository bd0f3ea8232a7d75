"""What reminders does when something happens below it."""
