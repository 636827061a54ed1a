"""How tea is made."""

TEAS = {"Sencha": (2, 75), "Oolong": (3, 90)}

# region steep
minutes, degrees = 2, 75
print(f"{minutes} minutes at {degrees} °C")
# endregion
