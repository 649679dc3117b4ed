"""Processes that live and end together: whoever of them ends, ends all."""

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess

LOOK = 0.5  # seconds between two looks at the others
PATIENCE = 10.0  # seconds for a child to finish what it is at; tasks can be repeated
KIND = "fork" if sys.platform == "linux" else "spawn"  # a fork shares the memory of what is loaded


class Family:
    """The children of this process. `watch` ends this process with them, and they end when it is gone."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context(KIND)
        self._children: list[BaseProcess] = []
        self._is_ending = False
        self.fault: str | None = None

    def have(self, name: str, life: Callable[[], None]) -> None:
        """Start a child. `life` is a function of a module, since some systems start children afresh."""
        child = self._context.Process(name=name, target=_live, args=(life, os.getpid()))  # type: ignore[attr-defined]
        child.start()
        self._children.append(child)

    def watch(self, end: Callable[[], None]) -> None:
        """From now on call `end` as soon as a child has ended."""
        threading.Thread(target=self._watch, args=(end,), name="family", daemon=True).start()

    def end(self) -> None:
        """Let every child finish what it is at; who takes too long is stopped."""
        self._is_ending = True
        for child in self._children:
            child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self._children:
            child.join(max(0.0, deadline - time.monotonic()))
            if child.is_alive():
                child.kill()
                child.join()

    def _watch(self, end: Callable[[], None]) -> None:
        while not self._is_ending:
            gone = [child.name for child in self._children if not child.is_alive()]
            if gone:
                self.fault = f"the {gone[0]} ended by itself; everything stops"
                end()
                return
            time.sleep(LOOK)


def end_with_parent(parent: int) -> None:
    """End this process as soon as its parent is gone, however that came."""
    threading.Thread(target=_follow, args=(parent,), name="parent", daemon=True).start()


def _live(life: Callable[[], None], parent: int) -> None:
    end_with_parent(parent)
    life()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)  # nobody is left to clean up for; the store is safe against it
