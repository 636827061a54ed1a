"""How far a pot of tea goes."""


def cups(pot, cup=250):
    """Return how many cups a pot fills; both in millilitres.

    >>> pot = 1200
    >>> cups(pot)
    4
    >>> [cups(pot, cup) for cup in range(100, 500, 100)]
    [12, 6, 4, 3]

    A cup that holds nothing fills no table:

    >>> cups(pot, cup=0)
    Traceback (most recent call last):
        ...
    ZeroDivisionError: division by zero
    """
    return pot // cup
