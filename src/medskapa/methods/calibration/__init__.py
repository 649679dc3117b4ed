"""Calibrating a jury: what each application would have got from the whole jury, however strict those were who happened to read it."""
