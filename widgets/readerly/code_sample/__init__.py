"""`<code-sample>`: source a reader can run, stop, edit, reset and copy."""
