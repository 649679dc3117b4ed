"""The commands that compute: a standard file in, a table or JSON out. None of them needs a database or a setting."""
