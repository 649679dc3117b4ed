"""What the ledger does by the clock."""

from medskapa.ground.ledger.clock import every, forget_finished_tasks, forget_old_periods
from medskapa.ground.ledger.idempotency import forget_old_answers
from medskapa.ground.ledger.limits import forget_old_attempts
from medskapa.ground.ledger.withdrawal import clean_up_withdrawn
from medskapa.ground.ledger.workers import begin_again

every("minute")(clean_up_withdrawn)
every("minute")(begin_again)
every("hour")(forget_old_answers)
every("hour")(forget_old_attempts)
every("day")(forget_old_periods)
every("day")(forget_finished_tasks)
