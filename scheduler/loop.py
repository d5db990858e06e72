"""Loop: the ticker of one process. It keeps no truth; what is due stands in the database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    JobExecutionEvent,
    JobSubmissionEvent,
)
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.calendar import ZONE
from scheduler.errors import MissedTick
from scheduler.ports import Job, OnBeat, OnTrouble

MISFIRE_GRACE_S = 30  # the default of 1 s drops a tick whenever the machine is busy


@contextmanager
def ticking(jobs: Sequence[Job], on_beat: OnBeat, on_trouble: OnTrouble) -> Iterator[None]:
    """Run each job at once and then every `every_s`, until the block is left.

    A job never overlaps itself; ticks that piled up become one. What a job raises is told to
    `on_trouble` and the loop goes on. Leaving waits for the runs in progress.
    """
    scheduler = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        # a thread for each job, so that a slow one holds up no other
        executors={"default": ThreadPoolExecutor(max(1, len(jobs)))},
        job_defaults={
            "coalesce": True,
            "max_instances": 1,
            "misfire_grace_time": MISFIRE_GRACE_S,
        },
        timezone=ZONE,
    )
    scheduler.add_listener(
        lambda event: tell(event, on_beat, on_trouble),
        EVENT_JOB_EXECUTED | EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES,
    )
    for job in jobs:
        trigger = IntervalTrigger(seconds=job.every_s, timezone=ZONE)
        scheduler.add_job(job.run, trigger, id=job.name, next_run_time=datetime.now(ZONE))
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=True)


def tell(
    event: JobExecutionEvent | JobSubmissionEvent, on_beat: OnBeat, on_trouble: OnTrouble
) -> None:
    """Pass on what became of one tick."""
    name: str = event.job_id
    if event.code == EVENT_JOB_EXECUTED:
        on_beat(name, event.scheduled_run_time)
    elif event.code == EVENT_JOB_ERROR:
        on_trouble(name, event.exception)
    elif event.code == EVENT_JOB_MISSED:
        on_trouble(name, MissedTick(name, event.scheduled_run_time))
    else:
        on_trouble(name, MissedTick(name, event.scheduled_run_times[0]))
