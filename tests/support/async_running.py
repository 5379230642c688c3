"""Coroutines in tests, also in those that run after a browser was opened in the same process."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")


def run_async(coroutine: Coroutine[Any, Any, Given]) -> Given:
    """What a coroutine gives, in a loop of its own.

    It runs in a thread of its own: while Playwright is open, its loop counts as running in the main thread.
    """
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()
