"""What the clock ticks in programmes."""

from engage.core.clock import Job

JOBS: tuple[Job, ...] = ()
