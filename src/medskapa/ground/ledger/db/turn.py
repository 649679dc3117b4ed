"""A fair turn for those who want to write to one SQLite file.

SQLite's own wait sleeps between tries and is unfair: a busy writer starves others for seconds. Here threads of a process
queue in the order in which they came, and processes take turns through two locks on a file beside the database: who waits at the
gate is next, so that a process that has just written does not overtake one that waits. A process that dies gives its place back.
"""

import fcntl
import os
import threading
import weakref
from collections import deque
from pathlib import Path
from time import monotonic

GATE, TURN = 0, 1  # which byte of the file stands for which lock


class TurnTimeout(Exception):
    """The turn did not come in time."""


class Turn:
    """The turn of one database file; of one database in memory if there is no path."""

    def __init__(self, path: Path | None) -> None:
        self._mutex = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._is_taken = False
        self._file = _FileTurn(path) if path else None
        _all_turns.add(self)

    def take(self, seconds: float) -> None:
        """Wait for the turn. Raises TurnTimeout."""
        deadline = monotonic() + seconds
        self._wait_in_queue(seconds)
        try:
            if self._file:
                self._file.take(deadline)
        except BaseException:
            self._call_next()
            raise

    def give_back(self) -> None:
        """Let the next one write."""
        if self._file:
            self._file.give_back()
        self._call_next()

    def begin_anew(self) -> None:
        """In a process that was just forked: its parent's turns are not its own."""
        self._mutex = threading.Lock()
        self._queue = deque()
        self._is_taken = False
        if self._file:
            self._file.begin_anew()

    def _wait_in_queue(self, seconds: float) -> None:
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return
            mine = threading.Event()
            self._queue.append(mine)
        if mine.wait(seconds):
            return
        with self._mutex:
            if mine.is_set():  # called in the very last moment
                return
            self._queue.remove(mine)
        raise TurnTimeout

    def _call_next(self) -> None:
        with self._mutex:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._is_taken = False


class _FileTurn:
    """The part between processes. Only one thread of a process asks at a time; the kernel frees the locks of a dead process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._file: int | None = None
        self._waiting: _Waiting | None = None  # a thread that still stands in line, perhaps for somebody who gave up

    def take(self, deadline: float) -> None:
        if self._waiting is None and self._try():
            return
        waiting = self._join_line()
        if not waiting.has_come.wait(max(0.0, deadline - monotonic())):
            self._give_up(waiting)
        if waiting.error:
            raise waiting.error

    def give_back(self) -> None:
        self._unlock(TURN)

    def begin_anew(self) -> None:
        self.__init__(self._path)  # type: ignore[misc]  # the parent's descriptor stays open: closing it would be its business

    def _try(self) -> bool:
        try:
            self._lock(GATE, wait=False)
        except BlockingIOError:
            return False
        try:
            self._lock(TURN, wait=False)
        except BlockingIOError:
            return False
        finally:
            self._unlock(GATE)
        return True

    def _join_line(self) -> "_Waiting":
        with self._mutex:
            if self._waiting is None:
                self._waiting = _Waiting()
                threading.Thread(target=self._stand_in_line, args=(self._waiting,), daemon=True, name="turn").start()
            self._waiting.is_wanted = True
            return self._waiting

    def _stand_in_line(self, waiting: "_Waiting") -> None:
        try:
            self._lock(GATE, wait=True)
            self._lock(TURN, wait=True)
            self._unlock(GATE)
        except OSError as error:
            waiting.error = error
        with self._mutex:
            self._waiting = None
            if not waiting.is_wanted and waiting.error is None:
                self._unlock(TURN)
            waiting.has_come.set()

    def _give_up(self, waiting: "_Waiting") -> None:
        with self._mutex:
            if waiting.has_come.is_set():  # it came in the very last moment
                return
            waiting.is_wanted = False
        raise TurnTimeout

    def _lock(self, byte: int, *, wait: bool) -> None:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.lockf(self._file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB), 1, byte)

    def _unlock(self, byte: int) -> None:
        assert self._file is not None  # noqa: S101  # it was locked
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, byte)


class _Waiting:
    """A place in the line of processes."""

    def __init__(self) -> None:
        self.has_come = threading.Event()
        self.is_wanted = True
        self.error: OSError | None = None


_all_turns: "weakref.WeakSet[Turn]" = weakref.WeakSet()
_turns: dict[str, Turn] = {}
_turns_mutex = threading.Lock()


def turn_of(name: str, path: Path | None) -> Turn:
    """The one turn that this process has for a database."""
    with _turns_mutex:
        return _turns.setdefault(name, Turn(path)) if name not in _turns else _turns[name]


def _begin_anew_after_fork() -> None:
    for turn in list(_all_turns):
        turn.begin_anew()


os.register_at_fork(after_in_child=_begin_anew_after_fork)
