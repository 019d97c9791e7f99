"""Foobar Harbour: the application behind www.foobar.com."""
