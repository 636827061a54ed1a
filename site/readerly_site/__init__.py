"""The host half of Readerly: builds the site, carries the runtime, and serves pages, hearts and views."""
