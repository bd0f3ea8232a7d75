"""What the clock ticks in reminders."""

from engage.core.clock import Job

JOBS: tuple[Job, ...] = ()
