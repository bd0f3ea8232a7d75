"""What the clock ticks in messages."""

from engage.core.clock import Job

JOBS: tuple[Job, ...] = ()
