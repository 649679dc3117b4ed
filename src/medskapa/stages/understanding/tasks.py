"""What understanding does by the clock."""

from medskapa.ground.ledger.clock import every
from medskapa.stages.understanding.withdrawals import step_back_too_few

every("minute")(step_back_too_few)
