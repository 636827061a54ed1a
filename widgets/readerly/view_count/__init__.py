"""`<view-count>`: how many readers have opened this page."""
