"""How a command says no: one clear line on standard error for each reason, and exit status 2."""


class Refused(Exception):
    """A command cannot be carried out; the text says why and what to do, one line for each reason."""
