"""What every widget stands on: tags, markup, the DOM, the service, storage and locale."""
