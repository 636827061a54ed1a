"""`<hearts-button>` and `<hearts-count>`: one heart per reader and page, set and unset."""
