"""The methods of a lab: a library of its own, without Django, database, clock or network.

One method, one module or package: ``from medskapa.methods.shares import equal_shares``. Randomness comes in as ``rng``, ties are
broken by a stated rule, results are frozen dataclasses, and what cannot be worked with raises an error of ``errors``.
"""
