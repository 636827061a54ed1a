"""The service behind hearts and views: a small JSON API over one database.

It knows nothing of Markdown or building. Three ways to run it:

* **With a site in front**, as `readerly serve` does. Everything that is not the API goes to ``fallback``::

      settings = Settings("sqlite:///readerly.sqlite3", pages=dist / "pages.json")
      app = create_app(settings, fallback=static_files)
      uvicorn.Server(uvicorn_config(app, port=8000)).run()

* **Alone**, configured by the environment (see `Settings.from_environment`)::

      uvicorn --factory readerly_site.service:from_environment

* **Inside another Starlette application**, under any prefix. Starlette does not run the lifespan of a mounted
  application, so the outer one has to::

      service = create_app(settings)

      @asynccontextmanager
      async def lifespan(outer):
          async with service.router.lifespan_context(service):
              yield

      outer = Starlette(routes=[Mount("/blog", service)], lifespan=lifespan)

The API takes the addresses ``/api/…``, ``/healthz``, ``/readyz`` and ``/metrics``; no page of the site can live there.
"""

from .app import create_app, from_environment
from .server import uvicorn_config
from .settings import Settings

__all__ = ["Settings", "create_app", "from_environment", "uvicorn_config"]
