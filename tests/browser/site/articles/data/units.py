unit = "°C"
