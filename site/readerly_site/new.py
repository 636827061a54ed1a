"""Makes a small site to start from."""

import shutil
from pathlib import Path

from readerly_site.errors import ReaderlyError

STARTER = Path(__file__).with_name("starter")
"""What a new site begins with: readerly.toml and one article."""


def new(folder: Path) -> None:
    """Make a site in `folder`, which is absent or empty; raise ReaderlyError when it is not, or cannot be written."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ReaderlyError("is not empty; a new site needs a folder of its own", folder)
        shutil.copytree(STARTER, folder, copy_function=shutil.copyfile, dirs_exist_ok=True)
    except shutil.Error as error:
        raise ReaderlyError(f"cannot be written: {error.args[0][0][2]}; choose another folder", folder) from error
    except OSError as error:
        raise ReaderlyError(f"cannot be written: {error.strerror or error}; choose another folder", folder) from error
