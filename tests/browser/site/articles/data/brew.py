from units import unit

print("brewed at 95", unit)  # a comment
# region pour
cups = 2
print("poured", cups)
# endregion
