"""`<read-time>`: how long an article takes to read, and how much of that is left."""
