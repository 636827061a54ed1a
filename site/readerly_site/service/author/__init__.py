"""The author's page: hearts, views and finished reads of each article and day, for who has the token."""
