"""What the clock ticks in accounts."""

from engage.core.clock import Job

JOBS: tuple[Job, ...] = ()
