"""What is particular to PostgreSQL: the settings of a connection."""

from typing import Any

from sqlalchemy import Engine, event


def set_up(engine: Engine, busy_timeout: float) -> None:
    """Make each connection durable, and let none of its statements wait longer than ``busy_timeout`` seconds.

    ``synchronous_commit`` may be off for a role or a whole server; here a commit is on the disk before it is answered.
    """
    milliseconds = max(1, int(busy_timeout * 1000))

    def on_connect(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")
            cursor.execute(f"SET lock_timeout = {milliseconds}")
            cursor.execute(f"SET statement_timeout = {milliseconds}")
        connection.commit()

    def on_asking(_dialect: object, _record: object, _arguments: object, parameters: dict[str, Any]) -> None:
        parameters.setdefault("connect_timeout", max(1, round(busy_timeout)))  # seconds

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "do_connect", on_asking)
