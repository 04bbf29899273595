"""Kestra from outside: deploy the flows, start one, follow it, fetch what it made. kestrapy is loaded when a server is asked."""
