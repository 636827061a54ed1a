"""What runs beside a sample with `engine="micropython"`, in MicroPython in the sandbox's own worker."""
