"""Medskapa: a social innovation lab, from the first story to a service that is measured."""

__version__ = "0.1.0"
