"""Pages of lab days: the days, run sheets, tables, seats and the big screen."""
