// Sent by `readerly serve` only: reloads the page when its source was built anew.
new EventSource("/-/reload").addEventListener("built", () => location.reload());
