"""What the clock ticks in events."""

from engage.core.clock import Job

JOBS: tuple[Job, ...] = ()
